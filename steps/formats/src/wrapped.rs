//! A text whose lines were broken anywhere: articles set what they print anew.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_where_they_were() {
        let text = "one two\n\nthree four five\nsix";
        assert_eq!(lines_of(text), [2, 3, 1]);
        let again = broken("one two three four five six", &lines_of(text));
        assert_eq!(again, "one two\nthree four five\nsix");
        assert_eq!(broken("one two", &[1]), "one two");
    }
}
