//! What the command line and files of inputs say wrongly is told with a place and a remedy.

use std::sync::Arc;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_step::{Secret, Value};

use super::catalogue::{catalogue, good};
use crate::bound::{Given, GivenVar, bind, read_inputs};
use crate::compose::read_overlay;
use crate::site::{SecretSource, read_site_with};

const WORKFLOW: &str = r#"workflow: 1
name: x
inputs:
  hub: {type: host, vars: {version: version}, default: "${{ site.groups.hubs[0] }}"}
  offices: {type: list<host>, default: "${{ site.groups.hubs }}"}
  limit: {type: int}
  on: {type: bool, default: true}
  wait: {type: duration, default: 5m}
  pw: {type: secret, default: "${{ secrets.db }}"}
steps: [{id: a, uses: assert, with: {that: true}}]
"#;

const SITE: &str = r#"site: 1
name: small
groups: {hubs: [HQ], all: [NORTH, HQ]}
secrets: {db: {env: DB}}
hosts: {HQ: {vars: {version: 5.10, drive: M}}, NORTH: {}}
"#;

/// What is told of all that is given: where, what, and what to do.
fn told(
    given: impl FnOnce(&mut Sources) -> (Given, Vec<Diagnostic>),
    overlay: &str,
) -> Vec<String> {
    let mut sources = Sources::new();
    let workflow = sources.add("x.yaml", WORKFLOW);
    assert_eq!(workflow.0, 0, "the workflow is read as the first text");
    let site = sources.add("site.yaml", SITE);
    let laid = sources.add("overlay.yaml", format!("overlay: 1\n{overlay}\n"));
    let (given, mut found) = given(&mut sources);
    let (overlay, wrong) = read_overlay(laid, &sources);
    found.extend(wrong);
    let (site, wrong) = read_site_with(site, &[overlay], &sources, &catalogue());
    found.extend(wrong);
    found.extend(bind(&Arc::new(good(WORKFLOW)), &site, &given).1);
    let screen = |one: Diagnostic| {
        let place = one.span().map(|span| sources.place(span));
        let help = one.help.unwrap_or_default();
        format!("{}: {}: {help}", place.unwrap_or_default(), one.message)
    };
    found.into_iter().map(screen).collect()
}

fn in_file(text: &str) -> Vec<String> {
    let given = |sources: &mut Sources| {
        let source = sources.add("in.yaml", text);
        let (inputs, found) = read_inputs(source, sources);
        let given = Given {
            inputs,
            ..Given::default()
        };
        (given, found)
    };
    told(given, "vars: {}")
}

fn set(sets: &[(&str, &str)], vars: &[(&str, &str, &str)]) -> Vec<String> {
    let var = |(owner, name, text): &(&str, &str, &str)| GivenVar {
        owner: (*owner).into(),
        name: (*name).into(),
        text: (*text).into(),
    };
    let given = Given {
        vars: vars.iter().map(var).collect(),
        ..Given::sets(sets.iter().copied())
    };
    told(|_| (given, Vec::new()), "vars: {}")
}

