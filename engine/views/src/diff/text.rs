//! A difference in words.

use std::collections::BTreeMap;

use runsheet_diagnostics::words;

use super::{Change, Difference, Fate, Place, Step};

/// From how many letters on two values stand on lines of their own.
const LONG: usize = 64;

/// A line: a depth, what is other, how, and where.
struct Row {
    depth: usize,
    what: String,
    how: String,
    at: String,
}

pub(super) fn text(difference: &Difference) -> String {
    let (before, after) = (&difference.before, &difference.after);
    if difference.is_empty() {
        return format!("{before} and {after} do the same\n");
    }
    let mut rows = Vec::new();
    for change in &difference.values {
        of_value(change, 0, &mut rows);
    }
    for step in &difference.steps {
        of_step(step, &mut rows);
    }
    let told = told(difference);
    format!("{before} -> {after}: {told}\n{}", aligned(&rows))
}

/// `1 step added, 2 changed, 1 value of the head`
fn told(difference: &Difference) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in difference.steps.iter().flat_map(Step::words) {
        *counts.entry(word).or_default() += 1;
    }
    let words = ["added", "removed", "renamed", "moved", "changed"].into_iter();
    let counted = words.filter_map(|word| Some((word, *counts.get(word)?)));
    let part = |(number, (word, count))| match number {
        0 => format!("{} {word}", words::count("step", count)),
        _ => format!("{count} {word}"),
    };
    let mut parts: Vec<String> = counted.enumerate().map(part).collect();
    if !difference.values.is_empty() {
        let values = words::count("value", difference.values.len());
        parts.push(format!("{values} outside of steps"));
    }
    parts.join(", ")
}

fn of_step(step: &Step, rows: &mut Vec<Row>) {
    let sign = match step.fate {
        Fate::Added => '+',
        Fate::Removed => '-',
        Fate::Kept => '~',
    };
    let mut how = Vec::new();
    how.extend(step.was.as_ref().map(|was| format!("was {was}")));
    how.extend(step.moved.as_ref().map(|moved| match &moved.behind {
        Some(behind) => format!("moved behind {behind}"),
        None => "moved to the top".to_owned(),
    }));
    let held = step.holds.map(|count| words::count("step", count));
    how.extend(held.map(|held| format!("with {held}")));
    let is_told = step.fate != Fate::Kept || !how.is_empty();
    rows.push(Row {
        depth: 0,
        what: format!("{sign} {}", step.address),
        how: how.join(", "),
        at: match is_told {
            true => places(step.before_at.as_ref(), step.after_at.as_ref()),
            false => String::new(),
        },
    });
    for change in &step.values {
        of_value(change, 4, rows);
    }
}

fn of_value(change: &Change, depth: usize, rows: &mut Vec<Row>) {
    let said = |value: &Option<String>| value.clone().unwrap_or_else(|| "not said".to_owned());
    let (before, after) = (said(&change.before), said(&change.after));
    let row = |what: String, how: String, at: String, depth| Row {
        depth,
        what,
        how,
        at,
    };
    if before.chars().count() + after.chars().count() <= LONG {
        let at = places(change.before_at.as_ref(), change.after_at.as_ref());
        rows.push(row(
            change.path.clone(),
            format!("{before} -> {after}"),
            at,
            depth,
        ));
        return;
    }
    rows.push(row(
        change.path.clone(),
        String::new(),
        String::new(),
        depth,
    ));
    let sides = ["-", "+"].iter().zip(&change.lines);
    for ((sign, lines), at) in sides.zip([&change.before_at, &change.after_at]) {
        let Some(at) = at else { continue };
        for (n, line) in lines.iter().enumerate() {
            let (sign, at) = match n {
                0 => (*sign, shown(at)),
                _ => (" ", String::new()),
            };
            rows.push(row(format!("{sign} {line}"), String::new(), at, depth + 2));
        }
    }
}

/// Where something was and is; once, if that is one place.
fn places(before: Option<&Place>, after: Option<&Place>) -> String {
    let mut places: Vec<String> = before.into_iter().chain(after).map(shown).collect();
    places.dedup();
    places.join(" -> ")
}

fn shown(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

/// The rows, with the parts of the short ones below each other.
fn aligned(rows: &[Row]) -> String {
    let wide = |row: &&Row| !row.how.is_empty() || row.depth == 0;
    let what = rows.iter().filter(wide);
    let what = what.map(|row| row.depth + row.what.chars().count());
    let what = what.filter(|width| *width <= 44).max().unwrap_or(0);
    let how = rows.iter().map(|row| row.how.chars().count());
    let how = how.max().unwrap_or(0);
    let mut out = String::new();
    for row in rows {
        let indent = " ".repeat(row.depth);
        let is_long = row.how.is_empty() && row.depth > 0;
        let line = match is_long {
            true => format!("{indent}{}  {}", row.what, row.at),
            false => {
                let width = what.saturating_sub(row.depth);
                format!(
                    "{indent}{:<width$}  {:<how$}  {}",
                    row.what, row.how, row.at
                )
            }
        };
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}
