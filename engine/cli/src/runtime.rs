//! The runtime that drivers and clocks live in.

use tokio::runtime::{Builder, Runtime};

use crate::complaint::Complaint;

/// # Errors
/// The system gives no event queue.
pub(crate) fn runtime() -> Result<Runtime, Complaint> {
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.map_err(|error| Complaint::new(format!("the system gives no event queue: {error}")))
}
