//! The checks, a file each.

mod absent;
mod answers;
mod arm;
mod blobs;
mod changed;
mod described;
mod effects;
mod example;
mod faults;
mod foresight;
mod hostile;
mod outputs;
mod purity;
mod repeat;
mod sameness;
mod samples;
mod secrets;
mod settled;
mod shapes;
mod undo;
mod unknown_answers;
mod unknown_inputs;

use crate::findings::Findings;
use crate::report::Outcome;
use crate::subject::Subject;

/// One thing that a plugin has to keep to.
pub(crate) struct Check {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it asks for, in a line.
    pub(crate) about: &'static str,
    /// Why there may be nothing to hold it against.
    pub(crate) nothing: &'static str,
    /// Looks for cases that do not hold.
    pub(crate) look: fn(&Subject, &mut Findings),
}

/// The one that tells nonsense and so may leave a plugin in pieces, and the others in the order in
/// which they are told.
pub(crate) const HOSTILE_LAST: (&Check, &[&Check]) = (
    &hostile::CHECK,
    &[
        &described::CHECK,
        &shapes::CHECK,
        &example::CHECK,
        &samples::CHECK,
        &answers::CHECK,
        &purity::CHECK,
        &outputs::CHECK,
        &effects::CHECK,
        &changed::CHECK,
        &settled::CHECK,
        &undo::CHECK,
        &arm::CHECK,
        &faults::CHECK,
        &absent::CHECK,
        &unknown_answers::CHECK,
        &unknown_inputs::CHECK,
        &secrets::CHECK,
        &blobs::CHECK,
        &foresight::CHECK,
        &repeat::CHECK,
        &sameness::CHECK,
    ],
);

impl Check {
    /// What it finds in a plugin.
    pub(crate) fn made(&self, subject: &Subject) -> Outcome {
        let mut findings = Findings::default();
        (self.look)(subject, &mut findings);
        Outcome {
            check: self.name,
            about: self.about,
            verdict: findings.verdict(self.nothing),
        }
    }
}
