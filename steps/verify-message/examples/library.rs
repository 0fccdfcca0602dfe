//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "verify-message",
    summary: "the kind `verify-message`",
    steps: [runsheet_verify_message::Kind],
}
