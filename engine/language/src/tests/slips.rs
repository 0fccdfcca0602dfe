//! Mistakes are generated: one letter dropped, doubled or swapped in every word that means
//! something is told once, at its bytes, and its first fix restores the file.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix;

use super::catalogue::{good, read};

pub(super) const WORKFLOW: &str = r#"workflow: 1
name: x
inputs:
  hub: {type: host, vars: {address: text, version: version}, default: "${{ site.groups.dx[0] }}"}
  offices:
    type: list<host>
    vars: {drive: text, address: text}        # address: of the postoffice; drive: its letter
    default: ${{ site.groups.all }}           # offices: all of them
  patience: {type: duration, default: 5m}     # how much patience there is
defaults: {timeout: "${{ inputs.patience }}", lock: host}
steps:
  - id: ask
    uses: exec
    host: ${{ inputs.hub }}
    when: host.vars.version < version("5.0")  # of an old version
    with: {argv: [z], shown: stdout}
    accept: [{exit: 3}, timeout]
    undo: at-end
  - id: each
    foreach: {po: "${{ inputs.offices }}", parallel: 8, failures: warn}
    steps:
      - id: send
        uses: exec
        host: ${{ po }}
        in_doubt: repeat
        with: {argv: ["${{ po.vars.drive }}"], cwd: "${{ steps.ask.outputs.stdout }}"}
      - id: left
        uses: wait
        host: ${{ inputs.hub }}
        since: send
        with: {log: z, until: {id: 1, category: Received, fields: {FROM: "${{ po.vars.address }}"}}}
      - id: told
        needs: [left, send]
        uses: message
        host: ${{ inputs.hub }}
        with: {mailbox: "${{ inputs.hub.vars.address }}", subject: '{count:int}{more:int}'}
        # count all of them, and more
        expect: outputs.count == null || outputs.count > outputs.more
  - id: judge
    uses: assert
    when: len(steps.each.succeeded) > 0
    with: {that: "${{ contains(inputs.hub.groups, run.site) }}"}
    host: ${{ inputs.hub }}
    effects: none
    retry: {max: 2, backoff: 5s, on: [transient]}
    causes:
      - {when: failure.code != null, say: "${{ failure.message }}"}
"#;

/// Words that stand for themselves, and groups, which only a site can have.
const FREE: &[&str] = &["x", "z", "dx", "all", "m", "s"];
/// Definitions with one reference: which of the two was mistyped cannot be told.
const TIES: &[(&str, &str)] = &[
    ("id", "ask"),
    ("id", "each"),
    ("id", "left"),
    ("id", "judge"),
    ("id", "told"),
];

/// The words of a text outside of comments, with the word before each.
fn words(text: &str) -> Vec<(usize, &str, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut before = "";
    for line in text.split_inclusive('\n') {
        let code = line.split(" # ").next().unwrap_or(line);
        let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let mut rest = 0;
        while let Some(start) = code[rest..].find(|c: char| c.is_alphabetic()) {
            let start = rest + start;
            let end = code[start..]
                .find(|c| !part(c))
                .map_or(code.len(), |n| start + n);
            found.push((at + start, before, &code[start..end]));
            before = &code[start..end];
            rest = end;
        }
        at += line.len();
    }
    found
}

fn slips(word: &str) -> Vec<String> {
    let letters: Vec<char> = word.chars().collect();
    let mut made = Vec::new();
    for n in 0..letters.len() {
        let mut dropped = letters.clone();
        dropped.remove(n);
        let mut doubled = letters.clone();
        doubled.insert(n, letters[n]);
        made.extend([dropped, doubled]);
        if n > 0 {
            let mut swapped = letters.clone();
            swapped.swap(n - 1, n);
            made.push(swapped);
        }
    }
    let slips = made.into_iter().map(String::from_iter);
    slips
        .filter(|slip| slip != word && !slip.is_empty())
        .collect()
}

