//! Keys and values in the place of others: each slip is told once, and its change leaves no
//! mistake.

use super::catalogue::read;
use super::remedies::{line, mended, step};

/// The one thing that is told of a step, and its help.
#[track_caller]
fn only(step: &str) -> (String, String) {
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\nsteps:\n  {step}\n"));
    let [only] = found.as_slice() else {
        panic!("{step}\n{found:#?}");
    };
    (only.message.clone(), only.help.clone().unwrap_or_default())
}

const EXEC: &str = "- {id: a, uses: exec, host: h, with: {argv: [ls, -l]}}";

#[test]
fn the_input_that_is_missing_is_what_an_unknown_key_was_meant_to_be() {
    step(
        "- {id: a, uses: exec, host: h, with: {command: [ls, -l]}}",
        EXEC,
    );
    step(
        "- {id: a, uses: exec, host: h, with: {program: [ls, -l]}}",
        EXEC,
    );
    step("- {id: a, uses: exec, host: h, with: {cmd: ls -l}}", EXEC);
    step(
        "- {id: a, uses: wait, host: h, with: {journal: z, until: {id: 1}}}",
        "- {id: a, uses: wait, host: h, with: {log: z, until: {id: 1}}}",
    );
    let (message, help) = only("- {id: a, uses: exec, host: h, with: {program: {a: b}}}");
    assert_eq!(message, "`program` is no key of the input of `exec`");
    assert!(help.starts_with("it can have `argv`"), "{help}");
}

#[test]
fn of_two_inputs_that_are_missing_an_unknown_key_is_hardly_either() {
    let text = "steps:\n  - {id: a, uses: wait, host: h, with: {journal: z}}\n";
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\n{text}"));
    assert_eq!(found[0].fixes, []);
    assert_eq!(found[1].code.name, "missing-key");
}

#[test]
fn a_key_of_the_step_is_moved_out_of_its_input() {
    step(
        "- {id: a, uses: exec, with: {argv: [ls, -l], host: h}}",
        "- {id: a, uses: exec, host: h, with: {argv: [ls, -l]}}",
    );
    step(
        "- id: a\n    uses: exec\n    host: h\n    with:\n      timeout: 5m\n      argv: [ls]",
        "- id: a\n    uses: exec\n    host: h\n    timeout: 5m\n    with:\n      argv: [ls]",
    );
    step(
        "- {id: a, uses: exec, host: h, with: {when: true, argv: [ls]}, timeout: 1m}",
        "- {id: a, uses: exec, host: h, when: true, with: {argv: [ls]}, timeout: 1m}",
    );
    let (message, help) = only("- {id: a, uses: exec, host: h, with: {argv: [ls], host: i}}");
    assert_eq!(
        message,
        "`host` is a key of the step, and no input of `exec`"
    );
    assert_eq!(help, "the step says it too: leave one of the two out");
}

#[test]
fn input_is_moved_from_the_step_under_its_with() {
    step("- {id: a, uses: exec, host: h, argv: [ls, -l]}", EXEC);
    step(
        "- id: a\n    uses: exec\n    argv: [ls]\n    host: h\n    cwd: x, y",
        "- id: a\n    uses: exec\n    with:\n      argv: [ls]\n      cwd: x, y\n    host: h",
    );
    step(
        "- id: a\n    uses: exec\n    host: h\n    argv: [ls]\n    with: {cwd: x}",
        "- id: a\n    uses: exec\n    host: h\n    with: {argv: [ls], cwd: x}",
    );
    step(
        "- id: a\n    uses: exec\n    host: h\n    argv: [ls]\n    with:\n      cwd: x",
        "- id: a\n    uses: exec\n    host: h\n    with:\n      argv: [ls]\n      cwd: x",
    );
}

#[test]
fn a_text_with_a_comma_is_not_moved_between_braces() {
    let text = "- id: a\n    uses: exec\n    host: h\n    cwd: x, y\n    with: {argv: [ls]}";
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\nsteps:\n  {text}\n"));
    assert_eq!((found.len(), found[0].fixes.len()), (1, 0), "{found:#?}");
}

