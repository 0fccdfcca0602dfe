//! Calls: groups with a scope of their own, and with an end of their own.

use crate::testing::bench::{Ran, bench};

fn value(ran: &Ran, address: &str, name: &str) -> String {
    ran.one(address).outputs.get(name).to_string()
}

const RELAY: &str = "
inputs: {word: {type: text, default: outer}}
define:
  relay:
    inputs: {word: text, twice: {type: text, default: '${{ inputs.word }}${{ inputs.word }}'}}
    outputs: {said: '${{ steps.say.outputs.value }}'}
    steps:
      - {id: say, uses: give, with: {value: '${{ inputs.twice }} at ${{ host.name }}'}}
";

#[test]
fn a_call_sees_what_it_is_given_and_gives_what_it_declares() {
    let ran = bench(&format!(
        "{RELAY}
steps:
  - {{id: a, uses: relay, with: {{word: '${{{{ inputs.word }}}}'}}}}
  - {{id: b, uses: relay, host: B, with: {{word: '${{{{ steps.a.outputs.said }}}}'}}}}
"
    ))
    .run();
    assert_eq!(value(&ran, "a", "said"), "outerouter at dx");
    assert_eq!(
        value(&ran, "b", "said"),
        "outerouter at dxouterouter at dx at B"
    );
    assert_eq!(ran.of("b.say").word(), "succeeded");
}

#[test]
fn items_inside_calls_inside_items_each_see_their_own() {
    let ran = bench(
        "
define:
  inner:
    inputs: {po: host, words: list<text>}
    outputs: {all: '${{ steps.each.succeeded }}'}
    steps:
      - id: each
        foreach: {word: '${{ inputs.words }}'}
        uses: give
        with: {value: '${{ inputs.po.name }} ${{ word }}'}
  outer:
    inputs: {pos: list<host>}
    steps:
      - id: each
        foreach: {po: '${{ inputs.pos }}', parallel: 2}
        uses: inner
        with: {po: '${{ po }}', words: ['${{ po.name }}', x]}
steps:
  - {id: top, foreach: {group: [pos]}, uses: outer, with: {pos: '${{ site.groups[group] }}'}}
",
    )
    .run();
    let address = |po: &str, word: &str| format!("top[\"pos\"].each[\"{po}\"].each[\"{word}\"]");
    assert_eq!(value(&ran, &address("B", "B"), "value"), "B B");
    assert_eq!(value(&ran, &address("C", "x"), "value"), "C x");
    assert_eq!(value(&ran, "top[\"pos\"].each[\"A\"]", "all"), "[A, x]");
}

#[test]
fn the_names_of_a_call_itself_are_its_callers() {
    let ran = bench(
        "
define:
  say:
    inputs: {word: text}
    outputs: {said: '${{ inputs.word }}'}
    steps: [{id: one, uses: give, with: {value: 1}}]
steps:
  - {id: before, uses: give, with: {value: yes}}
  - {id: not, uses: say, when: steps.before.outputs.value == 'no', with: {word: a}}
  - {id: well, uses: say, with: {word: b}, expect: outputs.said == 'b'}
  - id: ill
    uses: say
    with: {word: c}
    expect: outputs.said == steps.before.outputs.value
    causes: [{when: failure.code == 'expect', say: 'it said ${{ outputs.said }}'}]
",
    )
    .run();
    assert_eq!(ran.of("not").word(), "skipped");
    assert_eq!(ran.of("well").word(), "succeeded");
    assert_eq!(ran.of("ill").word(), "failed");
    assert_eq!(&*ran.one("ill").causes[0].cause, "it said c");
}

const TIDY: &str = "
define:
  tidy:
    inputs: {fails: {type: int, default: 0}, takes: {type: int, default: 1}}
    steps:
      - {id: one, uses: act, needs: [], with: {run: one, takes: 5}}
      - {id: two, uses: act, needs: [], with: {run: two, fails: '${{ inputs.fails }}', takes: '${{ inputs.takes }}'}}
      - {id: end, uses: act, needs: [two], with: {run: end}}
    finally:
      - {id: bad, uses: act, with: {run: 'bad', fails: '${{ inputs.fails }}'}}
      - {id: last, uses: give, with: {value: '${{ failure == null ? \"fine\" : failure.message }}'}}
steps:
";

#[test]
fn a_call_that_ended_well_ends_with_its_finally() {
    let ran = bench(&format!(
        "{TIDY}  - {{id: a, uses: tidy}}\n  - {{id: b, uses: act, with: {{run: b}}}}\n"
    ))
    .run();
    assert_eq!(ran.performed("act"), ["one", "two", "end", "bad", "b"]);
    assert_eq!(value(&ran, "a.finally.last", "value"), "fine");
}

