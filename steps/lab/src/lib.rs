//! The simulated site: Microsoft Mail postoffices, an Exchange dir-sync server and all between.
//!
//! [`lab::Lab`] is a pure, deterministic model: postoffices with their tools, the Directory
//! Synchronization service, the connector's MTA, the Application log, the administrator's inbox,
//! registry, services and settings, with a clock of their own. Nothing happens in it but by a call
//! or by letting its time pass. What a doc comment cites is documented; the rest is called
//! inferred.
//!
//! Around it stand [`options`], which read a `lab:` map into a [`blueprint`], and [`drivers`], which
//! perform requests in a lab on a [`mod@bench`]. A lab lives in memory, or as files in a directory:
//! [`mod@disk`] alone knows which, and only there files are touched.
//!
//! This crate is no emulator: no program is executed, and it knows neither workflows nor steps. Start reading at [`lab`], then [`postoffice`] and [`exchange`].

pub mod bench;
pub mod blueprint;
mod build;
pub mod clock;
pub mod directory;
pub mod disk;
pub mod drivers;
pub mod exchange;
pub mod faults;
mod hash;
mod history;
mod kept;
pub mod lab;
pub mod mail;
pub mod master;
pub mod options;
pub mod password;
mod path;
pub mod people;
pub mod performance;
pub mod postoffice;
pub mod process;
mod pump;
pub mod reply;
pub mod server;
pub mod specimens;
pub mod tools;
pub mod tracked;

#[cfg(test)]
mod tests;
