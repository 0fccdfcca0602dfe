//! Where several words are equally near to a wrong one none is taken, and what would follow from a
//! name that nobody knows is not told.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::catalogue::read;

const HEAD: &str = "workflow: 1\nname: x\n";

/// The one thing that is told of steps.
#[track_caller]
fn only(steps: &str) -> Diagnostic {
    let (_, mut found, ..) = read(&format!("{HEAD}steps:\n{steps}"));
    assert_eq!(found.len(), 1, "{steps}\n{found:#?}");
    found.remove(0)
}

#[test]
fn of_words_that_are_equally_near_none_is_taken_and_nothing_that_follows_is_told() {
    let given = "uses: exec, host: h, with: {argv: [a]}";
    let step = |id: &str, more: &str| format!("  - {{id: {id}, {more}{given}}}\n");
    let asked = |steps: &str, help: &str| {
        let told = only(steps);
        assert_eq!(told.help.as_deref(), Some(help));
        assert_eq!(told.fixes, []);
    };
    let wrong = "  - {id: a, uses: exec, host: h, with: {argv: [a], shown: stdout}}\n";
    asked(
        &wrong.replace("shown: stdout", "shown: std"),
        "did you mean `stdout` or `stderr`?",
    );
    let two = step("t1", "") + &step("t2", "");
    let seen = step(
        "c",
        "needs: [t], when: steps.t1.changed && steps.t2.changed, ",
    );
    asked(&(two.clone() + &seen), "did you mean `t2` or `t1`?");
    let named = step("c", "when: steps.t.changed && steps.t.outputs.none == 1, ");
    let both = read(&format!("{HEAD}steps:\n{two}{named}")).1;
    assert_eq!(both.len(), 2, "{both:#?}");
}

#[test]
fn of_steps_that_are_equally_near_the_only_one_that_can_be_named_is_meant() {
    let steps = "  - {id: t1, uses: exec, host: h, with: {argv: [a]}}\n  \
                 - {id: t2, uses: exec, host: h, with: {argv: [a]}, when: steps.t.changed}\n  \
                 - {id: t3, uses: exec, host: h, with: {argv: [a]}}\n";
    let told = only(steps);
    assert_eq!(told.help.as_deref(), Some("did you mean `t1`?"));
    assert_eq!(told.fixes.len(), 1);
}

#[test]
fn a_step_that_needs_what_is_nowhere_is_taken_to_wait_for_all_above_it() {
    let step = |id: &str, more: &str| {
        format!("  - {{id: {id}, {more}uses: exec, host: h, with: {{argv: [a]}}}}\n")
    };
    let last = |seen: &str| {
        step(
            "c",
            &format!("needs: [nowhere], when: steps.{seen}.changed, "),
        )
    };
    only(&[step("a", ""), last("a")].concat());
    let below = step("a", "needs: [c], ");
    only(&[below, step("b", "needs: [], "), last("b")].concat());
}

#[test]
fn of_a_long_circle_the_first_steps_are_shown() {
    let step = |n: usize| {
        format!(
            "  - {{id: s{n}, needs: [s{}], uses: assert, with: {{that: true}}}}\n",
            (n + 1) % 200
        )
    };
    let steps: String = (0..200).map(step).collect();
    let (_, found, ..) = read(&format!("{HEAD}steps:\n{steps}"));
    let [only] = found.as_slice() else {
        panic!("{found:#?}");
    };
    assert!(
        only.message.ends_with("`s19` -> 180 more -> `s0`"),
        "{}",
        only.message
    );
    assert_eq!(only.labels.len(), 20);
}
