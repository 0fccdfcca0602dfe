//! Hand-made plans and events in, text out.

mod plan;
mod progress;
mod stage;
mod verdict;
