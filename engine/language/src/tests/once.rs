//! One slip is told once: what else would follow from it is not told.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::catalogue::read;

const HEAD: &str = "workflow: 1\nname: x\n";

/// The one thing that is told of steps.
#[track_caller]
fn only(steps: &str) -> Diagnostic {
    let (_, found, ..) = read(&format!("{HEAD}steps:\n{steps}"));
    let [only] = found.as_slice() else {
        panic!("{steps}\n{found:#?}");
    };
    only.clone()
}

#[test]
fn a_key_with_a_tag_is_read_as_if_it_had_none() {
    let text = format!("{HEAD}steps:\n  - id: a\n    !x uses: assert\n    with: {{that: true}}\n");
    let (_, found, sources, id) = read(&text);
    assert_eq!(found.len(), 1, "{found:#?}");
    let fix = &found[0].fixes[0];
    assert!(fix.is_choice);
    assert_eq!(fix.apply(&sources, id), text.replace("!x ", ""));
    only("  - {id: a, uses: assert, with: {!y that: true}}\n");
}

#[test]
fn a_call_with_too_few_or_too_many_values_is_told_with_the_words_of_its_function() {
    let told = only(
        "  - {id: a, when: 'version(\"5\", \"0\") == version(\"5\")', uses: assert, with: {that: true}}\n",
    );
    assert_eq!(told.message, "`version` takes 1 value, and is given 2");
    let help = "`version(text)`: a version, compared part by part";
    assert_eq!(told.help.as_deref(), Some(help));
    let told = only("  - {id: a, when: 'format() == \"a\"', uses: assert, with: {that: true}}\n");
    assert_eq!(
        told.message,
        "`format` takes at least 1 value, and is given 0"
    );
}

#[test]
fn words_in_the_place_of_a_type_are_told_what_can_be_done() {
    let head = |kind: &str| {
        format!(
            "{HEAD}inputs: {{h: {{type: {kind}}}}}\nsteps: [{{id: a, uses: assert, with: {{that: \"${{{{ len(inputs.h) > 0 }}}}\"}}}}]"
        )
    };
    let (_, found, ..) = read(&head("[soft, hard]"));
    assert_eq!(found.len(), 1, "{found:#?}");
    let help = found[0].help.as_deref().unwrap_or_default();
    assert!(help.contains("`assert`"), "{help}");
    let (_, found, sources, id) = read(&head("[host]"));
    let mended = found[0].fixes[0].apply(&sources, id);
    assert_eq!(mended, head("list<host>"));
}

#[test]
fn of_two_steps_of_one_id_none_is_renamed_unasked_where_others_name_it() {
    let two = "  - {id: a, uses: assert, with: {that: true}}\n  - {id: a, uses: assert, with: {that: true}}\n";
    assert!(!only(two).fixes[0].is_choice);
    let named = "  - {id: b, needs: [a], uses: assert, with: {that: true}}\n";
    assert!(only(&format!("{two}{named}")).fixes[0].is_choice);
}

#[test]
fn a_type_that_is_guessed_from_a_value_is_for_a_person_to_choose() {
    let (_, found, ..) = read(&format!(
        "{HEAD}vars: {{n: 3}}\nsteps: [{{id: a, when: inputs.n > 2, uses: assert, with: {{that: true}}}}]"
    ));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].fixes[0].is_choice);
}

/// A step that can have more keys.
fn step(id: &str, more: &str) -> String {
    format!("  - {{id: {id}, {more}uses: assert, with: {{that: true}}}}\n")
}

#[test]
fn a_name_that_would_be_registered_is_told_where_it_is_registered_only() {
    let steps = [
        step("a", "register: x, "),
        step("b", "when: x.exit == 0, "),
        step("c", "confirm: \"${{ x.stdout }}\", "),
    ];
    let told = only(&steps.concat());
    assert_eq!(told.message, "`register` is no key of a step");
}

