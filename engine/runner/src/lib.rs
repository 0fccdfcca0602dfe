//! Plans and runs workflows: planner, schedule, dispatcher, executor and journal.
//!
//! What happens next is decided by one pure function, [`schedule::schedule`]. The dispatcher
//! carries its commands out and turns what comes of them into events; the executor performs
//! requests and knows nothing of steps.
//!
//! It names no kind, no facility and no driver: those come in a catalogue and through
//! [`drivers::Drivers`]. Start reading at [`schedule`], then [`dispatcher`] and [`planner`].

mod arming;
mod back;
mod call;
pub mod command;
pub mod dispatcher;
pub mod drivers;
mod executor;
mod input;
mod items;
pub mod journal;
mod judge;
mod permit;
pub mod planner;
mod rescue;
pub mod schedule;
#[cfg(test)]
mod testing;
pub mod vault;
