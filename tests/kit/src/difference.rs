//! Two texts side by side, for the message of a test that expected another one.

use std::fmt::Write;

/// How many common lines are shown around a difference.
const AROUND: usize = 2;

/// One line of both texts, or of one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Line<'t> {
    Same(&'t str),
    Wanted(&'t str),
    Came(&'t str),
}

/// Where two texts differ: `-` before the lines that were wanted, `+` before those that came, a few
/// common ones around them, `...` where more of these are left out. Empty if the texts are the same.
#[must_use]
pub fn difference(wanted: &str, came: &str) -> String {
    let lines = merged(wanted, came);
    let differs = |line: &Line<'_>| !matches!(line, Line::Same(_));
    let is_near = |at: usize| {
        let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(lines.len());
        lines[around].iter().any(differs)
    };
    let mut out = String::new();
    let mut left_out = false;
    for (at, line) in lines.iter().enumerate() {
        if !is_near(at) {
            left_out = !out.is_empty();
            continue;
        }
        if std::mem::replace(&mut left_out, false) {
            out.push_str("...\n");
        }
        let (sign, text) = match line {
            Line::Same(text) => (' ', text),
            Line::Wanted(text) => ('-', text),
            Line::Came(text) => ('+', text),
        };
        let _ = writeln!(out, "{sign} {text}");
    }
    out
}

/// The lines of both texts in one order, with as many in common as there can be.
fn merged<'t>(wanted: &'t str, came: &'t str) -> Vec<Line<'t>> {
    let (wanted, came): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), came.lines().collect());
    let common = common(&wanted, &came);
    let (mut at_wanted, mut at_came) = (0, 0);
    let mut lines = Vec::new();
    while at_wanted < wanted.len() || at_came < came.len() {
        let both = at_wanted < wanted.len() && at_came < came.len();
        if both && wanted[at_wanted] == came[at_came] {
            lines.push(Line::Same(wanted[at_wanted]));
            (at_wanted, at_came) = (at_wanted + 1, at_came + 1);
        } else if at_came == came.len()
            || (both && common[at_wanted + 1][at_came] >= common[at_wanted][at_came + 1])
        {
            lines.push(Line::Wanted(wanted[at_wanted]));
            at_wanted += 1;
        } else {
            lines.push(Line::Came(came[at_came]));
            at_came += 1;
        }
    }
    lines
}

/// How many lines the rests of two texts have in common, by where the rests begin.
fn common(wanted: &[&str], came: &[&str]) -> Vec<Vec<usize>> {
    let mut common = vec![vec![0; came.len() + 1]; wanted.len() + 1];
    for at_wanted in (0..wanted.len()).rev() {
        for at_came in (0..came.len()).rev() {
            let (next, beside) = (&common[at_wanted + 1], &common[at_wanted]);
            let more = if wanted[at_wanted] == came[at_came] {
                next[at_came + 1] + 1
            } else {
                next[at_came].max(beside[at_came + 1])
            };
            common[at_wanted][at_came] = more;
        }
    }
    common
}

#[cfg(test)]
mod tests {
    use super::difference;

    #[test]
    fn only_what_differs_and_a_little_around_it_is_shown() {
        let wanted = "a\nb\nc\nd\ne\nf\ng\nh\n";
        let came = "a\nB\nc\nd\ne\nf\ng\nh\ni\n";
        let shown = "  a\n- b\n+ B\n  c\n  d\n...\n  g\n  h\n+ i\n";
        assert_eq!(difference(wanted, came), shown);
        assert_eq!(difference(wanted, wanted), "");
    }

    #[test]
    fn a_text_that_ends_early_differs() {
        assert_eq!(difference("a\na\n", "a\n"), "  a\n- a\n");
    }
}
