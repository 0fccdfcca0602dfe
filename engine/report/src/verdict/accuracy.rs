//! How a run compares with its plan.

use runsheet_record::plan::{Deed as Planned, End, Plan, Row, Sign};
use runsheet_record::{State, Status};
use runsheet_step::{Name, Value};
use serde::Serialize;

use crate::ledger::{Deed, Ledger};

/// What was done of what was planned.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Accuracy {
    /// Done as planned.
    pub as_planned: usize,
    /// Wanted otherwise than planned.
    pub differed: usize,
    /// Planned and not done.
    pub missing: usize,
    /// Asked for as planned and never answered, so that they may have happened or not.
    pub in_doubt: usize,
    /// Done where the plan knew that it did not know.
    pub left_open: usize,
    /// Wanted, and nowhere in the plan.
    pub unplanned: usize,
    /// What differed or was unplanned, and for a run that succeeded what was missing.
    pub deviations: Vec<Deviation>,
}

/// One thing that was not as planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Deviation {
    /// The step.
    pub address: Name,
    /// In words.
    pub text: String,
}

impl Accuracy {
    /// Every write and act of the plan against those that were asked for.
    pub(super) fn of(state: &State, ledger: &Ledger, plan: &Plan) -> Accuracy {
        let mut accuracy = Accuracy::default();
        let mut known = std::collections::BTreeSet::new();
        for row in &plan.rows {
            known.insert(&row.address);
            accuracy.row(state, row, ledger.deeds_of(&row.address));
        }
        for (address, deeds) in ledger.deeds() {
            if !known.contains(address) {
                accuracy.left_open += deeds.len();
            }
        }
        accuracy
    }

    fn row(&mut self, state: &State, row: &Row, asked: &[Deed]) {
        let mut rest: Vec<&Deed> = distinct(asked);
        let writes = |deed: &&Planned| !matches!(deed.sign, Sign::Wait | Sign::Same);
        for planned in row.deeds.iter().filter(writes) {
            if let Some(deed) = take(&mut rest, |deed| is_as_planned(planned, deed)) {
                match deed.in_doubt {
                    true => self.in_doubt += 1,
                    false => self.as_planned += 1,
                }
            } else if let Some(other) = take(&mut rest, |deed| deed.key == planned.key) {
                self.differed += 1;
                let text = format!("planned `{}`, wanted `{}`", planned.phrase, other.phrase);
                self.deviate(row, text);
            } else {
                self.missed(state, row, planned);
            }
        }
        let is_open = matches!(row.end, End::Open(_)) || row.assumes;
        for deed in rest {
            if is_open && !deed.refused {
                self.left_open += 1;
            } else {
                self.unplanned += 1;
                self.deviate(row, format!("wanted `{}`", deed.phrase));
            }
        }
    }

    /// What was planned and not done; a step that may not run has missed nothing.
    fn missed(&mut self, state: &State, row: &Row, planned: &Planned) {
        let found = state.find(&row.address).map(|id| state.instance(id));
        let status = found.map_or(Status::Waiting, |instance| instance.status);
        // What may rescue a step that did not fail has never come to be.
        if row.guard.is_some() && (status == Status::Skipped || found.is_none()) {
            return;
        }
        self.missing += 1;
        if status == Status::Succeeded {
            self.deviate(row, format!("planned `{}`, not needed", planned.phrase));
        }
    }

    fn deviate(&mut self, row: &Row, text: String) {
        let address = row.address.clone();
        self.deviations.push(Deviation { address, text });
    }
}

/// What is asked again in a later attempt counts once, as it stands after the last.
fn distinct(asked: &[Deed]) -> Vec<&Deed> {
    let mut found: Vec<&Deed> = Vec::new();
    for deed in asked {
        match found
            .iter_mut()
            .find(|earlier| earlier.wants_the_same(deed))
        {
            Some(earlier) => *earlier = deed,
            None => found.push(deed),
        }
    }
    found
}

/// Whether this is what was planned, by its words; where these are not at hand, by what is written
/// where.
fn is_as_planned(planned: &Planned, deed: &Deed) -> bool {
    let says_the_same = match deed.in_its_words {
        true => planned.phrase == deed.phrase,
        false => deed.value.as_ref().unwrap_or(&Value::Null) == &planned.value,
    };
    planned.key == deed.key && says_the_same && !deed.refused
}

fn take<'d>(rest: &mut Vec<&'d Deed>, fits: impl Fn(&Deed) -> bool) -> Option<&'d Deed> {
    let at = rest.iter().position(|deed| fits(deed))?;
    Some(rest.remove(at))
}
