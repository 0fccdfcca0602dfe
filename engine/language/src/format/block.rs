//! The lines of a block scalar, moved as a whole.

/// Where a block scalar stands: the columns of the list or map it is a value of, before and after;
/// `None` for one that is the whole document.
pub(super) type Within = Option<(usize, usize)>;

/// The lines of a block scalar at their new depth. Blank lines at its end are told only where its
/// head says that they are kept.
pub(super) fn moved(head: &str, body: &str, within: Within) -> Vec<String> {
    let lines: Vec<&str> = body.split('\n').collect();
    let (before, after) = depths(head, &lines, within);
    let mut moved: Vec<String> = lines.iter().map(|line| at(line, before, after)).collect();
    // What stands behind the last line break is a line only if it says something.
    // Blanks behind a depth that is told are text.
    let says_nothing = |line: &&str| indentation(line) == line.len();
    let is_blank = lines.iter().all(says_nothing) && !head.contains(|c: char| c.is_ascii_digit());
    moved.pop_if(|line| line.is_empty() || is_blank);
    while !head.contains('+') && moved.last().is_some_and(String::is_empty) {
        moved.pop();
    }
    moved
}

/// The columns before every line, as it was and as it will be.
fn depths(head: &str, lines: &[&str], within: Within) -> (usize, usize) {
    let told = head.chars().find_map(|c| c.to_digit(10));
    let mut lines = lines.iter().map(|line| (indentation(line), line.len()));
    let outer = |depth: usize| within.is_some_and(|(before, _)| depth <= before);
    let first = lines.find(|(depth, length)| depth < length && !outer(*depth));
    match (told, first, within) {
        (Some(told), _, Some((before, after))) => (before + told as usize, after + told as usize),
        // Blanks alone say nothing within a list or map.
        (None, None, Some(_)) => (usize::MAX, 0),
        (None, Some((depth, _)), Some((_, after))) => (depth, after + 2),
        // Outside, they may be what keeps a comment behind them from being text.
        (_, _, None) => (0, 0),
    }
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn at(line: &str, before: usize, after: usize) -> String {
    let cut = indentation(line).min(before);
    match &line[cut..] {
        "" => String::new(),
        // A tab to the left of the block is as little a part of it as a blank there.
        rest if cut < before && rest.trim().is_empty() => line.to_owned(),
        rest => " ".repeat(after) + rest,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_keeps_its_inner_indentation() {
        let moved = moved("|", "      a\n\n        b\n      \n", Some((2, 4)));
        assert_eq!(moved, ["      a", "", "        b"]);
    }

    #[test]
    fn a_depth_that_is_told_stays_the_same_beside_its_key() {
        assert_eq!(moved("|2-", "     a\n", Some((2, 0))), ["   a"]);
    }

    #[test]
    fn blank_lines_that_are_kept_are_kept() {
        assert_eq!(moved("|+", "  a\n\n\n", Some((0, 0))), ["  a", "", ""]);
    }
}
