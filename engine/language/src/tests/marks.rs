//! What is wrong, under the bytes that are.

use super::catalogue::{check, good, read};

#[test]
fn needs_name_steps_of_their_list_and_never_go_round() {
    check(
        "workflow: 1
name: x
steps:
  - {id: a, needs: [c], uses: assert, with: {that: true}}
                    ^ cycle
  - {id: b, needs: [b, d, g], uses: assert, with: {that: true}}
                    ^ cycle
                       ^ unknown-step
                          ^ unknown-step
  - {id: c, uses: assert, with: {that: true}}
  - id: e
    steps:
      - {id: g, uses: assert, with: {that: true}}
",
    );
}

#[test]
fn a_circle_is_told_as_a_path_with_every_place() {
    let (_, found, sources, _) = read(
        "workflow: 1
name: x
steps:
  - {id: a, needs: [c], uses: assert, with: {that: true}}
  - {id: b, needs: [a], uses: assert, with: {that: true}}
  - {id: c, needs: [b], uses: assert, with: {that: true}}
",
    );
    assert_eq!(found.len(), 1);
    assert_eq!(
        found[0].message,
        "steps wait for each other: `a` -> `c` -> `b` -> `a`"
    );
    let places = found[0].labels.iter();
    let told: Vec<String> = places
        .map(|label| format!("{} {}", sources.place(label.span), label.text))
        .collect();
    let wanted = [
        "test.yaml:4:21 `a` needs `c`",
        "test.yaml:6:21 `c` needs `b`",
        "test.yaml:5:21 `b` needs `a`",
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_reference_is_no_order() {
    let found = check(
        "workflow: 1
name: x
steps:
  - {id: a, uses: assert, with: {that: true}}
  - id: b
    needs: []
    uses: assert
    when: steps.a.changed
                ^ not-before
    with: {that: true}
  - id: c
    expect: steps.d.changed
    when: steps.c.changed
                ^ not-before
    steps:
      - {id: d, uses: assert, with: {that: true}, when: steps.c.changed}
                                                              ^ not-before
",
    );
    assert_eq!(found[0].fixes[0].title, "need `a`");
    assert_eq!(found[0].fixes[0].edits[0].text, "a");
}

#[test]
fn inputs_are_held_against_the_shape_of_the_kind() {
    check(
        r#"workflow: 1
name: x
inputs:
  po: {type: host, vars: {password: secret, name: text}}
steps:
  - {id: a, uses: assert}
                  ^^^^^^ missing-key
  - {id: b, uses: exec, with: {argv: [a]}}
                  ^^^^ missing-key
  - id: c
    uses: wait
    host: ${{ inputs.po }}
    with:
      log: [a]
           ^^^ wrong-type
      until: {id: x, category: Recieved, fields: {FORM: a, MORE: b}}
                  ^ wrong-type
                               ^^^^^^^^ unknown-word
                                                  ^^^^ unknown-key
  - id: d
    uses: message
    host: ${{ inputs.po }}
    with: {mailbox: "${{ inputs.po.vars.password }}", subject: "a {n:itn} b"}
                         ^^^^^^^^^^^^^^^^^^^^^^^ secret-not-taken
                                                                     ^^^ wrong-value
    timeout: 5
             ^ wrong-value
  - id: e
    uses: exec
    host: ${{ inputs.po }}
    with: {argv: ["-p${{ inputs.po.vars.password }}"], cwd: "${{ len(inputs.po.vars.name) }}"}
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-type
"#,
    );
}

#[test]
fn words_of_other_tools_and_parts_to_come_are_known() {
    check(
        "workflow: 1
name: x
steps:
  - {id: b, uses: assert, if: true, with: {that: true}}
                          ^^ unknown-key
  - {id: c, x-owner: me, undo: [a], uses: assert, with: {that: true}}
                               ^^^ not-supported-yet
  - {id: c, doc: nothing}
         ^ step-or-group
         ^ duplicate-id
",
    );
}

#[test]
fn a_definition_is_blamed_where_its_references_agree() {
    let found = check(
        "workflow: 1
name: x
inputs: {limt: int}
         ^^^^ misspelt
steps:
  - {id: a, when: inputs.limit > 0, uses: assert, with: {that: true}, expect: inputs.limit < 9}
",
    );
    assert_eq!(found[0].fixes[0].edits[0].text, "limit");
}

#[test]
fn a_file_that_breaks_off_is_told_where_it_does_and_nothing_else() {
    check(
        "workflow: 1
steps:
  - id: a
    when: steps.b.changed
    with: {a: [}
              ^ syntax
",
    );
}

#[test]
fn the_steps_of_finally_see_the_whole_run_and_its_failure() {
    check(
        "workflow: 1
name: x
steps:
  - {id: a, uses: assert, with: {that: true}, when: failure.code == null}
                                                    ^^^^^^^ unknown-name
finally:
  - {id: b, uses: assert, with: {that: true}, when: steps.a.changed || failure.code == null}
  - {id: c, uses: assert, with: {that: true}, when: steps.b.chnaged}
                                                            ^^^^^^^ unknown-name
",
    );
}

#[test]
fn the_items_of_a_foreach_keep_their_type() {
    check(
        r#"workflow: 1
name: x
inputs:
  pos: {type: list<host>, vars: {a: text, n: int}}
steps:
  - id: each
    foreach: {po: "${{ inputs.pos }}", key: po.vars.a}
    steps:
      - {id: one, uses: assert, with: {that: "${{ po.vars.n > 1 }}"}}
      - {id: two, uses: assert, with: {that: "${{ po.vars.a > 1 }}"}}
                                                  ^^^^^^^^^^^^^ wrong-operand
  - id: again
    foreach: {po: "${{ steps.each.succeeded }}"}
    when: po.vars.n == 1 && steps.each[po].one.changed
    steps:
      - {id: one, uses: assert, with: {that: "${{ po.vars.m > 1 }}"}}
                                                          ^ unknown-name
      - {id: two, uses: assert, with: {that: "${{ po.vars.n > 1 && steps.each.chnaged }}"}}
                                                                              ^^^^^^^ unknown-name
"#,
    );
}

#[test]
fn a_variable_has_one_type_and_a_default_that_is_written_out() {
    check(
        r#"workflow: 1
name: x
inputs:
  hub: {type: host, vars: {drive: text, share: {type: text, default: "${{ site.name }}"}}}
                                                                     ^^^^^^^^^^^^^^^^^^ wrong-value
  offices: {type: list<host>, vars: {drive: int, pw: secret}}
                                     ^^^^^ wrong-type
  pw: {type: secret, default: "${{ secrets.pw }}"}
  other: {type: secret, default: {env: PW}}
                                 ^^^^^^^^^ wrong-value
steps: [{id: a, uses: assert, with: {that: true}}]
"#,
    );
}

#[test]
fn a_type_that_never_ends_is_refused() {
    let text = |depth| {
        let (open, close) = ("list<".repeat(depth), ">".repeat(depth));
        format!(
            "workflow: 1\nname: x\ninputs: {{a: {open}text{close}}}\nsteps: \
             [{{id: a, uses: assert, with: {{that: true}}}}]\n"
        )
    };
    good(&text(16));
    let found = read(&text(100_000)).1;
    let told: Vec<_> = found.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(told, ["a type is at most 16 lists and maps deep"]);
}

#[test]
fn what_a_type_does_not_have_is_told_at_the_key() {
    check(
        r#"workflow: 1
name: x
inputs: {n: int, t: text, all: list<host>, h: host}
steps:
  - {id: a, uses: exec, host: H, with: {argv: [x]}}
  - {id: b, uses: assert, with: {that: "${{ inputs.n.part == 1 }}"}}
                                                     ^^^^ unknown-name
  - {id: c, uses: assert, with: {that: "${{ inputs.t[0] == 'x' }}"}}
                                                     ^ unknown-name
  - {id: d, uses: assert, with: {that: "${{ inputs.all.name == 'x' }}"}}
                                                       ^^^^ unknown-name
  - {id: e, uses: assert, with: {that: "${{ steps.a.status == 'suceeded' }}"}}
                                                               ^^^^^^^^ wrong-value
  - {id: f, uses: assert, with: {that: "${{ steps.a.status in ['failed', 'skiped'] }}"}}
                                                                          ^^^^^^ wrong-value
  - {id: g, uses: assert, with: {that: "${{ inputs.all == [inputs.n] }}"}}
                                            ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-operand
  - {id: h, uses: assert, with: {that: "${{ contains(inputs.all, 3) }}"}}
                                                     ^^^^^^^^^^^^^ wrong-operand
  - {id: i, uses: assert, with: {that: "${{ -inputs.t == 3 }}"}}
                                             ^^^^^^^^ wrong-operand
  - {id: j, foreach: {n: "${{ [1, 2] }}"}, uses: exec, host: H, with: {argv: ["${{ n }}"]}}
                                                                                   ^ wrong-type
  - {id: k, uses: assert, host: H, when: host.vars.any == "x", with: {that: "${{ host.part == 1 }}"}}
                                                                                      ^^^^ unknown-name
"#,
    );
}

#[test]
fn a_secret_is_no_default_of_a_text_and_no_name_of_an_item() {
    check(
        r#"workflow: 1
name: x
inputs:
  pw: {type: secret, default: "${{ secrets.pw }}"}
  shown: {type: text, default: "${{ secrets.pw }}"}
                                    ^^^^^^^^^^ secret-not-taken
  all: {type: list<secret>, default: ["${{ inputs.pw }}"]}
steps:
  - {id: a, foreach: {p: "${{ inputs.all }}"}, uses: exec, host: H, with: {argv: ["${{ p }}"]}}
                              ^^^^^^^^^^ secret-not-taken
  - {id: b, foreach: {p: ["x${{ inputs.pw }}"]}, uses: assert, with: {that: true}}
                         ^^^^^^^^^^^^^^^^^^^^^ secret-not-taken
  - {id: c, foreach: {h: "${{ site.groups.dx }}"}, uses: assert, with: {that: "${{ inputs.shown != h.name }}"}}
"#,
    );
}
