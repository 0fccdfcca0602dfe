//! What was wrong with a command that ended badly and said nothing, as the real programs do.

use runsheet_diagnostics::suggest;
use runsheet_formats::command::Command;
use runsheet_lab::tools::admin::words::{WORDS, are_understood};

/// What can be said of it; nothing where it is as its program takes it.
pub(super) fn of(argv: &[String]) -> Option<String> {
    let (name, rest) = argv.split_first()?;
    if !name.eq_ignore_ascii_case("admin") {
        return Command::parse(&argv.join(" ")).err();
    }
    let words: Vec<&str> = rest.iter().map(String::as_str).collect();
    let words: Vec<&str> = words
        .into_iter()
        .filter(|it| !it.starts_with('-'))
        .collect();
    (!are_understood(&words)).then(|| of_admin(&words))
}

fn of_admin(words: &[&str]) -> String {
    let first = words.first().copied().unwrap_or_default();
    let verb = |typed: &'static str| typed.split(' ').next().unwrap_or_default();
    let of_verb: Vec<String> = WORDS
        .iter()
        .filter(|it| verb(it.typed).eq_ignore_ascii_case(first))
        .map(|it| format!("`admin {}` ({})", it.typed, it.menu))
        .collect();
    if !of_verb.is_empty() {
        return format!("write {}", of_verb.join(" or "));
    }
    let verbs: Vec<&str> = WORDS.iter().map(|it| verb(it.typed)).collect();
    match suggest::nearest(first, verbs.iter().copied()) {
        Some(near) => format!("ADMIN has no menu `{first}`; did you mean `admin {near}`?"),
        None => {
            let mut verbs = verbs;
            verbs.dedup();
            format!(
                "ADMIN has no menu `{first}`; there are {}",
                verbs.join(", ")
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    fn advice(line: &str) -> Option<String> {
        let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
        of(&argv)
    }

    #[test]
    fn what_is_mistyped_is_told_with_what_would_be_right() {
        for (line, told) in [
            ("reqmain -dM -q", "reqmain has no switch `-q`"),
            (
                "admin create",
                "write `admin create MAILBOX NAME [exclude]` (Local-Admin, Create)",
            ),
            (
                "admin exprot -dM",
                "ADMIN has no menu `exprot`; did you mean `admin export`?",
            ),
        ] {
            assert_eq!(advice(line).as_deref(), Some(told), "{line}");
        }
        assert!(advice("admin zzzzzz").is_some_and(|it| it.contains("there are create, ")));
        assert_eq!(advice("reqmain -dM -t"), None);
        assert_eq!(advice("admin create DOE John Doe -dM"), None);
    }
}