fn meant() -> Vec<(usize, &'static str)> {
    let all = words(WORKFLOW).into_iter();
    let meant = all.filter(|(_, before, word)| {
        !FREE.contains(word) && !TIES.contains(&(before, word)) && word.len() > 1
    });
    meant.map(|(at, _, word)| (at, word)).collect()
}

fn mistyped(at: usize, word: &str, slip: &str) -> String {
    format!("{}{slip}{}", &WORKFLOW[..at], &WORKFLOW[at + word.len()..])
}

fn told(found: &[Diagnostic]) -> String {
    let messages = found
        .iter()
        .map(|one| format!("{}: {}", one.code.name, one.message));
    messages.collect::<Vec<_>>().join("; ")
}

#[test]
fn every_slip_is_told_once_at_its_bytes_with_the_fix_that_restores_it() {
    good(WORKFLOW);
    let mut wrong = Vec::new();
    for (at, word) in meant() {
        for slip in slips(word) {
            let (_, found, sources, id) = read(&mistyped(at, word, &slip));
            let [only] = found.as_slice() else {
                wrong.push(format!("{word} as {slip}: {}", told(&found)));
                continue;
            };
            let place = only.span().map(|span| span.range()).unwrap_or_default();
            let mended = only.fixes.first().map(|fix| fix.apply(&sources, id));
            if place != (at..at + slip.len()) || mended.as_deref() != Some(WORKFLOW) {
                wrong.push(format!("{word} as {slip}, at {place:?}: {}", told(&found)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn twenty_slips_at_once_are_told_twenty_times_and_mended_together() {
    let swapped = |word: &str| {
        slips(word)
            .into_iter()
            .find(|slip| slip.len() == word.len())
    };
    let mut seen = BTreeSet::new();
    // A word mistyped alike in two places would be another word rather than a mistake.
    let fresh = |(_, word): &(usize, &'static str)| word.len() > 3 && seen.insert(*word);
    let chosen: Vec<_> = meant()
        .into_iter()
        .filter(fresh)
        .step_by(2)
        .take(20)
        .collect();
    assert_eq!(chosen.len(), 20);
    let mut text = WORKFLOW.to_owned();
    for (at, word) in chosen.iter().rev() {
        let slip = swapped(word).unwrap_or_default();
        text.replace_range(*at..at + word.len(), &slip);
    }
    let (_, found, sources, id) = read(&text);
    let places: Vec<usize> = found
        .iter()
        .filter_map(Diagnostic::span)
        .map(|span| span.start as usize)
        .collect();
    let wanted: Vec<usize> = chosen.iter().map(|(at, _)| *at).collect();
    assert_eq!(places, wanted, "{}", told(&found));
    let fixes = found.iter().filter_map(|one| one.fixes.first());
    assert_eq!(fix::apply(fixes, &sources, id), WORKFLOW);
}

#[test]
fn a_step_inside_a_group_is_blamed_for_its_own_name() {
    let text = r#"workflow: 1
name: x
inputs:
  offices: {type: list<host>, default: "${{ site.groups.all }}"}
steps:
  - id: each
    foreach: {po: "${{ inputs.offices }}"}
    steps:
      - {id: tol, uses: message, host: "${{ po }}", with: {mailbox: a, subject: '{n:int}'}}
  - id: again
    foreach: {po: "${{ inputs.offices }}"}
    uses: assert
    with: {that: "${{ steps.each[po].told.outputs.n > 0 && steps.each[po].told.changed }}"}
"#;
    let (_, found, sources, id) = read(text);
    let told: Vec<_> = found.iter().map(|one| one.message.as_str()).collect();
    let wanted = "`tol` is defined and never used; 2 references say `told`";
    assert_eq!(told, [wanted]);
    let mended = found[0].fixes[0].apply(&sources, id);
    assert_eq!(mended, text.replace("id: tol,", "id: told,"));
}
