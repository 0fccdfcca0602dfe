//! Plain and quoted scalars of several lines.

use super::pieces::Sort;

/// The lines of a scalar. Those after the first move with it, by `shift` columns, but never to the
/// left of `floor`, where they would end it. Blanks at either end of a line mean nothing, but for
/// those behind a backslash.
pub(super) fn moved(text: &str, sort: Sort, shift: isize, floor: usize) -> String {
    let mut lines = text.split('\n');
    let mut out = kept(lines.next().unwrap_or_default(), sort).to_owned();
    for line in lines {
        out.push('\n');
        let bare = line.trim_start_matches([' ', '\t']);
        if bare.is_empty() {
            continue;
        }
        let column = (line.len() - bare.len()).saturating_add_signed(shift);
        out.push_str(&" ".repeat(column.max(floor)));
        out.push_str(kept(bare, sort));
    }
    out
}

fn kept(line: &str, sort: Sort) -> &str {
    let bare = line.trim_end_matches([' ', '\t']);
    match sort == Sort::Double && bare.ends_with('\\') {
        true => line,
        false => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_a_text_move_together() {
        let moved = |shift| moved("a\n    b\n\n      c", Sort::Scalar, shift, 2);
        assert_eq!(moved(2), "a\n      b\n\n        c");
        assert_eq!(moved(-4), "a\n  b\n\n  c");
    }

    #[test]
    fn a_blank_behind_a_backslash_stays() {
        let moved = |sort| moved("a \\ \n b", sort, 0, 0);
        assert_eq!(moved(Sort::Double), "a \\ \n b");
        assert_eq!(moved(Sort::Scalar), "a \\\n b");
    }
}
