//! The command line from outside: what is typed, and the screen and files that come of it.

mod again;
#[cfg(unix)]
mod amiss;
mod asked;
mod before;
mod desk;
#[cfg(unix)]
mod driven;
#[cfg(unix)]
mod editor;
mod elsewhere;
mod habits;
#[cfg(target_os = "linux")]
mod handed;
#[cfg(target_os = "linux")]
mod hostile;
#[cfg(unix)]
mod lab_on_disk;
#[cfg(unix)]
mod lab_shared;
mod layout;
#[cfg(unix)]
mod made;
#[cfg(unix)]
mod named;
#[cfg(unix)]
mod plugin_host;
#[cfg(target_os = "linux")]
mod plugin_test;
#[cfg(unix)]
mod renamed;
#[cfg(unix)]
mod settings;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod taken;
#[cfg(unix)]
mod thinking;
mod unfit;

use desk::{Desk, Person};
use runsheet_cli::exit::Exit;

const WORKFLOW: &str = "workflow: 1
name: small
steps:
  - id: sure
    uses: assert
    with: {that: true}
";

const ASKING: &str = "workflow: 1
name: asking
steps:
  - id: sure
    uses: assert
    confirm: Is it late enough?
    with: {that: true}
";

const SITE: &str = "site: 1
name: here
hosts:
  HERE: {}
";

const REAL: &str = "site: 1
name: contoso
real: true
hosts:
  HERE: {}
";

pub(crate) fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    desk.write("small.yaml", WORKFLOW);
    desk.write("asking.yaml", ASKING);
    desk.write("here.yaml", SITE);
    desk.write("contoso.yaml", REAL);
    desk
}

#[test]
fn a_run_is_told_again_in_the_same_words() {
    let desk = desk("told-again");
    let run = desk.run("apply small.yaml --site here.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Done, "{}", run.talk);
    let shown = desk.run("show last", Person::Nobody);
    assert!(
        shown.data.ends_with(&run.data),
        "{}\n{}",
        run.data,
        shown.data
    );
    let runs = desk.run("runs", Person::Nobody);
    assert!(
        runs.data.contains("succeeded  small  here"),
        "{}",
        runs.data
    );
}

#[test]
fn help_is_data_and_a_slip_is_talk() {
    let desk = desk("help");
    let help = desk.run("--help", Person::Nobody);
    assert_eq!(help.exit, Exit::Done);
    assert!(
        help.data.contains("Examples:") && help.talk.is_empty(),
        "{}",
        help.data
    );
    let slip = desk.run("aply small.yaml", Person::Nobody);
    assert_eq!(slip.exit, Exit::Usage);
    assert!(
        slip.talk.contains("'apply'") && slip.data.is_empty(),
        "{}",
        slip.talk
    );
}

#[test]
fn what_there_is_not_is_answered_with_what_was_meant() {
    let desk = desk("meant");
    let slip = desk.run("explain asert", Person::Nobody);
    assert_eq!(slip.exit, Exit::Failed);
    let wanted =
        "error: there is no kind, facility, key or code `asert`\n help: did you mean `assert`?\n";
    assert_eq!(slip.talk, wanted);
    let page = desk.run("explain unknown-driver", Person::Nobody);
    assert!(
        page.data.starts_with("# a driver that there is not\n"),
        "{}",
        page.data
    );
}

#[test]
fn nothing_is_done_where_it_cannot_be_written_down() {
    let desk = desk("no-folder");
    desk.write("state", "a file where a folder should be");
    let run = desk.run(
        "apply small.yaml --site here.yaml --state state",
        Person::Nobody,
    );
    assert_eq!(run.exit, Exit::Failed);
    assert!(
        run.talk.contains("the run cannot be written down"),
        "{}",
        run.talk
    );
    assert!(run.talk.contains("nothing was done"), "{}", run.talk);
    assert!(run.data.is_empty(), "{}", run.data);
}

#[test]
fn only_one_run_at_a_time_is_at_a_site() {
    let desk = desk("one-at-a-time");
    let apply = "apply small.yaml --site here.yaml";
    assert_eq!(desk.run(apply, Person::Nobody).exit, Exit::Done);
    let other = std::fs::File::open(desk.path(".runsheet/sites/here.lock")).expect("it was made");
    other.lock().expect("nobody holds it any more");
    let refused = desk.run(apply, Person::Nobody);
    assert_eq!(refused.exit, Exit::Failed);
    let wanted = "error: another run is at work at here\n";
    assert!(refused.talk.contains(wanted), "{}", refused.talk);
    drop(other);
    assert_eq!(desk.run(apply, Person::Nobody).exit, Exit::Done);
}

#[cfg(unix)]
#[test]
fn runs_are_kept_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk("owner");
    desk.run("apply small.yaml --site here.yaml", Person::Nobody);
    let about = std::fs::metadata(desk.path(".runsheet")).expect("it was made");
    assert_eq!(about.permissions().mode() & 0o777, 0o700);
    let ignored = std::fs::read_to_string(desk.path(".runsheet/.gitignore"));
    assert_eq!(ignored.ok().as_deref(), Some("*\n"));
}

