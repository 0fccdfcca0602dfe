//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "verify-file",
    summary: "the kind `verify-file`",
    steps: [runsheet_verify_file::Kind],
}
