//! A text whose lines were broken anywhere: articles set what they print anew.

use crate::log::squeezed;

/// How many words stand on each line of a text; lines without any do not count.
#[must_use]
pub fn lines_of(text: &str) -> Vec<usize> {
    let lines = text.lines().map(|line| line.split_whitespace().count());
    lines.filter(|count| *count > 0).collect()
}

/// Breaks a text into lines of so many words.
#[must_use]
pub fn broken(text: &str, lines: &[usize]) -> String {
    let mut words = text.split_whitespace();
    let lines = lines.iter().map(|count| {
        let line: Vec<&str> = words.by_ref().take(*count).collect();
        line.join(" ")
    });
    let lines: Vec<String> = lines.collect();
    let rest: Vec<&str> = words.collect();
    let text = [lines.join("\n"), rest.join(" ")].join(" ");
    text.trim().to_owned()
}

/// Entries take no more lines than this.
const MOST: usize = 8;

/// Reads entries of which articles have broken some into several lines: as few as make one.
///
/// # Errors
/// What is wrong with the first line that begins none.
pub fn entries(
    text: &str,
    again: impl Fn(&str) -> Result<String, String>,
) -> Result<String, String> {
    let lines: Vec<&str> = text.lines().filter(|it| !it.trim().is_empty()).collect();
    let mut read = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let most = MOST.min(lines.len() - at);
        let found = (1..=most).find_map(|count| {
            let entry = lines[at..at + count].join("\n");
            Some((count, again(&squeezed(&entry)).ok()?, entry))
        });
        match found {
            Some((count, printed, entry)) => {
                read.push(broken(&printed, &lines_of(&entry)));
                at += count;
            }
            None => return Err(again(&squeezed(lines[at])).err().unwrap_or_default()),
        }
    }
    Ok(read.join("\n"))
}

/// Joins the lines of entries that each begin as `begins` says.
#[must_use]
pub fn gathered(text: &str, begins: impl Fn(&str) -> bool) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines().filter(|it| !it.trim().is_empty()) {
        match entries.last_mut() {
            Some(entry) if !begins(line) => {
                entry.push('\n');
                entry.push_str(line);
            }
            _ => entries.push(line.to_owned()),
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_takes_as_few_lines_as_make_it() {
        let whole = |text: &str| match text.ends_with('.') {
            true => Ok(text.to_owned()),
            false => Err(format!("{text} does not end")),
        };
        let text = "one.\ntwo\n three.\nfour.";
        assert_eq!(entries(text, whole).unwrap(), "one.\ntwo\nthree.\nfour.");
        assert_eq!(
            entries("one.\ntwo", whole),
            Err("two does not end".to_owned())
        );
        assert_eq!(gathered(text, |it| it.starts_with('o')), [text]);
        let each = gathered(text, |it| !it.starts_with(' '));
        assert_eq!(each, ["one.", "two\n three.", "four."]);
    }

    #[test]
    fn lines_are_broken_where_they_were() {
        let text = "one two\n\nthree four five\nsix";
        assert_eq!(lines_of(text), [2, 3, 1]);
        let again = broken("one two three four five six", &lines_of(text));
        assert_eq!(again, "one two\nthree four five\nsix");
        assert_eq!(broken("one two", &[1]), "one two");
    }
}
