//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "service",
    summary: "the kind `service`",
    steps: [runsheet_service::Kind],
}
