//! Many small workflows, drawn by number: whatever they look like, they end, nothing runs twice,
//! and neither places nor locks are ever exceeded.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use runsheet_record::State;
use runsheet_record::event::{Event, What};

use crate::testing::bench::{Ran, bench};

/// Numbers that look random and are the same every time (a linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: u64) -> u64 {
        let next = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = next.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn one<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[usize::try_from(self.below(words.len() as u64)).expect("small")]
    }
}

/// A list of steps; `depth` says how many groups may still stand in each other.
fn list(dice: &mut Dice, indent: usize, depth: u32, count: &mut u32, out: &mut String) {
    let mut siblings: Vec<u32> = Vec::new();
    for _ in 0..=dice.below(4) {
        let needs = match (dice.below(4), siblings.last()) {
            (0, Some(last)) => format!("needs: [s{last}], "),
            (1, _) => "needs: [], ".to_owned(),
            _ => String::new(),
        };
        *count += 1;
        let n = *count;
        siblings.push(n);
        let pad = " ".repeat(indent);
        let when = dice.one(&["", "", "", "when: false, "]);
        if depth > 0 && dice.below(3) == 0 {
            step_head(dice, &pad, n, out);
            list(dice, indent + 4, depth - 1, count, out);
            continue;
        }
        let lock = dice.one(&["none", "x", "[x, y]", "[y, z]"]);
        let retry = dice.one(&["", "", "retry: 1, "]);
        let body = match dice.below(4) {
            0 => format!(
                "uses: wait, timeout: 9s, with: {{until: {{id: {}}}}}",
                dice.below(5)
            ),
            1 => format!(
                "uses: flaky, {retry}with: {{name: s{n}, fails: {}}}",
                dice.below(3)
            ),
            _ => format!(
                "uses: act, lock: {lock}, {retry}with: {{run: s{n}, takes: {}, fails: {}, emits: [[1, {{id: {}}}]]}}",
                dice.below(3),
                dice.below(2) * dice.below(2),
                dice.below(5)
            ),
        };
        let rescue = match dice.below(4) {
            0 => format!(
                ", rescue: [{{id: r{n}, uses: act, lock: x, with: {{run: r{n}, takes: 1, fails: {}}}}}]",
                dice.below(2)
            ),
            _ => String::new(),
        };
        let _ = writeln!(out, "{pad}- {{id: s{n}, {needs}{when}{body}{rescue}}}");
    }
}

fn step_head(dice: &mut Dice, pad: &str, n: u32, out: &mut String) {
    let _ = writeln!(out, "{pad}- id: s{n}");
    if dice.below(2) == 0 {
        let (parallel, failures) = (1 + dice.below(3), dice.one(&["stop", "finish", "warn"]));
        let items = dice.one(&["[]", "[1]", "[1, 2, 3]"]);
        let _ = writeln!(
            out,
            "{pad}  foreach: {{v{n}: {items}, parallel: {parallel}, failures: {failures}}}"
        );
    }
    if dice.below(3) == 0 {
        let _ = writeln!(out, "{pad}  retry: 1");
    }
    let _ = writeln!(out, "{pad}  steps:");
}

fn drawn(seed: u64) -> String {
    let mut dice = Dice(seed);
    let (mut out, mut count) = ("steps:\n".to_owned(), 0);
    list(&mut dice, 2, 2, &mut count, &mut out);
    if dice.below(2) == 0 {
        out.push_str("finally:\n");
        list(&mut dice, 2, 1, &mut count, &mut out);
    }
    out
}

/// What is true of every run.
fn hold(ran: &Ran, limit: usize, yaml: &str) {
    for line in ran.ends() {
        let open = [" waiting", " running"]
            .iter()
            .any(|word| line.ends_with(word));
        assert!(!open, "{line} at the end of\n{yaml}");
    }
    let finally = ran.told_of("started finally ");
    let has_finally = ran.state.finally().is_some();
    assert_eq!(finally.len(), usize::from(has_finally), "{yaml}");
    attempts_are_in_order(&ran.events, yaml);
    places_are_kept(ran, limit, yaml);
}

fn attempts_are_in_order(events: &[Event], yaml: &str) {
    let mut last: BTreeMap<&str, u32> = BTreeMap::new();
    for event in events {
        if let What::Started(started) = &event.what {
            let before = last.insert(&started.address, started.attempt).unwrap_or(0);
            assert!(before < started.attempt, "{} in\n{yaml}", started.address);
        }
    }
}

/// Applies the events once more, and looks after each.
fn places_are_kept(ran: &Ran, limit: usize, yaml: &str) {
    let mut state = State::new(ran.state.bound.clone());
    let mut held: BTreeMap<String, String> = BTreeMap::new();
    for event in &ran.events {
        match &event.what {
            What::Started(started) => {
                for lock in &started.locks {
                    let holder = held.insert(lock.to_string(), started.address.to_string());
                    let other = holder.filter(|holder| **holder != *started.address);
                    assert_eq!(other, None, "`{lock}` in\n{yaml}");
                }
            }
            What::Ended(ended) | What::Rescuing(ended) => {
                held.retain(|_, holder| **holder != *ended.address)
            }
            What::Retried(retried) => held.retain(|_, holder| **holder != *retried.address),
            _ => {}
        }
        state.apply(event);
        assert!(state.acting() <= limit, "{yaml}");
    }
    assert_eq!(state.acting(), 0, "{yaml}");
}

#[test]
fn whatever_is_drawn_ends() {
    for seed in 0..200 {
        let yaml = drawn(seed);
        let limit = 1 + usize::try_from(seed % 3).expect("small");
        let ran = bench(&yaml).limit(limit).run();
        hold(&ran, limit, &yaml);
    }
}

#[test]
fn whatever_is_drawn_ends_when_it_is_cancelled() {
    for seed in 400..550 {
        let yaml = drawn(seed);
        let at = i64::try_from(seed % 7).expect("small");
        let ran = bench(&yaml).limit(2).cancelled_at(at).run();
        hold(&ran, 2, &yaml);
    }
}

#[test]
fn whatever_is_drawn_runs_the_same_every_time() {
    for seed in 700..730 {
        let yaml = drawn(seed);
        let told = || bench(&yaml).limit(2).run().journal;
        assert_eq!(told(), told(), "{yaml}");
    }
}
