//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "assert",
    summary: "the kind `assert`",
    steps: [runsheet_assert::Kind],
}
