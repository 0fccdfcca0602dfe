//! What a check gathers while it looks.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::{Finding, Verdict};

/// So many findings of one kind or facility are told; more say nothing new.
const MOST: usize = 3;

/// What is written of an input that broke something, in bytes.
const LONGEST: usize = 2000;

/// What a check has found so far.
#[derive(Default)]
pub(crate) struct Findings {
    cases: usize,
    broken: Vec<Finding>,
    told: BTreeMap<String, usize>,
}

impl Findings {
    /// One more case was looked at.
    pub(crate) fn case(&mut self) {
        self.cases += 1;
    }

    /// One case does not hold, with this to show it.
    pub(crate) fn broken(&mut self, of: &str, why: impl Into<String>, with: &impl Serialize) {
        self.cases += 1;
        let why = why.into();
        let known = |one: &Finding| one.of == of && one.why == why;
        let told = self.told.entry(of.to_owned()).or_default();
        if *told < MOST && !self.broken.iter().any(known) {
            *told += 1;
            let with = shown(with);
            let of = of.to_owned();
            self.broken.push(Finding { of, why, with });
        }
    }

    /// A case that holds, or does not for this reason.
    pub(crate) fn hold(&mut self, of: &str, held: Result<(), String>, with: &impl Serialize) {
        match held {
            Ok(()) => self.case(),
            Err(why) => self.broken(of, why, with),
        }
    }

    /// The verdict; `nothing` says why there was no case, where there was none.
    pub(crate) fn verdict(self, nothing: &str) -> Verdict {
        match (self.broken.is_empty(), self.cases) {
            (false, _) => Verdict::Broken {
                findings: self.broken,
            },
            (true, 0) => Verdict::NotApplicable {
                why: nothing.to_owned(),
            },
            (true, cases) => Verdict::Held { cases },
        }
    }
}

/// As JSON, cut where it is long.
fn shown(with: &impl Serialize) -> String {
    let text = serde_json::to_string(with).unwrap_or_default();
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None if text == "null" => String::new(),
        None => text,
    }
}
