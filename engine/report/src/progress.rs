//! What happens, while it happens: a screen that is drawn again, plain lines, or JSON lines.

mod line;
mod lines;
mod live;
mod plain;

pub(crate) use line::{tone, word};
pub use lines::JsonLines;
pub use live::Live;
pub use plain::Plain;
