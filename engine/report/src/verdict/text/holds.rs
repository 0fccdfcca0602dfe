//! Every number that was read, under the rule it satisfies.

use runsheet_step::{Name, Value};

use super::{MOST, heading};
use crate::address::{items, without_items};
use crate::look::{Look, Tone};
use crate::verdict::{Reading, Verdict};

pub(super) fn write(verdict: &Verdict, look: Look, text: &mut String) {
    if verdict.readings.is_empty() {
        return;
    }
    text.push_str(&heading(look, "numbers read, and the rules they satisfy"));
    for alike in by_rule(&verdict.readings) {
        let (step, rule) = (without_items(&alike[0].address), &alike[0].rule);
        text.push_str(&format!("  {step}: {}\n", look.paint(Tone::Faint, rule)));
        let most = if look.all { usize::MAX } else { MOST };
        let wide = alike
            .iter()
            .map(|one| items(&one.address).chars().count())
            .max()
            .unwrap_or(0);
        for reading in alike.iter().take(most) {
            let line = format!("    {:<wide$}  {}", items(&reading.address), told(reading));
            text.push_str(&format!("    {}\n", line.trim()));
        }
        if alike.len() > most {
            text.push_str(&format!(
                "    ... and {} more that hold: --all\n",
                alike.len() - most
            ));
        }
    }
}

/// Readings of one step's instances under one rule, in the order of the first.
fn by_rule(readings: &[Reading]) -> Vec<Vec<&Reading>> {
    let mut sorted: indexmap::IndexMap<(String, Name), Vec<&Reading>> = indexmap::IndexMap::new();
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
    let absent: Vec<&str> = absent.map(|(name, _)| short(name)).collect();
    let rest = reading.reads.iter().filter(|(_, value)| !value.is_null());
    let rest: Vec<&str> = rest.map(|(name, _)| short(name)).collect();
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
        value => format!("{} {value}", short(name)),
    };
    reads.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn short(name: &str) -> &str {
    name.strip_prefix("outputs.").unwrap_or(name)
}
