//! Two texts side by side, for the message of a test that expected another one.

use std::fmt::Write;

/// How many lines around a difference are shown.
const AROUND: usize = 3;

/// The first stretch in which two texts differ: `-` before the lines that were wanted, `+` before
/// those that came, a few common ones around them. Empty if the texts are the same.
#[must_use]
pub fn difference(wanted: &str, came: &str) -> String {
    let (wanted, came): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), came.lines().collect());
    let Some(first) = first_difference(&wanted, &came) else {
        return String::new();
    };
    let same_at_end = wanted[first..]
        .iter()
        .rev()
        .zip(came[first..].iter().rev())
        .take_while(|(a, b)| a == b)
        .count();
    let mut out = String::new();
    let mut show = |sign: char, lines: &[&str]| {
        for line in lines {
            let _ = writeln!(out, "{sign} {line}");
        }
    };
    show(' ', &wanted[first.saturating_sub(AROUND)..first]);
    show('-', &wanted[first..wanted.len() - same_at_end]);
    show('+', &came[first..came.len() - same_at_end]);
    let tail = &came[came.len() - same_at_end..];
    show(' ', &tail[..tail.len().min(AROUND)]);
    out
}

fn first_difference(wanted: &[&str], came: &[&str]) -> Option<usize> {
    let common = wanted.iter().zip(came).take_while(|(a, b)| a == b).count();
    (common < wanted.len().max(came.len())).then_some(common)
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_what_differs_and_a_little_around_it_is_shown() {
        let wanted = "a\nb\nc\nd\ne\nf\n";
        let came = "a\nb\nc\nd\nE\nEE\nf\n";
        assert_eq!(
            difference(wanted, came),
            "  b\n  c\n  d\n- e\n+ E\n+ EE\n  f\n"
        );
        assert_eq!(difference(wanted, wanted), "");
    }

    #[test]
    fn a_text_that_goes_on_differs() {
        assert_eq!(difference("a\n", "a\nb\n"), "  a\n+ b\n");
        assert_eq!(difference("a\na\n", "a\n"), "  a\n- a\n");
    }
}
