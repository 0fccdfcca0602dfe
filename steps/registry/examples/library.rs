//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "registry",
    summary: "the kind `registry`",
    steps: [runsheet_registry::Kind],
}
