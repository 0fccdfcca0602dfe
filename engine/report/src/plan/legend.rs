//! What the signs of a plan mean, those that are in it; and how much of it is known.

use std::collections::BTreeSet;

use runsheet_record::plan::{Deed, End, Plan, Row};

use super::deed;

const MEANINGS: &[(char, &str)] = &[
    ('+', "create"),
    ('~', "change"),
    ('-', "delete"),
    ('>', "act"),
    ('@', "wait"),
    ('=', "nothing to do"),
    ('x', "would fail"),
    ('?', "may not run"),
    ('!', "cannot be undone"),
    ('^', "assumes that an opaque act changed nothing here"),
    ('$', "secret in an argument"),
];

/// The signs that are in the plan, with their meanings, in lines of this width.
pub(super) fn legend(plan: &Plan, width: usize) -> String {
    let mut signs = BTreeSet::new();
    for row in plan.rows.iter().chain(&plan.restores) {
        signs_of(row, &mut signs);
    }
    let used = MEANINGS.iter().filter(|(sign, _)| signs.contains(sign));
    let mut lines = vec![String::new()];
    for (sign, meaning) in used {
        let entry = format!("{sign} {meaning}");
        let line = lines.last_mut().expect("there is always a last line");
        if line.is_empty() {
            *line = entry;
        } else if line.len() + entry.len() + 3 > width {
            lines.push(entry);
        } else {
            line.push_str(&format!("   {entry}"));
        }
    }
    lines.join("\n")
}

fn signs_of(row: &Row, signs: &mut BTreeSet<char>) {
    signs.extend(row.deeds.iter().map(|deed| deed.sign.character()));
    signs.extend(
        row.deeds
            .iter()
            .flat_map(|deed: &Deed| deed::flags(deed).chars().collect::<Vec<_>>()),
    );
    signs.extend(row.guard.is_some().then_some('?'));
    signs.extend(row.assumes.then_some('^'));
    match row.end {
        End::Known if row.deeds.is_empty() => signs.insert('='),
        End::Fails(_) => signs.insert('x'),
        _ => false,
    };
}

/// How much of the effects is known.
pub(super) fn coverage(plan: &Plan) -> String {
    let coverage = plan.coverage();
    if plan.is_empty() {
        return "effects: none".to_owned();
    }
    let parts = [
        (coverage.exact, "exact"),
        (coverage.bounded, "bounded (where is known, to what is not)"),
        (
            coverage.opaque,
            "opaque (what a program changes is its own affair)",
        ),
    ];
    let parts = parts.into_iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> = parts
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    format!("effects: {}", told.join(", "))
}
