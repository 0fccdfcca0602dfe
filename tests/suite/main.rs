//! The promises of the house, a file each, in one binary.
//!
//! What one crate promises about itself is tested beside its code and not here. Start reading at
//! [`floors`], the map of the house, then at [`stories`], what its users see.

mod authors;
mod codes;
mod conformant;
mod explained;
mod floors;
mod formatted;
mod house;
mod journals;
mod kinds;
mod loaded;
mod metadata;
mod mistakes;
mod origins;
mod product;
mod purity;
mod reading;
mod rendered;
mod repairs;
mod repository;
mod roles;
mod runs;
mod schema;
mod scripts;
mod sharing;
mod shell;
mod stories;
mod supply;
mod symptoms;
mod variants;
mod vectors;
mod workflows;
mod wrong;
