//! What tests share: folders that clean up after themselves, stories and the desk they are played
//! at, and a driver that takes notes of all it is asked.
//!
//! Nothing of the product leans on this crate, and it makes no promise of its own: those are in
//! `tests/suite`. Start reading at [`story`], then [`desk`].

pub mod desk;
pub mod difference;
pub mod folder;
pub mod recorder;
pub mod story;
