//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "exec",
    summary: "the kind `exec`",
    steps: [runsheet_exec::Kind],
}
