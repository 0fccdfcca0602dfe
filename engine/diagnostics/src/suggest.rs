//! Did you mean?

use std::collections::HashSet;

/// The candidate that a person most likely meant by `name`, if any is near enough.
///
/// The slips of typing people make are weighed alike wherever the names are short: letters in
/// another case, two letters swapped, one doubled, one dropped always find their origin before
/// any other difference. Equals go to the earlier candidate, so list the likeliest first.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name: Vec<char> = name.chars().collect();
    candidates
        .into_iter()
        .filter_map(|candidate| Some((rank(&name, candidate)?, candidate)))
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, candidate)| candidate)
}

/// All candidates that are as near to `name` as the nearest, each once; none if none is near
/// enough.
pub fn all_nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<&'c str> {
    let name: Vec<char> = name.chars().collect();
    let ranked = candidates.into_iter();
    let ranked: Vec<((usize, u8), &str)> = ranked
        .filter_map(|candidate| Some((rank(&name, candidate)?, candidate)))
        .collect();
    let least = ranked.iter().map(|(rank, _)| *rank).min();
    let mut seen = HashSet::new();
    let nearest = ranked
        .into_iter()
        .filter(|(rank, candidate)| Some(*rank) == least && seen.insert(*candidate));
    nearest.map(|(_, candidate)| candidate).collect()
}

/// The candidate that a person most likely meant, if no other is as near: what may be put in the
/// place of the name before anybody has looked.
pub fn only_nearest<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Option<&'c str> {
    match all_nearest(name, candidates).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// How many slips make one of two words the other; none where only the case of letters differs.
pub fn slips(name: &str, meant: &str) -> usize {
    let name: Vec<char> = name.chars().collect();
    let meant: Vec<char> = meant.chars().collect();
    distance(&folded(&name), &folded(&meant))
}

/// How far apart: the number of slips, then their kind. `None` when too far to suggest.
fn rank(name: &[char], candidate: &str) -> Option<(usize, u8)> {
    let meant: Vec<char> = candidate.chars().collect();
    if name.is_empty() || name == meant {
        return None;
    }
    if folded(name) == folded(&meant) {
        return Some((0, 0));
    }
    // Comparing long strangers is the cost of a large file full of mistakes: look first.
    let most = bound(name.len().max(meant.len()));
    if name.len().abs_diff(meant.len()) > most {
        return part_of(name, &meant).then_some((MOST + 1, 0));
    }
    let slips = distance(name, &meant);
    let kind = kind(name, &meant);
    let short_stranger = meant.len() <= 2 && kind > 2;
    // Letters that only changed their places are a slip even where two of them did so.
    let most = most.max(if is_shuffled(name, &meant) { 2 } else { 0 });
    (slips <= most && !short_stranger).then_some((slips, kind))
}

/// Whether one of the two is the beginning of the other, such as `env` of `environment`, or its
/// last word, such as `dword` of `REG_DWORD` and `send` of `post.send`.
fn part_of(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let (short, long) = (folded(short), folded(long));
    let rest = long.len() - short.len();
    let is_last = long.ends_with(&short) && matches!(long[rest - 1], '-' | '.');
    is_last || (short.len() >= 3 && long.starts_with(&short))
}

/// Whether two words of four letters or more have the same letters, and begin alike.
fn is_shuffled(a: &[char], b: &[char]) -> bool {
    let sorted = |word: &[char]| {
        let mut letters = word.to_vec();
        letters.sort_unstable();
        letters
    };
    a.len() > 3 && a.first() == b.first() && sorted(a) == sorted(b)
}

/// The most slips in any word.
const MOST: usize = 3;

/// The slips that still look like a slip in a word of that length.
fn bound(length: usize) -> usize {
    match length {
        0..=4 => 1,
        5..=9 => 2,
        _ => MOST,
    }
}

fn folded(word: &[char]) -> Vec<char> {
    word.iter()
        .map(|c| match c {
            '_' | ' ' => '-',
            c => c.to_ascii_lowercase(),
        })
        .collect()
}

