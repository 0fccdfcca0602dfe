//! What sort of file a file says it is, by its outermost keys: so that one sort in the place of
//! another is refused by its name, and not read as if it were full of mistakes.

use std::path::Path;

use runsheet_diagnostics::source::SourceId;

use super::Reading;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::meant;

/// What only workflows have.
const OF_WORKFLOWS: &[&str] = &["steps", "extends", "define"];

impl Reading {
    /// A file that is to be a workflow, or a library, and says nothing else of itself.
    ///
    /// # Errors
    /// A file that cannot be read, or is of another sort.
    pub(super) fn workflow_file(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<SourceId, Complaint> {
        let source = self.file(path, "a workflow", console)?;
        wants_workflow(path, &self.sources.get(source).text)?;
        Ok(source)
    }

    /// A file that is to be a site.
    ///
    /// # Errors
    /// As [`Reading::workflow_file`].
    pub(super) fn site_file(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<SourceId, Complaint> {
        let source = self.file(path, "a site", console)?;
        wants_site(path, &self.sources.get(source).text)?;
        Ok(source)
    }

    /// A file that is to be one of inputs.
    ///
    /// # Errors
    /// As [`Reading::workflow_file`].
    pub(crate) fn inputs_file(
        &mut self,
        path: &Path,
        console: &Console,
    ) -> Result<SourceId, Complaint> {
        let source = self.file(path, "a file of inputs", console)?;
        wants_inputs(path, &self.sources.get(source).text)?;
        Ok(source)
    }

    pub(crate) fn file(
        &mut self,
        path: &Path,
        what: &str,
        console: &Console,
    ) -> Result<SourceId, Complaint> {
        let shown = path.display();
        let text = self.drafts.text(path, console).map_err(|why| {
            let named = || format!("name {what} by the path of its YAML file");
            let help = meant::asked(path, console).unwrap_or_else(named);
            Complaint::new(format!("{shown}: {why}")).help(help)
        })?;
        Ok(self.sources.add(shown.to_string(), text))
    }
}

/// Refuses a site and an overlay where a workflow is wanted.
///
/// # Errors
/// That it is another sort of file.
fn wants_workflow(path: &Path, text: &str) -> Result<(), Complaint> {
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
fn wants_site(path: &Path, text: &str) -> Result<(), Complaint> {
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

/// Refuses a workflow, a site and an overlay where inputs are wanted. An input may be called as
/// they begin, but then no version is its value and nothing else is as in them.
///
/// # Errors
/// That it is another sort of file.
fn wants_inputs(path: &Path, text: &str) -> Result<(), Complaint> {
    let says = |line: &str| text.lines().any(|one| one.trim_end() == line);
    let has = |wanted: &str| text.lines().filter_map(key).any(|key| key == wanted);
    let sort = match first(text) {
        _ if !has("name") => return Ok(()),
        Some("workflow") if says("workflow: 1") => "a workflow",
        Some("site") if says("site: 1") => "a site",
        Some("overlay") if says("overlay: 1") => "an overlay",
        _ => return Ok(()),
    };
    let message = format!("{} is {sort}, no file of inputs", path.display());
    let help = "name a YAML map of inputs and their values, such as `{timeout: 5m}`";
    Err(Complaint::new(message).help(help))
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
