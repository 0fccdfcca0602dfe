//! Whatever is typed in a file: what is told at once and said to be whole is what reading the file
//! from nothing tells, to the last letter.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;
use runsheet_diagnostics::diagnostic::Diagnostic;

use crate::check::{Checked, check};
use crate::near::{Base, Live, Told};
use crate::position::Text;
use crate::session::Session;
use crate::store::Buffer;

const PATH: &str = "/w/a.yaml";

/// What keys put somewhere.
const KEYS: &[&str] = &[
    "x",
    "x",
    "x",
    "1",
    "",
    "",
    "",
    "-",
    " ",
    ":",
    "\n",
    "'",
    "\"",
    "{",
    "}",
    "[",
    "]",
    "#",
    ",",
    ".",
    "&a ",
    "*a",
    "\u{e9}",
    "\n    when: ",
    "\n    needs: [look-3]",
    "- id: new\n    ",
    "|\n",
    "${{ ",
    " }}",
    "!",
];

/// A step after the other.
fn plain() -> String {
    let mut text = head("plain");
    for n in 0..40 {
        let _ = write!(
            text,
            "  - id: send-{n}\n    doc: what is sent by hand, number {n}\n    uses: exec\n    \
             host: ${{{{ inputs.dx }}}}\n    timeout: ${{{{ inputs.timeout }}}}\n    \
             with: {{argv: [reqmain, \"-d${{{{ inputs.dx.vars.address }}}}\", -t], cwd: 'M:\\MAILEXE'}}\n  \
             - id: left-{n}\n    uses: wait-for-event\n    host: ${{{{ inputs.dx }}}}\n    \
             when: steps.send-{n}.outputs.exit == 0\n    with:\n      log: Application\n      \
             until: {{id: 4395, category: Moved Out, fields: {{FROM: \"${{{{ inputs.dx.vars.address }}}}\"}}}}\n"
        );
    }
    text
}

/// Steps that say what they wait for, groups, and something in the end.
fn ordered() -> String {
    let mut text = head("ordered");
    for n in 0..30 {
        let needs = match n {
            0 => "[]".to_owned(),
            _ => format!("[look-{}]", n - 1),
        };
        let _ = write!(
            text,
            "  - {{id: look-{n}, uses: assert, needs: {needs}, with: {{that: \"${{{{ inputs.sure }}}}\"}}}}\n  \
             - id: all-{n}\n    needs: look-{n}\n    timeout: 5m\n    host: ${{{{ inputs.dx }}}}\n    steps:\n      \
             - {{id: act, uses: exec, foreach: {{name: [a, b]}}, with: {{argv: [reqmain, \"${{{{ name }}}}\"]}}}}\n      \
             - id: seen\n        uses: wait-for-event\n        with: {{log: Application, until: {{id: 4395}}}}\n        \
             when: len(steps.act.succeeded) > 0\n"
        );
        if n % 6 == 1 {
            text.push_str("      - {id: poke, uses: exec, with: {argv: [net, start]}}\n");
        }
    }
    text.push_str("\n# in the end\nfinally:\n  - id: told\n    uses: assert\n    with: {that: \"${{ steps.all-3.changed }}\"}\n");
    text
}

fn head(name: &str) -> String {
    format!(
        "workflow: 1\nname: {name}\nsummary: Many steps\ninputs:\n  \
         dx: {{type: host, vars: {{address: text}}, default: \"${{{{ site.groups.dx[0] }}}}\"}}\n  \
         timeout: {{type: duration, default: 15m}}\n  sure: {{type: bool, default: true}}\nsteps:\n"
    )
}

fn typed(session: &mut Session, text: &Text) {
    let buffer = Buffer {
        text: text.clone(),
        version: 1,
    };
    session.store.open.insert(PATH.to_owned(), buffer);
}

fn cold(session: &Session) -> Arc<Checked> {
    Arc::new(check(PATH, &session.store, &session.catalogue))
}

/// One key: a place, how many bytes go, and what comes.
type Key = (usize, usize, usize);

/// Types some keys, one near the other; gives what is told after each, and what should be.
fn type_all(text: &str, keys: &[Key]) -> Vec<(String, Told, Vec<Diagnostic>)> {
    let mut session = super::session(&[]);
    let mut text = text.to_owned();
    typed(&mut session, &Text::new(text.as_str()));
    let Some(base) = Base::of(&cold(&session)) else {
        return Vec::new();
    };
    let mut live = Live::new(base);
    let mut all = Vec::new();
    let first = keys.first().map_or(0, |key| key.0 % text.len());
    for (number, (at, gone, key)) in keys.iter().enumerate() {
        let near = (first + at % 400).min(text.len());
        let start = text.floor_char_boundary(if number == 0 { first } else { near });
        let key = KEYS[*key];
        let gone = if key.is_empty() { gone + 1 } else { gone / 3 };
        let end = text
            .floor_char_boundary((start + gone).min(text.len()))
            .max(start);
        text.replace_range(start..end, key);
        live.edit(&(start..end), key.len());
        typed(&mut session, &Text::new(text.as_str()));
        let told = live.tell(PATH, &text, &session.store, &session.catalogue);
        all.push((text.clone(), told, cold(&session).found.clone()));
    }
    all
}

