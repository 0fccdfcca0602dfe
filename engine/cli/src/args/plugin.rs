//! Arguments of `plugin`.

pub mod taken;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use taken::{PluginAddArguments, PluginFilesArguments, PluginSignArguments};

/// Arguments of `plugin`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plugin new greet --lang c
  runsheet plugin add plugins/checksum
  runsheet plugin list")]
pub struct PluginArguments {
    /// What to do
    #[command(subcommand)]
    pub command: PluginCommand,
}

/// What to do with plugins.
#[derive(Debug, Subcommand)]
pub enum PluginCommand {
    /// Make a plugin that can be built, tested and planned with at once
    New(PluginNewArguments),
    /// Take a plugin as it is now: write its manifest, and lock it
    Add(PluginAddArguments),
    /// List the plugins that files name, and your own
    List(PluginFilesArguments),
    /// Hold plugins against what was taken, and their signatures against those you trust
    Verify(PluginFilesArguments),
    /// Sign a plugin with a key of your own, or make such a key
    Sign(PluginSignArguments),
    /// Test what a plugin has to keep to, and score it
    Test(PluginTestArguments),
}

/// Arguments of `plugin new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plugin new greet
  runsheet plugin new greet --lang c
  runsheet plugin new shelf --lang python
  runsheet plugin new shelf --lang c --kind driver

In Rust and C it is a kind of step unless --kind says otherwise; in Python it is a driver, with a
kind of step in C, since kinds are libraries.")]
pub struct PluginNewArguments {
    /// The folder to make it in, which gives the plugin its name
    #[arg(value_name = "NAME", value_hint = ValueHint::DirPath)]
    pub folder: PathBuf,
    /// What it is written in
    #[arg(long, value_enum, default_value_t = Language::Rust)]
    pub lang: Language,
    /// What it brings [default: step, or driver in Python]
    #[arg(long, value_enum)]
    pub kind: Option<Brings>,
}

/// What a plugin is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Language {
    /// Rust, all of it
    Rust,
    /// C, all of it
    C,
    /// A driver in Python, and the words for it in C
    Python,
}

impl Language {
    /// What a plugin in it brings unless something else is said.
    #[must_use]
    pub fn brings(self) -> Brings {
        match self {
            Language::Rust | Language::C => Brings::Step,
            Language::Python => Brings::Driver,
        }
    }
}

/// What a plugin brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Brings {
    /// A kind of step, which asks what is there already
    Step,
    /// A facility of its own with the program that performs its requests, and a kind of step
    Driver,
}

/// Arguments of `plugin test`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet plugin test ./libchecksum.so
  runsheet plugin test ./libchecksum.so --seed 7 --json
  runsheet plugin test ./libhttp.so --samples tests/samples.yaml

The plugin runs in a process of its own. Ends with 1 if a check does not hold. The same seed makes
the same test.")]
pub struct PluginTestArguments {
    /// The library
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Steps with what they find, for kinds whose world nobody else could make up
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub samples: Option<PathBuf>,
    /// From which number the inputs are made
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    pub seed: u64,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
}
