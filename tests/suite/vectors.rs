//! Every literal sample is read and printed back equal, and spoilt ones are refused or told apart.

use std::collections::BTreeMap;

use runsheet_formats::vectors::{self, Row, Verdict};

/// The samples, each with the article it is from; a few are synopses of what an article tells.
const SAMPLES: [&str; 2] = [
    include_str!("vectors.tsv"),
    include_str!("more-vectors.tsv"),
];

/// Where the places and letters of the mutations begin; printed when one fails.
const SEED: u64 = 0x0147_4640;

fn samples() -> Vec<Row> {
    let rows = SAMPLES.map(|text| vectors::read(text).expect("every row has three columns"));
    rows.concat()
}

#[test]
fn every_sample_is_printed_as_it_was_read() {
    let rows = samples();
    assert!(rows.len() > 250, "only {} samples", rows.len());
    let wrong = rows.iter().filter_map(|row| {
        let verdict = vectors::tried(&row.kind, &row.literal);
        let right = vectors::is_right(&row.kind, &verdict);
        (!right).then(|| format!("line {} ({}): {verdict}", row.line, row.kb_id))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_spoilt_sample_is_refused_or_told_apart() {
    let mut unseen = Vec::new();
    let mut refused: BTreeMap<bool, usize> = BTreeMap::new();
    for row in samples() {
        let original = vectors::tried(&row.kind, &row.literal);
        for spoilt in mutations(&row) {
            let verdict = vectors::tried(&row.kind, &spoilt);
            *refused.entry(verdict.printed().is_none()).or_default() += 1;
            if overlooked(&row, &original, &spoilt, &verdict) {
                unseen.push(format!("line {}: {spoilt:?} {verdict}", row.line));
            }
        }
    }
    assert!(unseen.is_empty(), "seed {SEED:#x}:\n{}", unseen.join("\n"));
    let (refused, apart) = (refused[&true], refused[&false]);
    assert!(refused > apart, "{refused} refused, {apart} told apart");
}

/// Whether a mutation passes for the original, or is read as a text it is not.
fn overlooked(row: &Row, original: &Verdict, spoilt: &str, verdict: &Verdict) -> bool {
    let Some(printed) = verdict.printed() else {
        return false;
    };
    let is_itself = vectors::meets(spoilt, printed);
    original
        .printed()
        .is_some_and(|first| vectors::same(&row.kind, first, printed))
        || !is_itself
}

/// Nine texts that differ from a sample in one letter, and not in spaces only.
fn mutations(row: &Row) -> Vec<String> {
    let letters: Vec<char> = row.literal.chars().collect();
    let mut state = SEED.wrapping_add(row.line as u64);
    let mut next = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let mut spoilt = Vec::new();
    while spoilt.len() < 9 {
        let at = next(letters.len());
        let letter = char::from(b"aeqxzEQ7%"[next(9)]);
        let mut text = letters.clone();
        match spoilt.len() % 3 {
            0 => drop(text.remove(at)),
            1 => text[at] = letter,
            _ => text.insert(at, letter),
        }
        let text: String = text.into_iter().collect();
        if !vectors::same(&row.kind, &row.literal, &text) {
            spoilt.push(text);
        }
    }
    spoilt
}
