//! One thing that is said of a value, and by whom.

use std::fmt;

use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

/// All that is known of where a value comes from.
#[derive(Clone, Debug, Default)]
pub struct Chain {
    /// The type it is declared to have, where it has one: `duration`.
    pub kind: Option<String>,
    /// What it is, where that is known without a run; a secret is never shown.
    pub value: Option<String>,
    /// What is said of it; the first counts. Empty where nobody says anything.
    pub layers: Vec<Layer>,
    /// What only a run tells, where nobody writes it: what a step gives.
    pub told_by_run: Option<String>,
    /// The addresses of what counts reads, by which can be asked on.
    pub reads: Vec<String>,
    /// Of which steps a `foreach` is not known yet to have the item that the address names, by
    /// address and item.
    pub unsure: Vec<(String, String)>,
}

/// One thing that is said of a value.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Who says it.
    pub by: By,
    /// What it is said of, where that is not the value itself: ``group `t1` ``, `default`.
    pub of: Option<String>,
    /// What is said, as it is written.
    pub value: String,
    /// Where it stands; nothing for what is typed at a command line.
    pub span: Option<Span>,
    /// Whether it takes the value out.
    pub is_removal: bool,
    /// Whether one of its own rank says something else.
    pub disagrees: bool,
}

/// Who says something of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum By {
    /// `--set-var`
    SetVar,
    /// `--set`
    Set,
    /// The file of `--inputs`.
    Inputs,
    /// An overlay: its number from 1 on, in the order given, and its name.
    Overlay(usize, Name),
    /// The `patch:` of a file that extends another.
    Patch,
    /// The workflow's own file.
    Workflow,
    /// A file that it extends.
    Base,
    /// A file that it includes or calls.
    Library,
    /// The site file.
    Site,
}

impl By {
    /// One word, for programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            By::SetVar => "set-var",
            By::Set => "set",
            By::Inputs => "inputs",
            By::Overlay(..) => "overlay",
            By::Patch => "patch",
            By::Workflow => "workflow",
            By::Base => "base",
            By::Library => "library",
            By::Site => "site",
        }
    }
}

impl By {
    /// The number and the name of an overlay.
    #[must_use]
    pub fn overlay(&self) -> Option<(usize, &str)> {
        match self {
            By::Overlay(number, name) => Some((*number, name)),
            _ => None,
        }
    }
}

impl fmt::Display for By {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            By::SetVar => out.write_str("--set-var"),
            By::Set => out.write_str("--set"),
            By::Inputs => out.write_str("--inputs"),
            By::Overlay(number, name) => write!(out, "overlay {number}, {name}"),
            By::Patch => out.write_str("patch"),
            By::Workflow => out.write_str("workflow"),
            By::Base => out.write_str("base"),
            By::Library => out.write_str("library"),
            By::Site => out.write_str("site"),
        }
    }
}

impl fmt::Display for Layer {
    /// Who says it and of what: ``patch, default``.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.by)?;
        if let Some(of) = &self.of {
            write!(out, ", {of}")?;
        }
        if self.is_removal {
            out.write_str(", removed")?;
        }
        if self.disagrees {
            out.write_str(", disagrees")?;
        }
        Ok(())
    }
}
