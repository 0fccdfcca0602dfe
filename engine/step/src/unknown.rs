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
        match other.reasons.as_slice() {
            [] => {}
            [one] => {
                if let Err(at) = self.reasons.binary_search(one) {
                    self.reasons.insert(at, one.clone());
                }
            }
            others => {
                // What is sorted already is sorted in one go.
                self.reasons.extend(others.iter().cloned());
                self.reasons.sort();
                self.reasons.dedup();
            }
        }
        self
    }

    /// Unknown for the reasons of all; nothing where there are none.
    #[must_use]
    pub fn all(whys: impl IntoIterator<Item = Unknown>) -> Option<Unknown> {
        let mut whys = whys.into_iter();
        let mut all = whys.next()?;
        for why in whys {
            all.reasons.extend(why.reasons);
        }
        all.reasons.sort();
        all.reasons.dedup();
        Some(all)
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

#[cfg(test)]
mod tests {
    use super::Unknown;

    #[test]
    fn reasons_are_told_once_each_in_order() {
        let of = |reasons: &[&str]| {
            let each = reasons.iter().map(|it| Unknown::because(*it));
            Unknown::all(each).expect("there are some")
        };
        let all = of(&["c", "a", "c", "b"]);
        assert_eq!(all.to_string(), "a, b, c");
        assert_eq!(all.clone().and(&of(&["b"])), all);
        assert_eq!(all.clone().and(&of(&["ab"])).to_string(), "a, ab, b, c");
        assert_eq!(
            all.and(&of(&["d", "a", "aa"])).to_string(),
            "a, aa, b, c, d"
        );
        assert_eq!(Unknown::all([]), None);
    }
}