/// Which slip it is, when it is one: 0 swapped, 1 doubled, 2 dropped, 3 anything else.
fn kind(name: &[char], meant: &[char]) -> u8 {
    let same = name.iter().zip(meant).take_while(|(a, b)| a == b).count();
    let (rest, wanted) = (&name[same..], &meant[same..]);
    match (rest, wanted) {
        ([a, b, rest @ ..], [c, d, wanted @ ..]) if (a, b) == (d, c) && rest == wanted => 0,
        ([a, rest @ ..], wanted) if rest == wanted && same > 0 && *a == name[same - 1] => 1,
        (rest, [_, wanted @ ..]) if rest == wanted => 2,
        _ => 3,
    }
}

/// Insertions, deletions, replacements and swaps of neighbours that make one word the other
/// (Damerau and Levenshtein, each letter touched once).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i + 1);
        for (j, y) in b.iter().enumerate() {
            let replaced = above[j] + usize::from(x != y);
            let mut least = replaced.min(above[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_that_was_cut_short_is_found_behind_all_slips() {
        assert_eq!(nearest("environment", ["cwd", "env"]), Some("env"));
        assert_eq!(nearest("desc", ["doc", "description"]), Some("description"));
        assert_eq!(nearest("steps-of", ["steps-on", "steps"]), Some("steps-on"));
        assert_eq!(nearest("identity", ["id"]), None);
        assert_eq!(nearest("REG_DWORD", ["qword", "dword"]), Some("dword"));
        assert_eq!(nearest("send", ["post.send"]), Some("post.send"));
    }

    #[test]
    fn letters_in_another_order_are_a_slip() {
        assert_eq!(nearest("whit", ["when", "with", "warn"]), Some("with"));
        assert_eq!(nearest("tset", ["site", "test"]), Some("test"));
        assert_eq!(nearest("stop", ["post"]), None);
        assert_eq!(nearest("sent", ["nest"]), None);
    }

    const KEYS: &[&str] = &[
        "id",
        "doc",
        "see",
        "uses",
        "host",
        "when",
        "with",
        "warn",
        "needs",
        "steps",
        "foreach",
        "accept",
        "expect",
        "effects",
        "in_doubt",
        "timeout",
        "retry",
        "rescue",
        "undo",
        "lock",
        "pool",
        "confirm",
        "destructive",
        "changed",
    ];

    /// Every word one slip away from `word`.
    fn slips(word: &str) -> Vec<String> {
        let chars: Vec<char> = word.chars().collect();
        let mut made = Vec::new();
        for i in 0..chars.len() {
            let mut dropped = chars.clone();
            dropped.remove(i);
            made.push(dropped);
            let mut doubled = chars.clone();
            doubled.insert(i, chars[i]);
            made.push(doubled);
            if i > 0 {
                let mut swapped = chars.clone();
                swapped.swap(i - 1, i);
                made.push(swapped);
            }
        }
        let words = made.into_iter().map(|slip| slip.into_iter().collect());
        words.filter(|slip: &String| slip != word).collect()
    }

    #[test]
    fn every_single_slip_finds_its_origin() {
        for key in KEYS {
            for slip in slips(key) {
                assert_eq!(nearest(&slip, KEYS.iter().copied()), Some(*key), "{slip}");
            }
        }
    }

    #[test]
    fn a_slip_outranks_any_other_difference() {
        assert_eq!(nearest("t11", ["t10", "t1"]), Some("t1"), "doubled");
        assert_eq!(nearest("form", ["for", "from"]), Some("from"), "swapped");
        assert_eq!(nearest("cst", ["cat", "cost"]), Some("cost"), "dropped");
        assert_eq!(nearest("Host", ["hosts", "host"]), Some("host"), "case");
        assert_eq!(nearest("in-doubt", ["in_doubt"]), Some("in_doubt"));
    }

    #[test]
    fn equals_go_to_the_earlier_candidate() {
        assert_eq!(nearest("t", ["t2", "t1"]), Some("t2"));
    }

    #[test]
    fn of_equals_none_is_the_only_one() {
        let hosts = ["EXCH1", "EXCH2"];
        assert_eq!(only_nearest("EXCH6", hosts), None);
        assert_eq!(only_nearest("EXHC1", hosts), Some("EXCH1"));
        assert_eq!(only_nearest("EXCH6", ["EXCH1", "EXCH1"]), Some("EXCH1"));
    }

    #[test]
    fn a_stranger_is_not_suggested() {
        assert_eq!(nearest("banana", ["host", "when"]), None);
        assert_eq!(nearest("x", ["y", "id"]), None);
        assert_eq!(nearest("", ["y"]), None);
    }
}
