//! What is said besides what is wrong: which site fits, and of which file not all was looked at; and
//! the places of what no lab can be.

use runsheet_cli::exit::Exit;

use crate::desk::{Desk, Person};

const WORKFLOW: &str = "\
workflow: 1
name: serve
inputs: {server: {type: host, default: '${{ site.groups.server[0] }}'}}
steps:
  - {id: list, uses: exec, host: '${{ inputs.server }}', with: {argv: [ls]}}
";

fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    std::fs::create_dir_all(desk.path("sites")).expect("room");
    desk.write("serve.yaml", WORKFLOW);
    let site = |name: &str, groups: &str| {
        let text = format!("site: 1\nname: {name}\nlab: {{}}\n{groups}hosts: {{HUB: {{}}}}\n");
        desk.write(&format!("sites/{name}.yaml"), &text);
    };
    site("lab", "");
    site("broken", "groups: {server: [NOBODY]}\n");
    site("pc-only", "groups: {server: [HUB]}\n");
    desk.write("sites/notes.yaml", "server: HUB\n");
    desk
}

#[test]
fn a_site_that_fits_is_named_where_the_usual_one_does_not() {
    let desk = desk("fitting");
    let wanted = "sites/pc-only.yaml is a site that fits: name it with --site sites/pc-only.yaml\n";
    for command in ["plan serve.yaml", "apply serve.yaml --yes"] {
        let left = desk.run(command, Person::Nobody);
        assert_eq!(left.exit, Exit::Failed, "{command}");
        assert!(left.talk.contains("has no group `server`"), "{}", left.talk);
        assert!(left.talk.ends_with(wanted), "{command}: {}", left.talk);
    }
    let right = desk.run("plan serve.yaml --site sites/pc-only.yaml", Person::Nobody);
    assert_eq!(right.exit, Exit::Done, "{}", right.talk);
    // Whoever names a site means it.
    let named = desk.run("plan serve.yaml --site sites/lab.yaml", Person::Nobody);
    assert!(!named.talk.contains("that fits"), "{}", named.talk);
    std::fs::remove_file(desk.path("sites/pc-only.yaml")).expect("it is there");
    let none = desk.run("plan serve.yaml", Person::Nobody);
    assert!(!none.talk.contains("that fits"), "{}", none.talk);
}

#[test]
fn of_a_file_that_breaks_off_it_is_said_that_there_may_be_more() {
    let desk = desk("breaks-off");
    let wanted = "open.yaml: its other mistakes are told when its YAML can be read\n";
    desk.write(
        "open.yaml",
        "workflow: 1\nname: open\nsteps:\n  - {id: a, uses: asert\n",
    );
    let left = desk.run("check open.yaml serve.yaml", Person::Nobody);
    assert_eq!(left.exit, Exit::Failed);
    assert!(left.talk.ends_with(wanted), "{}", left.talk);
    // One that is read to its end has told all.
    desk.write(
        "open.yaml",
        "workflow: 1\nname: open\nname: twice\nsteps: []\n",
    );
    let left = desk.run("check open.yaml", Person::Nobody);
    assert!(left.talk.contains("duplicate-key"), "{}", left.talk);
    assert!(!left.talk.contains("can be read"), "{}", left.talk);
}

#[test]
fn what_no_lab_can_be_is_told_with_its_place_before_anything_runs() {
    let desk = desk("bad-lab");
    let site = "\
site: 1
name: two
lab:
  users: 4
  faults: [{fault: lock, host: HUB}, {fault: nothing}]
groups: {server: [HUB, PLANT]}
hosts:
  HUB: {}
  PLANT: {vars: {address: HUB}}
";
    desk.write("sites/two.yaml", site);
    for command in ["plan serve.yaml", "check serve.yaml", "lab show"] {
        let left = desk.run(&format!("{command} --site sites/two.yaml"), Person::Nobody);
        assert_eq!(left.exit, Exit::Failed, "{command}");
        for wanted in [
            "bad-lab",
            "a system has one dir-sync server",
            "the lab knows no fault `nothing`",
            "sites/two.yaml:9:3",
            "sites/two.yaml:5:46",
        ] {
            assert!(
                left.talk.contains(wanted),
                "{command}, {wanted}: {}",
                left.talk
            );
        }
    }
    let page = include_str!("../../src/pages/bad-lab.md");
    let code = runsheet_diagnostics::code::Code::new("bad-lab", page);
    for example in code.examples() {
        desk.write("sites/example.yaml", example.text);
        let left = desk.run("lab show --site sites/example.yaml", Person::Nobody);
        assert_eq!(
            left.talk.contains("bad-lab"),
            example.wrong,
            "{}",
            left.talk
        );
    }
}
