//! `plugins:`: which files bring kinds and facilities of their own. Only names and paths are read
//! here; what is in those files is for whoever reads them to say.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::{SourceId, Sources};
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::Name;

use crate::compose::{Files, Loader, Overlay, Subject, overlaid, paths};
use crate::document::{Document, Entry, Node};
use crate::keys::{Key, Keys, Takes};
use crate::read::Shelf;
use crate::reader::{self, Reader, bare};
use crate::spanned::Spanned;

/// A path, or a path and how the plugin is run.
pub(crate) const TAKES: Takes = Takes::Map(&Takes::Either(&[Takes::File, Takes::Keys(|| &PLUGIN)]));

/// What `plugins:` means, wherever it stands.
pub(crate) const DOC: &str = "Plugins, whose kinds and facilities can be used here: for each its \
    own name, and the path of its file as seen from this one. `lib` and the ending of a library \
    can be left out: `plugins/checksum` is `plugins/libchecksum.so` where libraries are called so.";

/// How it is written.
pub(crate) const EXAMPLE: &str = "plugins:\n  checksum: plugins/checksum\n  http: {file: \
    plugins/http, isolation: process}";

static PLUGIN: Keys<'static> = Keys::table(
    "a plugin",
    &[
        Key::new(
            "file",
            Takes::File,
            "The path of its file, as seen from the file that names it.",
        )
        .required(),
        Key::new(
            "isolation",
            Takes::Word(|| crate::keys::words(WORDS)),
            "Whether it runs in a process of its own, so that only its step fails where it \
             crashes: `process`, which is what holds unless a key that you trust has signed it, \
             or `none`, which only your own configuration may say of any other.",
        ),
    ],
)
.called(&[("path", "file"), ("uses", "file")]);

/// How a plugin is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isolation {
    /// In a process of its own.
    Process,
    /// Not at all.
    None,
}

const WORDS: &[(&str, Isolation)] = &[("process", Isolation::Process), ("none", Isolation::None)];

/// A plugin that a file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPlugin {
    /// Its name, which is to be the plugin's own.
    pub name: Name,
    /// Where the name stands.
    pub span: Span,
    /// The path of its file as written, as seen from the file in which it is written.
    pub file: Name,
    /// Where that stands.
    pub file_span: Span,
    /// How it is to be kept apart, if that is said.
    pub isolation: Option<Isolation>,
}

impl NamedPlugin {
    /// The path of its file, relative to whatever the path of the naming file is relative to.
    #[must_use]
    pub fn path(&self, sources: &Sources) -> String {
        paths::beside(&sources.get(self.file_span.source).name, &self.file)
    }
}

/// Reads `plugins:` of a map that may have it.
pub(crate) fn read(reader: &mut Reader<'_, '_>) -> Vec<NamedPlugin> {
    let entries = reader.entries("plugins").into_iter();
    entries
        .filter_map(|entry| plugin(entry, reader.found()))
        .collect()
}

fn plugin(entry: Entry<'_>, found: &mut Vec<Diagnostic>) -> Option<NamedPlugin> {
    let (file, isolation) = match entry.value.is_map() {
        false => (path(entry.value, found)?, None),
        true => {
            let mut reader = Reader::new(entry.value, PLUGIN, found)?;
            reader.require("file");
            let words = crate::keys::words(WORDS);
            let isolation = reader.word("isolation", &words);
            let isolation = isolation.filter(|word| says(entry.value, word.value));
            let file = reader.take("file")?.value;
            (path(file, reader.found())?, isolation)
        }
    };
    if file.value.trim().is_empty() {
        let name = entry.name();
        let message = format!("the plugin `{name}` has no path");
        let told =
            Diagnostic::error(&reader::WRONG_TYPE, message).at(file.span, "should be a path");
        found.push(told.help(format!("say where its file is: `{name}: plugins/{name}`")));
        return None;
    }
    let meant = |word: &str| WORDS.iter().find(|(known, _)| *known == word);
    let isolation = isolation.and_then(|word| meant(word.value));
    Some(NamedPlugin {
        name: entry.name().into(),
        span: bare(entry.key),
        file: file.value.into(),
        file_span: file.span,
        isolation: isolation.map(|(_, isolation)| *isolation),
    })
}

/// Whether this very word stands there under its very key: nothing is let out by a guess at what a
/// slip meant, and what would be wrong with it then is not told beside the slip.
fn says(plugin: Node<'_>, word: &str) -> bool {
    let said = plugin.get("isolation");
    said.is_some_and(|said| said.value.text() == Some(word))
}

/// The path of a plugin's file.
fn path<'d>(node: Node<'d>, found: &mut Vec<Diagnostic>) -> Option<Spanned<&'d str>> {
    let path = node.text().filter(|_| !node.is_null());
    if path.is_none() {
        reader::wrong(node, "the path of a plugin's file", found);
    }
    Some(Spanned::new(path?, node.span()))
}

/// The plugins that all files of a workflow name, those of its own file last.
pub(crate) fn of_shelf(shelf: &Shelf) -> Vec<NamedPlugin> {
    shelf.documents().flat_map(of_document).collect()
}

