//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "manual",
    summary: "the kind `manual`",
    steps: [runsheet_manual::Kind],
}