/// What a file of inputs says, and what is told of it.
const IN_FILE: &[(&str, &str)] = &[
    (
        "limit: 3.5",
        "in.yaml:1:8: `limit`: expected int, found `3.5`: write a whole number, such as `3`",
    ),
    (
        "limit: 99999999999999999999",
        "in.yaml:1:8: `limit`: `99999999999999999999` is beyond 64 bits: write a number from -9223372036854775808 to 9223372036854775807",
    ),
    (
        "limit: 3\noffices: '[HQ, NORTH]'",
        "in.yaml:2:10: `offices`: the brackets would be a part of the items: take the quotes off",
    ),
    (
        "limit: [3]",
        "in.yaml:1:8: `limit`: expected int, found a list: write a whole number, such as `3`",
    ),
    (
        "limit: 3\non: yes",
        "in.yaml:2:5: `on`: expected bool, found `yes`: write `true` or `false`",
    ),
    (
        "limit: 3\nhub: [HQ]",
        "in.yaml:2:6: `hub`: expected host, found a list: write the name of a host of the site",
    ),
    (
        "limit: 3\nhub: QH",
        "in.yaml:2:6: the site `small` has no host `QH`: did you mean `HQ`?",
    ),
    (
        "limit: 3\noffices: [HQ, NROTH]",
        "in.yaml:2:15: the site `small` has no host `NROTH`: did you mean `NORTH`?",
    ),
    (
        "limit: 3\nwait: 5",
        "in.yaml:2:7: `wait`: `5` has no unit: write `5s` or `5m`",
    ),
    (
        "limit: 3\npw: hunter2",
        "in.yaml:2:5: `pw`: a secret is never written out: name a secret of the site, `pw: secrets.NAME`, or where it is kept: `{env: NAME}`, `{file: PATH}` or `{ask: question}`",
    ),
    (
        "limit: 3\npw: {evn: PW}",
        "in.yaml:2:5: `pw`: no secret is kept in `evn`: did you mean `env`?: name a secret of the site, `pw: secrets.NAME`, or where it is kept: `{env: NAME}`, `{file: PATH}` or `{ask: question}`",
    ),
    (
        "limt: 3",
        "in.yaml:1:1: there is no input `limt` in the workflow: did you mean `limit`?",
    ),
];

#[test]
fn a_wrong_value_in_a_file_of_inputs_is_told_with_what_to_write() {
    for (text, wanted) in IN_FILE {
        assert_eq!(in_file(text), [*wanted], "{text}");
    }
}

/// What `--set` and `--set-var` say, and what is told.
type Row = (
    &'static [(&'static str, &'static str)],
    &'static [(&'static str, &'static str, &'static str)],
    &'static str,
);

const LIMIT: (&str, &str) = ("limit", "3");

const ON_LINE: &[Row] = &[
    (
        &[("limt", "3")],
        &[],
        "x.yaml:6:3: there is no input `limt` to set: did you mean `limit`?",
    ),
    (
        &[LIMIT, ("zebra", "3")],
        &[],
        "x.yaml:4:3: there is no input `zebra` to set: its inputs are `hub`, `offices`, `limit`, `on`, `wait` and `pw`",
    ),
    (
        &[("limit", "many")],
        &[],
        "x.yaml:6:3: `--set limit=..`: expected int, found `many`: write a whole number, such as `3`",
    ),
    (
        &[LIMIT, ("hub", "QH")],
        &[],
        "x.yaml:4:3: `--set hub=..`: the site `small` has no host `QH`: did you mean `HQ`?",
    ),
    (
        &[("limit", "-99999999999999999999")],
        &[],
        "x.yaml:6:3: `--set limit=..`: `-99999999999999999999` is beyond 64 bits: write a number from -9223372036854775808 to 9223372036854775807",
    ),
    (
        &[LIMIT, ("offices", "HQ,,NORTH")],
        &[],
        "x.yaml:5:3: `--set offices=..`: item 2 is empty: write the items with commas: `a,b`",
    ),
    (
        &[LIMIT, ("offices", "[HQ, NORTH]")],
        &[],
        "x.yaml:5:3: `--set offices=..`: the brackets would be a part of the items: write `HQ, NORTH`",
    ),
    (
        &[LIMIT, ("wait", "soon")],
        &[],
        "x.yaml:8:3: `--set wait=..`: `soon` is no duration: write `90s`, `5m` or `1h30m`",
    ),
    (
        &[LIMIT],
        &[("QH", "drive", "N")],
        "site.yaml:5:9: `--set-var QH.drive=..`: the site has no host or group `QH`: did you mean `HQ`?",
    ),
    (
        &[LIMIT],
        &[("HQ", "drvie", "N")],
        "site.yaml:5:43: `--set-var HQ.drvie=..`: nothing reads a variable `drvie`: did you mean `drive`?",
    ),
    (
        &[LIMIT],
        &[("HQ", "verison", "5.0")],
        "x.yaml:4:28: `--set-var HQ.verison=..`: nothing reads a variable `verison`: did you mean `version`?",
    ),
];

