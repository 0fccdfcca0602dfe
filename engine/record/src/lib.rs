//! What is written down: plans, the events of a run, and the state they add up to.
//!
//! State moves through one function, [`State::apply`]; everything else only looks at it. The
//! formats of this crate outlive a process: each says its version, and every line its checksum.
//!
//! It is not the runner: nothing here decides what happens next or performs anything. Start
//! reading at [`event`], then [`state`].

pub mod event;
pub mod line;
pub mod observer;
pub mod plan;
pub mod run_id;
pub mod scope;
pub mod state;
pub mod status;

pub use event::{Event, What};
pub use run_id::RunId;
pub use state::State;
pub use status::Status;
