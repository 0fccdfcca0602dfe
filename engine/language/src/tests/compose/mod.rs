//! Files in, one workflow and its diagnostics out.

mod extends;
mod foreign;
mod laws;
mod lost;
mod overlay;
mod patch;
mod rename;
mod twice;
mod typos;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::carets;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;

use super::Files;
use crate::read_workflow;
use crate::tests::catalogue::catalogue;
use crate::workflow::Workflow;

/// A small workflow to make variants of.
const BASE: &str = "\
workflow: 1
name: base
summary: What variants are made of
inputs:
  timeout: {type: duration, default: 5m}
steps:
  - id: first
    uses: assert
    with: {that: true}
  - id: second
    uses: assert
    timeout: ${{ inputs.timeout }}
    with: {that: true}
";

/// Texts by path, without their lines of carets.
pub(super) fn files(texts: &[(&str, &str)]) -> BTreeMap<String, Arc<str>> {
    let file = |(path, text): &(&str, &str)| (path.to_string(), carets::strip(text).into());
    texts.iter().map(file).collect()
}

/// Reads the first of some files.
pub(super) fn read(texts: &[(&str, &str)]) -> (Workflow, Vec<Diagnostic>, Sources) {
    let files = files(texts);
    let mut sources = Sources::new();
    let main = texts[0].0;
    let source = sources.add(main, files.read(main).unwrap());
    let (workflow, found) = read_workflow(source, &mut sources, &catalogue(), &files);
    (workflow, found, sources)
}

/// Reads the first of some files, all of which are well.
#[track_caller]
pub(super) fn good(texts: &[(&str, &str)]) -> Workflow {
    let (workflow, found, _) = read(texts);
    assert_eq!(found, []);
    workflow
}

/// Reads the first of some files and checks what the lines of carets in all of them say.
#[track_caller]
pub(super) fn check(texts: &[(&str, &str)]) -> Vec<Diagnostic> {
    let (_, found, sources) = read(texts);
    for (path, text) in texts {
        let read = sources.iter().find(|(_, source)| &*source.name == *path);
        let shown = match read {
            Some((id, _)) => carets::annotate(&found, &sources, id),
            None => carets::strip(text),
        };
        assert_eq!(shown, *text, "{path}");
    }
    found
}
