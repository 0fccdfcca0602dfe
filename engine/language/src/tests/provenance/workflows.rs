//! Values of a workflow: written in its file, patched, laid over, given.

use super::{SITE, case};

pub(super) const BASE: (&str, &str) = (
    "base.yaml",
    "\
workflow: 1
name: base
inputs:
  timeout: {type: duration, default: 5m}
  dx: {type: host, default: HQ}
defaults: {timeout: 30m}
steps:
  - id: first
    uses: exec
    host: ${{ inputs.dx }}
    with: {argv: [ls, -l]}
  - id: second
    uses: assert
    timeout: ${{ inputs.timeout }}
    with: {that: true}
",
);

const VARIANT: (&str, &str) = (
    "variant.yaml",
    "\
workflow: 1
name: variant
extends: base.yaml
patch:
  inputs: {timeout: {default: 10m}}
  steps:
    - {id: first, with: {argv: [ls]}, timeout: 2m}
",
);

const SLOW: (&str, &str) = (
    "slow.yaml",
    "overlay: 1\nname: slow\npatch: {inputs: {timeout: {default: 20m}}}\n",
);

const SLOWER: (&str, &str) = (
    "slower.yaml",
    "overlay: 1\nname: slower\npatch: {inputs: {timeout: {default: 40m}}}\n",
);

#[test]
fn an_input_is_told_layer_by_layer_from_the_command_line_to_the_base() {
    let all = case(&[
        VARIANT,
        BASE,
        SITE,
        SLOW,
        SLOWER,
        ("inputs.yaml", "timeout: 1h\n"),
    ]);
    let all = all.set("timeout", "7m").set("timeout", "8m");
    all.says(
        "inputs.timeout",
        &[
            "8m | - | --set",
            "7m | - | --set",
            "1h | inputs.yaml:1:10 | --inputs",
            "40m | slower.yaml:3:37 | overlay 2, slower, default, disagrees",
            "20m | slow.yaml:3:37 | overlay 1, slow, default, disagrees",
            "10m | variant.yaml:5:31 | patch, default",
            "5m | base.yaml:4:38 | base, default",
        ],
    );
    assert_eq!(all.value("inputs.timeout").as_deref(), Some("8m"));
}

#[test]
fn one_file_alone_has_one_layer() {
    let one = case(&[BASE]);
    one.says(
        "inputs.timeout",
        &["5m | base.yaml:4:38 | workflow, default"],
    );
    one.says("name", &["base | base.yaml:2:7 | workflow"]);
    one.says("defaults.timeout", &["30m | base.yaml:6:21 | workflow"]);
}

#[test]
fn a_head_is_told_with_the_one_it_took_the_place_of() {
    let two = case(&[VARIANT, BASE]);
    two.says(
        "name",
        &[
            "variant | variant.yaml:2:7 | workflow",
            "base | base.yaml:2:7 | base",
        ],
    );
}

#[test]
fn a_step_is_made_by_its_file_and_by_all_that_change_it() {
    let two = case(&[VARIANT, BASE]);
    two.says(
        "first",
        &[
            "{id: first, with: {argv: [ls]}, timeout: 2m} | variant.yaml:7:8 | patch",
            "{id: first, uses: exec, host: ${{ inputs.dx }}, with: {argv: [ls, -l]}} | base.yaml:8:5 | base",
        ],
    );
    two.says(
        "steps.first.with.argv",
        &[
            "[ls] | variant.yaml:7:32 | patch",
            "[ls, -l] | base.yaml:11:18 | base",
        ],
    );
}

#[test]
fn a_value_is_worked_out_where_no_run_is_needed() {
    let one = case(&[BASE, SITE]).set("timeout", "1m30s");
    assert_eq!(one.value("second.timeout").as_deref(), Some("1m30s"));
    assert_eq!(one.value("first.host").as_deref(), Some("HQ"));
    assert_eq!(one.value("second.with.that"), None);
}

#[test]
fn what_a_step_does_not_say_it_has_from_the_defaults() {
    let two = case(&[VARIANT, BASE, SITE]);
    two.says(
        "first.timeout",
        &[
            "2m | variant.yaml:7:48 | patch",
            "30m | base.yaml:6:21 | base, defaults",
        ],
    );
    let one = case(&[BASE, SITE]);
    one.says(
        "first.timeout",
        &["30m | base.yaml:6:21 | workflow, defaults"],
    );
    assert_eq!(one.value("first.timeout").as_deref(), Some("30m"));
    one.says("first.retry", &[]);
}

