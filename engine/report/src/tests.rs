//! Hand-made plans and events in, text out.

pub(crate) mod paper;
mod plan;
mod progress;
mod stage;
mod verdict;
