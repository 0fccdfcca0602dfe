//! What is hardly meant is told, and what may be meant is not.

use runsheet_diagnostics::carets;

use crate::tests::catalogue::{check, read};

/// What a workflow is after all that can be mended in it is mended.
#[track_caller]
fn mended(text: &str) -> String {
    let (_, found, sources, id) = read(text);
    let fixes = found.iter().filter_map(|one| one.fixes.first());
    let fixed = runsheet_diagnostics::fix::apply(fixes, &sources, id);
    let (_, found, sources, id) = read(&fixed);
    assert_eq!(found, [], "{}", carets::annotate(&found, &sources, id));
    fixed
}

#[test]
fn an_input_that_nothing_reads_is_told_and_taken_out_with_its_comment() {
    let text = "\
workflow: 1
name: x
inputs:
  used: bool
  # why it is here
  idle: {type: int, default: 3}   # never read
steps:
  - {id: a, uses: assert, with: {that: \"${{ inputs.used }}\"}}
";
    check(&text.replace(
        "steps:",
        "  ^^^^ unused-input
steps:",
    ));
    let without = text.replace("  idle: {type: int, default: 3}   # never read\n", "");
    assert_eq!(mended(text), without);
}

#[test]
fn a_last_input_is_taken_out_with_the_key_above_it() {
    let text = "workflow: 1\nname: x\ninputs: {one: bool, other: int}\nsteps:\n  - {id: a, uses: assert, with: {that: true}}\n";
    assert_eq!(
        mended(text),
        text.replace("inputs: {one: bool, other: int}\n", "")
    );
}

#[test]
fn what_callers_give_for_an_idle_input_is_taken_out_too() {
    let text = "\
workflow: 1
name: x
define:
  look:
    inputs: {own: bool, idle: int}
    steps: [{id: a, uses: assert, with: {that: \"${{ inputs.own }}\"}}]
steps:
  - {id: one, uses: look, with: {own: true, idle: 3}}
  - id: two
    uses: look
    with:
      own: true
      idle: 4
";
    let fixed = mended(text);
    assert!(!fixed.contains("idle"), "{fixed}");
}

#[test]
fn who_takes_all_inputs_uses_each() {
    check(
        "\
workflow: 1
name: x
inputs: {one: int, other: int}
steps:
  - {id: a, uses: assert, with: {that: \"${{ len(keys(inputs)) > 1 }}\"}}
",
    );
}

#[test]
fn an_output_that_no_caller_asks_for_is_told() {
    let text = "\
workflow: 1
name: x
define:
  look:
    outputs: {fine: true, idle: 3}
    steps: [{id: a, uses: assert, with: {that: true}}]
steps:
  - {id: one, uses: look}
  - {id: b, uses: assert, with: {that: \"${{ steps.one.outputs.fine }}\"}}
";
    check(&text.replace(
        "    steps: [{id: a",
        "                          ^^^^ unused-output\n    steps: [{id: a",
    ));
    assert!(mended(text).contains("outputs: {fine: true}\n"));
}

#[test]
fn a_wait_wants_a_bound_of_its_own_or_around_it() {
    let wait = "uses: wait, host: H, with: {log: Application, until: {id: 1}}}";
    let step = |more: &str| format!("workflow: 1\nname: x\n{more}{wait}\n");
    let bare = step("steps:\n  - {id: a, ");
    check(&format!("{bare}         ^ unbounded-wait\n"));
    assert!(mended(&bare).contains("timeout: 15m, with:"));
    check(&step("defaults: {timeout: 5m}\nsteps:\n  - {id: a, "));
    check(&step("steps:\n  - {id: a, timeout: {idle: 5m}, "));
    check(&step(
        "steps:\n  - id: g\n    timeout: 5m\n    steps:\n      - {id: a, ",
    ));
}

#[test]
fn a_wait_in_a_call_is_told_at_the_call_that_does_not_bound_it() {
    let text = "\
workflow: 1
name: x
define:
  arrive:
    steps: [{id: a, uses: wait, host: H, with: {log: Application, until: {id: 1}}}]
steps:
  - {id: one, uses: arrive, timeout: 5m}
  - {id: two, uses: arrive}
         ^^^ unbounded-wait
";
    check(text);
    assert!(mended(&carets::strip(text)).contains("{id: two, timeout: 15m, uses: arrive}"));
}

#[test]
fn what_is_never_true_and_what_always_is_are_told() {
    let text = "\
workflow: 1
name: x
inputs: {n: int}
steps:
  - {id: a, when: inputs.n > 1 && false, uses: assert, with: {that: true}}
                  ^^^^^^^^^^^^^^^^^^^^^ unreachable-step
  - id: b
    when: inputs.n > 1 || true
          ^^^^^^^^^^^^^^^^^^^^ constant-condition
    uses: assert
    with: {that: true}
";
    check(text);
    let always = carets::strip(text).replace("when: inputs.n > 1 && false", "when: inputs.n > 1");
    assert!(!mended(&always).contains("|| true"));
}

#[test]
fn what_stands_behind_a_step_that_always_fails_is_told_once() {
    check(
        "\
workflow: 1
name: x
inputs: {n: bool}
steps:
  - {id: free, uses: assert, with: {that: true}}
  - {id: stop, uses: assert, with: {that: false}}
  - {id: other, needs: [free], uses: assert, with: {that: true}}
  - {id: gone, uses: assert, with: {that: true}}
         ^^^^ unreachable-step
  - {id: too, uses: assert, with: {that: true}}
finally:
  - {id: no, uses: assert, with: {that: false}}
  - {id: yes, uses: assert, with: {that: \"${{ inputs.n }}\"}}
",
    );
}

#[test]
fn nothing_is_said_of_a_file_with_a_mistake() {
    check(
        "\
workflow: 1
name: x
inputs: {idle: int, outer: bool}
steps:
  - {id: a, uses: assert, with: {that: \"${{ inputs.quite_another }}\"}}
                                                   ^^^^^^^^^^^^^ unknown-name
",
    );
}

#[test]
fn two_steps_that_act_at_one_host_in_no_order_are_told_once() {
    let text = "\
workflow: 1
name: x
inputs: {h: host, g: host}
steps:
  - {id: a, uses: exec, host: \"${{ inputs.h }}\", effects: opaque, with: {argv: [x]}}
  - {id: b, needs: [], uses: exec, host: \"${{ inputs.h }}\", effects: opaque, with: {argv: [y]}}
         ^ unordered-writes
  - {id: c, needs: [], uses: exec, host: \"${{ inputs.g }}\", effects: opaque, with: {argv: [z]}}
  - {id: d, uses: exec, host: \"${{ inputs.h }}\", effects: opaque, with: {argv: [z]}}
";
    check(text);
    assert!(mended(&carets::strip(text)).contains("{id: b, needs: [a], uses: exec"));
}

#[test]
fn a_common_lock_a_condition_and_a_foreach_of_its_own_are_reasons_to_be_silent() {
    let step = |id: &str, more: &str| {
        format!(
            "  - {{id: {id}, needs: [], {more}uses: exec, effects: opaque, with: {{argv: [x]}}}}\n"
        )
    };
    let text = |one: &str, other: &str| {
        let (one, other) = (step("a", one), step("b", other));
        format!(
            "workflow: 1\nname: x\ninputs: {{h: host, n: bool}}\ndefaults: {{host: \"${{{{ inputs.h }}}}\"}}\nsteps:\n{one}{other}"
        )
    };
    let told = |one: &str, other: &str| read(&text(one, other)).1.len();
    assert_eq!(
        told(
            "when: inputs.n && site.name == 'x', ",
            "when: not inputs.n, "
        ),
        0
    );
    let unlocked =
        text("timeout: 5m, ", "").replace("inputs: {h: host, n: bool}", "inputs: {h: host}");
    assert_eq!(read(&unlocked).1.len(), 1);
    for lock in ["lock: host, ", "lock: [one], "] {
        let locked = unlocked
            .replace("timeout: 5m, ", lock)
            .replace("id: b, needs: [], ", &format!("id: b, needs: [], {lock}"));
        assert_eq!(read(&locked).1, []);
    }
    let items = "  - {id: ID, needs: [], foreach: {x: \"${{ site.groups.dx }}\"}, uses: exec, host: \"${{ x }}\", effects: opaque, with: {argv: [x]}}\n";
    let items = [items.replace("ID", "a"), items.replace("ID", "b")].concat();
    check(&format!("workflow: 1\nname: x\nsteps:\n{items}"));
}

#[test]
fn an_item_that_hides_or_is_hidden_is_told() {
    check(
        "\
workflow: 1
name: x
steps:
  - id: a
    foreach: {h: \"${{ site.groups.dx }}\"}
    steps:
      - {id: b, foreach: {h: \"${{ site.groups.dx }}\"}, uses: assert, with: {that: \"${{ h.name != '' }}\"}}
                          ^ shadowed-name
      - {id: c, foreach: {run: \"${{ site.groups.dx }}\"}, uses: assert, with: {that: \"${{ h.name != '' }}\"}}
                          ^^^ shadowed-name
",
    );
}

#[test]
fn a_long_list_of_idle_inputs_is_told_of_without_changes() {
    let inputs: String = (0..5_000).map(|n| format!("  i{n}: int\n")).collect();
    let text = format!(
        "workflow: 1\nname: x\ninputs:\n{inputs}steps:\n  - {{id: a, uses: assert, with: {{that: true}}}}\n"
    );
    let found = read(&text).1;
    assert_eq!(found.len(), 5_000);
    assert!(found.iter().all(|one| one.fixes.is_empty()));
}

#[test]
fn an_item_that_is_written_twice_is_told_where_no_key_tells_them_apart() {
    let text = "\
workflow: 1
name: x
steps:
  - {id: a, foreach: {h: [A, B, A]}, uses: assert, with: {that: \"${{ h != '' }}\"}}
                                ^ duplicate-item
  - {id: b, foreach: {h: [{n: 1, k: a}, {n: 1, k: b}], key: h.k}, uses: assert, with: {that: \"${{ h.n == 1 }}\"}}
";
    check(text);
    assert!(mended(&carets::strip(text)).contains("foreach: {h: [A, B]}"));
}

#[test]
fn a_step_that_happens_at_no_host_is_not_asked_for_one() {
    check(
        "\
workflow: 1
name: x
inputs: {h: host}
defaults: {host: \"${{ inputs.h }}\"}
steps:
  - {id: a, when: host == null, uses: assert, with: {that: \"${{ host.name == 'x' }}\"}}
                                                                ^^^^ unknown-name
  - {id: b, uses: exec, when: host.name == \"x\", with: {argv: [\"${{ host.name }}\"]}}
  - {id: c, uses: assert, with: {that: \"${{ host != null && host.name == 'x' }}\"}}
  - {id: d, uses: assert, with: {that: \"${{ host == null || host.name == 'x' }}\"}}
  - {id: e, uses: assert, with: {that: \"${{ host == null ? true : host.name == 'x' }}\"}}
  - {id: f, uses: assert, expect: \"host != null ? host.name == 'x' : host.name == 'y'\", with: {that: true}}
                                                                     ^^^^ unknown-name
  - {id: g, uses: assert, when: \"host != null\", with: {that: \"${{ host.name == 'x' }}\"}}
  - {id: h, uses: assert, with: {that: \"${{ inputs.h == null && host.name == 'x' }}\"}}
                                                                ^^^^ unknown-name
",
    );
}

#[test]
fn what_stands_beside_it_in_braces_stays() {
    let head = "workflow: 1\nname: x\n";
    let steps = "steps:\n  - {id: a, uses: assert, with: {that: \"${{ inputs.used }}\"}}\n";
    for (inputs, left) in [
        (
            "{\n  used: bool, idle: int,\n  other: int }\n",
            "{\n  used: bool }\n",
        ),
        ("{\n  idle: int, used: bool }\n", "{\n  used: bool }\n"),
        (
            "{\n  used: bool,\n  idle: int,\n}\n",
            "{\n  used: bool,\n}\n",
        ),
    ] {
        let fixed = mended(&format!("{head}inputs: {inputs}{steps}"));
        assert_eq!(fixed, format!("{head}inputs: {left}{steps}"));
    }
}

#[test]
fn what_destroys_asks_somebody_first_itself_or_above() {
    let text = "\
workflow: 1
name: x
steps:
  - {id: a, destructive: true, uses: assert, with: {that: true}}
         ^ unconfirmed
  - id: g
    steps:
      - {id: b, destructive: true, uses: assert, with: {that: true}}
             ^ unconfirmed
  - {id: c, destructive: true, confirm: Now?, uses: assert, with: {that: true}}
  - {id: d, confirm: Now?, steps: [{id: e, destructive: true, uses: assert, with: {that: true}}]}
  - {id: f, destructive: false, uses: assert, with: {that: true}}
";
    check(text);
    let plain: Vec<&str> = text
        .lines()
        .filter(|line| !line.contains("^ unc"))
        .collect();
    let plain = plain.join("\n") + "\n";
    let asked = |id: &str, text: String| {
        let question = format!("true, uses: assert, confirm: Is {id} to be done now?, with");
        text.replacen("true, uses: assert, with", &question, 1)
    };
    assert_eq!(mended(&plain), asked("b", asked("a", plain.clone())));
}

#[test]
fn what_was_rendered_from_several_files_is_judged_as_they_are() {
    let text = "\
workflow: 1
name: x
inputs: {idle: int}
define:
  # from mail.yaml:7
  look:
    outputs: {other: 3}
    steps: [{id: a, uses: assert, with: {that: true}}]
steps:
  - {id: one, uses: look}
";
    let codes = |text: &str| {
        let (_, found, ..) = read(text);
        found.iter().map(|one| one.code.name).collect::<Vec<_>>()
    };
    assert_eq!(codes(text), [""; 0]);
    for written in ["# from mail.yaml", "# mail.yaml:7", "# from me at 7:30"] {
        let by_hand = text.replace("# from mail.yaml:7", written);
        assert_eq!(
            codes(&by_hand),
            ["unused-input", "unused-output"],
            "{written}"
        );
    }
}
