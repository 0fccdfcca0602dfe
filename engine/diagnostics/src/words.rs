//! Small pieces of English that messages are made of.

/// `1 step`, `3 steps`.
pub fn count(noun: &str, n: usize) -> String {
    if n == 1 {
        format!("1 {noun}")
    } else {
        format!("{n} {}", plural(noun))
    }
}

fn plural(noun: &str) -> String {
    let sibilant = ["s", "x", "z", "ch", "sh"];
    if sibilant.iter().any(|end| noun.ends_with(end)) {
        return format!("{noun}es");
    }
    match noun.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}ies"),
        _ => format!("{noun}s"),
    }
}

/// `a step`, `an int`.
pub fn a(noun: &str) -> String {
    let vowel = noun.starts_with(['a', 'e', 'i', 'o', 'u', 'A', 'E', 'I', 'O', 'U']);
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// `` `a`, `b` or `c` ``.
pub fn or_list<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    joined(words, "or")
}

/// `` `a`, `b` and `c` ``.
pub fn and_list<S: AsRef<str>>(words: impl IntoIterator<Item = S>) -> String {
    joined(words, "and")
}

fn joined<S: AsRef<str>>(words: impl IntoIterator<Item = S>, last: &str) -> String {
    let quoted: Vec<String> = words
        .into_iter()
        .map(|word| format!("`{}`", word.as_ref()))
        .collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_take_their_plural() {
        assert_eq!(count("step", 1), "1 step");
        assert_eq!(count("step", 0), "0 steps");
        assert_eq!(count("address", 2), "2 addresses");
        assert_eq!(count("directory", 2), "2 directories");
        assert_eq!(count("key", 2), "2 keys");
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(or_list::<&str>([]), "");
        assert_eq!(or_list(["a"]), "`a`");
        assert_eq!(or_list(["a", "b"]), "`a` or `b`");
        assert_eq!(and_list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(a("int"), "an int");
        assert_eq!(a("host"), "a host");
    }
}
