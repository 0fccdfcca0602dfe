//! Several hosts where one belongs.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use super::strays::{is_flow, on_a_new_line};
use crate::document::{Entry, Node};
use crate::reader::{WRONG_TYPE, bare};

/// What stands under `host:` or what other tools call so, if it is a list.
pub(super) fn listed(step: Node<'_>) -> Option<Entry<'_>> {
    let mut hosts = step
        .entries()
        .filter(|entry| matches!(entry.name(), "host" | "hosts"));
    hosts.find(|entry| entry.value.is_list())
}

/// Tells that it is one host, and offers to repeat the step for each of these.
pub(super) fn told(step: Node<'_>, hosts: Entry<'_>) -> Diagnostic {
    let told = Diagnostic::error(&WRONG_TYPE, "a step acts at one host")
        .at(bare(hosts.key), "several")
        .help("repeat it: `foreach: {target: [..]}`, with `host: ${{ target }}`");
    let list = hosts.value.written();
    if step.get("foreach").is_some() || list.contains('\n') {
        return told;
    }
    let (between, host) = match is_flow(hosts) {
        true => (", ".to_owned(), "\"${{ target }}\""),
        false => (on_a_new_line(hosts), "${{ target }}"),
    };
    let meant = format!("foreach: {{target: {list}}}{between}host: {host}");
    told.fix(Fix::replace("repeat it for each", hosts.span(), meant))
}