/// Those of one document; what is wrong is told by whoever reads the whole of it.
fn of_document(document: &Document) -> Vec<NamedPlugin> {
    let named = document.root().and_then(|root| root.get("plugins"));
    let entries = named.into_iter().flat_map(|named| named.value.entries());
    entries
        .filter_map(|entry| plugin(entry, &mut Vec::new()))
        .collect()
}

/// Whether some file of a workflow tries to name a plugin and does not manage to, so that nobody
/// knows which kinds there are.
pub(crate) fn is_misread(shelf: &Shelf) -> bool {
    shelf.documents().any(|document| {
        let Some(root) = document.root() else {
            return false;
        };
        let Some(named) = root.get("plugins") else {
            let mut keys = root.entries();
            return keys.any(|entry| suggest::nearest(entry.name(), ["plugins"]).is_some());
        };
        let mut entries = named.value.entries();
        let is_empty = named.value.is_null();
        !(named.value.is_map() || is_empty)
            || entries.any(|entry| plugin(entry, &mut Vec::new()).is_none())
    })
}

/// The plugins that a workflow and all files it is made of name, with overlays laid over it. What
/// is wrong with the files is not told here.
#[must_use]
pub fn plugins_of_workflow(
    source: SourceId,
    overlays: &[Overlay],
    sources: &mut Sources,
    files: &dyn Files,
) -> Vec<NamedPlugin> {
    let mut loader = Loader::new(sources, files);
    let document = loader.variant(source, overlays);
    of_shelf(&Shelf::of(document, &mut loader))
}

/// The plugins that a site names, with overlays laid over it. What is wrong with the file is not
/// told here.
#[must_use]
pub fn plugins_of_site(
    source: SourceId,
    overlays: &[Overlay],
    sources: &Sources,
) -> Vec<NamedPlugin> {
    let text = sources.get(source).text.clone();
    let mut found = Vec::new();
    let (document, _) = Document::parse(source, text);
    of_document(&overlaid(document, overlays, Subject::Site, &mut found))
}

/// What keeps plugins from being found that a file itself names: no YAML, or a slip in `plugins:`.
#[must_use]
pub fn slips(source: SourceId, sources: &Sources) -> Vec<Diagnostic> {
    let (document, mut found) = Document::parse(source, sources.get(source).text.clone());
    found.retain(Diagnostic::is_error);
    if let Some(root) = document.root().filter(|_| found.is_empty()) {
        let _named = plugins_of(root, &mut found);
    }
    found
}

/// The plugins that a file of a user's own names under `plugins:`, beside whatever else it says.
#[must_use]
pub fn plugins_of(root: Node<'_>, found: &mut Vec<Diagnostic>) -> Vec<NamedPlugin> {
    let Some(entries) = root
        .get("plugins")
        .and_then(|entry| reader::entries(entry.value, "this", found))
    else {
        return Vec::new();
    };
    let entries: Vec<_> = entries.collect();
    entries
        .into_iter()
        .filter_map(|entry| plugin(entry, found))
        .collect()
}

#[cfg(test)]
mod tests {
    use runsheet_diagnostics::source::SourceId;

    use super::{Isolation, plugins_of};
    use crate::document::Document;

    #[test]
    fn nothing_is_let_out_by_a_slip_beside_which_nothing_else_is_told() {
        for (said, isolation) in [
            ("isolation: none", Some(Isolation::None)),
            ("isolat: none", None),
            ("isolation: nome", None),
        ] {
            let text = format!("plugins: {{x: {{file: x, {said}}}}}\n");
            let (document, _) = Document::parse(SourceId(0), text);
            let mut found = Vec::new();
            let named = plugins_of(document.root().expect("a map"), &mut found);
            assert_eq!(named[0].isolation, isolation, "{said}");
            assert_eq!(found.len(), usize::from(isolation.is_none()), "{said}");
        }
    }

    #[test]
    fn what_is_no_path_of_a_plugin_is_told_with_what_to_write() {
        for (said, message, help) in [
            ("''", "the plugin `x` has no path", Some("`x: plugins/x`")),
            (
                "{file: ' '}",
                "the plugin `x` has no path",
                Some("`x: plugins/x`"),
            ),
            (
                "",
                "expected the path of a plugin's file, found nothing",
                None,
            ),
            (
                "[a]",
                "expected the path of a plugin's file, found a list",
                None,
            ),
            (
                "{file: [a]}",
                "expected the path of a plugin's file, found a list",
                None,
            ),
        ] {
            let (document, _) = Document::parse(SourceId(0), format!("plugins: {{x: {said}}}\n"));
            let mut found = Vec::new();
            let named = plugins_of(document.root().expect("a map"), &mut found);
            assert!(named.is_empty(), "{said}");
            let [told] = found.as_slice() else {
                panic!("{said}: {found:?}");
            };
            assert!(told.message.starts_with(message), "{}", told.message);
            assert!(told.span().is_some(), "{said}");
            let told = told.help.as_deref().unwrap_or_default();
            assert!(told.contains(help.unwrap_or_default()), "{told}");
        }
    }
}
