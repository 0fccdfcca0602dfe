//! The kind as a library, which does all that the linked one does.

runsheet_guest::export_plugin! {
    name: "setting",
    summary: "the kind `setting`",
    steps: [runsheet_setting::Kind],
}
