//! Events to words: plans, progress and verdicts for people, and the same as JSON.
//!
//! Every face is fed by the same events and cannot tell a live run from a replayed one. Nothing
//! here decides, performs or reads anything; there is no clock and no terminal, only a writer and
//! a [`look::Look`].
//!
//! Start reading at [`plan`], then [`progress`] and [`verdict`].

pub mod address;
mod causes;
pub mod interrupted;
pub mod json;
pub mod ledger;
pub mod look;
pub mod plan;
pub mod progress;
pub mod screen;
pub mod tally;
pub mod time;
pub mod verdict;

#[cfg(test)]
mod tests;