#[test]
fn a_kind_beside_steps_becomes_the_first_of_them() {
    let inner = "- {id: b, uses: assert, with: {that: true}}";
    step(
        &format!("- id: a\n    uses: assert\n    with: {{that: true}}\n    steps:\n      {inner}"),
        &format!(
            "- id: a\n    steps:\n      - id: assert\n        uses: assert\n        with: {{that: true}}\n      {inner}"
        ),
    );
}

#[test]
fn a_kind_beside_steps_that_has_no_input_is_left_to_a_person() {
    let text = "- id: a\n    uses: exec\n    host: h\n    steps:\n      - {id: b, uses: assert, with: {that: true}}";
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\nsteps:\n  {text}\n"));
    assert_eq!((found.len(), found[0].fixes.len()), (1, 0), "{found:#?}");
}

#[test]
fn the_key_of_a_list_names_its_item() {
    let with = "uses: assert, with: {that: \"${{ n > 0 }}\"}}";
    let right = format!("- {{id: a, foreach: {{n: [1, 2]}}, {with}");
    for wrong in [
        "{items: [1, 2], as: n}",
        "{var: n, in: [1, 2]}",
        "{item: n, list: [1, 2]}",
    ] {
        step(&format!("- {{id: a, foreach: {wrong}, {with}"), &right);
    }
}

#[test]
fn a_loop_of_another_tool_is_given_an_item() {
    let with = "uses: assert, with: {that: \"${{ item > 0 }}\"}}";
    let right = format!("- {{id: a, foreach: {{item: [1, 2]}}, {with}");
    for wrong in ["loop", "for_each", "with_items", "foreach"] {
        step(&format!("- {{id: a, {wrong}: [1, 2], {with}"), &right);
    }
}

#[test]
fn a_step_is_repeated_for_each_of_several_hosts() {
    let right = "- id: a\n    uses: exec\n    foreach: {target: [h, i]}\n    host: ${{ target }}\n    with: {argv: [ls]}";
    for wrong in ["host", "hosts"] {
        let wrong =
            format!("- id: a\n    uses: exec\n    {wrong}: [h, i]\n    with: {{argv: [ls]}}");
        step(&wrong, right);
    }
}

#[test]
fn a_program_in_the_place_of_a_step_is_told_once() {
    for key in ["run", "shell", "script"] {
        let (message, help) = only(&format!("- {key}: echo hi"));
        assert_eq!(message, format!("`{key}` is no key of a step"));
        assert!(
            help.starts_with("a program is started by `uses: exec`"),
            "{help}"
        );
    }
}

#[test]
fn steps_below_finally_are_its_list() {
    let one = "{id: one, uses: assert, with: {that: true}}";
    let two = "{id: two, uses: assert, with: {that: true}}";
    let right = format!("{EXEC}\nfinally:\n    - {one}\n    - {two}");
    let wrong = format!("{EXEC}\nfinally:\n  steps:\n    - {one}\n    - {two}");
    step(&wrong, &right);
    let right = format!("{EXEC}\nfinally: [{one}]");
    step(&format!("{EXEC}\nfinally: {{steps: [{one}]}}"), &right);
}

#[test]
fn attempts_belong_to_a_retry() {
    let (message, help) =
        only("- {id: a, uses: exec, host: h, timeout: {attempts: 3}, with: {argv: [ls]}}");
    assert_eq!(message, "`attempts` is no key of `timeout`");
    assert_eq!(
        help,
        "how often a step is tried again is said by `retry:` beside `timeout:`"
    );
}

#[test]
fn a_key_whose_value_cannot_stand_there_is_not_suggested_for_it() {
    let (_, help) = only("- {id: a, uses: exec, host: h, with: {argv: [ls], cwdd: [a b]}}");
    assert_eq!(help, "did you mean `cwd`, which takes a single value?");
}

#[test]
fn a_text_that_its_commas_tear_is_quoted() {
    step(
        "- {id: a, uses: exec, host: h, with: {cwd: Call Bob, then go, now, argv: [ls]}}",
        "- {id: a, uses: exec, host: h, with: {cwd: \"Call Bob, then go, now\", argv: [ls]}}",
    );
    let text = mended(
        "workflow: 1\nname: x\nsteps: [{id: a, uses: exec, host: h, with: {argv: [ls], cwd: it's \"a\", b}}]\n",
    );
    assert!(text.contains("cwd: 'it''s \"a\", b'}}]"), "{text}");
    line(
        "steps: [{id: a, doc: one, two, uses: assert, with: {that: true}}]",
        "steps: [{id: a, doc: \"one, two\", uses: assert, with: {that: true}}]",
    );
}

