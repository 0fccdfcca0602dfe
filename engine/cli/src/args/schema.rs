//! Arguments of `schema`.

use std::path::PathBuf;

use clap::Args;
use clap::builder::PossibleValuesParser;
use runsheet_views::schema::File;

/// Arguments of `schema`.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  runsheet schema > workflow.schema.json
  runsheet schema site -o site.schema.json
  runsheet schema overlay -o overlay.schema.json
  runsheet schema workflow -w nightly.yaml -o nightly.schema.json

An editor with a YAML language server finds the schema by a comment at the top of a file:
  # yaml-language-server: $schema=workflow.schema.json")]
pub struct SchemaArguments {
    /// The sort of file
    #[arg(default_value = "workflow", value_parser = PossibleValuesParser::new(File::ALL.map(|(name, _)| name)))]
    pub file: String,
    /// With the kinds of the plugins that this workflow names
    #[arg(short, long, value_name = "FILE")]
    pub workflow: Option<PathBuf>,
    /// Write it into a file
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}
