//! A change that is offered is the one that a person would have made, and leaves no mistake.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::catalogue::{check, read};

pub(super) const HEAD: &str = "workflow: 1\nname: x\n";

/// What is left of a text after the first change of its one mistake. The mended text has none.
#[track_caller]
pub(super) fn mended(text: &str) -> String {
    let (_, found, sources, id) = read(text);
    let [only] = found.as_slice() else {
        panic!("{text}\n{found:#?}");
    };
    let fix = only.fixes.first().expect("a change is offered");
    let mended = fix.apply(&sources, id);
    let (_, mut left, ..) = read(&mended);
    left.retain(Diagnostic::is_error);
    assert_eq!(left, [], "{mended}");
    mended
}

/// Holds that one line below the head of a workflow is mended into another.
#[track_caller]
pub(super) fn line(wrong: &str, right: &str) {
    let wrong = mended(&format!("{HEAD}{wrong}\n"));
    assert_eq!(wrong, format!("{HEAD}{right}\n"));
}

/// Holds that a step is mended.
#[track_caller]
pub(super) fn step(wrong: &str, right: &str) {
    line(&format!("steps:\n  {wrong}"), &format!("steps:\n  {right}"));
}

#[test]
fn a_bracket_is_closed_at_the_end_of_its_line() {
    step(
        "- {id: a, uses: assert, with: {that: true}",
        "- {id: a, uses: assert, with: {that: true}}",
    );
    step(
        "- {id: a, uses: exec, host: h, with: {argv: [ls, -l # all",
        "- {id: a, uses: exec, host: h, with: {argv: [ls, -l]}} # all",
    );
}

#[test]
fn what_a_line_of_a_large_file_lost_is_put_back() {
    let step = "  - id: a\n    uses: assert\n    with: {that: true}\n";
    let text = |torn: &str| {
        let more = |n: usize| step.replace("id: a", &format!("id: s{n}"));
        let before: String = (0..2_500).map(more).collect();
        let after: String = (2_500..5_000).map(more).collect();
        format!("{HEAD}steps:\n{before}{torn}{after}")
    };
    let whole = text(step);
    assert!(whole.len() > 256 << 10);
    for (lost, left) in [("- id", "id"), ("with: {", "with {"), ("uses: ", "uses:")] {
        let torn = text(&step.replacen(lost, left, 1));
        assert!(mended(&torn) == whole, "{left}");
    }
}

#[test]
fn what_a_file_is_is_said_as_deep_as_its_other_keys() {
    let steps = "steps: [{id: a, uses: assert, with: {that: true}}]";
    let deep = format!("  name: x\n  {steps}\n");
    assert_eq!(mended(&deep), format!("  workflow: 1\n{deep}"));
    let second = format!("  name: x\n  workflow: 1\n  {steps}\n");
    assert_eq!(mended(&second), format!("  workflow: 1\n{deep}"));
    let flat = format!("\u{feff}name: x\n{steps}\n");
    assert_eq!(
        mended(&flat),
        format!("\u{feff}workflow: 1\nname: x\n{steps}\n")
    );
}

#[test]
fn a_quote_is_closed_at_the_end_of_its_line() {
    line(
        "summary: 'all of it\nsteps: [{id: a, uses: assert, with: {that: true}}]",
        "summary: 'all of it'\nsteps: [{id: a, uses: assert, with: {that: true}}]",
    );
}

#[test]
fn a_path_between_double_quotes_is_put_between_single_ones() {
    step(
        r#"- {id: a, uses: exec, host: h, with: {argv: ["C:\Exchsrvr"]}}"#,
        r"- {id: a, uses: exec, host: h, with: {argv: ['C:\Exchsrvr']}}",
    );
}

#[test]
fn a_value_that_begins_with_a_sign_of_yaml_is_quoted() {
    let steps = "steps: [{id: a, uses: assert, with: {that: true}}]";
    line(
        &format!("summary: @home # there\n{steps}"),
        &format!("summary: \"@home\" # there\n{steps}"),
    );
}

