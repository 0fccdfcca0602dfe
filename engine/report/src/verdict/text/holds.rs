//! Every number that was read, under the rule it satisfies.

use indexmap::IndexMap;
use runsheet_step::{Map, Name, Value};

use super::{MOST, heading};
use crate::address::{items, without_items};
use crate::look::{Look, Tone};
use crate::verdict::{Reading, Verdict};

/// How many items are named on a line.
const NAMED: usize = 4;

pub(super) fn write(verdict: &Verdict, look: Look, text: &mut String) {
    if verdict.readings.is_empty() {
        return;
    }
    text.push_str(&heading(look, "numbers read, and the rules they satisfy"));
    for alike in by_rule(&verdict.readings) {
        let (step, rule) = (without_items(&alike[0].address), &alike[0].rule);
        text.push_str(&format!("  {step}: {}\n", look.paint(Tone::Faint, rule)));
        write_alike(&alike, look, text);
    }
}

/// A line for each thing that was read, with the items it was read of.
fn write_alike(readings: &[&Reading], look: Look, text: &mut String) {
    let mut sorted: IndexMap<String, Vec<String>> = IndexMap::new();
    for reading in readings {
        let item = items(&reading.address);
        sorted.entry(told(reading)).or_default().push(item);
    }
    let most = if look.all { usize::MAX } else { MOST };
    let lines: Vec<(String, &String)> = sorted
        .iter()
        .map(|(told, items)| (named(items, look), told))
        .collect();
    let shown = lines.len().min(most);
    let width = |(items, _): &(String, &String)| items.chars().count();
    let wide = lines[..shown].iter().map(width).max().unwrap_or(0);
    for (items, told) in &lines[..shown] {
        let line = format!("{items:<wide$}  {told}");
        text.push_str(&format!("    {}\n", line.trim()));
    }
    if lines.len() > shown {
        let more = lines.len() - shown;
        text.push_str(&format!("    ... and {more} more that hold: --all\n"));
    }
}

/// Items by name, the first few of many.
fn named(items: &[String], look: Look) -> String {
    if look.all || items.len() <= NAMED {
        return items.join(", ");
    }
    let first = items[..NAMED - 1].join(", ");
    format!("{first} and {} more", items.len() + 1 - NAMED)
}

/// Readings of one step's instances under one rule, in the order of the first.
fn by_rule(readings: &[Reading]) -> Vec<Vec<&Reading>> {
    let mut sorted: IndexMap<(String, Name), Vec<&Reading>> = IndexMap::new();
    for reading in readings {
        let key = (without_items(&reading.address), reading.rule.clone());
        sorted.entry(key).or_default().push(reading);
    }
    sorted.into_values().collect()
}

/// `r 8, was 5, sent 3`; of a cut subject also what the rule rests on.
fn told(reading: &Reading) -> String {
    let seen = reads(&reading.reads);
    if !reading.cut {
        return seen;
    }
    let absent = reading.reads.iter().filter(|(_, value)| value.is_null());
    let absent: Vec<String> = absent.map(|(name, _)| short(name)).collect();
    let rest = reading.reads.iter().filter(|(_, value)| !value.is_null());
    let rest: Vec<String> = rest.map(|(name, _)| short(name)).collect();
    let ground = match rest.as_slice() {
        [] => "so the rule rests on nothing that was read".to_owned(),
        rest => format!("so it rests on {} alone", rest.join(" and ")),
    };
    format!(
        "{seen}; the subject was cut before {}, {ground}",
        absent.join(" and ")
    )
}

/// Names and values, the way to outputs left out.
pub(super) fn reads(reads: &[(Name, Value)]) -> String {
    let one = |(name, value): &(Name, Value)| match value {
        Value::Null => format!("{} absent", short(name)),
        Value::Map(map) => format!("{} {}", short(name), failure(map)),
        value => format!("{} {}", short(name), value.to_string().trim_end()),
    };
    reads.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// An accepted failure by its number or name; of any other map what is in it.
fn failure(map: &Map) -> String {
    let known = |key: &str| map.get(key).filter(|value| !value.is_null());
    match (known("win32"), known("exit"), known("code")) {
        (Some(number), ..) => format!("error {number}"),
        (_, Some(number), _) => format!("exit code {number}"),
        (.., Some(name)) => name.to_string(),
        _ => Value::Map(map.clone().into()).to_string(),
    }
}

/// `t1[po].announced.r` for `steps.t1[po].announced.outputs.r`.
fn short(name: &str) -> String {
    let name = name.strip_prefix("outputs.").unwrap_or(name);
    let name = name.strip_prefix("steps.").unwrap_or(name);
    name.replacen(".outputs.", ".", 1)
}
