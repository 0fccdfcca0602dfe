//! Which steps of several variants are other than those of their base.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::values::merged;
use super::{Difference, Outline};

/// How many letters a line has room for.
const ROOM: usize = 80;

/// What is other in one variant, in order.
type Column = Vec<(String, String)>;

/// A row a step or value, a column a variant. Nothing stands where a variant is as the base. The
/// differences are to be from that base.
#[must_use]
pub fn table(base: &Outline, differences: &[Difference]) -> String {
    let values: Vec<Column> = differences.iter().map(values).collect();
    let steps: Vec<Column> = differences.iter().map(steps).collect();
    let mut addresses = Vec::new();
    base.whole.addresses("", &mut addresses);
    let mut lines = rows(&values, &[]);
    lines.extend(rows(&steps, &addresses));
    if lines.is_empty() {
        return format!("all of them do the same as {}\n", base.name);
    }
    let names = differences.iter().map(|one| one.after.as_str());
    let names: Vec<&str> = std::iter::once(base.name.as_str()).chain(names).collect();
    lines.insert(0, heads(&names));
    aligned(&lines)
}

/// The names of files without folders and endings, if that still tells them apart.
fn heads(names: &[&str]) -> Vec<String> {
    let stem = |name: &&str| {
        let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
        let bare = file.strip_suffix(".yaml").or(file.strip_suffix(".yml"));
        bare.unwrap_or(file).to_owned()
    };
    let stems: Vec<String> = names.iter().map(stem).collect();
    let distinct: BTreeSet<&String> = stems.iter().collect();
    match distinct.len() == stems.len() {
        true => stems,
        false => names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

/// The rows of some columns: names that are known in their order, others behind what they stand
/// behind.
fn rows(columns: &[Column], names: &[String]) -> Vec<Vec<String>> {
    let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
    for column in columns {
        let others: Vec<&str> = column.iter().map(|(name, _)| &**name).collect();
        names = merged(&others, &names);
    }
    let cells: Vec<BTreeMap<&str, &str>> = columns
        .iter()
        .map(|column| {
            column
                .iter()
                .map(|(name, word)| (&**name, &**word))
                .collect()
        })
        .collect();
    let row = |name: &str| {
        let said: Vec<&str> = cells
            .iter()
            .map(|cells| cells.get(name).copied().unwrap_or_default())
            .collect();
        let is_told = said.iter().any(|word| !word.is_empty());
        let said = said.into_iter().map(str::to_owned).collect::<Vec<_>>();
        is_told.then(|| std::iter::once(name.to_owned()).chain(said).collect())
    };
    names.into_iter().filter_map(row).collect()
}

/// Values outside of steps.
fn values(difference: &Difference) -> Column {
    let values = difference.values.iter().map(|change| {
        let word = match (&change.before, &change.after) {
            (None, _) => "added",
            (_, None) => "removed",
            _ => "changed",
        };
        (change.path.clone(), word.to_owned())
    });
    values.collect()
}

/// Steps by their addresses in the base.
fn steps(difference: &Difference) -> Column {
    let steps = difference.steps.iter().map(|step| {
        let address = step.base.as_ref().unwrap_or(&step.address);
        (address.clone(), step.words().join(", "))
    });
    steps.collect()
}

fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let widths: Vec<usize> = (0..columns)
        .map(|at| {
            let cells = lines.iter().filter_map(|line| line.get(at));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        })
        .collect();
    let mut out = String::new();
    for block in blocks(&widths) {
        let is_told = |line: &&Vec<String>| line[block.clone()].iter().any(|cell| !cell.is_empty());
        if !out.is_empty() {
            out.push('\n');
        }
        for line in lines.iter().filter(is_told) {
            let shown = std::iter::once(0).chain(block.clone());
            let cells: Vec<String> = shown
                .map(|at| format!("{:<width$}", line[at], width = widths[at]))
                .collect();
            out.push_str(cells.join("  ").trim_end());
            out.push('\n');
        }
    }
    out
}

/// The columns behind the first, in as many portions as it takes for each to have room beside that.
fn blocks(widths: &[usize]) -> Vec<Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 1;
    while start < widths.len() {
        let mut end = start + 1;
        let taken =
            |end: usize| widths[0] + widths[start..end].iter().map(|one| one + 2).sum::<usize>();
        while end < widths.len() && taken(end + 1) <= ROOM {
            end += 1;
        }
        blocks.push(start..end);
        start = end;
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::blocks;

    #[test]
    fn variants_that_have_no_room_on_a_line_stand_below_the_others() {
        let table: [(&[usize], &str); 4] = [
            (&[20, 10, 10], "[1..3]"),
            (&[20, 28, 28], "[1..3]"),
            (&[20, 28, 29, 5], "[1..2, 2..4]"),
            (&[90, 10, 10], "[1..2, 2..3]"),
        ];
        for (widths, wanted) in table {
            assert_eq!(format!("{:?}", blocks(widths)), wanted, "{widths:?}");
        }
    }
}
