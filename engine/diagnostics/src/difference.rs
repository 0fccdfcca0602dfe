//! Two versions of a text, as `diff -u` shows them and `patch` takes them.

use std::fmt::Write;
use std::ops::Range;

/// How many common lines stand around a change.
const AROUND: usize = 3;

/// The most comparisons of lines; of texts that need more the whole middle is told as changed.
const COMPARISONS: usize = 16_000_000;

/// A stretch of lines that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Change {
    before: Range<usize>,
    after: Range<usize>,
}

/// The difference of two versions of a text under a name; empty if there is none. Each line ends
/// with a line feed; lines begin with `-`, `+`, a blank or `@@` behind two lines with the name.
#[must_use]
pub fn unified(name: &str, before: &str, after: &str) -> String {
    let lines = |text| str::split_inclusive(text, '\n').collect::<Vec<&str>>();
    let (old, new) = (lines(before), lines(after));
    let changes = changes(&old, &new);
    let mut out = String::new();
    for hunk in hunks(&changes) {
        if out.is_empty() {
            let _ = writeln!(out, "--- {name}\n+++ {name}");
        }
        tell(hunk, &old, &new, &mut out);
    }
    out
}

/// Changes that are near each other are told together.
fn hunks(changes: &[Change]) -> impl Iterator<Item = &[Change]> {
    changes.chunk_by(|one, next| next.before.start - one.before.end <= 2 * AROUND)
}

fn tell(hunk: &[Change], old: &[&str], new: &[&str], out: &mut String) {
    let (Some(first), Some(last)) = (hunk.first(), hunk.last()) else {
        return;
    };
    let lead = first.before.start.min(AROUND);
    let end = (last.before.end + AROUND).min(old.len());
    let (start, start_after) = (first.before.start - lead, first.after.start - lead);
    let end_after = last.after.end + end - last.before.end;
    let (was, is) = (place(start..end), place(start_after..end_after));
    let _ = writeln!(out, "@@ -{was} +{is} @@");
    let mut at = start;
    for change in hunk {
        lines(' ', &old[at..change.before.start], out);
        lines('-', &old[change.before.clone()], out);
        lines('+', &new[change.after.clone()], out);
        at = change.before.end;
    }
    lines(' ', &old[at..end], out);
}

/// Lines as a hunk names them: the first, and how many. Of none, the one before.
fn place(lines: Range<usize>) -> String {
    match lines.len() {
        0 => format!("{},0", lines.start),
        1 => format!("{}", lines.start + 1),
        many => format!("{},{many}", lines.start + 1),
    }
}

fn lines(sign: char, lines: &[&str], out: &mut String) {
    for line in lines {
        out.push(sign);
        out.push_str(line);
        if !line.ends_with('\n') {
            out.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// What differs, in order.
fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let head = old.iter().zip(new).take_while(same).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let ends = old_rest.iter().rev().zip(new_rest.iter().rev());
    let tail = ends.take_while(same).count();
    let old_rest = &old_rest[..old_rest.len() - tail];
    let new_rest = &new_rest[..new_rest.len() - tail];
    let mut found = Vec::new();
    let mut from = (0, 0);
    let common = common(old_rest, new_rest);
    for (before, after) in common.into_iter().chain([(old_rest.len(), new_rest.len())]) {
        if (before, after) != from {
            found.push(Change {
                before: head + from.0..head + before,
                after: head + from.1..head + after,
            });
        }
        from = (before + 1, after + 1);
    }
    found
}

/// The pairs of lines that two texts have in common, as many as there can be.
fn common(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let wide = new.len() + 1;
    if old.len().saturating_mul(new.len()) > COMPARISONS {
        return Vec::new();
    }
    // How many lines the rests have in common, by where they begin.
    let mut rests = vec![0_u32; (old.len() + 1) * wide];
    for before in (0..old.len()).rev() {
        for after in (0..new.len()).rev() {
            let at = before * wide + after;
            rests[at] = match old[before] == new[after] {
                true => rests[at + wide + 1] + 1,
                false => rests[at + wide].max(rests[at + 1]),
            };
        }
    }
    let (mut before, mut after) = (0, 0);
    let mut found = Vec::new();
    while before < old.len() && after < new.len() {
        let at = before * wide + after;
        if old[before] == new[after] {
            found.push((before, after));
            (before, after) = (before + 1, after + 1);
        } else if rests[at + wide] >= rests[at + 1] {
            before += 1;
        } else {
            after += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::unified;

    #[test]
    fn a_change_is_shown_with_three_lines_around_it() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let after = before.replace("5\n", "five\nand more\n");
        let shown = "--- a\n+++ a\n@@ -2,7 +2,8 @@\n 2\n 3\n 4\n-5\n+five\n+and more\n 6\n 7\n 8\n";
        assert_eq!(unified("a", before, &after), shown);
        assert_eq!(unified("a", before, before), "");
    }

    #[test]
    fn changes_far_from_each_other_are_told_apart() {
        let before: String = (0..20).map(|n| format!("{n}\n")).collect();
        let after = before.replace("1\n2\n", "1\n").replace("17\n", "");
        let shown = unified("a", &before, &after);
        assert!(shown.contains("@@ -1,6 +1,5 @@\n"), "{shown}");
        assert!(shown.contains("@@ -15,6 +14,5 @@\n"), "{shown}");
    }

    #[test]
    fn a_text_without_a_last_line_feed_says_so() {
        let shown = "--- a\n+++ a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n";
        assert_eq!(unified("a", "x", "x\n"), shown);
        assert_eq!(unified("a", "", "x\n"), "--- a\n+++ a\n@@ -0,0 +1 @@\n+x\n");
    }
}
