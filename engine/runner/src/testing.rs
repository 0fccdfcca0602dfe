//! A small site to hold the engine against: a log, a store, tools that take time, and a clock
//! that a test turns. Workflows are given as text; what became of them is told as text.

pub(crate) mod bench;
pub(crate) mod drivers;
pub(crate) mod facilities;
pub(crate) mod journal;
pub(crate) mod kinds;
pub(crate) mod telling;
pub(crate) mod world;
