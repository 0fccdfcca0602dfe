//! `include:`: files whose kinds, types and causes can be used here, each under a name.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::Name;

use super::library::{Library, LibraryId};
use super::shelf::File;
use super::{NAME_TAKEN, define};
use crate::compose::paths;
use crate::document::Node;
use crate::keys::{Key, Keys, Takes};
use crate::reader::{self, Reader, bare};

/// A path, or a path with a name.
pub(super) const TAKES: Takes =
    Takes::List(&Takes::Either(&[Takes::Text, Takes::Keys(|| &INCLUDE)]));

static INCLUDE: Keys<'static> = Keys::table(
    "an included file",
    &[
        Key::new(
            "file",
            Takes::Text,
            "Its path, as seen from the file that includes it.",
        )
        .required(),
        Key::new(
            "as",
            Takes::Text,
            "The name that its kinds and types have here before a dot; its file name without \
             ending where none is said.",
        ),
    ],
)
.called(&[("path", "file"), ("name", "as")]);

/// A file that is included, as written.
pub(crate) struct Included<'d> {
    pub(crate) file: Node<'d>,
    name: Option<Node<'d>>,
}

/// All that a file includes, as far as they can be read.
pub(crate) fn included(root: Node<'_>) -> Vec<Included<'_>> {
    let items = root.get("include").into_iter();
    let items = items.flat_map(|entry| entry.value.items());
    items.filter_map(one).collect()
}

fn one(item: Node<'_>) -> Option<Included<'_>> {
    let (file, name) = match item.is_map() {
        true => (item.get("file")?.value, item.get("as")),
        false => (item, None),
    };
    let name = name.map(|entry| entry.value);
    file.text().is_some().then_some(Included { file, name })
}

impl Included<'_> {
    /// The name before the dot.
    pub(crate) fn space(&self) -> &str {
        if let Some(name) = self.name.and_then(Node::text) {
            return name;
        }
        paths::stem(self.file.text().unwrap_or_default())
    }
}

/// Reads `include:`; the files have been read before.
pub(super) fn include(
    reader: &mut Reader<'_, '_>,
    file: &File,
    others: &[Library<'_>],
    library: &mut Library<'_>,
) {
    for item in reader.items("include") {
        if item.is_map() {
            check(item, reader.found());
        } else {
            reader::text(item, reader.found());
        }
        let Some(one) = one(item) else { continue };
        let Some(number) = file.names.get(&one.file.span()) else {
            library.types.lose(one.space().into());
            continue;
        };
        let (space, at) = (Name::from(one.space()), bare(one.name.unwrap_or(one.file)));
        let before = reader.found().len();
        define::plain_name(&space, at, reader.found());
        if let Some(told) = reader
            .found()
            .get_mut(before)
            .filter(|_| one.name.is_none())
        {
            let path = one.file.written();
            told.help = Some(format!("give it a name: `{{file: {path}, as: NAME}}`"));
        }
        if library.includes.contains_key(&space) {
            let message = format!("two included files are called `{space}`");
            let diagnostic = Diagnostic::error(&NAME_TAKEN, message).at(at, "taken");
            let help = "name one of them otherwise: `{file: .., as: NAME}`";
            reader.found().push(diagnostic.help(help));
            continue;
        }
        take_up(library, space, *number, others);
    }
}

fn check(item: Node<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(mut reader) = Reader::new(item, INCLUDE, found) {
        reader.require("file");
        reader.text("file");
        reader.text("as");
    }
}

fn take_up(library: &mut Library<'_>, space: Name, number: LibraryId, others: &[Library<'_>]) {
    if let Some(other) = others.get(number) {
        library.types.include(&space, &other.types);
        library.causes.include(&space, &other.causes);
    }
    library.includes.insert(space, number);
}