#[test]
fn steps_in_a_map_become_a_list_whose_items_say_their_ids() {
    line(
        "steps:\n  a:\n    uses: assert # so\n    with: {that: true}\n  b: {uses: assert, with: {that: true}}",
        "steps:\n  - id: a\n    uses: assert # so\n    with: {that: true}\n  - {id: b, uses: assert, with: {that: true}}",
    );
    line(
        "steps: {a: {uses: assert, with: {that: true}}}",
        "steps: [{id: a, uses: assert, with: {that: true}}]",
    );
}

#[test]
fn steps_in_a_map_are_known_to_each_other() {
    let text = "steps:\n  a: {uses: exec, host: h, with: {argv: [ls]}}\n  b: {uses: assert, with: {that: \"${{ steps.a.outputs.exit == 0 }}\"}}\n";
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\n{text}"));
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn the_number_of_a_failure_is_given_its_sort() {
    let with = |accept: &str| {
        format!("- {{id: a, uses: exec, host: h, accept: [{accept}], with: {{argv: [ls]}}}}")
    };
    step(&with("2140"), &with("{win32: 2140}"));
}

#[test]
fn an_output_is_asked_for_among_the_outputs() {
    let steps = |that: &str| {
        format!("{EXEC}\n  - {{id: b, uses: assert, with: {{that: \"${{{{ {that} == 0 }}}}\"}}}}")
    };
    step(&steps("steps.a.exit"), &steps("steps.a.outputs.exit"));
}

#[test]
fn yes_is_true_in_a_condition() {
    let with =
        |when: &str| format!("- {{id: a, uses: assert, when: {when}, with: {{that: true}}}}");
    step(&with("yes"), &with("true"));
}

#[test]
fn a_value_where_the_type_of_an_input_belongs_is_its_default() {
    let steps =
        "steps: [{id: a, uses: assert, timeout: \"${{ inputs.limit }}\", with: {that: true}}]";
    line(
        &format!("inputs: {{limit: 3m}}\n{steps}"),
        &format!("inputs: {{limit: {{type: duration, default: 3m}}}}\n{steps}"),
    );
}

#[test]
fn types_with_brackets_are_lists_of_their_own_kind() {
    let inputs = |kind: &str| {
        format!(
            "inputs: {{n: {{type: \"{kind}\", default: []}}}}\nsteps: [{{id: a, uses: assert, with: {{that: \"${{{{ len(inputs.n) > 0 }}}}\"}}}}]"
        )
    };
    line(&inputs("array[text]"), &inputs("list<text>"));
    line(&inputs("List[str]"), &inputs("list<text>"));
}

#[test]
fn a_remedy_names_what_is_missing() {
    let help = |step: &str| only(step).1;
    let failure = help("- {id: a, uses: assert, when: failure.exit == 2, with: {that: true}}");
    assert_eq!(
        failure,
        "it is there in `rescue:` of what failed, and in `finally:`"
    );
    let kind = help("- {id: a, uses: mail.push}");
    assert_eq!(
        kind,
        "`push` is to be defined in a file that `include:` names, as `mail`"
    );
    let max =
        help("- {id: a, uses: assert, retry: {max: \"${{ inputs.n }}\"}, with: {that: true}}");
    assert_eq!(max, "no expression stands here: write the number out");
}

#[test]
fn values_of_a_workflow_are_defaults_of_inputs() {
    let steps = "steps: [{id: a, uses: exec, host: h, timeout: \"${{ inputs.limit }}\", with: {argv: \"${{ inputs.words }}\", cwd: \"${{ inputs.dir }}\"}}]";
    line(
        &format!("vars:\n  limit: 5m\n  words: [a, b]\n  dir: x, y\n{steps}"),
        &format!(
            "inputs:\n  limit: {{type: duration, default: 5m}}\n  words: {{type: list<text>, default: [a, b]}}\n  dir: {{type: text, default: \"x, y\"}}\n{steps}"
        ),
    );
    line(
        &format!("vars: {{limit: duration, words: list<text>, dir: path}}\n{steps}"),
        &format!("inputs: {{limit: duration, words: list<text>, dir: path}}\n{steps}"),
    );
}

#[test]
fn values_of_another_form_are_told_how_they_are_written() {
    let exec = |rest: &str| format!("- {{id: a, uses: exec, host: h, {rest}}}");
    let with = |rest: &str| exec(&format!("{rest}, with: {{argv: [ls]}}"));
    step(&exec("with: [ls, -l]"), EXEC);
    step(&exec("with: ls -l"), EXEC);
    step(&with("lock: true"), &with("lock: host"));
    step(
        &with("accept: {exit: [1, 2]}"),
        &with("accept: [{exit: 1}, {exit: 2}]"),
    );
    step(
        &with("accept: [{exit: [1, 2]}]"),
        &with("accept: [{exit: 1}, {exit: 2}]"),
    );
    step(
        &with("when: [1 < 2, true]"),
        &with("when: \"1 < 2 && true\""),
    );
    step(
        &format!(
            "{}\n  - {{id: b, needs: {{a: done}}, uses: assert, with: {{that: true}}}}",
            with("doc: x")
        ),
        &format!(
            "{}\n  - {{id: b, needs: [a], uses: assert, with: {{that: true}}}}",
            with("doc: x")
        ),
    );
    step(
        &with("catch: [{id: r, uses: assert, with: {that: true}}]"),
        &with("rescue: [{id: r, uses: assert, with: {that: true}}]"),
    );
    let asked = "with: {that: \"${{ po > 0 }}\"}, uses: assert";
    line(
        &format!("inputs: {{l: list<int>}}\nsteps: [{{id: a, foreach: po in inputs.l, {asked}}}]"),
        &format!(
            "inputs: {{l: list<int>}}\nsteps: [{{id: a, foreach: {{po: \"${{{{ inputs.l }}}}\"}}, {asked}}}]"
        ),
    );
}

#[test]
fn words_of_other_tools_are_explained_once() {
    let help = |step: &str| only(step).1;
    let exec = |rest: &str| {
        help(&format!(
            "- {{id: a, uses: exec, host: h, with: {{argv: [ls]}}, {rest}}}"
        ))
    };
    for answer in ["true", "yes", "No"] {
        assert_eq!(
            exec(&format!("confirm: {answer}")),
            "say what is to be confirmed: `confirm: delete the queue of SALES`"
        );
    }
    assert_eq!(
        exec("expect: {exit: 0}"),
        "write what is to hold, such as `outputs.exit == 0`"
    );
    assert!(exec("outputs: {x: stdout}").starts_with("leave it out"));
    let shell = help("- {id: a, uses: shell, host: h, with: {command: dir}}");
    assert!(
        shell.starts_with("a program is started by `uses: exec`"),
        "{shell}"
    );
    let within = help("- {id: a, uses: wait, host: h, with: {log: z, id: 4395}}");
    assert_eq!(within, "it stands under `until:`: `until: {id: ..}`");
    assert_eq!(
        help("- a"),
        "a step is a map of its keys: `- {id: .., uses: ..}`"
    );
}

#[test]
fn inputs_in_a_list_are_not_missed_where_they_are_asked_for() {
    let text = "inputs: [{name: n, type: int}]\nsteps: [{id: a, uses: assert, with: {that: \"${{ inputs.n > 0 }}\"}}]\n";
    let (_, found, ..) = read(&format!("workflow: 1\nname: x\n{text}"));
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn an_output_of_the_step_itself_stands_under_outputs() {
    let with = |expect: &str| {
        format!("- {{id: a, uses: exec, host: h, expect: {expect}, with: {{argv: [ls]}}}}")
    };
    step(&with("exit == 0"), &with("outputs.exit == 0"));
    let (_, help) = only("- {id: a, uses: exec, host: h, pool: lines, with: {argv: [ls]}}");
    assert_eq!(help, "say how many places it has: `pool: {lines: 2}`");
}
