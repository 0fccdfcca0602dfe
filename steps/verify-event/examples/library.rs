//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "verify-event",
    summary: "the kind `verify-event`",
    steps: [runsheet_verify_event::Kind],
}
