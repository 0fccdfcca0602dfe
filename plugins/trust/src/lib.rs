//! Which plugins there are, whether they are what they were, and who answers for them: from the
//! `plugins:` of files to kinds and facilities.
//!
//! Beside the file of a plugin lies its [`manifest`], so that checking and explaining run nothing
//! of it; [`lock`] keeps what was taken; [`signature`] says by whom it was signed, and [`user`] who
//! of them is trusted. [`shelf`] brings all of it together, and starts what is to run.
//!
//! How a plugin is spoken with is no matter of this; that is `runsheet-host`. Start reading at
//! [`shelf::Shelf`], then [`entry`].

mod absent;
pub mod add;
mod cache;
mod clash;
mod contents;
mod copies;
mod described;
pub mod drivers;
pub mod entry;
pub mod file;
mod filling;
pub mod hash;
pub mod lock;
pub mod manifest;
mod naming;
mod rules;
pub mod shelf;
pub mod sign;
pub mod signature;
mod unread;
pub mod user;
pub mod written;
mod yaml;

pub use rules::CODES;

#[cfg(test)]
mod tests;
