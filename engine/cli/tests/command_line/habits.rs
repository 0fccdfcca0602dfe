//! What is typed out of habit: names of files that are nearly right, and words of other tools.

use runsheet_cli::exit::Exit;

use crate::desk::{Desk, Person};

const WORKFLOW: &str = "\
workflow: 1
name: serve
inputs: {n: {type: int, default: 3}}
steps:
  - {id: look, uses: assert, with: {that: \"${{ inputs.n > 2 }}\"}}
";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    std::fs::create_dir_all(desk.path("sites")).expect("room");
    desk.write("serve.yaml", WORKFLOW);
    let site = "site: 1\nname: lab\nlab: {}\nhosts: {HUB: {}}\n";
    desk.write("sites/lab.yaml", site);
    desk.write("sites/lab-2.yaml", site);
    desk.write("sites/lab-3.yaml", site);
    desk
}

#[track_caller]
fn refused(desk: &Desk, command: &str, exit: Exit, wanted: &str) {
    let run = desk.run(command, Person::Nobody);
    assert_eq!(run.exit, exit, "{command}: {}{}", run.talk, run.data);
    assert!(run.talk.contains(wanted), "{command}: {}", run.talk);
}

#[test]
fn of_a_file_that_is_not_there_it_is_asked_which_was_meant() {
    let desk = desk("meant");
    for (command, wanted) in [
        ("check sevre.yaml", "did you mean `serve.yaml`?"),
        ("check serve", "did you mean `serve.yaml`?"),
        ("plan serve.yml", "did you mean `serve.yaml`?"),
        ("fmt srve.yaml", "did you mean `serve.yaml`?"),
        (
            "check serve.yaml --site site/lba",
            "did you mean `sites/lab.yaml`?",
        ),
        (
            "lab show --site sites/lab-4.yaml",
            "did you mean `sites/lab-2.yaml` or `sites/lab-3.yaml`?",
        ),
        (
            "check elsewhere.yaml",
            "name a workflow by the path of its YAML file",
        ),
        (
            "check sites/serve/lab.yaml",
            "name a workflow by the path of its YAML file",
        ),
    ] {
        refused(&desk, command, Exit::Failed, wanted);
    }
}

#[test]
fn a_word_that_is_taken_for_a_file_changes_nothing() {
    let desk = desk("loose-word");
    let text = WORKFLOW.replace("uses: assert", "uses: asert");
    desk.write("serve.yaml", &text);
    for command in ["check --fix all serve.yaml", "check serve.yaml --fix all"] {
        refused(&desk, command, Exit::Usage, "write `--fix=all`");
    }
    let left = std::fs::read_to_string(desk.path("serve.yaml")).expect("it is there");
    assert_eq!(left, text);
    desk.write("all", WORKFLOW);
    let run = desk.run("check serve.yaml --fix all", Person::Nobody);
    assert_eq!(run.exit, Exit::Done, "{}", run.talk);
}

#[test]
fn words_of_other_tools_are_answered_with_what_says_it_here() {
    let desk = desk("habits");
    for (command, wanted) in [
        ("apply serve.yaml --dry-run", "`plan` is the dry run"),
        ("run serve.yaml -n", "`plan` is the dry run"),
        ("plan serve.yaml --var n=4", "`--set NAME=VALUE`"),
        ("plan serve.yaml -e n=4", "`--set NAME=VALUE`"),
        ("check serve.yaml --set n=4", "inputs are given to `plan`"),
        ("plan serve.yaml --limit HUB", "which hosts take part"),
        ("apply serve.yaml -y", "`--yes`"),
        ("validate serve.yaml", "`check` tells"),
        ("lint", "`check` tells"),
        ("format serve.yaml", "`fmt`"),
    ] {
        refused(&desk, command, Exit::Usage, &format!("tip: {wanted}"));
    }
    // What is nearly a word of ours is one.
    refused(&desk, "chekc serve.yaml", Exit::Usage, "'check'");
    let lab = desk.run("lab test", Person::Nobody);
    assert!(!lab.talk.contains("`check`"), "{}", lab.talk);
}

#[test]
fn another_sort_of_file_is_no_file_of_inputs() {
    let desk = desk("no-inputs");
    for (file, sort) in [("serve.yaml", "a workflow"), ("sites/lab.yaml", "a site")] {
        let command = format!("plan serve.yaml --inputs {file}");
        let wanted = format!("error: {file} is {sort}, no file of inputs\n");
        refused(&desk, &command, Exit::Failed, &wanted);
    }
    desk.write("given.yaml", "site: 1\nn: 4\n");
    let run = desk.run("plan serve.yaml --inputs given.yaml", Person::Nobody);
    assert!(
        run.talk.contains("there is no input `site`"),
        "{}",
        run.talk
    );
}