#[test]
fn steps_that_other_tools_run_at_once_are_read_as_a_group() {
    let told = only("  - parallel:\n      - {id: a, uses: assert, with: {that: true}}\n");
    assert_eq!(told.message, "`parallel` is no key of a step");
    let (_, found, ..) = read(&format!(
        "{HEAD}steps:\n  - parallel:\n      - {{id: a, usse: assert, with: {{that: true}}}}\n"
    ));
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn the_item_of_a_loop_without_a_name_is_what_its_step_calls_it() {
    for (wrong, right) in [
        ("foreach: [a, b]", "foreach: {po: [a, b]}"),
        (
            "with_items: \"${{ ['1', '2'] }}\"",
            "foreach: {po: \"${{ ['1', '2'] }}\"}",
        ),
    ] {
        let text = |head: &str| {
            format!(
                "{HEAD}steps:\n  - id: g\n    foreach: {{other: [x]}}\n    steps:\n      - id: a\n        {head}\n        when: po != other\n        confirm: \"${{{{ po }}}}\"\n        uses: assert\n        with: {{that: true}}\n"
            )
        };
        let (_, found, sources, id) = read(&text(wrong));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].fixes[0].apply(&sources, id), text(right));
    }
}

#[test]
fn two_names_that_nothing_stands_for_are_no_items() {
    let told = "  - {id: a, foreach: [1, 2], when: one == two, uses: assert, with: {that: true}}\n";
    let (_, found, ..) = read(&format!("{HEAD}steps:\n{told}"));
    assert_eq!(found.len(), 3, "{found:#?}");
}

#[test]
fn since_at_a_step_that_watches_for_nothing_is_told() {
    let told = only(&[step("a", ""), step("b", "since: a, ")].concat());
    assert_eq!(told.message, "`b` watches for nothing");
    only(&step("b", "since: nosuch, "));
    let inner = step("b", "").replace("  - ", "      - ");
    let group = format!("  - id: g\n    since: a\n    steps:\n{inner}");
    only(&[step("a", ""), group].concat());
    // What the step was to be is not known.
    let told = only(&step("b", "since: nosuch, ").replace("assert", "nokind"));
    assert_eq!(told.code.name, "unknown-kind");
}

#[test]
fn a_circle_of_calls_is_told_once_wherever_it_is_entered_and_whatever_it_would_give() {
    let define = |name: &str, calls: &str| {
        format!(
            "  {name}:\n    inputs: {{n: int}}\n    outputs: {{m: \"${{{{ steps.next.outputs.m }}}}\"}}\n    steps:\n      - {{id: next, uses: {calls}, with: {{n: \"${{{{ inputs.n }}}}\"}}}}\n"
        )
    };
    let call = |id: &str| format!("  - {{id: {id}, uses: {id}, with: {{n: 1}}}}\n");
    let asks = "  - {id: c, uses: assert, with: {that: \"${{ steps.a.outputs.m == 1 }}\"}}\n";
    for (defines, calls) in [
        (define("a", "a"), call("a")),
        (
            [define("a", "b"), define("b", "a")].concat(),
            call("b") + &call("a"),
        ),
    ] {
        let (_, found, ..) = read(&format!("{HEAD}define:\n{defines}steps:\n{calls}{asks}"));
        assert_eq!(found.len(), 1, "{found:#?}");
        assert_eq!(found[0].code.name, "cyclic-call");
    }
}