#[test]
fn finally_waits_for_all_that_runs_and_comes_after_a_failure_too() {
    let ran = bench(&format!("{TIDY}  - {{id: a, uses: tidy, with: {{fails: 9}}}}\n  - {{id: b, uses: act, with: {{run: b}}}}\n")).run();
    assert_eq!(ran.performed("act"), ["one", "two", "bad"]);
    assert_eq!(
        ran.told_of("started a.finally 1"),
        ["5s started a.finally 1"]
    );
    assert_eq!(ran.of("a.end").word(), "blocked");
    assert_eq!(ran.of("a.finally.bad").word(), "failed");
    assert_eq!(ran.of("a.finally.last").word(), "succeeded");
    assert!(value(&ran, "a.finally.last", "value") != "fine");
    assert_eq!(
        (ran.of("a").word(), ran.of("b").word()),
        ("failed", "blocked")
    );
    let failure = ran.one("a").failure.clone().expect("it failed");
    assert_eq!(
        failure.message,
        ran.one("a.two").failure.clone().expect("it too").message
    );
}

#[test]
fn finally_comes_after_a_cancel_and_after_what_is_out_of_time() {
    let ran = bench(&format!(
        "{TIDY}  - {{id: a, uses: tidy, with: {{takes: 4}}}}\n"
    ))
    .cancelled_at(3)
    .run();
    assert_eq!(ran.performed("act"), ["one", "two", "bad"]);
    assert_eq!(ran.of("a").word(), "cancelled");
    let ran = bench(&format!(
        "{TIDY}  - {{id: a, uses: tidy, timeout: 2s, with: {{takes: 9}}}}\n"
    ))
    .run();
    assert_eq!(ran.of("a.finally.bad").word(), "succeeded");
    assert_eq!(ran.of("a").word(), "failed");
}

#[test]
fn a_call_that_never_began_has_nothing_to_end() {
    let ran = bench(&format!(
        "{TIDY}  - {{id: no, uses: act, with: {{run: no, fails: 9}}}}\n  - {{id: a, uses: tidy}}\n"
    ))
    .run();
    assert_eq!(ran.performed("act"), ["no"]);
    assert_eq!(ran.of("a.finally.last").word(), "blocked");
}

const LAMPS: &str = "
define:
  shine:
    inputs: {fails: {type: int, default: 0}}
    steps:
      - {id: on, uses: set, undo: at-end, with: {key: L, value: 'on'}}
      - {id: seen, uses: act, effects: none, with: {run: seen, fails: '${{ inputs.fails }}'}}
    finally:
      - {id: last, uses: act, effects: none, with: {run: last}}
  glow:
    steps:
      - {id: on, uses: set, undo: at-end, with: {key: L, value: 'on'}}
steps:
";

fn lamps(steps: &str) -> Ran {
    let bench = bench(&format!("{LAMPS}{steps}")).given(|site| {
        site.store.insert("L".into(), "off".into());
    });
    bench.run()
}

#[test]
fn what_is_changed_in_a_call_for_the_time_being_is_taken_back_at_its_end() {
    for fails in [0, 9] {
        let ran = lamps(&format!(
            "  - {{id: a, uses: shine, with: {{fails: {fails}}}}}\n  - {{id: b, uses: act, with: {{run: b}}}}\n"
        ));
        let told = ran.told();
        let at = |what: &str| {
            let found = told.iter().position(|line| line.contains(what));
            found.unwrap_or_else(|| panic!("no {what} in {told:#?}"))
        };
        assert!(at("ended a.finally succeeded") < at("restored a.on"));
        assert!(at("restored a.on") < at("ended a "), "{told:#?}");
        assert_eq!(ran.world.site().store["L"].to_string(), "off");
    }
}

#[test]
fn what_a_call_without_finally_changes_for_the_time_being_stays_until_the_end() {
    let ran = lamps("  - {id: a, uses: glow}\n  - {id: b, uses: act, with: {run: b}}\n");
    let told = ran.told();
    let at = |what: &str| told.iter().position(|line| line.contains(what));
    assert!(at("ended b succeeded") < at("restored a.on"), "{told:#?}");
    assert!(at("restored a.on").is_some());
}

#[test]
fn each_attempt_of_a_call_takes_back_what_it_changed() {
    let ran = lamps("  - {id: a, uses: shine, retry: 1, with: {fails: 1}}\n");
    assert_eq!(ran.of("a").word(), "succeeded");
    assert_eq!(ran.told_of("restored a.on").len(), 2, "{:#?}", ran.told());
    assert_eq!(ran.performed("put"), ["L", "L", "L", "L"]);
}

