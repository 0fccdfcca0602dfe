//! Why a plan does not know a value.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// What a value waits for: reasons in a reader's words, such as ``the reply of `reqmain` ``.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "BTreeSet<Name>", into = "Vec<Name>")]
pub struct Unknown {
    /// Each once, in alphabetical order. A plan of thousands of steps holds several for each, most
    /// of them with one reason.
    reasons: Vec<Name>,
}

impl Unknown {
    /// Unknown for one reason.
    pub fn because(reason: impl Into<Name>) -> Unknown {
        Unknown {
            reasons: vec![reason.into()],
        }
    }

    /// Unknown for the reasons of both.
    #[must_use]
    pub fn and(mut self, other: &Unknown) -> Unknown {
        self.reasons.extend(other.reasons.iter().cloned());
        self.reasons.sort_unstable();
        self.reasons.dedup();
        self
    }

    /// The reasons, in alphabetical order.
    pub fn reasons(&self) -> impl Iterator<Item = &Name> {
        self.reasons.iter()
    }
}

impl From<BTreeSet<Name>> for Unknown {
    fn from(reasons: BTreeSet<Name>) -> Unknown {
        Unknown {
            reasons: reasons.into_iter().collect(),
        }
    }
}

impl From<Unknown> for Vec<Name> {
    fn from(unknown: Unknown) -> Vec<Name> {
        unknown.reasons
    }
}

impl fmt::Display for Unknown {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, reason) in self.reasons.iter().enumerate() {
            let comma = if n > 0 { ", " } else { "" };
            write!(out, "{comma}{reason}")?;
        }
        Ok(())
    }
}
