//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "wait-for-event",
    summary: "the kind `wait-for-event`",
    steps: [runsheet_wait_for_event::Kind],
}
