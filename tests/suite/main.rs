//! The promises of the house, a file each, in one binary.
//!
//! What one crate promises about itself is tested beside its code and not here. Start reading at
//! [`floors`], the map of the house, then at [`stories`], what its users see.

mod floors;
mod house;
mod metadata;
mod repository;
mod supply;
