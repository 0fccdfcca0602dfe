//! A verdict as people read it, tired and at night: how it ended first, what wants a hand next.

mod failed;
mod holds;
mod steps;

use runsheet_record::Status;

use super::{Accuracy, Verdict};
use crate::look::{Look, Tone, drawn};
use crate::progress::tone;
use crate::time;

/// How many things of one sort are shown without folding.
const MOST: usize = 12;

/// The whole verdict.
#[must_use]
pub fn text(verdict: &Verdict, look: Look) -> String {
    let mut text = String::new();
    steps::write(verdict, look, &mut text);
    holds::write(verdict, look, &mut text);
    warnings(verdict, look, &mut text);
    failed::write(verdict, look, &mut text);
    restored(verdict, look, &mut text);
    text.push_str(&format!("\n{}", accuracy(&verdict.accuracy, look)));
    text.push_str(&format!("{}\n", last(verdict, look)));
    drawn(&text)
}

fn heading(look: Look, words: &str) -> String {
    format!("\n{}\n", look.paint(Tone::Strong, words))
}

fn warnings(verdict: &Verdict, look: Look, text: &mut String) {
    if verdict.warnings.is_empty() {
        return;
    }
    text.push_str(&heading(look, "warnings"));
    for warning in &verdict.warnings {
        let address = look.paint(Tone::Warm, &warning.address);
        text.push_str(&format!("  {address}: {}\n", warning.text));
    }
}

fn restored(verdict: &Verdict, look: Look, text: &mut String) {
    if verdict.restored.is_empty() {
        return;
    }
    text.push_str(&heading(look, "taken back at the end"));
    for one in &verdict.restored {
        match &one.trouble {
            None => text.push_str(&format!("  {}: {}\n", one.address, one.phrase)),
            Some(why) => {
                let word = look.paint(Tone::Bad, "not taken back");
                text.push_str(&format!(
                    "  {}: {}: {word}: {why}\n",
                    one.address, one.phrase
                ));
            }
        }
    }
}

fn accuracy(accuracy: &Accuracy, look: Look) -> String {
    let mut told = vec![
        format!("{} as planned", accuracy.as_planned),
        format!("{} differed", accuracy.differed),
        format!("{} missing", accuracy.missing),
        format!("{} unplanned", accuracy.unplanned),
    ];
    if accuracy.in_doubt > 0 {
        told.push(format!("{} in doubt", accuracy.in_doubt));
    }
    if accuracy.left_open > 0 {
        told.push(format!("{} where the plan was open", accuracy.left_open));
    }
    let mut text = format!("against the plan: {}\n", told.join(", "));
    for deviation in accuracy.deviations.iter().take(MOST) {
        let address = look.paint(Tone::Warm, &deviation.address);
        text.push_str(&format!("  {address}: {}\n", deviation.text));
    }
    let more = accuracy.deviations.len().saturating_sub(MOST);
    if more > 0 {
        text.push_str(&format!("  ... and {more} more\n"));
    }
    text
}

/// The last line is the one that is seen: how it ended, how long it took, how to look again.
fn last(verdict: &Verdict, look: Look) -> String {
    let status = match verdict.status {
        Some(status) => look.paint(tone(status), status.word()),
        None => look.paint(Tone::Warm, "not ended"),
    };
    let span = verdict
        .began
        .zip(verdict.ended)
        .map(|(from, to)| to.since(from));
    let took = span.map(|span| format!(" after {} at {}", time::span(span), verdict.site));
    let what = format!("{}: {status}{}", verdict.workflow, took.unwrap_or_default());
    let hint = match verdict.status {
        Some(Status::InDoubt) => "; look at the site before anything is done again",
        None if verdict.at_work => ": it is at work",
        None => ": it was interrupted; look at the site before anything is done again",
        _ => "",
    };
    format!(
        "{what}{hint}; look again with: runsheet show {}",
        verdict.run
    )
}
