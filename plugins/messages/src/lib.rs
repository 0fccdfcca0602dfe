//! What is said over the line to a plugin, and over the pipe to one in a process of its own.
//!
//! One file a subject: each message is a struct, and so is its answer where the contract has no
//! type for it already. Everything is JSON; what values JSON has no word for are written as in
//! journals (`{"$": "duration", "v": 90000}`).
//!
//! Nothing is sent from here. Start reading at [`method::Method`], then [`describe`].

pub mod describe;
pub mod facility;
pub mod method;
pub mod step;