#[test]
fn the_name_of_a_host_has_no_variables_and_the_host_has() {
    let step = |host: &str, list: &str, root: &str| {
        format!(
            "  - id: a\n    foreach: {{po: {list}}}\n    uses: exec\n    host: {host}\n    with: {{argv: [run, \"${{{{ {root}.vars.drive }}}}\"]}}\n"
        )
    };
    let told = only(&step("${{ po }}", "[SALES, PLANT]", "po"));
    let help = "`po` is the name of a host, and `host` that of this step itself: `host.vars.drive`";
    assert_eq!(told.help.as_deref(), Some(help));
    let (_, found, sources, id) = read(&format!(
        "{HEAD}steps:\n{}",
        step("${{ po }}", "[SALES]", "po")
    ));
    let wanted = format!("{HEAD}steps:\n{}", step("${{ po }}", "[SALES]", "host"));
    assert_eq!(found[0].fixes[0].apply(&sources, id), wanted);
    let told = only(&step("h", "[SALES, PLANT]", "po"));
    assert!(told.fixes.is_empty());
    let help = told.help.unwrap_or_default();
    assert!(
        help.starts_with("let `po` be each host of a group, `foreach:"),
        "{help}"
    );
    let inputs = "inputs: {all: {type: list<text>, default: [a]}, one: {type: text, default: a}}\n";
    for (text, help) in [
        (
            step("h", "\"${{ inputs.all }}\"", "po"),
            "declare the input `all` with `type: list<host>`",
        ),
        (
            step("h", "\"${{ inputs.all }}\"", "inputs.all[0]"),
            "declare the input `all` with `type: list<host>`",
        ),
        (
            step("h", "\"${{ inputs.all }}\"", "inputs.one"),
            "declare the input `one` with `type: host`",
        ),
    ] {
        let (_, found, ..) = read(&format!("{HEAD}{inputs}steps:\n{text}"));
        let errors: Vec<_> = found.iter().filter(|one| one.is_error()).collect();
        assert_eq!(errors.len(), 1, "{found:#?}");
        assert_eq!(errors[0].help.as_deref(), Some(help));
    }
}

#[test]
fn an_output_that_is_not_of_its_type_is_told_where_it_is_declared_and_not_where_it_is_read() {
    let text = |output: &str, reads: &str| {
        format!(
            "{HEAD}inputs: {{k: {{type: int, default: 1}}}}\ndefine:\n  a:\n    inputs: {{k: int}}\n    outputs: {{n: {output}}}\n    steps: [{{id: s, uses: assert, with: {{that: true}}}}]\nsteps:\n  - {{id: go, uses: a, with: {{k: \"${{{{ inputs.k }}}}\"}}}}\n  - {{id: see, uses: assert, with: {{that: \"${{{{ steps.go.outputs.n == {reads} }}}}\"}}}}\n"
        )
    };
    for (output, reads, help) in [
        (
            "{type: text, value: \"${{ inputs.k }}\"}",
            "3",
            "make it text with `text(..)`, or declare it with `type: int`",
        ),
        (
            "{type: text, value: \"${{ inputs.k }}\"}",
            "'3'",
            "make it text with `text(..)`, or declare it with `type: int`",
        ),
        (
            "{type: bool, value: \"${{ inputs.k }}\"}",
            "3",
            "declare it with `type: int`, or give another value",
        ),
        ("{type: int}", "3", "add `value: ..`"),
    ] {
        let (_, mut found, ..) = read(&text(output, reads));
        found.retain(Diagnostic::is_error);
        assert_eq!(found.len(), 1, "{output}: {found:#?}");
        assert_eq!(found[0].help.as_deref(), Some(help));
        assert!(found[0].fixes.iter().all(|fix| fix.is_choice), "{output}");
    }
}

#[test]
fn needs_that_are_one_text_are_a_list_and_lose_none() {
    let steps = |needs: &str| {
        let asks = step("c", &format!("needs: {needs}, when: steps.a.changed, "));
        format!(
            "{HEAD}steps:\n{}{}{asks}",
            step("a", ""),
            step("b", "needs: [], ")
        )
    };
    let (_, found, sources, id) = read(&steps("\"a, b\""));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].fixes[0].apply(&sources, id), steps("[a, b]"));
    // What it waits for above is no mistake besides.
    for needs in ["[c]", "[zzz]"] {
        let (_, found, ..) = read(&steps(needs));
        assert_eq!(found.len(), 1, "{needs}: {found:#?}");
    }
}

#[test]
fn a_failure_that_is_a_bare_number_is_told_alone() {
    let told = only(
        "  - {id: a, uses: exec, host: h, accept: [3], expect: outputs.fault != null, with: {argv: [x]}}\n",
    );
    assert_eq!(
        told.message,
        "`3` may be an error of Windows or an exit code"
    );
}
