//! Names with wildcards, as COMMAND.COM took them: `*` for any characters, `?` for any one.

/// Whether a path has wildcards. Only its last part may have them.
#[must_use]
pub fn is_wild(path: &str) -> bool {
    path.contains(['*', '?'])
}

/// The directory of a path and the name in it; no directory where there is none.
#[must_use]
pub fn parts(path: &str) -> (&str, &str) {
    match path.rfind(['\\', '/']) {
        Some(at) => (&path[..at], &path[at + 1..]),
        None => ("", path),
    }
}

/// Whether a name is meant by a name with wildcards, whatever the case. `*.*` means every name,
/// also one without a dot.
#[must_use]
pub fn means(wild: &str, name: &str) -> bool {
    if wild == "*.*" {
        return true;
    }
    let fold = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    fits(&fold(wild), &fold(name))
}

fn fits(wild: &[char], name: &[char]) -> bool {
    match (wild.split_first(), name.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), _) => (0..=name.len()).any(|taken| fits(rest, &name[taken..])),
        (Some(('?', rest)), Some((_, after))) => fits(rest, after),
        (Some((wanted, rest)), Some((has, after))) => wanted == has && fits(rest, after),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{means, parts};

    #[test]
    fn a_star_is_any_characters_and_a_question_mark_is_one() {
        assert!(means("TMP*.NME", "tmp0000A.nme"));
        assert!(!means("TMP*.NME", "ADMIN.NME"));
        assert!(means("SORT????", "SORT0001"));
        assert!(!means("SORT????", "SORT001"));
        assert!(means("*.*", "CONTROL"));
        assert!(!means("*.P1", "0000001A.0LK"));
    }

    #[test]
    fn a_path_is_a_directory_and_a_name() {
        assert_eq!(parts(r"MAI\MA3\*.MAI"), (r"MAI\MA3", "*.MAI"));
        assert_eq!(parts("P1"), ("", "P1"));
    }
}