fn same(all: &[(String, Told, Vec<Diagnostic>)]) -> Result<(), TestCaseError> {
    for (text, told, cold) in all.iter().filter(|(_, told, _)| told.is_whole) {
        if told.found != *cold {
            let new: Vec<_> = told
                .found
                .iter()
                .filter(|one| !cold.contains(one))
                .collect();
            let lost: Vec<_> = cold
                .iter()
                .filter(|one| !told.found.contains(one))
                .collect();
            let at = new.iter().chain(&lost).filter_map(|one| one.span()).next();
            let at = at.map_or(0, |span| {
                text.floor_char_boundary(span.range().start.saturating_sub(300))
            });
            let end = text.floor_char_boundary((at + 600).min(text.len()));
            prop_assert!(
                false,
                "told {new:#?}\n\nnot told {lost:#?}\n\n{}",
                &text[at..end]
            );
        }
    }
    Ok(())
}

fn keys() -> impl Strategy<Value = Vec<Key>> {
    let key = (any::<u32>(), 0..12usize, 0..KEYS.len());
    let key = key.prop_map(|(at, gone, key)| (at as usize, gone, key));
    prop::collection::vec(key, 1..4)
}

/// How many texts are typed in: more where more time is given.
fn cases() -> u32 {
    let more = std::env::var("RUNSHEET_CASES").ok();
    more.and_then(|more| more.parse().ok()).unwrap_or(16)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases()) })]

    #[test]
    fn what_is_told_at_once_of_one_step_after_the_other_is_what_the_whole_tells(keys in keys()) {
        same(&type_all(&plain(), &keys))?;
    }

    #[test]
    fn what_is_told_at_once_of_ordered_steps_is_what_the_whole_tells(keys in keys()) {
        same(&type_all(&ordered(), &keys))?;
    }
}

/// What is told when something is put in the place of a text, at every third place that has it.
fn put(text: &str, from: &str, to: &str) -> Vec<(String, Told, Vec<Diagnostic>)> {
    let mut session = super::session(&[]);
    typed(&mut session, &Text::new(text));
    let fresh = Live::new(Base::of(&cold(&session)).unwrap());
    let mut all = Vec::new();
    for (at, _) in text.match_indices(from).step_by(3) {
        let mut live = fresh.clone();
        live.edit(&(at..at + from.len()), to.len());
        let text = format!("{}{to}{}", &text[..at], &text[at + from.len()..]);
        typed(&mut session, &Text::new(text.as_str()));
        let told = live.tell(PATH, &text, &session.store, &session.catalogue);
        all.push((text, told, cold(&session).found.clone()));
    }
    all
}

#[test]
fn of_words_that_are_equally_near_as_many_are_told_at_once_as_of_the_whole()
-> Result<(), TestCaseError> {
    let (plain, ordered) = (plain(), ordered());
    let slips = [
        (&plain, "steps.send-1", "steps.send-"),
        (&plain, "steps.send-3", "steps.send-x"),
        (&plain, "steps.send-", "steps.sen-"),
        (&plain, "steps.send-2", "steps.left-2"),
        (&plain, "steps.send-39", "steps.send-99"),
        (&ordered, "steps.act.", "steps.at."),
        (&ordered, "needs: look-1", "needs: look-9"),
        (&ordered, "needs: look-", "needs: lok-"),
        (&ordered, "needs: look-", "needs: loo-x"),
        (&ordered, "needs: [look-", "needs: [look"),
        (&ordered, "needs: [look-2", "needs: [look-x"),
        (&plain, "log: Application", "lo: Application"),
        (&plain, "outputs.exit", "outputs.exi"),
        (&plain, "inputs.dx", "inputs.d"),
    ];
    let mut asked = 0;
    for (text, from, to) in slips {
        let all = put(text, from, to);
        same(&all)?;
        let told = all.iter().filter(|(_, told, _)| told.is_whole);
        let told = told.flat_map(|(_, told, _)| &told.found);
        let help = told.filter_map(|one| one.help.as_deref());
        asked += help.filter(|help| help.contains("` or `")).count();
    }
    assert!(asked >= 3, "{asked}");
    Ok(())
}

/// How many of a hundred letters are answered as a whole at once.
fn wholes(text: &str) -> usize {
    let mut session = super::session(&[]);
    typed(&mut session, &Text::new(text));
    let base = cold(&session);
    let mut errors = base.found.iter().filter(|one| one.is_error());
    assert_eq!(errors.next(), None);
    let fresh = Live::new(Base::of(&base).unwrap());
    let is_whole = |at: &usize| {
        let mut live = fresh.clone();
        live.edit(&(*at..*at), 1);
        let text = format!("{}x{}", &text[..*at], &text[*at..]);
        let told = live.tell(PATH, &text, &session.store, &session.catalogue);
        told.is_whole
    };
    let places = (0..100).map(|n| (n * 7919 + 1000) % text.len());
    places.filter(is_whole).count()
}

#[test]
fn almost_every_letter_is_answered_as_a_whole_at_once() {
    let whole = wholes(&plain());
    assert!(whole >= 97, "{whole} of 100");
}

#[test]
fn most_letters_in_ordered_steps_are_answered_as_a_whole_at_once() {
    let whole = wholes(&ordered());
    assert!(whole >= 50, "{whole} of 100");
}
