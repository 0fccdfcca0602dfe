//! What a plugin has to keep to, checked over its line: each kind is played in many small worlds,
//! each facility is asked about what came of that, and then both are told nonsense.
//!
//! Inputs come from the shape and the example of a kind, and from a seed: the same seed makes the
//! same test. A check holds, or does not, with the input that shows it; or there was nothing to
//! hold it against.
//!
//! Nothing is loaded or started from here, and no file is touched: whoever calls has a line. Start
//! reading at [`test`], then `checks`, then `course`, one step from its first turn to its last.

mod checks;
mod course;
mod example;
mod facilities;
mod findings;
mod opening;
mod random;
pub mod report;
mod sample;
mod subject;
mod twisted;
mod world;

use std::sync::Arc;

use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_step::Catalogue;

use crate::report::Report;
use crate::subject::Subject;

/// Tests the plugin at the other end of a line. `beside` holds the facilities of others that its
/// kinds may lean on.
///
/// # Errors
/// It does not say what it is, so that there is nothing to test.
pub fn test(line: Arc<dyn Line>, beside: &Catalogue, seed: u64) -> Result<Report, Trouble> {
    let plugin = Plugin::at(line.clone())?;
    let subject = Subject::new(line, &plugin, beside, seed);
    let results = checks::ALL.iter().map(|check| check.made(&subject));
    Ok(Report {
        plugin: plugin.description.name.to_string(),
        version: plugin.description.version.to_string(),
        seed,
        results: results.collect(),
    })
}

/// The names of the checks, with what each asks for, in the order in which they are made.
pub fn checks() -> impl Iterator<Item = (&'static str, &'static str)> {
    checks::ALL.iter().map(|check| (check.name, check.about))
}