#[test]
fn a_key_without_a_colon_is_given_one() {
    let rest = "\n  - {id: a, uses: assert, with: {that: true}}";
    line(&format!("steps{rest}"), &format!("steps:{rest}"));
}

#[test]
fn a_doubled_line_is_left_out() {
    let steps = "steps: [{id: a, uses: assert, with: {that: true}}]";
    line(
        &format!("summary: all\nsummary: all\n{steps}"),
        &format!("summary: all\n{steps}"),
    );
    let two = format!("{HEAD}summary: one\nsummary: two\n{steps}\n");
    let (_, found, ..) = read(&two);
    assert_eq!(found[0].fixes, [], "which of the two was meant?");
}

#[test]
fn an_id_is_made_of_what_cannot_be_one() {
    let step_called = |id: &str| format!("- {{id: {id}, uses: assert, with: {{that: true}}}}");
    for (wrong, right) in [
        ("send.it", "send-it"),
        ("1st", "step-1st"),
        ("two words", "two-words"),
    ] {
        step(&step_called(wrong), &step_called(right));
    }
}

#[test]
fn a_step_without_an_id_is_called_like_its_kind() {
    step(
        "- uses: assert\n    with: {that: true}",
        "- id: assert\n    uses: assert\n    with: {that: true}",
    );
    step(
        "- {uses: assert, with: {that: true}}",
        "- {id: assert, uses: assert, with: {that: true}}",
    );
}

#[test]
fn of_two_steps_with_one_id_the_second_gets_a_free_one() {
    let one = "- {id: a, uses: assert, with: {that: true}}";
    let two = "- {id: a-2, uses: assert, with: {that: true}}";
    let three = "- {id: a-3, uses: assert, with: {that: true}}";
    step(
        &format!("{one}\n  {one}\n  {two}"),
        &format!("{one}\n  {three}\n  {two}"),
    );
}

#[test]
fn a_step_that_needs_itself_needs_the_others() {
    let first = "- {id: a, uses: assert, with: {that: true}}";
    let second = |needs: &str| {
        format!("{first}\n  - {{id: b, needs: {needs}, uses: assert, with: {{that: true}}}}")
    };
    step(&second("[a, b]"), &second("[a]"));
}

#[test]
fn a_word_where_a_list_belongs_is_put_into_brackets() {
    let step_with =
        |argv: &str| format!("- {{id: a, uses: exec, host: h, with: {{argv: {argv}}}}}");
    step(&step_with("ls"), &step_with("[ls]"));
}

#[test]
fn the_quotes_of_a_number_are_taken_off() {
    let step_with = |max: &str| {
        format!("- {{id: a, uses: assert, with: {{that: true}}, retry: {{max: {max}}}}}")
    };
    step(&step_with("\"3\""), &step_with("3"));
}

#[test]
fn a_bare_number_is_offered_as_seconds_and_as_minutes() {
    let text =
        format!("{HEAD}steps:\n  - {{id: a, uses: assert, timeout: 90, with: {{that: true}}}}\n");
    let (_, found, sources, id) = read(&text);
    let offered: Vec<_> = found[0].fixes.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(offered, ["change to `90s`", "change to `90m`"]);
    for fix in &found[0].fixes {
        assert_eq!(read(&fix.apply(&sources, id)).1, []);
    }
}

#[test]
fn an_open_type_is_closed() {
    let rest = "steps: [{id: a, uses: assert, with: {that: true}}]";
    line(
        &format!("inputs: {{all: {{type: list<text, default: [a]}}}}\n{rest}"),
        &format!("inputs: {{all: {{type: list<text>, default: [a]}}}}\n{rest}"),
    );
}

