//! The words of a command that was given in one argument.

/// The words; quotes hold several together, and a backslash is a letter like any other.
pub(super) fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote = None;
    for letter in line.chars() {
        match quote {
            Some(open) if letter == open => quote = None,
            None if matches!(letter, '\'' | '"') => {
                quote = Some(letter);
                word.get_or_insert_default();
            }
            None if letter.is_whitespace() => words.extend(word.take()),
            _ => word.get_or_insert_default().push(letter),
        }
    }
    words.extend(word);
    words
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn quotes_hold_words_together_and_paths_stay_whole() {
        assert_eq!(
            words(r#"registry set HKLM\SYSTEM\A "Unique Display Names" dword 0"#),
            [
                "registry",
                "set",
                r"HKLM\SYSTEM\A",
                "Unique Display Names",
                "dword",
                "0"
            ]
        );
        assert_eq!(
            words("admin  create MAX 'Max Muster' ''"),
            ["admin", "create", "MAX", "Max Muster", ""]
        );
    }
}
