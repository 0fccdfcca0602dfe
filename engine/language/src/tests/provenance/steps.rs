//! Steps in groups, in calls and in definitions.

use super::workflows::BASE;
use super::{SITE, case};

const MAIN: (&str, &str) = (
    "main.yaml",
    "\
workflow: 1
name: main
include: [{file: parts/post.yaml, as: post}]
inputs: {all: {type: list<host>, default: '${{ site.groups.hubs }}'}}
defaults: {timeout: 30m, lock: host}
define:
  own:
    steps: [{id: only, uses: assert, with: {that: true}}]
steps:
  - id: t1
    foreach: {po: '${{ inputs.all }}'}
    host: ${{ po }}
    steps:
      - {id: send, uses: exec, with: {argv: [ls]}}
  - {id: mail, uses: post.send, host: HQ, with: {what: letter}}
  - {id: sub, uses: ./whole.yaml}
finally:
  - {id: last, uses: assert, with: {that: true}}
",
);

const POST: (&str, &str) = (
    "parts/post.yaml",
    "\
workflow: 1
types:
  office: {type: host, vars: {drive: text}}
define:
  send:
    inputs: {what: text, how: {type: text, default: fast}}
    defaults: {timeout: 3m}
    steps:
      - {id: go, uses: exec, with: {argv: ['${{ inputs.what }}', '${{ inputs.how }}']}}
    finally:
      - {id: tidy, uses: assert, with: {that: true}}
",
);

const WHOLE: (&str, &str) = (
    "whole.yaml",
    "workflow: 1\nname: whole\nsteps: [{id: inner, uses: assert, with: {that: true}}]\n",
);

fn all() -> super::Case {
    case(&[MAIN, POST, WHOLE, SITE])
}

#[test]
fn a_step_in_a_group_is_found_with_and_without_its_item() {
    let line = ["[ls] | main.yaml:14:45 | workflow"];
    for address in [
        "t1.send.with.argv",
        "steps.t1.steps.send.with.argv",
        "t1[\"HQ\"].send.with.argv",
    ] {
        all().says(address, &line);
    }
    all().says("t1.send.with.argv[0]", &["ls | main.yaml:14:46 | workflow"]);
}

#[test]
fn a_host_comes_from_the_group_and_a_lock_from_the_defaults() {
    all().says(
        "t1.send.host",
        &["${{ po }} | main.yaml:12:11 | workflow, group `t1`"],
    );
    assert_eq!(all().value("t1.send.host"), None);
    all().says(
        "t1.send.lock",
        &["host | main.yaml:5:32 | workflow, defaults"],
    );
}

#[test]
fn a_step_of_a_call_leads_to_its_definition_and_back_to_the_call() {
    all().says(
        "mail.go",
        &[
            "{id: go, uses: exec, with: {argv: [\"${{ inputs.what }}\", \"${{ inputs.how }}\"]}} | parts/post.yaml:9:10 | library",
            "{id: mail, uses: post.send, host: HQ, with: {what: letter}} | main.yaml:15:6 | workflow, the call of `post.send`",
        ],
    );
    assert_eq!(
        all().value("mail.go.with.argv").as_deref(),
        Some("[letter, fast]")
    );
    all().says(
        "mail.go.timeout",
        &["3m | parts/post.yaml:7:25 | library, defaults"],
    );
    all().says(
        "mail.go.host",
        &["HQ | main.yaml:15:39 | workflow, call `mail`"],
    );
    assert_eq!(all().value("mail.go.host").as_deref(), Some("HQ"));
    all().says(
        "mail.finally.tidy.uses",
        &["assert | parts/post.yaml:11:26 | library"],
    );
}

#[test]
fn an_input_of_a_call_is_what_it_is_given_or_its_default() {
    for address in ["mail.with.what", "mail.inputs.what"] {
        all().says(address, &["letter | main.yaml:15:56 | workflow"]);
        assert_eq!(all().value(address).as_deref(), Some("letter"));
    }
    all().says(
        "mail.inputs.how",
        &["fast | parts/post.yaml:6:53 | library, default"],
    );
    assert_eq!(all().value("mail.inputs.how").as_deref(), Some("fast"));
}

