//! Several hosts where one belongs.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;

use crate::document::layout::{Layout, on_a_new_line};
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
    match repeated(step, hosts) {
        Some(fix) => told.fix(fix.by_choice()),
        None => told,
    }
}

/// Repeats the step for each. Who asks for its outputs has to ask one of them then.
fn repeated(step: Node<'_>, hosts: Entry<'_>) -> Option<Fix> {
    let own = Layout::of(step)?;
    own.text(hosts, own)?;
    let list = hosts.value.written();
    let is_taken = step.get("foreach").is_some() || step.written().contains("target");
    let (between, host) = match own.is_flow {
        true => (", ".to_owned(), "\"${{ target }}\""),
        false => (on_a_new_line(hosts)?, "${{ target }}"),
    };
    let meant = format!("foreach: {{target: {list}}}{between}host: {host}");
    (!is_taken).then(|| Fix::replace("repeat it for each", hosts.span(), meant))
}