#[test]
fn what_a_patch_takes_out_is_still_known() {
    let out = "overlay: 1\nname: out\npatch:\n  defaults: {timeout: {$delete: true}}\n  steps:\n    - {id: second, $delete: true}\n";
    let two = case(&[BASE, ("out.yaml", out)]);
    two.says(
        "second.uses",
        &[
            "{id: second, $delete: true} | out.yaml:6:8 | overlay 1, out, removed",
            "assert | base.yaml:13:11 | workflow",
        ],
    );
    two.says(
        "defaults.timeout",
        &[
            "{$delete: true} | out.yaml:4:23 | overlay 1, out, removed",
            "30m | base.yaml:6:21 | workflow",
        ],
    );
}

#[test]
fn a_renamed_step_is_followed_to_its_old_name() {
    let patch = "\
workflow: 1
name: v
extends: base.yaml
patch:
  steps:
    - {id: first, $rename: begin}
    - {id: second, needs: [first]}
";
    let two = case(&[("v.yaml", patch), BASE]);
    two.says("begin.uses", &["exec | base.yaml:9:11 | base"]);
    two.says(
        "begin.id",
        &[
            "begin | v.yaml:6:28 | patch",
            "first | base.yaml:8:9 | base",
        ],
    );
    assert_eq!(two.meant("first.uses").as_deref(), Some("begin.uses"));
}

#[test]
fn of_two_steps_with_one_name_the_renamed_one_is_followed() {
    let base = "\
workflow: 1
name: base
steps:
  - id: one
    steps: [{id: one, uses: assert, with: {that: true}}]
";
    let patch = "\
workflow: 1
name: v
extends: base.yaml
patch: {steps: [{id: one, steps: [{id: one, $rename: two}]}]}
";
    let both = case(&[("v.yaml", patch), ("base.yaml", base)]);
    for (old, new) in [
        ("one.one.uses", "one.two.uses"),
        ("steps.one.steps.one.uses", "steps.one.steps.two.uses"),
    ] {
        assert_eq!(both.meant(old).as_deref(), Some(new));
    }
}

#[test]
fn lists_that_grow_and_values_that_are_replaced_are_told() {
    let more =
        "overlay: 1\nname: more\npatch: {steps: [{id: first, with: {argv: {$append: [-a]}}}]}\n";
    let new =
        "overlay: 1\nname: new\npatch: {steps: [{id: first, with: {argv: {$replace: [dir]}}}]}\n";
    case(&[BASE, ("more.yaml", more), ("new.yaml", new)]).says(
        "first.with.argv",
        &[
            "[dir] | new.yaml:3:53 | overlay 2, new",
            "{$append: [-a]} | more.yaml:3:42 | overlay 1, more",
            "[ls, -l] | base.yaml:11:18 | workflow",
        ],
    );
}

#[test]
fn an_address_that_leads_nowhere_says_what_was_meant() {
    let one = case(&[BASE, SITE]);
    let table = [
        ("inputs.timeuot", Some("inputs.timeout")),
        ("frist.with.argv", Some("first.with.argv")),
        ("first.wiht.argv", Some("first.with.argv")),
        ("hosts.HG.vars.drive", Some("hosts.HQ.vars.drive")),
        ("hosts.HQ.vars.drvie", Some("hosts.HQ.vars.drive")),
        ("groups.hub", Some("groups.hubs")),
        ("first.zzz", None),
        ("nothing.of.the.kind", None),
    ];
    for (address, near) in table {
        assert_eq!(one.meant(address).as_deref(), near, "{address}");
    }
}

#[test]
fn a_secret_that_is_written_out_is_not_shown_again() {
    let text = "\
workflow: 1
name: x
inputs:
  pw: {type: secret, default: hunter2}
  hq: {type: host, vars: {password: secret}}
steps: [{id: a, uses: assert, with: {that: true}}]
";
    let site =
        "site: 1\nname: s\nhosts: {HQ: {vars: {password: hunter2}}}\nvars: {password: hunter2}\n";
    let over = "overlay: 1\nname: o\nvars: {HQ: {password: hunter2}}\n";
    let one = case(&[("x.yaml", text), ("site.yaml", site), ("o.yaml", over)]);
    let one = one
        .set("pw", "hunter2")
        .set_var("HQ", "password", "hunter2");
    for address in [
        "inputs.pw",
        "inputs",
        "hosts.HQ.vars.password",
        "hosts.HQ",
        "hosts",
        "vars",
        "site",
        "inputs.pw.default",
    ] {
        let (chain, _) = one.ask(address);
        let shown = format!("{:?}", chain.unwrap());
        assert!(!shown.contains("hunter2"), "{address}: {shown}");
        assert!(shown.contains("***"), "{address}: {shown}");
    }
}

