//! What a plugin has to keep to, checked over its line: each kind is played in many small worlds,
//! each facility is asked about what came of that, and then both are told nonsense.
//!
//! Inputs come from the shape and the example of a kind, and from a seed: the same seed makes the
//! same test. Where nobody could make up what a kind finds, its author gives samples. A check holds, or does not, with the input that shows it; or there was nothing to
//! hold it against.
//!
//! Nothing is loaded or started from here, and no file is touched: whoever calls has a line. Start
//! reading at [`Test`], then `checks`, then `course`, one step from its first turn to its last.

mod checks;
mod course;
mod example;
mod facilities;
mod findings;
mod given;
mod heard;
mod opening;
mod random;
pub mod report;
mod sample;
mod subject;
mod system_calls;
mod twisted;
mod world;

use std::sync::Arc;

use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_step::Catalogue;

pub use crate::given::Sample;
use crate::heard::Heard;
use crate::report::{Outcome, Report, Verdict};
use crate::subject::Subject;
pub use crate::system_calls::{Start, Watch};

/// A test of a plugin.
pub struct Test<'t> {
    /// The line to it.
    pub line: Arc<dyn Line>,
    /// The facilities of others that its kinds may lean on.
    pub beside: &'t Catalogue,
    /// Steps that its author gives.
    pub samples: &'t [Sample],
    /// From which number its inputs are made.
    pub seed: u64,
    /// How it is watched by the system, where the system can.
    pub watch: Option<Watch<'t>>,
}

impl Test<'_> {
    /// Makes all checks.
    ///
    /// # Errors
    /// It does not say what it is, so that there is nothing to test.
    pub fn made(&self) -> Result<Report, Trouble> {
        let heard = Arc::new(Heard::new(self.line.clone()));
        let plugin = Plugin::at(heard.clone())?;
        let subject = Subject::new(heard.clone(), &plugin, self);
        let (hostile, others) = checks::HOSTILE_LAST;
        let mut results: Vec<Outcome> = others.iter().map(|check| check.made(&subject)).collect();
        results.push(self.watched(&heard));
        results.push(hostile.made(&subject));
        Ok(Report {
            plugin: plugin.description.name.to_string(),
            version: plugin.description.version.to_string(),
            seed: self.seed,
            results,
        })
    }

    fn watched(&self, heard: &Heard) -> Outcome {
        match &self.watch {
            Some(watch) => watch.made(&heard.messages()),
            None => Outcome {
                check: system_calls::NAME,
                about: system_calls::ABOUT,
                verdict: Verdict::NotApplicable {
                    why: "it runs where the system does not watch it".to_owned(),
                },
            },
        }
    }
}

/// The names of the checks, with what each asks for, in the order in which they are made.
pub fn checks() -> impl Iterator<Item = (&'static str, &'static str)> {
    let (hostile, others) = checks::HOSTILE_LAST;
    let watched = [(system_calls::NAME, system_calls::ABOUT)];
    let others = others.iter().map(|check| (check.name, check.about));
    others.chain(watched).chain([(hostile.name, hostile.about)])
}
