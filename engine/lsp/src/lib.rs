//! The language server: what an editor is told of workflows, sites and overlays while they are
//! written.
//!
//! It is no second reader of the language. What is wrong is what `check` says; keys, kinds, words
//! and functions come from the tables that the language reads with. Of its own it has only
//! [`tree`], which answers where strict reading must stop: on a line that is half typed. It reads
//! no file by itself and runs nothing; the command line hands it the disk and the kinds.
//!
//! The protocol is spoken by `lsp-server` and `lsp-types`: plain threads and channels, no runtime,
//! and the types of the protocol as it is written down. So the loop in [`server`] is a function of
//! one message after the other, and tests drive it without an editor.
//!
//! Start reading at [`server`], then [`session`]; each thing an editor can ask stands in a file of
//! its own.

mod actions;
pub mod called;
mod capabilities;
pub mod check;
mod completion;
mod formatting;
mod hover;
mod naming;
pub mod near;
pub mod pieces;
pub mod plugins;
pub mod position;
mod provenance;
pub mod publish;
pub mod scope;
pub mod server;
pub mod session;
pub mod steps;
pub mod store;
pub mod symbol;
mod symbols;
mod tokens;
pub mod tree;
pub mod uri;
pub mod wants;
pub mod worker;

pub use lsp_server::{Connection, Message, Notification, Request};

#[cfg(test)]
mod tests;