#[test]
fn the_format_is_moved_to_the_top() {
    let rest = "steps: [{id: a, uses: assert, with: {that: true}}]\n";
    let text = format!("name: x\nworkflow: 1\n{rest}");
    assert_eq!(mended(&text), format!("workflow: 1\nname: x\n{rest}"));
}

#[test]
fn operators_of_other_languages_are_changed_into_those_of_this_one() {
    let step_when =
        |when: &str| format!("- {{id: a, uses: assert, with: {{that: true}}, when: \"{when}\"}}");
    for (wrong, right) in [
        ("true & false", "true && false"),
        ("true | false", "true || false"),
        ("1 = 2", "1 == 2"),
    ] {
        step(&step_when(wrong), &step_when(right));
    }
}

#[test]
fn a_bare_duration_is_quoted_as_the_scalar_around_it_allows() {
    let step_when =
        |when: &str| format!("- {{id: a, uses: assert, with: {{that: true}}, when: {when}}}");
    for (wrong, right) in [
        (
            "\"run.started - run.started < 5m\"",
            "\"run.started - run.started < duration('5m')\"",
        ),
        (
            "'run.started - run.started < 5m'",
            "'run.started - run.started < duration(\"5m\")'",
        ),
        (
            "run.started - run.started < 5m",
            "run.started - run.started < duration('5m')",
        ),
    ] {
        step(&step_when(wrong), &step_when(right));
    }
}

#[test]
fn a_conversion_that_was_left_out_is_offered() {
    let text = |argv: &str, of: &str| {
        format!(
            "inputs: {{n: int, h: host}}\nsteps:\n  - {{id: a, foreach: {{x: \"{of}\"}}, uses: exec, host: H, with: {{argv: [\"{argv}\"]}}}}"
        )
    };
    let right = text("${{ text(inputs.n) }}", "${{ [inputs.h] }}");
    line(&text("${{ inputs.n }}", "${{ [inputs.h] }}"), &right);
    line(&text("${{ text(inputs.n) }}", "${{ inputs.h }}"), &right);
}

/// What is left of a text after the first change of its first mistake, if one is offered.
fn spaced(steps: &str) -> Option<String> {
    let text = format!("{HEAD}steps:\n{steps}");
    let (_, found, sources, id) = read(&text);
    assert_eq!(found[0].message, "a tab cannot indent", "{text}");
    let mended = found[0].fixes.first()?.apply(&sources, id);
    let steps = mended.strip_prefix(HEAD)?.strip_prefix("steps:\n")?;
    Some(steps.to_owned())
}

#[test]
fn spaces_for_a_tab_are_deeper_than_the_key_that_waits_above() {
    let step = "  - id: c\n    uses: assert\n    with:\n";
    for above in ["", "      # why\n", "\n"] {
        let mended = spaced(&format!("{step}{above}\tthat: true\n"));
        let wanted = format!("{step}{above}        that: true\n");
        assert_eq!(mended, Some(wanted));
    }
    let mended = spaced("  - id: c\n\tuses: assert\n    with: {that: true}\n");
    let wanted = "  - id: c\n    uses: assert\n    with: {that: true}\n";
    assert_eq!(mended.as_deref(), Some(wanted));
    let mended = spaced("\t- id: c\n\t  uses: assert\n\t  with:\n\t\tthat: true\n");
    let wanted = "    - id: c\n      uses: assert\n      with:\n        that: true\n";
    assert_eq!(mended.as_deref(), Some(wanted));
}

#[test]
fn no_spaces_are_offered_for_a_tab_that_may_mean_one_of_two_maps() {
    let step = "  - id: c\n    uses: assert\n    with:\n      that: true\n\tmessage: no\n";
    assert_eq!(spaced(step), None);
}

#[test]
fn what_a_merge_would_have_brought_is_not_judged() {
    check(
        "\
workflow: 1
name: x
x-usual: &usual {retries: 3}
steps:
  - {id: a, uses: assert, with: {that: true, <<: *usual}}
                                             ^^ merge-key
",
    );
}