#[test]
fn a_slip_on_the_command_line_is_told_where_the_right_name_stands() {
    for (sets, vars, wanted) in ON_LINE {
        assert_eq!(set(sets, vars), [*wanted], "{sets:?} {vars:?}");
    }
    assert_eq!(set(&[LIMIT], &[("HQ", "x400", "/C=US")]), [""; 0]);
    assert_eq!(set(&[LIMIT, ("offices", "")], &[]), [""; 0]);
}

#[test]
fn a_variable_of_an_overlay_that_nothing_reads_is_told() {
    let given = |_: &mut Sources| (Given::sets([("limit", "3")]), Vec::new());
    assert_eq!(
        told(given, "vars: {hubs: {verison: \"5.0\", x400: /C=US}}"),
        [
            "overlay.yaml:2:15: no host has a variable `verison`, and nothing reads it: did you mean `version`?"
        ]
    );
}

#[test]
fn two_groups_of_a_host_must_not_disagree_on_the_command_line() {
    let both = [("hubs", "drive", "N"), ("all", "drive", "P")];
    assert_eq!(
        set(&[LIMIT], &both),
        [
            "site.yaml:3:17: two groups of `HQ` disagree about `drive`: `--set-var hubs.drive=..` and `--set-var all.drive=..`: say it of the host itself: `--set-var HQ.drive=..`"
        ]
    );
    let decided = [both[0], both[1], ("HQ", "drive", "Q")];
    assert_eq!(set(&[LIMIT], &decided), [""; 0]);
    let later = [both[1], both[0], ("all", "drive", "N")];
    assert_eq!(set(&[LIMIT], &later), [""; 0]);
}

#[test]
fn a_secret_is_given_by_where_it_is_kept() {
    let source = SecretSource::Env("PW".into());
    for (file, sets) in [
        ("limit: 3\npw: {env: PW}", &[][..]),
        ("limit: 3", &[("pw", "env:PW")]),
        ("limit: 3\npw: {file: other}", &[("pw", "env:PW")]),
    ] {
        let mut sources = Sources::new();
        let text = sources.add("in.yaml", file);
        let given = Given {
            inputs: read_inputs(text, &sources).0,
            ..Given::sets(sets.iter().copied())
        };
        let workflow = Arc::new(good(WORKFLOW));
        let [only] = given.secrets(&workflow).try_into().unwrap();
        assert_eq!((&*only.reference, &only.source), ("inputs.pw", &source));
        assert_eq!(only.is_of_file, sets.is_empty());
        let site = sources.add("site.yaml", SITE);
        let (site, _) = read_site_with(site, &[], &sources, &catalogue());
        let (bound, found) = bind(&workflow, &site, &given);
        assert_eq!(found, []);
        let secret = bound.expect("all is given").inputs["pw"].clone();
        let wanted = Secret::reference(only.reference.clone());
        assert_eq!(secret, Value::Secret(Arc::new(wanted)));
    }
}

#[test]
fn a_list_of_secrets_says_of_each_where_it_is_kept() {
    let text = "workflow: 1\nname: x\ninputs: {pws: list<secret>}\nsteps: [{id: a, uses: assert, with: {that: true}}]\n";
    let mut sources = Sources::new();
    let file = sources.add("in.yaml", "pws: [{env: A}, secrets.db, {file: b}]");
    let given = Given {
        inputs: read_inputs(file, &sources).0,
        ..Given::default()
    };
    let found = given.secrets(&good(text));
    let names: Vec<_> = found.iter().map(|one| &*one.reference).collect();
    assert_eq!(names, ["inputs.pws[0]", "inputs.pws[2]"]);
    let site = sources.add("site.yaml", SITE);
    let (site, _) = read_site_with(site, &[], &sources, &catalogue());
    let (bound, found) = bind(&Arc::new(good(text)), &site, &given);
    assert_eq!(found, []);
    let list = bound.expect("all is given").inputs["pws"].clone();
    let wanted = ["inputs.pws[0]", "secrets.db", "inputs.pws[2]"];
    let wanted = wanted.map(|name| Value::Secret(Arc::new(Secret::reference(name))));
    assert_eq!(list, Value::list(wanted));
}
