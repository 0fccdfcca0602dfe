//! A plugin as kinds and facilities of the engine: found, checked, loaded and asked.
//!
//! What a plugin says crosses a [`line::Line`]: that of a library in this process, or that of a
//! library in a process of its own. To the engine it makes no difference; a fault of a plugin is a
//! failure of its step, never of the run.
//!
//! Nothing here knows a workflow, a site or a single kind. Start reading at [`plugin::Plugin`],
//! then [`mod@line`], then [`library`], the only place where foreign memory is touched, and
//! [`process`], which keeps such memory out of this process.

pub mod described;
#[cfg(unix)]
mod eager;
pub mod exits;
mod facility;
mod frame;
mod image;
pub mod interrupt;
pub mod library;
pub mod line;
pub mod plugin;
pub mod process;
#[cfg(unix)]
pub mod serve;
mod steady;
mod step;
pub mod thinking;
