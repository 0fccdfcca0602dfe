//! Plugins at the end of a line: a library here, and one in a process of its own.

mod desk;
mod loaded;
mod misbehaving;
mod process;
