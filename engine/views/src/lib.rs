//! A workflow shown otherwise: as a picture of its order, and the language itself as a schema.
//!
//! Views are pure and never a source: what is drawn here is read nowhere else in the product. No
//! run is needed for any of them, and none is looked at; what a run did is the report's to tell.
//!
//! Start reading at [`graph`] or [`schema`].

pub mod graph;
pub mod schema;
