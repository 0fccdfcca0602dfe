//! A plan in a few lines, as `apply` shows it before it begins.

use runsheet_diagnostics::words;
use runsheet_record::plan::{End, Plan, Row, Sign};

use super::row::mending;
use crate::causes;
use crate::look::{Look, Tone, drawn};

/// What a plan amounts to; foreseen failures and warnings in full.
#[must_use]
pub fn summary(plan: &Plan, look: Look) -> String {
    let mut text = format!("plan: {}\n", counts(plan));
    for row in &plan.rows {
        if let End::Fails(failure) = &row.end {
            let word = look.paint(Tone::Bad, "would fail");
            text.push_str(&format!("  {word}: {}: {}\n", row.address, failure.message));
            for line in mending(row) {
                text.push_str(&format!("    {line}\n"));
            }
            text.push_str(&causes::told(&row.causes));
        }
    }
    for warning in &plan.warnings {
        let word = look.paint(Tone::Warm, "warning");
        text.push_str(&format!("  {word}: {warning}\n"));
    }
    drawn(&text)
}

fn counts(plan: &Plan) -> String {
    let is_skipped = |row: &&Row| row.end == End::Skipped;
    let skipped = plan.rows.iter().filter(is_skipped).count();
    let of = |signs: &[Sign]| {
        let deeds = plan.rows.iter().flat_map(|row| &row.deeds);
        deeds.filter(|deed| signs.contains(&deed.sign)).count()
    };
    let mut parts = vec![words::count("step", plan.rows.len() - skipped)];
    let changes = of(&[Sign::Create, Sign::Change, Sign::Delete]);
    parts.push(words::count("change", changes));
    parts.push(words::count("act", of(&[Sign::Act])));
    parts.push(words::count("wait", of(&[Sign::Wait])));
    if !plan.restores.is_empty() {
        let back: usize = plan.restores.iter().map(|row| row.deeds.len()).sum();
        parts.push(format!("{back} taken back at the end"));
    }
    if skipped > 0 {
        parts.push(format!("{skipped} skipped"));
    }
    parts.join(", ")
}
