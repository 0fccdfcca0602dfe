//! Pages that are no wider than the screen: words flow, what stands beside a name stays beside it.

/// Fewer columns than these are too few for text beside a name; it then stands below.
const FEW: usize = 24;

/// Longer lines are hard to read, however wide the screen.
const MOST: usize = 100;

/// Lines no wider than this, ended with a line end.
pub(super) fn folded(text: &str, width: usize) -> String {
    let width = width.min(MOST);
    let (mut lines, mut wide) = (String::new(), 0);
    for word in text.split(' ') {
        let length = word.chars().count();
        if wide > 0 && wide + 1 + length > width {
            lines.push('\n');
            wide = 0;
        } else if wide > 0 {
            lines.push(' ');
            wide += 1;
        }
        lines.push_str(word);
        wide += length;
    }
    lines.push('\n');
    lines
}

/// A name in a column of so many letters, and what is said of it beside.
pub(super) fn beside(indent: usize, name: &str, wide: usize, said: &str, width: usize) -> String {
    let column = indent + wide + 2;
    let before = " ".repeat(indent);
    let width = width.min(MOST);
    if width < column + FEW {
        let column = indent + 4;
        let said = hung(said, column, width);
        return format!("{before}{name}\n{}{said}", " ".repeat(column));
    }
    format!("{before}{name:<wide$}  {}", hung(said, column, width))
}

/// The lines after the first begin at a column.
fn hung(text: &str, column: usize, width: usize) -> String {
    let lines = folded(text.trim(), width.saturating_sub(column).max(FEW));
    let margin = format!("\n{}", " ".repeat(column));
    format!("{}\n", lines.trim_end().replace('\n', &margin))
}

/// Markdown with its tables as columns and its paragraphs folded. What is indented or fenced stays
/// as it is, and so do lines that begin with a mark of their own.
pub(super) fn page(page: &str, width: usize) -> String {
    let rows = page.lines().filter_map(row);
    let wide = rows.map(|(left, _)| left.chars().count());
    let wide = wide.max().unwrap_or(0);
    let (mut text, mut flowing) = (String::new(), String::new());
    let mut is_fenced = false;
    for line in page.lines() {
        is_fenced ^= line.starts_with("```");
        let is_flow = line.starts_with(|c: char| c.is_alphanumeric() || "`(\"'$".contains(c));
        if is_flow && !is_fenced && !line.starts_with("```") {
            let gap = if flowing.is_empty() { "" } else { " " };
            flowing.push_str(&format!("{gap}{}", line.trim_end()));
            continue;
        }
        flow(&mut flowing, width, &mut text);
        match row(line) {
            Some((left, _)) if left.is_empty() => {}
            Some((left, right)) => text.push_str(&beside(2, &left, wide, right, width)),
            None => text.push_str(&format!("{line}\n")),
        }
    }
    flow(&mut flowing, width, &mut text);
    text
}

fn flow(flowing: &mut String, width: usize, text: &mut String) {
    if !flowing.is_empty() {
        text.push_str(&folded(flowing, width));
        flowing.clear();
    }
}

/// The two columns of a row, the first without ticks; nothing in the rows that begin a table.
fn row(line: &str) -> Option<(String, &str)> {
    let inner = line.trim_end().strip_prefix('|')?.strip_suffix('|')?;
    let (left, right) = inner.split_once('|')?;
    let (left, right) = (left.trim(), right.trim());
    match right.chars().all(|c| matches!(c, '-' | ':' | ' ' | '|')) {
        true => Some((String::new(), "")),
        false => Some((left.replace('`', ""), right)),
    }
}

#[cfg(test)]
mod tests {
    use super::{beside, page};

    #[test]
    fn a_table_is_told_in_columns() {
        let table = "| | |\n| --- | --- |\n| `get` | a book |\n| resource | a shelf |\n\nMore.\n";
        let told = "  get       a book\n  resource  a shelf\n\nMore.\n";
        assert_eq!(page(table, 100), told);
    }

    #[test]
    fn words_flow_and_what_is_indented_stays() {
        let text = "One two\nthree four.\n\n    a very long line of code\n- a point that is long\n";
        let told = "One two three\nfour.\n\n    a very long line of code\n- a point that is long\n";
        assert_eq!(page(text, 14), told);
    }

    #[test]
    fn what_is_said_of_a_name_stays_beside_it_or_below() {
        let said = "the name of the service, and not the one that is shown";
        let wide = "  name   the name of the service, and not\n         the one that is shown\n";
        assert_eq!(beside(2, "name", 5, said, 42), wide);
        let narrow =
            "  name\n      the name of the service,\n      and not the one that is\n      shown\n";
        assert_eq!(beside(2, "name", 5, said, 32), narrow);
    }
}
