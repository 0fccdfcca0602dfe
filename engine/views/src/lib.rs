//! A workflow shown otherwise: as a picture of its order, as one canonical file, and the language
//! itself as a schema.
//!
//! Views are pure and never a source: nothing else in the product reads what is shown here. No
//! run is needed for any of them, and none is looked at; what a run did is the report's to tell.
//!
//! Start reading at [`graph`], [`diff`], [`render`] or [`schema`].

pub mod diff;
pub mod graph;
pub mod render;
pub mod schema;