#[test]
fn a_failure_that_is_accepted_leaves_what_can_be_told() {
    let ran = bench(
        "
define:
  try:
    outputs: {said: '${{ steps.one.outputs.value }}', never: '${{ steps.two.outputs.value }}'}
    steps:
      - {id: one, uses: give, with: {value: well}}
      - {id: two, uses: flaky, with: {name: two, fails: 9}}
steps:
  - {id: a, uses: try, accept: [{code: flaky}]}
  - {id: b, uses: give, with: {value: '${{ steps.a.outputs.said }} ${{ steps.a.outputs.fault.code }}'}}
  - {id: c, uses: give, with: {value: '${{ default(steps.a.outputs.never, 0) }}'}}
",
    )
    .run();
    assert_eq!(value(&ran, "b", "value"), "well flaky");
    assert_eq!(value(&ran, "c", "value"), "0");
}

#[test]
fn what_a_failed_call_gives_all_the_same_is_seen_after_it() {
    let ran = bench(
        "
define:
  try:
    outputs: {first: '${{ steps.one.status }}', never: '${{ steps.one.outputs.value }}'}
    steps:
      - {id: one, uses: flaky, with: {name: one, fails: 9}}
steps:
  - {id: a, uses: try}
finally:
  - {id: b, uses: give, with: {value: '${{ steps.a.outputs.first }}'}}
  - {id: c, uses: give, with: {value: '${{ default(steps.a.outputs.never, 0) }}'}}
",
    )
    .run();
    assert_eq!(value(&ran, "finally.b", "value"), "failed");
    assert_eq!(value(&ran, "finally.c", "value"), "0");
}

#[test]
fn a_wait_inside_sees_what_came_while_its_cause_outside_still_ran() {
    let ran = bench(
        "
define:
  arrival:
    inputs: {number: int}
    outputs: {found: '${{ len(steps.seen.outputs.items) }}'}
    steps:
      - {id: seen, uses: wait, with: {until: {id: '${{ inputs.number }}'}}}
steps:
  - {id: send, uses: act, with: {run: send, emits: [[1, {id: 7}]], takes: 3}}
  - {id: come, uses: arrival, with: {number: 7}}
",
    )
    .run();
    assert_eq!(value(&ran, "come", "found"), "1");
    let told = ran.told();
    let at = |what: &str| told.iter().position(|line| line.contains(what));
    assert!(at("promised come.seen") < at("started send"), "{told:#?}");
}

#[test]
fn a_lock_of_a_call_is_taken_by_what_acts_in_it() {
    let ran = bench(
        "
define:
  tool:
    steps: [{id: one, uses: act, with: {run: one, takes: 2}}]
steps:
  - {id: each, foreach: {po: [A, B], parallel: 2}, uses: tool, lock: [one]}
",
    )
    .run();
    let started = ran.told_of("started each[\"B\"].one");
    assert_eq!(started, ["2s started each[\"B\"].one 1"]);
}

#[test]
fn a_secret_that_is_handed_on_is_never_shown() {
    let ran = bench(
        "
define:
  tell:
    inputs: {word: secret}
    steps: [{id: one, uses: set, with: {key: K, value: '${{ inputs.word }}'}}]
steps:
  - {id: a, uses: tell, with: {word: '${{ secrets.pw }}'}}
",
    )
    .run();
    assert_eq!(ran.world.site().store["K"].to_string(), "hunter2-hunter2");
    assert!(!ran.journal.contains("hunter2"));
}

#[test]
fn what_an_expression_has_worked_out_for_it_is_bounded() {
    let mut text = "define:\n".to_owned();
    for n in 0..14 {
        text.push_str(&format!(
            "  d{n}:\n    inputs: {{v: text}}\n    steps: [{{id: s, uses: d{}, with: {{v: '${{{{ inputs.v }}}}${{{{ inputs.v }}}}'}}}}]\n",
            n + 1
        ));
    }
    text.push_str("  d14:\n    inputs: {v: text}\n    steps: [{id: s, uses: give, with: {value: '${{ len(inputs.v) }}'}}]\n");
    text.push_str("steps: [{id: a, uses: d0, with: {v: ''}}]\n");
    let ran = bench(&text).run();
    let failure = ran
        .state
        .first_failure()
        .and_then(|one| one.failure.clone());
    let message = failure.expect("it failed").message;
    assert!(message.contains("too many inputs"), "{message}");
}
