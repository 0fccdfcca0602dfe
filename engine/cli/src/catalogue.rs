//! Every kind and facility there is: the only file that names them.

use runsheet_step::Catalogue;

/// All of them.
#[must_use]
pub fn catalogue() -> Catalogue {
    runsheet_site::fill(Catalogue::default())
        .step(runsheet_assert::Kind)
        .step(runsheet_exec::Kind)
        .step(runsheet_manual::Kind)
        .step(runsheet_registry::Kind)
        .step(runsheet_service::Kind)
        .step(runsheet_setting::Kind)
        .step(runsheet_verify_event::Kind)
        .step(runsheet_verify_file::Kind)
        .step(runsheet_verify_message::Kind)
        .step(runsheet_wait_for_event::Kind)
}
