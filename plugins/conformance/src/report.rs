//! What a test found.

use std::fmt;

use serde::Serialize;

/// Everything that a test of one plugin found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The plugin, by its own name; empty where it does not say.
    pub plugin: String,
    /// Its version, by its own word.
    pub version: String,
    /// From which seed the inputs were made.
    pub seed: u64,
    /// One for each check, in the order in which they were made.
    pub results: Vec<Outcome>,
}

/// What one check found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// The name of the check.
    pub check: &'static str,
    /// What it asks for, in a line.
    pub about: &'static str,
    /// What it found.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// How a check ended.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "result")]
pub enum Verdict {
    /// The plugin keeps to it.
    Held {
        /// In how many cases it was looked for.
        cases: usize,
    },
    /// It does not.
    Broken {
        /// The first few cases.
        findings: Vec<Finding>,
    },
    /// There was nothing to hold it against.
    NotApplicable {
        /// Why not.
        why: String,
    },
}

/// A case in which a plugin does not keep to a check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The kind or facility.
    pub of: String,
    /// What is wrong.
    pub why: String,
    /// With what input or message, as JSON; empty where there is none.
    pub with: String,
}

/// How many checks hold, of those that can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// So many hold,
    pub held: usize,
    /// of so many.
    pub of: usize,
}

impl fmt::Display for Score {
    /// `14 of 15`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of {}", self.held, self.of)
    }
}

impl Score {
    /// Whether all of them hold.
    #[must_use]
    pub fn is_full(self) -> bool {
        self.held == self.of
    }
}

impl Report {
    /// How many checks hold, of those that can be made.
    #[must_use]
    pub fn score(&self) -> Score {
        let count = |of: fn(&Verdict) -> bool| {
            let found = self.results.iter().filter(|outcome| of(&outcome.verdict));
            found.count()
        };
        let held = count(|verdict| matches!(verdict, Verdict::Held { .. }));
        let broken = count(|verdict| matches!(verdict, Verdict::Broken { .. }));
        Score {
            held,
            of: held + broken,
        }
    }

    /// The names of the checks that do not hold.
    pub fn broken(&self) -> impl Iterator<Item = &'static str> {
        let broken = |outcome: &&Outcome| matches!(outcome.verdict, Verdict::Broken { .. });
        self.results
            .iter()
            .filter(broken)
            .map(|outcome| outcome.check)
    }
}
