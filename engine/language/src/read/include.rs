//! `include:`: files whose kinds, types and causes can be used here, each under a name.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::suggest;
use runsheet_step::Name;

use super::library::{Library, LibraryId};
use super::shelf::File;
use super::{NAME_TAKEN, define};
use crate::compose::paths;
use crate::document::layout::Layout;
use crate::document::{Entry, Node};
use crate::keys::{Key, Keys, Takes};
use crate::reader::{self, Reader, UNKNOWN_KEY, bare};

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
    let value = root.get("include").map(|entry| entry.value);
    value.map(written).unwrap_or_default()
}

/// What a list of files has; and what it should not be, a map of files by their names or one path.
fn written(files: Node<'_>) -> Vec<Included<'_>> {
    if files.text().is_some() && !files.is_null() {
        return one(files).into_iter().collect();
    }
    let named = files.entries().filter_map(under_name);
    named.chain(files.items().filter_map(one)).collect()
}

fn one(item: Node<'_>) -> Option<Included<'_>> {
    if let Some(entry) = only_named(item) {
        return under_name(entry);
    }
    let (file, name) = match item.is_map() {
        true => {
            let file = item.get("file").or_else(|| item.get("path"))?;
            (file.value, item.get("as").or_else(|| item.get("name")))
        }
        false => (item, None),
    };
    let name = name.map(|entry| entry.value);
    file.text().is_some().then_some(Included { file, name })
}

/// `mail: parts/mail.yaml`, for `{file: parts/mail.yaml, as: mail}`.
fn under_name(entry: Entry<'_>) -> Option<Included<'_>> {
    let file = entry.value;
    let name = Some(entry.key);
    let is_path = file.text().is_some() && !file.is_null();
    is_path.then_some(Included { file, name })
}

/// The one key of an item that is no key of an included file, but its name.
fn only_named(item: Node<'_>) -> Option<Entry<'_>> {
    let mut entries = item.entries();
    let (Some(only), None) = (entries.next(), entries.next()) else {
        return None;
    };
    let near = suggest::nearest(only.name(), ["file", "as", "path", "name"]);
    (near.is_none() && under_name(only).is_some()).then_some(only)
}

impl Included<'_> {
    /// The name before the dot.
    pub(crate) fn space(&self) -> &str {
        if let Some(name) = self.name.and_then(Node::text) {
            return name;
        }
        paths::stem(self.file.text().unwrap_or_default())
    }

    /// The name, unless it is that of a folder: any of its files may have been meant.
    fn lost(&self) -> Option<Name> {
        let is_file = self.file.text().is_some_and(paths::has_ending);
        (is_file || self.name.is_some()).then(|| self.space().into())
    }
}

/// Reads `include:`; the files have been read before.
pub(super) fn include(
    reader: &mut Reader<'_, '_>,
    file: &File,
    others: &[Library<'_>],
    library: &mut Library<'_>,
) {
    let Some(files) = reader.take("include").map(|entry| entry.value) else {
        return;
    };
    check(files, reader.found());
    for one in written(files) {
        let Some(number) = file.names.get(&one.file.span()) else {
            library.types.lose(one.lost());
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

fn check(files: Node<'_>, found: &mut Vec<Diagnostic>) {
    let names_all = files.is_map() && files.entries().all(|entry| under_name(entry).is_some());
    if names_all {
        let message = "included files are a list, each with its path";
        let told = Diagnostic::error(&reader::WRONG_TYPE, message).at(files.place(), "a map");
        found.push(listed(told, files));
        return;
    }
    for item in reader::items(files, found).into_iter().flatten() {
        if let Some(entry) = only_named(item) {
            let message = "the name of an included file stands behind `as:`";
            let told = Diagnostic::error(&UNKNOWN_KEY, message).at(bare(entry.key), "its name");
            let meant = named(entry);
            let fix = Fix::replace("name it with `as:`", item.span(), meant.clone());
            found.push(told.help(format!("write `{meant}`")).fix(fix));
        } else if !item.is_map() {
            reader::text(item, found);
        } else if let Some(mut reader) = Reader::new(item, INCLUDE, found) {
            reader.require("file");
            reader.text("file");
            reader.text("as");
        }
    }
}

/// How a file under its name should be written.
fn named(entry: Entry<'_>) -> String {
    format!(
        "{{file: {}, as: {}}}",
        entry.value.written(),
        entry.key.written()
    )
}

/// Says how a map of files is written here, and does so where each stands on a line of its own.
fn listed(told: Diagnostic, files: Node<'_>) -> Diagnostic {
    let Some(first) = files.entries().next() else {
        return told;
    };
    let told = told.help(format!("write `- {}`", named(first)));
    let is_block = Layout::of(files).is_some_and(|map| !map.is_flow);
    let change = |fix: Fix, entry: Entry<'_>| {
        let place = entry.key.span().to(entry.value.span());
        fix.edit(place, format!("- {}", named(entry)))
    };
    let fix = Fix::new("make it a list");
    match is_block {
        true => told.fix(files.entries().fold(fix, change)),
        false => told,
    }
}

fn take_up(library: &mut Library<'_>, space: Name, number: LibraryId, others: &[Library<'_>]) {
    if let Some(other) = others.get(number) {
        library.types.include(&space, &other.types);
        library.causes.include(&space, &other.causes);
    }
    library.includes.insert(space, number);
}
