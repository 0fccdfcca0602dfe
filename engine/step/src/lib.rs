//! The contract between steps, facilities, drivers and the engine: steps think, drivers act.
//!
//! A step is a pure function from its input and a transcript of questions with their answers to
//! its next turn. It is called again from the top after every answer, so its author writes
//! straight lines. Four engines drive the same function: a planner, a runner, resume and undo.
//!
//! There is no I/O here, no clock and no runtime, and no word about any one facility or kind;
//! those are `steps/*`. Start reading at [`Step`], then [`World`], then [`Request`].

mod answer;
mod blob;
pub mod bounds;
mod catalogue;
pub mod decode;
pub mod driver;
pub mod duration;
mod facility;
pub mod fact;
mod failure;
mod host;
mod input;
mod moment;
mod name;
pub mod pattern;
pub mod request;
mod secret;
pub mod shape;
mod step;
mod unknown;
mod value;
mod wire;
mod world;

pub use answer::{Answer, Entry};
pub use blob::{Blob, INLINE_LIMIT};
pub use catalogue::Catalogue;
pub use facility::{Access, Facility, Known, Plain, Prediction, Repeat};
pub use failure::{Failure, Fault, Form, Stop};
pub use host::Host;
pub use input::{Input, Maybe};
pub use moment::Moment;
pub use name::Name;
pub use request::{Cursor, Request};
pub use secret::{Piece, Secret};
pub use shape::{Field, Shape};
pub use step::{Outcome, Step, Turn};
pub use unknown::Unknown;
pub use value::{Map, Value};
pub use world::{TURN_CAP, World, turn};
