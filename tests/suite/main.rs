//! The promises of the house, a file each, in one binary.
//!
//! What one crate promises about itself is tested beside its code and not here. Start reading at
//! [`floors`], the map of the house, then at [`mistakes`], what its users make.

mod codes;
mod floors;
mod house;
mod kinds;
mod metadata;
mod mistakes;
mod product;
mod purity;
mod repository;
mod supply;
mod workflows;
