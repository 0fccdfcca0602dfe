//! What is refused before anything acts.

use runsheet_cli::exit::Exit;
use runsheet_diagnostics::code::Code;

use crate::desk as small_desk;
use crate::desk::{Desk, Person};

const NEEDS_A_PROGRAM: &str = "workflow: 1
name: program
steps:
  - {id: sure, uses: assert, with: {that: true}}
  - {id: list, uses: exec, host: HERE, with: {argv: [ls]}}
";

const SERVED: &str = "site: 1
name: served
hosts:
  HERE: {facilities: {process: {driver: local}}}
";

fn with_program(name: &str) -> Desk {
    let desk = small_desk(name);
    desk.write("program.yaml", NEEDS_A_PROGRAM);
    desk.write("served.yaml", SERVED);
    desk
}

#[test]
fn what_nobody_serves_is_told_by_check_plan_and_apply_at_its_step() {
    let desk = with_program("unserved");
    for command in ["check", "plan", "apply"] {
        let run = desk.run(
            &format!("{command} program.yaml --site here.yaml"),
            Person::Nobody,
        );
        assert_eq!(run.exit, Exit::Failed, "{command}");
        let wanted = "no-driver

  × the site does not say which driver serves `process` at `HERE`
   ╭─[program.yaml:5:10]
";
        assert!(run.talk.contains(wanted), "{command}: {}", run.talk);
    }
    assert!(!desk.path(".runsheet").exists(), "nothing was begun");
    let run = desk.run("check program.yaml --site served.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Done, "{}", run.talk);
}

#[test]
fn the_page_of_a_missing_driver_breaks_and_keeps_its_rule() {
    let desk = with_program("served-page");
    let page = include_str!("../../src/pages/no-driver.md");
    let examples = Code::new("no-driver", page).examples();
    assert_eq!(examples.len(), 2);
    for example in examples {
        desk.write("example.yaml", example.text);
        let run = desk.run("check program.yaml --site example.yaml", Person::Nobody);
        assert_eq!(
            run.talk.contains("no-driver"),
            example.wrong,
            "{}",
            run.talk
        );
    }
}

#[test]
fn a_run_that_would_fail_does_not_begin() {
    let desk = small_desk("foreseen");
    desk.write(
        "wrong.yaml",
        "workflow: 1
name: wrong
steps:
  - {id: first, uses: manual, host: HERE, with: {say: Do it}}
  - {id: never, uses: assert, needs: [], with: {that: \"${{ 1 == 2 }}\"}}
",
    );
    for command in ["plan", "plan --exit-code", "plan --json"] {
        let command = format!("{command} wrong.yaml --site here.yaml");
        let run = desk.run(&command, Person::Nobody);
        assert_eq!(run.exit, Exit::Failed, "{command}");
        assert!(run.data.contains("never"), "all of the plan is shown");
        assert!(run.talk.contains("error: 1 step would fail\n"), "{command}");
        assert!(
            run.talk.contains("fail, at wrong.yaml:5:10,"),
            "{}",
            run.talk
        );
    }
    let run = desk.run("apply wrong.yaml --site here.yaml --yes", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.talk.contains("would fail: never: "), "{}", run.talk);
    assert!(
        run.talk
            .contains("error: 1 step would fail, so nothing was done"),
        "{}",
        run.talk
    );
    assert!(!desk.path(".runsheet").exists(), "nothing was begun");
}

#[test]
fn a_run_that_only_looks_begins_though_it_would_fail() {
    let desk = small_desk("looking");
    desk.write(
        "look.yaml",
        "workflow: 1
name: look
steps:
  - id: never
    uses: assert
    with: {that: \"${{ 1 == 2 }}\"}
    causes: [{when: true, say: one is not two, remedy: count again, see: [Q1]}]
  - {id: always, uses: assert, needs: [], with: {that: true}}
",
    );
    let run = desk.run("apply look.yaml --site here.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    let foreseen = "cause:    one is not two (Q1)\n    remedy:   count again";
    assert_eq!(run.talk.matches(foreseen).count(), 1, "{}", run.talk);
    assert!(run.talk.contains("succeeded  always"), "{}", run.talk);
}

#[test]
fn a_question_that_nobody_can_answer_is_refused_before_anything_acts() {
    let desk = small_desk("unanswered");
    let run = desk.run("apply asking.yaml --site here.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    let wanted = "error: `sure` needs a person, and there is nobody to ask: there is no terminal, and no --yes";
    assert!(run.talk.contains(wanted), "{}", run.talk);
    assert!(!desk.path(".runsheet").exists(), "nothing was begun");
}

#[test]
fn the_end_of_the_input_is_nobodys_no() {
    let desk = small_desk("ctrl-d");
    let run = desk.run("apply asking.yaml --site here.yaml", Person::Types(""));
    assert_eq!(run.exit, Exit::Failed);
    let wanted = "declined   sure by nobody: the input has ended";
    assert!(run.talk.contains(wanted), "{}", run.talk);
}

#[test]
fn every_file_that_is_not_there_is_told() {
    let desk = small_desk("missing");
    let run = desk.run(
        "check small.yaml nope.yaml asking.yaml nor.yaml",
        Person::Nobody,
    );
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(run.data.lines().count(), 2, "{}", run.data);
    assert!(
        run.talk.contains("nope.yaml: there is no such file"),
        "{}",
        run.talk
    );
    assert!(
        run.talk.contains("nor.yaml: there is no such file"),
        "{}",
        run.talk
    );
}

#[test]
fn a_file_for_others_to_include_is_checked_and_not_run() {
    let desk = small_desk("library");
    let send = "workflow: 1\ndefine:\n  send:\n    steps:\n      - {id: one, uses: assert, with: {that: true}}\n";
    desk.write("send.yaml", send);
    let run = desk.run("check send.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Done, "{}", run.talk);
    assert_eq!(run.data, "send.yaml: for others to include, no errors\n");
    let run = desk.run("plan send.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    let wanted = "error: send.yaml: there are no steps to run\n help: name a workflow that includes this file\n";
    assert!(run.talk.ends_with(wanted), "{}", run.talk);
    desk.write("send.yaml", &send.replace("true}", "no_such}"));
    let run = desk.run("check send.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed, "{}", run.data);
    desk.write("send.yaml", &format!("{send}name: send\n"));
    let run = desk.run("check send.yaml", Person::Nobody);
    assert!(run.talk.contains("needs the key `steps`"), "{}", run.talk);
}

#[test]
fn a_site_is_no_workflow() {
    let desk = small_desk("no-workflow");
    let run = desk.run("check here.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    assert!(
        run.talk
            .contains("error: here.yaml is a site, no workflow\n"),
        "{}",
        run.talk
    );
}

#[test]
fn an_overlay_is_no_workflow_and_is_not_made_one() {
    let desk = small_desk("overlay-no-workflow");
    let texts = [
        (
            "quiet.yaml",
            "overlay: 1\nname: quiet\nsite:\n  hosts: {}\n",
        ),
        ("made.yaml", "workflow: 1\noverlay: 1\nname: made\n"),
    ];
    for (name, text) in texts {
        desk.write(name, text);
        for command in [
            "check",
            "check --fix",
            "plan",
            "explain sure -w",
            "explain -w",
        ] {
            let run = desk.run(&format!("{command} {name}"), Person::Nobody);
            assert_eq!(run.exit, Exit::Failed, "{command}");
            let wanted = format!("error: {name} is an overlay, no workflow\n");
            assert!(run.talk.contains(&wanted), "{}", run.talk);
        }
        assert_eq!(std::fs::read_to_string(desk.path(name)).unwrap(), text);
    }
}

#[test]
fn a_file_of_another_program_is_not_made_a_workflow() {
    let desk = small_desk("foreign");
    let texts = [
        "name: shop\nservices:\n  web: {image: shop}\n",
        "{\"name\": \"shop\", \"version\": 1}\n",
    ];
    for text in texts {
        desk.write("foreign.yaml", text);
        let run = desk.run("check --fix foreign.yaml", Person::Nobody);
        assert_eq!(run.exit, Exit::Failed);
        assert!(
            run.talk.contains("begins with `workflow: 1`"),
            "{}",
            run.talk
        );
        assert_eq!(
            std::fs::read_to_string(desk.path("foreign.yaml")).unwrap(),
            text
        );
    }
}

#[test]
fn a_workflow_without_a_step_is_no_library() {
    let desk = small_desk("no-steps");
    desk.write("bare.yaml", "workflow: 1\nname: bare\nsteps: []\n");
    let run = desk.run("check bare.yaml", Person::Nobody);
    assert_eq!(
        run.data, "bare.yaml: bare, 0 steps, no errors\n",
        "{}",
        run.talk
    );
    let run = desk.run("plan bare.yaml", Person::Nobody);
    let wanted = "error: bare.yaml:3:8: there are no steps to run\n help: add a step: `- {id: .., uses: ..}`\n";
    assert!(run.talk.ends_with(wanted), "{}", run.talk);
}

#[test]
fn nothing_is_well_under_an_overlay_that_is_not() {
    let desk = small_desk("broken-overlay");
    let text = "workflow: 1\nname: one\nsteps:\n  - {id: one, uses: assert, with: {that: true}}\n";
    desk.write("one.yaml", text);
    desk.write("over.yaml", "overlay: 1\nname: over\npach: {}\n");
    let run = desk.run("check one.yaml --overlay over.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed);
    assert_eq!(run.data, "");
}

const SECRETS: &str = "workflow: 1
name: secrets
inputs:
  here: {type: host, vars: {a: secret, b: secret, c: secret}, default: \"${{ site.groups.all[0] }}\"}
steps:
  - id: use
    uses: exec
    host: ${{ inputs.here }}
    with: {argv: [printf, \"${{ inputs.here.vars.a }}${{ inputs.here.vars.b }}${{ inputs.here.vars.c }}\"]}
";

#[test]
fn every_secret_that_is_missing_is_told_before_anybody_types_one() {
    let desk = small_desk("secrets");
    desk.write("secrets.yaml", SECRETS);
    desk.write("short", "abc\n");
    desk.write("empty", "\n");
    desk.write(
        "site.yaml",
        "site: 1
name: here
groups: {all: [HERE]}
hosts:
  HERE:
    vars: {a: {ask: The password}, b: {file: short}, c: {file: empty}}
    facilities: {process: {driver: local}}
",
    );
    desk.close_to_others("short");
    desk.close_to_others("empty");
    let run = desk.run(
        "apply secrets.yaml --site site.yaml",
        Person::Types("tr0ub4dor\n"),
    );
    assert_eq!(run.exit, Exit::Failed);
    assert!(!run.talk.contains("The password"), "{}", run.talk);
    assert!(
        run.talk.contains("it is too short to be hidden"),
        "{}",
        run.talk
    );
    assert!(run.talk.contains("it is empty"), "{}", run.talk);
}

#[test]
fn a_key_that_a_named_workflow_has_is_explained_as_it_stands_there() {
    let desk = small_desk("explain-key");
    desk.write(
        "taking.yaml",
        "workflow: 1
name: taking
inputs: {word: {type: text, default: one}}
steps:
  - {id: sure, uses: assert, with: {that: \"${{ inputs.word == 'one' }}\"}}
",
    );
    let of_file = desk.run("explain inputs -w taking.yaml", Person::Nobody);
    assert!(of_file.data.contains("taking.yaml:3:"), "{}", of_file.data);
    let of_key = desk.run("explain inputs -w small.yaml", Person::Nobody);
    assert!(
        of_key.data.contains("a key of a workflow"),
        "{}",
        of_key.data
    );
}

#[test]
fn what_keeps_a_file_from_being_written_is_told_in_words() {
    let desk = small_desk("unwritten");
    for (command, why) in [
        ("schema -o none/schema.json", "there is no such folder"),
        ("man small.yaml", "there is a file of that name"),
        ("new small.yaml", "there is a file of that name"),
        (
            "runs --state small.yaml",
            "a part of its path is a file, and no folder",
        ),
        (
            "apply small.yaml --site here.yaml --state small.yaml",
            "a part of its path is a file, and no folder",
        ),
    ] {
        let run = desk.run(command, Person::Nobody);
        assert_eq!(run.exit, Exit::Failed, "{command}");
        assert!(run.talk.contains(why), "{command}: {}", run.talk);
        assert!(!run.talk.contains("os error"), "{}", run.talk);
    }
}

#[test]
fn the_file_of_an_address_is_named_with_or_without_its_flag() {
    let desk = small_desk("explain-file");
    let wanted = desk.run("explain inputs -w small.yaml", Person::Nobody);
    for typed in ["explain inputs small.yaml", "explain small.yaml inputs"] {
        let told = desk.run(typed, Person::Nobody);
        assert_eq!(
            (told.exit, &told.data),
            (Exit::Done, &wanted.data),
            "{typed}: {}",
            told.talk
        );
    }
    let wanted = desk.run("explain -w small.yaml", Person::Nobody);
    let told = desk.run("explain small.yaml", Person::Nobody);
    assert_eq!(told.data, wanted.data, "{}", told.talk);
    let twice = desk.run("explain inputs small.yaml -w small.yaml", Person::Nobody);
    assert_eq!(twice.exit, Exit::Usage, "{}", twice.talk);
}
