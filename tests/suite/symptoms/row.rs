//! A row of the table: a fault, a workflow, and how that ends.

use std::fmt;

use runsheet_kit::desk::Desk;

use super::screen::{self, Failed};
use crate::repository::{read, root};

/// Exchange is the dir-sync server.
pub(super) const SERVER: Stage = Stage {
    workflow: "manual-dirsync-exchange-server",
    site: "lab",
};

/// Exchange is a requestor.
pub(super) const REQUESTOR: Stage = Stage {
    workflow: "manual-dirsync-exchange-requestor",
    site: "lab-exchange-requestor",
};

/// Exchange gives the role of the server to a postoffice.
pub(super) const BECOME_REQUESTOR: Stage = Stage {
    workflow: "move-server-to-postoffice",
    site: "lab",
};

/// There is no Exchange.
pub(super) const PC_ONLY: Stage = Stage {
    workflow: "manual-dirsync-pc-only",
    site: "lab-pc-only",
};

/// Looking at a site where Exchange is the dir-sync server.
pub(super) const DIAGNOSE: Stage = Stage {
    workflow: "diagnose",
    site: "lab",
};

/// Looking at a site without Exchange.
pub(super) const DIAGNOSE_PC_ONLY: Stage = Stage {
    workflow: "diagnose",
    site: "lab-pc-only",
};

/// Repairing a requestor of a site without Exchange.
pub(super) const REPAIR_PC_ONLY: Stage = Stage {
    workflow: "repair",
    site: "lab-pc-only",
};

/// A workflow and the site it runs on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stage {
    pub(super) workflow: &'static str,
    pub(super) site: &'static str,
}

/// One symptom.
#[derive(Debug)]
pub(super) struct Row {
    /// The number of the symptom, and a letter where several faults have it.
    pub(super) number: &'static str,
    /// The symptom, in a few words.
    pub(super) symptom: &'static str,
    /// The workflow and the site.
    pub(super) on: Stage,
    /// Options of the lab, as a site file has them; the fault among them.
    pub(super) lab: &'static str,
    /// What is given on the command line beside.
    pub(super) given: &'static str,
    /// What stands in the site file in the place of something else.
    pub(super) instead: (&'static str, &'static str),
    /// How it ends.
    pub(super) expected: Expected,
}

/// How a run with a fault is to end.
#[derive(Clone, Copy, Debug)]
pub(super) enum Expected {
    /// It fails.
    Fails {
        /// The step, by its address.
        at: &'static str,
        /// Words of the cause.
        cause: &'static str,
        /// Words of the remedy.
        remedy: &'static str,
        /// An article that the cause names.
        see: &'static str,
    },
    /// It ends well, and these words stand among its warnings or in what it says of a step.
    Warns(&'static str),
    /// It ends well, and all these words stand in what it says at its end.
    Shows(&'static [&'static str]),
    /// It is not in the lab, for this reason.
    Excluded(&'static str),
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.expected {
            Expected::Fails { at, see, .. } => write!(f, "{}: fails at {at}, {see}", self.symptom),
            Expected::Warns(says) => write!(f, "{}: warns, {says}", self.symptom),
            Expected::Shows(says) => write!(f, "{}: shows {}", self.symptom, says.join(", ")),
            Expected::Excluded(why) => write!(f, "{}: left out, {why}", self.symptom),
        }
    }
}

/// What a run left.
#[derive(Debug)]
pub(super) struct Ran {
    pub(super) screen: String,
    pub(super) code: u8,
    pub(super) told: Vec<Failed>,
}

/// A row without anything on the command line.
pub(super) const fn row(
    number: &'static str,
    symptom: &'static str,
    on: Stage,
    lab: &'static str,
    expected: Expected,
) -> Row {
    Row {
        number,
        symptom,
        on,
        lab,
        given: "",
        instead: ("", ""),
        expected,
    }
}

impl Row {
    /// Runs the workflow on the site with the fault; nothing where it is left out.
    pub(super) fn run(&self) -> Option<Ran> {
        match self.expected {
            Expected::Excluded(_) => None,
            _ => Some(self.run_with(self.on.workflow, self.given)),
        }
    }

    /// Runs any workflow on the site with the fault.
    pub(super) fn run_with(&self, workflow: &str, given: &str) -> Ran {
        let site = read(&format!("workflows/sites/{}.yaml", self.on.site));
        let mut desk = Desk::new().with(&root().join("workflows"));
        desk.folder().write("site.yaml", &self.on_site(&site));
        let line = format!("apply workflows/{workflow}.yaml --site site.yaml --yes {given}");
        let left = desk.runsheet(&line);
        Ran {
            told: screen::failures(&left.screen),
            code: left.code,
            screen: left.screen,
        }
    }

    /// A site with the options of this row in the place of its own.
    fn on_site(&self, site: &str) -> String {
        let key = |line: &str| line.split_once(':').map(|(key, _)| key.trim().to_owned());
        let given: Vec<_> = self.lab.lines().filter_map(key).collect();
        let mut text = String::new();
        let mut in_lab = false;
        for line in site.lines() {
            in_lab = line == "lab:" || in_lab && line.starts_with(' ');
            if !in_lab || key(line).is_none_or(|key| !given.contains(&key)) {
                text.push_str(line);
                text.push('\n');
            }
            if line == "lab:" {
                text.push_str(&format!("  {}\n", self.lab));
            }
        }
        let (usual, here) = self.instead;
        text.replacen(usual, here, usize::from(!usual.is_empty()))
    }

    /// What is wrong with how it ended, if anything is.
    pub(super) fn complaint(&self, ran: &Ran) -> Option<String> {
        let end = screen::end(&ran.screen);
        match self.expected {
            Expected::Excluded(_) => None,
            Expected::Warns(_) | Expected::Shows(_) if ran.code != 0 => {
                Some(format!("it is to end well:\n{end}"))
            }
            Expected::Warns(says) => {
                let missing = !end.contains(says);
                missing.then(|| format!("it does not warn `{says}`:\n{end}"))
            }
            Expected::Shows(all) => {
                let missing = all.iter().find(|says| !ran.screen.contains(**says));
                missing.map(|says| format!("it does not show `{says}`:\n{}", ran.screen))
            }
            Expected::Fails { .. } if ran.code == 0 => Some(format!("it ends well:\n{end}")),
            Expected::Fails {
                at,
                cause,
                remedy,
                see,
            } => {
                let right = |failed: &Failed| {
                    failed.address == at
                        && failed.causes.iter().any(|told| {
                            told.cause.contains(cause)
                                && told.cause.contains(see)
                                && told.remedy.contains(remedy)
                        })
                };
                let missing = !ran.told.iter().any(right);
                missing.then(|| format!("{at} does not tell `{cause}`, `{remedy}`, {see}:\n{end}"))
            }
        }
    }
}
