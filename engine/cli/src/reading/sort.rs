//! What sort of file a file says it is, by its outermost keys: so that one sort in the place of
//! another is refused by its name, and not read as if it were full of mistakes.

use std::path::Path;

use crate::complaint::Complaint;

/// What only workflows have.
const OF_WORKFLOWS: &[&str] = &["steps", "extends", "define"];

/// Refuses a site and an overlay where a workflow is wanted.
///
/// # Errors
/// That it is another sort of file.
pub(super) fn wants_workflow(path: &Path, text: &str) -> Result<(), Complaint> {
    let shown = path.display();
    let complaint = |sort: &str| Complaint::new(format!("{shown} is {sort}, no workflow"));
    if is_overlay(text) {
        let help = format!("lay it over one with --overlay {shown}, after a workflow");
        return Err(complaint("an overlay").help(help));
    }
    if first(text) == Some("site") {
        return Err(
            complaint("a site").help(format!("name it with --site {shown}, after a workflow"))
        );
    }
    Ok(())
}

/// Refuses a workflow and an overlay where a site is wanted.
///
/// # Errors
/// That it is another sort of file.
pub(super) fn wants_site(path: &Path, text: &str) -> Result<(), Complaint> {
    let shown = path.display();
    let complaint = |sort: &str| Complaint::new(format!("{shown} is {sort}, no site"));
    if is_overlay(text) {
        return Err(complaint("an overlay").help(format!("lay it over one with --overlay {shown}")));
    }
    if first(text) == Some("workflow") {
        return Err(complaint("a workflow").help("name a site with --site FILE"));
    }
    Ok(())
}

/// Whether a file begins as an overlay, or is one that `workflow: 1` was written into.
pub(crate) fn is_overlay(text: &str) -> bool {
    let says = |wanted: &str| text.lines().filter_map(key).any(|key| key == wanted);
    match first(text) {
        Some("overlay") => true,
        Some("workflow") => says("overlay") && !OF_WORKFLOWS.iter().any(|key| says(key)),
        _ => false,
    }
}

/// The first key, where the first thing that stands in a file is one.
pub(super) fn first(text: &str) -> Option<&str> {
    let text = text.trim_start_matches('\u{feff}');
    let is_before = |line: &&str| {
        let line = line.trim();
        line.is_empty() || line.starts_with(['#', '%']) || line == "---"
    };
    key(text.lines().find(|line| !is_before(line))?)
}

/// The key that begins a line without being set in.
fn key(line: &str) -> Option<&str> {
    let (key, rest) = line.split_once(':')?;
    let is_word = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_word && (rest.is_empty() || rest.starts_with([' ', '\t']))).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_key_says() {
        let first_keys = [
            ("# A site\n\n---\nsite: 1\n", Some("site")),
            ("overlay: 1\nsite:\n  hosts: {}\n", Some("overlay")),
            ("# Notes\n\nWhat a site is:\n\nsite: 1\n", None),
            ("{\"site\": 1}\n", None),
            ("", None),
        ];
        for (text, wanted) in first_keys {
            assert_eq!(first(text), wanted, "{text}");
        }
    }

    #[test]
    fn an_overlay_stays_one_after_workflow_was_written_into_it() {
        assert!(is_overlay("overlay: 1\nname: a\n"));
        assert!(is_overlay("workflow: 1\noverlay: 1\npatch: {}\n"));
        assert!(!is_overlay("workflow: 1\noverlay: 1\nsteps: []\n"));
        assert!(!is_overlay("workflow: 1\nname: overlay\n"));
    }
}
