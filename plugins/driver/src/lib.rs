//! Drivers that are programs of their own, in any language: they read messages from their input,
//! one JSON object a line, and write messages to their output.
//!
//! A driver that crashes, floods or falls silent costs the calls that it had in hand and no more:
//! it is ended, those calls are lost, and the next call starts it anew. What it writes beside goes
//! to the log, without secrets.
//!
//! Nothing here knows a site file, a manifest or a single facility, and nobody is trusted here:
//! whoever hands over a [`launch::Launch`] has made sure that it may run. Start reading at
//! [`message`], then [`driver::ProgramDriver`], then `session`.

pub mod driver;
pub mod environment;
#[cfg(unix)]
mod keeper;
pub mod launch;
#[cfg(target_os = "linux")]
mod leash;
pub mod message;
mod process;
mod session;