#[test]
fn a_question_waits_for_a_yes() {
    let desk = desk("question");
    let apply = "apply asking.yaml --site here.yaml";
    let nobody = desk.run(apply, Person::Nobody);
    assert_eq!(nobody.exit, Exit::Failed, "{}", nobody.talk);
    let agreed = desk.run(&format!("{apply} --yes"), Person::Nobody);
    assert_eq!(agreed.exit, Exit::Done, "{}", agreed.talk);
    let typed = desk.run(apply, Person::Types("maybe\nyes\n"));
    assert_eq!(typed.exit, Exit::Done, "{}", typed.talk);
    let wanted = "sure: Is it late enough? [yes/no] please type `yes` or `no`\n";
    assert!(typed.talk.contains(wanted), "{}", typed.talk);
    let refused = desk.run(apply, Person::Types("no\n"));
    assert_eq!(refused.exit, Exit::Failed, "{}", refused.talk);
}

#[test]
fn a_real_site_wants_its_name_typed() {
    let desk = desk("real");
    let apply = "apply small.yaml --site contoso.yaml";
    let nobody = desk.run(apply, Person::Nobody);
    assert_eq!(nobody.exit, Exit::Failed, "{}", nobody.talk);
    assert!(nobody.talk.contains("agree with --yes"), "{}", nobody.talk);
    let wrong = desk.run(apply, Person::Types("yes\n"));
    assert_eq!(wrong.exit, Exit::Cancelled, "{}", wrong.talk);
    assert!(
        wrong.talk.contains("plan of small at contoso, a real site"),
        "{}",
        wrong.talk
    );
    let right = desk.run(apply, Person::Types("contoso\n"));
    assert_eq!(right.exit, Exit::Done, "{}", right.talk);
}

#[test]
fn the_page_of_a_code_breaks_and_keeps_its_rule() {
    let desk = desk("page");
    let page = include_str!("../../src/pages/unknown-driver.md");
    let code = runsheet_diagnostics::code::Code::new("unknown-driver", page);
    let examples = code.examples();
    assert_eq!(examples.len(), 2);
    for example in examples {
        desk.write("example.yaml", example.text);
        let run = desk.run("plan small.yaml --site example.yaml", Person::Nobody);
        assert_eq!(
            run.talk.contains("unknown-driver"),
            example.wrong,
            "{}",
            run.talk
        );
    }
}

#[test]
fn a_secret_in_a_file_that_others_can_read_is_refused() {
    let desk = desk("secret");
    desk.write("pw", "tr0ub4dor\n");
    desk.write(
        "secret.yaml",
        "workflow: 1
name: secret
inputs:
  here: {type: host, vars: {pw: secret}, default: \"${{ site.groups.all[0] }}\"}
steps:
  - {id: sure, uses: exec, host: \"${{ inputs.here }}\", with: {argv: [printf, \"%s\", \"${{ inputs.here.vars.pw }}\"]}}
",
    );
    desk.write(
        "site.yaml",
        "site: 1
name: here
groups: {all: [HERE]}
hosts:
  HERE:
    vars: {pw: {file: pw}}
    facilities: {process: {driver: local}}
",
    );
    let refused = desk.run("apply secret.yaml --site site.yaml", Person::Nobody);
    assert_eq!(refused.exit, Exit::Failed);
    assert!(refused.talk.contains("chmod 600 it"), "{}", refused.talk);
    desk.close_to_others("pw");
    let run = desk.run("apply secret.yaml --site site.yaml -vvv", Person::Nobody);
    assert_eq!(run.exit, Exit::Done, "{}", run.talk);
    let shown = desk.run("show last --json", Person::Nobody);
    for screen in [&run.talk, &run.data, &shown.data] {
        assert!(!screen.contains("tr0ub4dor"), "{screen}");
    }
    assert!(
        shown.data.contains("***"),
        "what the program said is told without it"
    );
}

#[cfg(unix)]
#[test]
fn the_clock_of_a_lab_stands_still_while_a_real_program_runs() {
    let desk = desk("real-program");
    desk.write(
        "nap.yaml",
        "workflow: 1
name: nap
steps:
  - {id: nap, uses: exec, host: HERE, timeout: 5m, with: {argv: [sleep, \"0.1\"]}}
",
    );
    desk.write(
        "lab.yaml",
        "site: 1
name: here
lab: {users: 1}
hosts:
  HERE:
    facilities: {process: {driver: local}}
",
    );
    let run = desk.run("apply nap.yaml --site lab.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Done, "{}{}", run.talk, run.data);
    assert!(
        run.data.contains("succeeded after 0s at here"),
        "{}",
        run.data
    );
}

#[test]
fn a_person_does_what_is_to_be_done_by_hand_and_fills_in_the_form() {
    let desk = desk("by-hand");
    desk.write(
        "hand.yaml",
        "workflow: 1
name: hand
steps:
  - id: look
    uses: manual
    host: HERE
    with: {say: Count the lights, form: {lights: int, colour: text}}
    expect: outputs.lights == 3
",
    );
    let apply = "apply hand.yaml --site here.yaml";
    let run = desk.run(apply, Person::Types("yes\nthree\n3\nred\n"));
    assert_eq!(run.exit, Exit::Done, "{}{}", run.talk, run.data);
    let wanted = "look at HERE:\n  Count the lights\n  done? [yes/no]   lights (int):   lights (int):   colour (text): ";
    assert!(run.talk.contains(wanted), "{}", run.talk);
    assert!(
        run.data
            .contains("look: outputs.lights == 3\n    lights 3\n"),
        "{}",
        run.data
    );
    let refused = desk.run(apply, Person::Types("no\n"));
    assert!(
        refused.data.contains("the person at the terminal said no"),
        "{}",
        refused.data
    );
    let nobody = desk.run(apply, Person::Nobody);
    assert_eq!(nobody.exit, Exit::Failed);
    assert!(
        nobody
            .talk
            .contains("`look` needs a person, and there is nobody to ask"),
        "{}",
        nobody.talk
    );
}
