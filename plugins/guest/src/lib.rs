//! What a plugin in Rust is written with: the traits of linked kinds, and the macro that makes a
//! library of them.
//!
//! ```
//! use runsheet_guest::step::{Input, Outcome, Shape, Step, Stop, World};
//!
//! struct Hello {
//!     shape: Shape,
//! }
//!
//! impl Step for Hello {
//!     fn kind(&self) -> &str {
//!         "hello"
//!     }
//!     fn shape(&self) -> &Shape {
//!         &self.shape
//!     }
//!     fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
//!         Ok(Outcome::same([("said", "hello".into())]))
//!     }
//! }
//!
//! runsheet_guest::export_plugin! {
//!     name: "hello",
//!     summary: "it says hello",
//!     steps: [Hello { shape: Shape::new("it says hello") }],
//! }
//! ```
//!
//! It knows nothing of loading, of processes or of trust: that is `plugins/host`. Start reading at
//! [`export_plugin`], then [`plugin::Plugin`]; kinds with typed inputs and outputs are written with
//! [`typed`].

mod answer;
mod asked;
pub mod entry;
mod export;
mod panics;
pub mod plugin;
mod recent;
pub mod typed;

pub use runsheet_abi as abi;
pub use runsheet_messages as messages;
pub use runsheet_step as step;
pub use schemars;
