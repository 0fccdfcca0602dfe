//! Whether a name is free: a rename is made on a copy of all texts, and what these say then is held
//! against what they said before.

use std::collections::BTreeMap;
use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::paths;

use super::{Places, called};
use crate::check::check;
use crate::position::{Encoding, Text};
use crate::session::Session;
use crate::store::Buffer;
use crate::symbol::{Gathered, Occurrence};
use crate::tree::Tree;

/// Looks whether what is named at these places can be called so.
///
/// # Errors
/// What else has that name, or what would be wrong.
pub(super) fn look(
    session: &Session,
    (path, occurrence): (&str, &Occurrence),
    places: &Places,
    name: &str,
) -> Result<(), String> {
    let mut after = session.copy();
    for (path, ranges) in places {
        let text = session.store.text(path).ok_or("a file has gone")?;
        let version = session.version(path).unwrap_or_default();
        let text = renamed(text.get(), ranges, name);
        let buffer = Buffer { text, version };
        after.store.open.insert(path.clone(), buffer);
    }
    let new = moved(places, name);
    let same = meant(&after, (path, &new), places, occurrence);
    let same = same.as_ref().and_then(|one| called(&after, path, one));
    let odd = difference(&new, &same.unwrap_or_default());
    if let Some((file, range)) = odd {
        let line = line(&after, &file, range.start);
        let (_, file) = paths::split(&file);
        let why = format!("`{name}` is taken: something else is called so in {file}:{line}");
        return Err(why);
    }
    match broken(session, &after, places) {
        Some((file, line, why)) => {
            let (_, file) = paths::split(&file);
            Err(format!(
                "`{name}` cannot be its name: {file}:{line} would be wrong, {why}"
            ))
        }
        None => Ok(()),
    }
}

/// A text with a name in these places.
fn renamed(text: &str, ranges: &[Range<usize>], name: &str) -> Text {
    let mut new = text.to_owned();
    for range in ranges.iter().rev() {
        new.replace_range(range.clone(), name);
    }
    Text::new(new)
}

/// Where the name stands that came into these places.
fn moved(places: &Places, name: &str) -> Places {
    let moved = places.iter().map(|(path, ranges)| {
        let (mut came, mut went) = (0, 0);
        let ranges = ranges.iter().map(|range| {
            let start = range.start + came - went;
            came += name.len();
            went += range.len();
            start..start + name.len()
        });
        (path.clone(), ranges.collect())
    });
    moved.collect()
}

/// What the place means after the rename that meant something before.
fn meant(
    after: &Session,
    (path, new): (&str, &Places),
    old: &Places,
    before: &Occurrence,
) -> Option<Occurrence> {
    let at = old
        .get(path)?
        .iter()
        .position(|range| *range == before.range)?;
    let range = new.get(path)?.get(at)?;
    let tree = Tree::parse(after.store.text(path)?.get().clone());
    let gathered = Gathered::of(path, &tree, &after.store, after.tables(path));
    let mut all = gathered.all.into_iter();
    all.find(|one| one.range == *range)
}

/// The first place that only one of two has.
fn difference(one: &Places, other: &Places) -> Option<(String, Range<usize>)> {
    let missing = |of: &Places, from: &Places| {
        of.iter().find_map(|(path, ranges)| {
            let known = from.get(path).map_or(&[][..], Vec::as_slice);
            let range = ranges.iter().find(|range| !known.contains(range))?;
            Some((path.clone(), range.clone()))
        })
    };
    missing(other, one).or_else(|| missing(one, other))
}

/// What is wrong after the rename that was not before, in the files it changes and in those that
/// these are made of.
fn broken(before: &Session, after: &Session, places: &Places) -> Option<(String, usize, String)> {
    let mut files: Vec<String> = places.keys().cloned().collect();
    for path in places.keys() {
        files.extend(before.store.dependents(path));
    }
    files.sort_unstable();
    files.dedup();
    files.iter().find_map(|path| {
        let mut known: BTreeMap<&str, usize> = BTreeMap::new();
        let old = check(path, &before.store, &before.catalogue);
        for one in old.found.iter().filter(|one| one.is_error()) {
            *known.entry(one.code.name).or_default() += 1;
        }
        let new = check(path, &after.store, &after.catalogue);
        let mut errors = new.found.iter().filter(|one| one.is_error());
        let fresh = errors.find(|one| match known.get_mut(one.code.name) {
            Some(more) if *more > 0 => {
                *more -= 1;
                false
            }
            _ => true,
        })?;
        let (file, line) = place(&new.sources, fresh)?;
        Some((file, line, fresh.message.clone()))
    })
}

fn place(sources: &Sources, one: &Diagnostic) -> Option<(String, usize)> {
    let span = one.span()?;
    let source = sources.get(span.source);
    let text = Text::new(source.text.clone());
    let line = text.place(span.start as usize, Encoding::Utf8).line;
    Some((source.name.to_string(), line as usize + 1))
}

fn line(session: &Session, path: &str, byte: usize) -> usize {
    let text = session.store.text(path);
    let place = text.map(|text| text.place(byte, Encoding::Utf8));
    place.map_or(0, |place| place.line as usize + 1)
}
