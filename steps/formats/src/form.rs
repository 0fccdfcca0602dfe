//! A form: a text with places for arguments, read and printed by one description.
//!
//! `Alias already exists {text}` reads `Alias already exists Doe, John D` and gives `Doe, John D`.
//! A run of spaces in the form stands for any run of spaces, for articles set their samples anew;
//! everything else must be there letter by letter. What a place takes, the word in its
//! braces says.

mod class;

/// A text with places for arguments, in braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form(pub &'static str);

/// A piece of a form.
#[derive(Debug, Clone, Copy)]
enum Piece<'f> {
    Space,
    Letter(char),
    Place(&'f str),
}

impl Form {
    /// The arguments of a text that follows this form, in order.
    #[must_use]
    pub fn read<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let mut arguments = Vec::new();
        meets(self.0.trim_end(), text.trim(), 0, &mut arguments).then_some(arguments)
    }

    /// Whether a text follows this form but for one letter that is wrong, missing or too many.
    ///
    /// A text that is so near to a known one is that one spoilt, and no text of its own.
    #[must_use]
    pub fn nearly(&self, text: &str) -> bool {
        let mut arguments = Vec::new();
        meets(self.0.trim_end(), text.trim(), 1, &mut arguments)
    }

    /// The form with its places filled; a place without an argument stays empty.
    #[must_use]
    pub fn print<S: AsRef<str>>(&self, arguments: &[S]) -> String {
        let mut arguments = arguments.iter();
        let mut text = String::new();
        let mut rest = self.0;
        while let Some((piece, after)) = next(rest) {
            match piece {
                Piece::Place(_) => text.push_str(arguments.next().map_or("", AsRef::as_ref)),
                Piece::Space | Piece::Letter(_) => text.push_str(&rest[..rest.len() - after.len()]),
            }
            rest = after;
        }
        text
    }

    /// How many places it has.
    #[must_use]
    pub fn places(&self) -> usize {
        self.0.matches('{').count()
    }

    /// How the words of its places are, in order.
    pub fn classes(&self) -> impl Iterator<Item = &'static str> {
        let places = self.0.split('{').skip(1);
        places.filter_map(|place| place.split('}').next())
    }
}

/// Whether a text follows a form that was put together at run time.
#[must_use]
pub fn matches(form: &str, text: &str) -> bool {
    meets(form.trim_end(), text.trim(), 0, &mut Vec::new())
}

/// The first piece of a form and what comes after it.
fn next(form: &str) -> Option<(Piece<'_>, &str)> {
    let first = form.chars().next()?;
    if [' ', '\n'].contains(&first) {
        return Some((Piece::Space, form.trim_start_matches([' ', '\n'])));
    }
    if first == '{' {
        let end = form.find('}').unwrap_or(form.len() - 1);
        return Some((Piece::Place(&form[1..end]), &form[end + 1..]));
    }
    Some((Piece::Letter(first), &form[first.len_utf8()..]))
}

/// Whether `text` follows `form` with at most `slips` wrong letters.
fn meets<'t>(form: &str, text: &'t str, slips: u8, found: &mut Vec<&'t str>) -> bool {
    let Some((piece, after)) = next(form) else {
        let left = text.trim_start_matches([' ', '\t']);
        return left.is_empty() || (slips > 0 && left.chars().count() == 1);
    };
    let met = match piece {
        Piece::Space => {
            let left = text.trim_start_matches([' ', '\t']);
            (left.len() < text.len() || text.is_empty()) && meets(after, left, slips, found)
        }
        Piece::Letter(letter) => text
            .strip_prefix(letter)
            .is_some_and(|left| meets(after, left, slips, found)),
        Piece::Place(class) => return fill(class, after, text, slips, found),
    };
    met || (slips > 0 && slipped(form, after, text, slips - 1, found))
}

/// Goes on after one letter of the text that is wrong, too many or missing.
fn slipped<'t>(
    form: &str,
    after: &str,
    text: &'t str,
    slips: u8,
    found: &mut Vec<&'t str>,
) -> bool {
    let missing = meets(after, text, slips, found);
    let Some(first) = text.chars().next() else {
        return missing;
    };
    let left = &text[first.len_utf8()..];
    missing || meets(after, left, slips, found) || meets(form, left, slips, found)
}

/// Fills a place with the shortest text it takes after which the rest follows.
fn fill<'t>(class: &str, after: &str, text: &'t str, slips: u8, found: &mut Vec<&'t str>) -> bool {
    let Some(accepts) = class::named(class) else {
        return false;
    };
    let last = after.is_empty();
    let ends = text.char_indices().map(|(end, _)| end).chain([text.len()]);
    for end in ends.filter(|end| !last || *end == text.len()) {
        if (slips == 0 && !may_begin(after, &text[end..])) || !accepts(&text[..end]) {
            continue;
        }
        let before = found.len();
        found.push(&text[..end]);
        if meets(after, &text[end..], slips, found) {
            return true;
        }
        found.truncate(before);
    }
    false
}

/// Whether the first piece of a form lets a text begin so; a quick look before the whole is tried.
fn may_begin(form: &str, text: &str) -> bool {
    match next(form) {
        Some((Piece::Letter(letter), _)) => text.starts_with(letter),
        Some((Piece::Space, _)) => text.is_empty() || text.starts_with([' ', '\t']),
        Some((Piece::Place(_), _)) | None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: Form = Form("Alias already exists {text}");

    #[test]
    fn a_form_gives_its_arguments_and_prints_them_back() {
        let read = KNOWN.read("Alias already  exists Doe, John D").unwrap();
        assert_eq!(read, ["Doe, John D"]);
        assert_eq!(KNOWN.print(&read), "Alias already exists Doe, John D");
    }

    #[test]
    fn a_wrong_letter_is_refused_and_a_near_text_known_as_such() {
        for spoilt in [
            "Alias alredy exists Doe",
            "Alias alreadyy exists Doe",
            "Alias al ready exists Doe",
            "Xlias already exists Doe",
        ] {
            assert_eq!(KNOWN.read(spoilt), None, "{spoilt}");
            assert!(KNOWN.nearly(spoilt), "{spoilt}");
        }
        assert!(!KNOWN.nearly("Import is finished."));
        assert_eq!(
            KNOWN.read("Alias already exists"),
            None,
            "an argument is due"
        );
    }

    #[test]
    fn a_place_takes_no_more_than_its_class() {
        let two = Form("Number of missing transactions = {number} ({number}->{number})");
        let read = two.read("Number of missing transactions = 1300 (0->1299)");
        assert_eq!(read, Some(vec!["1300", "0", "1299"]));
        assert_eq!(
            two.read("Number of missing transactions = x (0->1299)"),
            None
        );
        assert_eq!(two.classes().collect::<Vec<_>>(), ["number"; 3]);
    }
}