#[test]
fn definitions_types_and_whole_workflows_are_found_by_their_names() {
    let go = ["exec | parts/post.yaml:9:24 | library"];
    all().says("post.send.go.uses", &go);
    all().says("define.post.send.go.uses", &go);
    all().says("own.only.uses", &["assert | main.yaml:8:30 | workflow"]);
    all().says(
        "types.post.office.vars.drive",
        &["text | parts/post.yaml:3:38 | library"],
    );
    all().says("sub.inner.uses", &["assert | whole.yaml:3:27 | library"]);
    all().says(
        "finally.last.uses",
        &["assert | main.yaml:18:22 | workflow"],
    );
}

const ITEMS: &str = "\
workflow: 1
name: x
inputs:
  names: {type: list<text>, default: [a, b]}
  all: {type: list<host>, default: \"${{ site.groups.spokes }}\"}
steps:
  - id: g
    foreach: {n: \"${{ inputs.names }}\"}
    steps: [{id: x, uses: exec, host: HQ, with: {argv: [echo, \"${{ n }}\"]}}]
  - {id: h, foreach: {po: \"${{ inputs.all }}\"}, uses: exec, host: \"${{ po }}\", with: {argv: [\"${{ po.name }}\"]}}
  - {id: k, foreach: {n: [A, B], key: lower(n)}, uses: exec, host: HQ, with: {argv: [\"${{ n }}\"]}}
";

#[test]
fn an_item_that_a_foreach_does_not_have_is_no_address() {
    let known = case(&[("w.yaml", ITEMS), SITE]);
    for (address, near, items) in [
        ("g[\"zz\"].x", None, ["a", "b"]),
        ("h[\"SS\"].with", Some("h[\"S\"].with"), ["N", "S"]),
        ("k[\"A\"]", Some("k[\"a\"]"), ["a", "b"]),
    ] {
        let lost = known.ask(address).0.unwrap_err();
        assert_eq!(lost.near.as_deref(), near, "{address}");
        assert_eq!(lost.items, items, "{address}");
    }
    assert_eq!(known.value("g[\"b\"].x.with.argv").unwrap(), "[echo, b]");
    assert_eq!(known.value("h[\"N\"].host").unwrap(), "N");
    assert_eq!(known.value("k[\"b\"].with.argv").unwrap(), "[B]");
}

#[test]
fn items_that_only_a_site_tells_are_not_known_without_one() {
    let without = case(&[("w.yaml", ITEMS)]);
    let unsure = |address| without.ask(address).0.unwrap().unsure;
    assert_eq!(unsure("h[\"NOPE\"]"), [("h".to_owned(), "NOPE".to_owned())]);
    assert_eq!(unsure("g[\"a\"].x"), []);
    assert_eq!(without.ask("g[\"zz\"].x").0.unwrap_err().items, ["a", "b"]);
    let set = case(&[("w.yaml", ITEMS)]).set("names", "[q]");
    assert_eq!(set.ask("g[\"q\"].x").0.unwrap().unsure.len(), 1);
}

#[test]
fn what_a_step_gives_is_known_by_its_kind_and_told_by_a_run() {
    let all = case(&[BASE, SITE]);
    let asked = |address: &str| all.ask(address).0.expect("it is known");
    let exit = asked("steps.first.outputs.exit");
    assert_eq!(exit.kind.as_deref(), Some("int"));
    assert_eq!(
        exit.told_by_run.as_deref(),
        Some("`exec` gives it in a run")
    );
    assert_eq!(
        asked("first.outputs").told_by_run.as_deref(),
        Some("`exec` gives `stdout` and `exit` in a run")
    );
    assert!(asked("first.status").told_by_run.is_some());
    assert_eq!(
        all.meant("first.outputs.exti").as_deref(),
        Some("first.outputs.exit")
    );
    assert!(all.ask("first.succeeded").0.is_err());
    assert!(all.ask("hosts.HQ.outputs").0.is_err());
}

#[test]
fn what_an_expression_reads_can_be_asked_for() {
    let all = case(&[BASE, SITE]);
    let reads = |address: &str| all.ask(address).0.expect("it is known").reads;
    assert_eq!(reads("first.host"), ["inputs.dx"]);
    assert_eq!(reads("second.timeout"), ["inputs.timeout"]);
    assert_eq!(reads("second.with.that"), [""; 0]);
}
