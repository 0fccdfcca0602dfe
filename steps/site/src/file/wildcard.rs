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

/// Where a name does not go on as it should, the last star before takes one character more; so the
/// work is at most that of both lengths multiplied, however many stars there are.
fn fits(wild: &[char], name: &[char]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut star = None;
    while let Some(has) = name.get(read) {
        match (wild.get(at), star) {
            (Some('*'), _) => {
                star = Some((at + 1, read));
                at += 1;
            }
            (Some(wanted), _) if *wanted == '?' || wanted == has => (at, read) = (at + 1, read + 1),
            (_, Some((after, taken))) => {
                star = Some((after, taken + 1));
                (at, read) = (after, taken + 1);
            }
            (_, None) => return false,
        }
    }
    wild.iter().skip(at).all(|it| *it == '*')
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
        assert!(means("*A*A", "BABA") && !means("*A*A", "BAB"));
        assert!(means("", "") && !means("", "A") && means("**", ""));
    }

    #[test]
    fn many_stars_take_no_longer_than_one() {
        let wild = "*A".repeat(40);
        assert!(!means(&wild, &format!("{}B", "A".repeat(200))));
        assert!(means(&wild, &"A".repeat(200)));
    }

    #[test]
    fn a_path_is_a_directory_and_a_name() {
        assert_eq!(parts(r"MAI\MA3\*.MAI"), (r"MAI\MA3", "*.MAI"));
        assert_eq!(parts("P1"), ("", "P1"));
    }
}