#[test]
fn a_space_that_is_missing_is_put_there() {
    let right = "- id: a\n    uses: assert\n    with: {that: true}";
    for wrong in [
        "-id: a\n    uses: assert\n    with: {that: true}",
        "- id:a\n    uses: assert\n    with: {that: true}",
        "- id: a\n    uses:assert\n    with: {that: true}",
        "- id: a\n    uses: assert\n    with:{that: true}",
    ] {
        step(wrong, right);
    }
}

#[test]
fn a_quote_within_quotes_of_its_kind_is_kept() {
    let summary = |text: &str| {
        format!("summary: {text}\nsteps: [{{id: a, uses: assert, with: {{that: true}}}}]")
    };
    line(&summary("'it's me'"), &summary("\"it's me\""));
    line(&summary("\"say \"no\" now\""), &summary("'say \"no\" now'"));
    step(
        "- {id: a, uses: exec, host: h, with: {argv: ['it's me', b]}}",
        "- {id: a, uses: exec, host: h, with: {argv: [\"it's me\", b]}}",
    );
}

#[test]
fn another_file_another_format_and_another_order_are_for_a_person_to_choose() {
    let step = "steps: [{id: a, uses: assert, with: {that: true}}]";
    let two = format!("workflow: 2\nname: x\n{step}");
    let (_, found, ..) = read(&two);
    assert!(found[0].fixes.iter().all(|fix| fix.is_choice), "{found:?}");
    let alone = "steps: [{id: a, needs: [a], uses: assert, with: {that: true}}]";
    let (_, found, ..) = read(&format!("{HEAD}{alone}"));
    assert_eq!((found.len(), found[0].fixes.len()), (1, 0), "{found:?}");
}

#[test]
fn a_quote_or_bracket_is_closed_on_the_line_that_opens_it_though_lines_below_have_some_too() {
    let rest = "\n    with: {argv: [ls]}\n  - {id: b, uses: exec, host: \"h\", with: {argv: [ls]}}";
    let two = |host: &str| format!("- id: a\n    uses: exec\n    host: {host}{rest}");
    step(&two("\"h"), &two("\"h\""));
    let with = |with: &str| {
        format!(
            "- id: a\n    uses: exec\n    host: h\n    with: {with}\n  - {{id: b, uses: exec, host: \"h\", with: {{argv: [ls]}}}}"
        )
    };
    step(&with("{argv: [ls]"), &with("{argv: [ls]}"));
    step(&with("{argv: [\"ls]}"), &with("{argv: [\"ls\"]}"));
}

#[test]
fn a_map_whose_first_brace_is_missing_gets_it() {
    let with = |with: &str| format!("- id: a\n    uses: assert\n    with: {with} # sure");
    step(&with("that: true}"), &with("{that: true}"));
}

#[test]
fn an_item_without_its_dash_gets_it() {
    let step = |id: &str| format!("id: {id}\n    uses: assert\n    with: {{that: true}}");
    let (a, b) = (step("a"), step("b"));
    line(
        &format!("steps:\n  - {a}\n\n  {b}"),
        &format!("steps:\n  - {a}\n\n  - {b}"),
    );
}

#[test]
fn a_key_before_a_brace_gets_its_colon_and_loses_nothing() {
    line(
        "inputs: {n: {type: int, default: 2}}\nsteps:\n  - id: a\n    uses: assert\n    with {that: \"${{ inputs.n == 2 }}\"}",
        "inputs: {n: {type: int, default: 2}}\nsteps:\n  - id: a\n    uses: assert\n    with: {that: \"${{ inputs.n == 2 }}\"}",
    );
}

#[test]
fn a_quote_ends_with_the_expression_in_it() {
    step(
        "- {id: a, uses: exec, host: h, with: {argv: [ls, \"${{ site.name }}, -t]}}",
        "- {id: a, uses: exec, host: h, with: {argv: [ls, \"${{ site.name }}\", -t]}}",
    );
}
