//! The files, mail and log lines of Microsoft Mail directory synchronization, read and written.
//!
//! Everything here is a function from text or bytes to a value and back. What is printed is read
//! back equal, and what does not follow a format is refused with its place. The doc comment of each
//! format cites where it is documented, and says what is inferred.
//!
//! This crate is no postoffice: it keeps no state, opens no file and knows no protocol. Start
//! reading at [`transaction`], what all the rest carries about; then
//!
//! - [`form`], by which most lines of text are read and printed, and [`sentence`], one such line;
//! - [`import_file`], [`body`] and [`subject`], what is sent and imported;
//! - [`catalogue`] and [`log`], what tools write; [`listing`], [`admin`] and [`popup`], what they
//!   show; [`command`], how they are called;
//! - [`event`] and [`ndr`], what Exchange and its connector tell;
//! - [`files`], what a postoffice keeps on its disk;
//! - [`vectors`], literal samples of all of these, tried.

pub mod address;
pub mod admin;
pub mod body;
pub mod catalogue;
pub mod command;
pub mod event;
pub mod files;
pub mod form;
pub mod import_file;
pub mod listing;
pub mod log;
pub mod ndr;
pub mod popup;
pub mod sentence;
pub mod stamp;
pub mod subject;
pub mod transaction;
pub mod vectors;
pub mod wrapped;

#[cfg(test)]
#[path = "tests/again.rs"]
mod again;
