//! A facility: what steps may ask of it, and which drivers perform that.

use runsheet_report::look::{Look, Tone};
use runsheet_step::Facility;
use runsheet_trust::drivers::Brought;

use super::fields;
use super::keys::folded;
use crate::drivers::OWN;

/// How wide a page is.
const WIDTH: usize = 100;

/// The line about a facility.
pub(super) fn about(facility: &dyn Facility) -> String {
    let mut lines = facility.page().lines().take_while(|line| !line.is_empty());
    let first = lines.next().unwrap_or("a facility").to_owned();
    lines.fold(first, |text, line| format!("{text} {line}"))
}

/// As much of that as stands in a list.
pub(super) fn title(facility: &dyn Facility) -> String {
    let about = about(facility);
    let title = about.split_once(": ").map_or(&*about, |(title, _)| title);
    title.trim_end_matches('.').to_owned()
}

/// What can be asked of a facility, and who performs it. One that Runsheet brings itself a lab has
/// too.
pub(super) fn page(
    facility: &dyn Facility,
    is_own: bool,
    brought: &[Brought],
    look: Look,
) -> String {
    let name = facility.name();
    let title = look.paint(Tone::Strong, &format!("facility {name}"));
    let mut text = folded(&format!("{title}: {}", about(facility)), WIDTH);
    let after = facility
        .page()
        .split_once("\n\n")
        .map_or("", |(_, after)| after);
    match after.is_empty() {
        true => text.push_str("\nIts plugin says no more of it.\n"),
        false => {
            text.push_str(&format!(
                "\n{}\n",
                look.paint(Tone::Strong, "what is asked")
            ));
            told(after, &mut text);
        }
    }
    drivers(name, is_own, brought, look, &mut text);
    text
}

/// A page with its tables as columns.
fn told(page: &str, text: &mut String) {
    let rows = || page.lines().filter_map(row);
    let wide = rows()
        .map(|(left, _)| left.chars().count())
        .max()
        .unwrap_or(0);
    for line in page.lines() {
        match row(line) {
            Some((left, _)) if left.is_empty() => {}
            Some((left, right)) => {
                let indent = " ".repeat(wide + 4);
                let right = folded(right, WIDTH.saturating_sub(wide + 4).max(40));
                let right = right.trim_end().replace('\n', &format!("\n{indent}"));
                text.push_str(&format!("  {left:<wide$}  {right}\n"));
            }
            None => text.push_str(&format!("{line}\n")),
        }
    }
}

/// The two columns of a row, the first without ticks; nothing in the rows that begin a table.
fn row(line: &str) -> Option<(String, &str)> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let (left, right) = inner.split_once('|')?;
    let (left, right) = (left.trim(), right.trim());
    match right.chars().all(|c| matches!(c, '-' | ' ' | '|')) {
        true => Some((String::new(), "")),
        false => Some((left.replace('`', ""), right)),
    }
}

/// The drivers that serve it, and what a site file says beside the name of each.
fn drivers(name: &str, is_own: bool, brought: &[Brought], look: Look, text: &mut String) {
    text.push_str(&format!("\n{}\n", look.paint(Tone::Strong, "drivers")));
    let serves = |of: &Option<&str>| of.map_or(is_own, |of| of == name);
    let own = OWN.iter().filter(|(_, of)| serves(of));
    let own: Vec<&str> = own.map(|(driver, _)| *driver).collect();
    let of_plugins = || brought.iter().filter(|it| *it.driver.facility == *name);
    for driver in &own {
        let what = match *driver {
            "lab" => "the simulated host of a site with a `lab:`, which needs not be named",
            "local" => "this machine",
            _ => "the person at the screen",
        };
        text.push_str(&format!("  {driver:<10}  {what}\n"));
    }
    for it in of_plugins() {
        text.push_str(&format!(
            "  {:<10}  a program of a plugin\n",
            it.driver.name
        ));
    }
    if own.is_empty() && of_plugins().next().is_none() {
        text.push_str("  none here: a plugin may bring one, and a site then names it\n");
    }
    let named = own.iter().copied().find(|driver| *driver != "lab");
    let named = named.or_else(|| of_plugins().next().map(|it| &*it.driver.name));
    if let Some(driver) = named {
        let heading = look.paint(Tone::Strong, "in a site");
        text.push_str(&format!(
            "\n{heading}\n  hosts: {{WEB: {{facilities: {{{name}: {{driver: {driver}}}}}}}}}\n"
        ));
    }
    for it in of_plugins() {
        let options = it.driver.options.as_deref().unwrap_or_default();
        fields(
            &format!("beside driver: {}", it.driver.name),
            options,
            look,
            text,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn a_table_is_told_in_columns() {
        let mut text = String::new();
        told(
            "| | |\n| --- | --- |\n| `get` | a book |\n| resource | a shelf |\n\nMore.\n",
            &mut text,
        );
        assert_eq!(text, "  get       a book\n  resource  a shelf\n\nMore.\n");
    }
}