#[test]
fn a_secret_that_a_site_writes_out_is_not_shown_again() {
    let text = "\
workflow: 1
name: x
steps: [{id: a, uses: assert, with: {that: true}}]
";
    let site = "\
site: 1
name: s
secrets: {admin: hunter2, lab: hunter2, two: [hunter2], kept: {env: ADMIN_PW}}
hosts: {HQ: {vars: {drive: M}}}
";
    let one = case(&[("x.yaml", text), ("site.yaml", site)]);
    for address in [
        "secrets.admin",
        "secrets.lab",
        "secrets.two",
        "secrets",
        "site",
    ] {
        let (chain, _) = one.ask(address);
        let shown = format!("{:?}", chain.unwrap());
        assert!(!shown.contains("hunter2"), "{address}: {shown}");
        assert!(shown.contains("***"), "{address}: {shown}");
    }
    for address in ["secrets.kept", "secrets.kept.env", "secrets", "site"] {
        let (chain, _) = one.ask(address);
        let shown = format!("{:?}", chain.unwrap());
        assert!(shown.contains("ADMIN_PW"), "{address}: {shown}");
    }
}

#[test]
fn what_holds_secrets_is_hidden_whole() {
    let text = "\
workflow: 1
name: x
inputs:
  pws: {type: list<secret>, default: [hunter2]}
  by: {type: map<secret>, default: {one: hunter2}}
  hq: {type: host, vars: {keys: list<secret>, logins: map<secret>}}
steps: [{id: a, uses: assert, with: {that: true}}]
";
    let site = "\
site: 1
name: s
hosts: {HQ: {vars: {keys: [hunter2], logins: {one: hunter2}}}}
";
    let over = "overlay: 1\nname: o\nvars: {HQ: {keys: [hunter2], logins: {one: hunter2}}}\n";
    let one = case(&[("x.yaml", text), ("site.yaml", site), ("o.yaml", over)]);
    for address in [
        "inputs.pws",
        "inputs.by",
        "inputs",
        "hosts.HQ.vars.keys",
        "hosts.HQ.vars.logins",
        "hosts.HQ",
        "site",
    ] {
        let (chain, _) = one.ask(address);
        let shown = format!("{:?}", chain.unwrap());
        assert!(!shown.contains("hunter2"), "{address}: {shown}");
        assert!(shown.contains("***"), "{address}: {shown}");
    }
}

#[test]
fn what_files_share_is_found_through_the_files_between() {
    let all = case(&[
        (
            "top.yaml",
            "workflow: 1\nname: top\ninclude: [near.yaml]\nsteps:\n  - {id: a, uses: ./whole.yaml}\n",
        ),
        (
            "near.yaml",
            "workflow: 1\nname: near\ninclude: [far.yaml]\ncauses: {own: [{when: true, say: x}]}\n",
        ),
        (
            "far.yaml",
            "workflow: 1\nname: far\ncauses: {lost: [{when: true, say: y}]}\n",
        ),
        (
            "whole.yaml",
            "workflow: 1\nname: whole\ncauses: {late: [{when: true, say: z}]}\nsteps:\n  - {id: b, uses: assert, with: {that: true}}\n",
        ),
    ]);
    let said =
        |word: &str, place: &str| format!("[{{when: true, say: {word}}}] | {place} | library");
    for (address, layer) in [
        ("causes.near.own", said("x", "near.yaml:4:15")),
        ("causes.near.far.lost", said("y", "far.yaml:3:16")),
        ("causes.whole.late", said("z", "whole.yaml:3:16")),
    ] {
        all.says(address, &[&layer]);
    }
    all.says(
        "define.whole.b.with.that",
        &["true | whole.yaml:5:40 | library"],
    );
    assert_eq!(
        all.meant("causes.near.far.last").as_deref(),
        Some("causes.near.far.lost")
    );
}
