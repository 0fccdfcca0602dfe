//! The binary files of a postoffice: each a typed value, and its bytes.
//!
//! Sizes and the fields in each file are documented (Q77926 and the articles named with each);
//! where a field stands, and what is between fields, is not, and is inferred throughout. Numbers are
//! little-endian. Dates are seconds since 1970, 0 for never. Texts are in code page 850, padded
//! with zeros and ended by at least one. What is reserved is zero.
//!
//! A fixed size is a [`block::Block`]; files of so many bytes each are rows of blocks
//! ([`block::rows`]). The queues of transactions are in [`record`], mail is in [`mai`], [`att`],
//! [`p1`] and [`mbg`] with its [`key`].

pub mod att;
pub mod block;
pub mod control;
pub mod corrupt;
pub mod crc;
pub mod date;
pub mod field;
pub mod flag;
pub mod galindex;
pub mod key;
pub mod mai;
pub mod master;
pub mod mbg;
pub mod netpo;
pub mod network;
pub mod nme;
pub mod p1;
pub mod process;
pub mod record;
pub mod reqconf;
pub mod resync;
pub mod srvconf;
pub mod text;
pub mod tid;
pub mod usr;
pub mod xtn;

mod cipher;
mod code_page;
mod seal;
#[cfg(test)]
mod tests;
