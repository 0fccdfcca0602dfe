//! Drivers for real machines: what the facilities of `steps/site` mean on the computer at hand.
//!
//! This is the only crate that may start programs and touch files and networks. It knows neither
//! steps nor workflows, and it decides nothing: it does what a request says and answers what came
//! of it. Start reading at [`process::LocalPrograms`].
//!
//! There is one driver so far, for the programs of this machine. Those for files, event logs,
//! mailboxes, services and the registry of a Windows machine near or far will be siblings of it,
//! a file for each facility under the facility's own name.

pub mod process;
