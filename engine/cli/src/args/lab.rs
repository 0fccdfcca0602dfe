//! What can be typed after `runsheet lab`.

use std::path::PathBuf;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args, Subcommand};
use runsheet_language::site::LAB_PROFILES;

/// Arguments of `lab`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet lab new labs/contoso --postoffices 3
  runsheet lab show numbers --lab labs/contoso
  runsheet lab do SALES \"admin create MAX Max Muster -dM\" --lab labs/contoso
  runsheet lab clock +10m --lab labs/contoso

Without --site and --lab the lab is the one on disk around the current folder, or that of
workflows/sites/lab.yaml or sites/lab.yaml.")]
pub struct LabArguments {
    /// What to do with the lab
    #[command(subcommand)]
    pub command: LabCommand,
}

/// What to do with a lab.
#[derive(Debug, Subcommand)]
pub enum LabCommand {
    /// Make a lab on disk, with a site file that names it
    New(LabNewArguments),
    /// Look into a lab, as an operator would
    Show(LabShowArguments),
    /// Run a program at a host of a lab, or change something there
    Do(LabDoArguments),
    /// Show what time it is in a lab, or let time pass there
    Clock(LabClockArguments),
    /// List what is wrong in a lab, make something go wrong, or end that
    Fault(LabFaultArguments),
    /// Try literal samples: is each produced, read and printed back equal, or refused
    Vectors(LabVectorsArguments),
}

/// Which lab.
#[derive(Clone, Debug, Default, Args)]
pub struct WhichLab {
    /// The site file of the lab
    #[arg(long, value_name = "FILE", conflicts_with = "lab")]
    pub site: Option<PathBuf>,
    /// The folder of a lab on disk
    #[arg(long, value_name = "DIR")]
    pub lab: Option<PathBuf>,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
}

/// Arguments of `lab new`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet lab new labs/small
  runsheet lab new labs/big --postoffices 50 --users 20 --profile exchange-5.5
  runsheet lab new labs/mine --site sites/contoso.yaml
  runsheet lab new labs/real --processes")]
pub struct LabNewArguments {
    /// The folder of the lab; it must be new, or empty
    #[arg(value_name = "DIR")]
    pub folder: PathBuf,
    /// Make the lab of this site file, which has a `lab:`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["postoffices", "users", "profile", "server", "processes"])]
    pub site: Option<PathBuf>,
    /// How many postoffices, at most 2000
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=2000))]
    pub postoffices: u32,
    /// How many users each of them has, at most 1000
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(..=1000))]
    pub users: u32,
    /// Which Exchange is simulated
    #[arg(long, default_value = "exchange-4.0", value_parser = LAB_PROFILES.to_vec())]
    pub profile: String,
    /// The first postoffice is the dir-sync server, not Exchange
    #[arg(long)]
    pub server: bool,
    /// Workflows run the programs of postoffices as processes of this machine; while
    /// `runsheet-lab serve` runs, its clock is theirs
    #[arg(long)]
    pub processes: bool,
}

/// Arguments of `lab show`.
#[derive(Debug, Args)]
pub struct LabShowArguments {
    /// The folder of a lab, if that is to be looked into; then what to show, of which host, and
    /// which one of those there are [default: site]
    #[arg(value_name = "WHAT")]
    pub words: Vec<String>,
    /// How many lines or rows to show, counted from the end
    #[arg(short = 'n', long, value_name = "N")]
    pub last: Option<usize>,
    /// Which lab
    #[command(flatten)]
    pub which: WhichLab,
}

/// Arguments of `lab do`.
#[derive(Debug, Args)]
pub struct LabDoArguments {
    /// The folder of a lab, if it is not named otherwise; then the host, which may be left out
    /// where there is one postoffice only; then the command, in quotes if it has switches
    #[arg(required = true, value_name = "HOST COMMAND")]
    pub words: Vec<String>,
    /// Which lab
    #[command(flatten)]
    pub which: WhichLab,
}

/// Arguments of `lab clock`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet lab clock
  runsheet lab clock +10m
  runsheet lab clock until 1998-01-30 08:00")]
pub struct LabClockArguments {
    /// The folder of a lab, if it is not named otherwise; then `+` and a length of time, or
    /// `until` and a date and time of day, UTC. Nothing: what time it is
    #[arg(value_name = "TURN")]
    pub words: Vec<String>,
    /// Which lab
    #[command(flatten)]
    pub which: WhichLab,
}

/// Arguments of `lab fault`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet lab fault list
  runsheet lab fault kinds
  runsheet lab fault add lock host=SALES file=GLB\\REQCONF.GLB by=ADMIN --until 10m
  runsheet lab fault end 1

--from and --until take a date and time of day, a length of time counted from now, or the address
of a step of a run such as t1.send.")]
pub struct LabFaultArguments {
    /// The folder of a lab, if it is not named otherwise; then `list` (the default), `kinds`,
    /// `add NAME KEY=VALUE..` or `end NUMBER`
    #[arg(value_name = "WORD")]
    pub words: Vec<String>,
    /// When the fault begins [default: now]
    #[arg(long, value_name = "WHEN")]
    pub from: Option<String>,
    /// When it ends by itself
    #[arg(long, value_name = "WHEN")]
    pub until: Option<String>,
    /// Which lab
    #[command(flatten)]
    pub which: WhichLab,
}

/// Arguments of `lab vectors`.
#[derive(Debug, Args)]
#[command(after_help = "\
A row is `kb_id kind literal`, with tabs between; \\n in a literal is a line break. A literal with
placeholders, such as <drive>, is met by an instance. Ends with 1 if any row is not as it should be.

Examples:
  runsheet lab vectors tests/suite/vectors.tsv")]
pub struct LabVectorsArguments {
    /// The file of samples
    pub file: PathBuf,
    /// Write JSON
    #[arg(long)]
    pub json: bool,
}

/// The switches of a command that `lab do` is to run are that command's, and stand in quotes with
/// it. Who leaves the quotes out is told so.
pub(crate) fn tell_of_quotes(error: &mut clap::Error) {
    let usage = error.get(ContextKind::Usage).map(ToString::to_string);
    let is_of_do = usage.is_some_and(|usage| usage.contains("lab do"));
    if is_of_do && error.kind() == ErrorKind::UnknownArgument {
        let tip = "a command with switches stands in quotes: lab do SALES \"reqmain -dM -t\"";
        let tips = ContextValue::StyledStrs(vec![tip.into()]);
        error.insert(ContextKind::Suggested, tips);
    }
}
