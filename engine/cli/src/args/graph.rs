//! Arguments of `graph`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueHint};
use runsheet_language::bound::GivenVar;
use runsheet_views::graph::Form;

use super::{Laid, Where, name_and_value, var_and_value};

/// Arguments of `graph`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet graph workflows/manual-dirsync-exchange-server.yaml
  runsheet graph workflows/repair.yaml --depth 9 --format svg > repair.svg
  runsheet graph workflows/repair.yaml --depth 0 --format mermaid
  runsheet graph workflows/manual-dirsync-exchange-server.yaml --site workflows/sites/lab.yaml --depth 2

Marks: > acts, @ waits, = looks, + a group that is closed, - one that is open.")]
pub struct GraphArguments {
    /// The workflow file
    #[arg(value_hint = ValueHint::FilePath)]
    pub workflow: PathBuf,
    /// A site to draw it for: every item of a `foreach` is a group of its own, and steps say which
    /// host they act at; nothing is asked of the site
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub site: Option<PathBuf>,
    /// An input of the workflow; may be given again
    #[arg(long = "set", value_name = "NAME=VALUE", value_parser = name_and_value, requires = "site")]
    pub sets: Vec<(String, String)>,
    /// A variable of a host, or of the hosts of a group; may be given again
    #[arg(long = "set-var", value_name = "HOST.VAR=VALUE", value_parser = var_and_value, requires = "site")]
    pub set_vars: Vec<GivenVar>,
    /// A file of inputs: a YAML map of their names and values
    #[arg(long, value_name = "FILE", requires = "site")]
    pub inputs: Option<PathBuf>,
    /// What is changed in the workflow or the site
    #[command(flatten)]
    pub laid: Laid,
    /// How it is drawn
    #[arg(long, default_value = "text", value_parser = PossibleValuesParser::new(Form::ALL.map(|(name, _)| name)))]
    pub format: String,
    /// How many levels of groups are open
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub depth: usize,
    /// A group to open; may be given again
    #[arg(long, value_name = "ADDRESS")]
    pub expand: Vec<String>,
    /// A group to close; may be given again
    #[arg(long, value_name = "ADDRESS")]
    pub collapse: Vec<String>,
}

impl GraphArguments {
    /// Where it is drawn for, as other commands have it. Nobody is asked for what is missing.
    pub(crate) fn place(&self) -> Where {
        Where {
            site: self.site.clone(),
            sets: self.sets.clone(),
            set_vars: self.set_vars.clone(),
            inputs: self.inputs.clone(),
            laid: self.laid.clone(),
            no_input: true,
        }
    }
}
