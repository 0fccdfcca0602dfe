//! What the real tools kept to themselves.

use super::{Operator, blueprint};
use crate::clock::START;
use crate::exchange::diagnostics::{Logging, PC_MTA};
use crate::lab::Lab;
use crate::password;
use crate::process::{End, NotStarted};

#[test]
fn a_wrong_password_is_told_on_the_screen_and_nowhere_else() {
    let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT"]));
    operator.export();
    operator.t1();
    operator.t2();
    operator.everywhere("reqmain -dM -r");
    let log = operator.at("SALES").logs.clone();
    let ended = operator.run("SALES", "import -dM admin -pWRONG -q -y");
    assert_eq!(ended, ("Bad ID or Password\n".to_owned(), 0));
    assert_eq!(operator.at("SALES").logs.dirsync, log.dirsync);
    assert_eq!(operator.at("SALES").logs.dsserver, log.dsserver);
    assert_eq!(operator.run("SALES", "rebuild -dM -f").1, 0);
    assert_eq!(operator.at("SALES").gal_entries(), 4);
    assert!(operator.at("SALES").file(r"GLB\SRVTRANS.GLB").unwrap().size > 0);
    let right = format!("import -dM admin -p{} -q -y", password::of("SALES"));
    operator.run("SALES", &right);
    operator.run("SALES", "rebuild -dM -f");
    assert_eq!(operator.at("SALES").gal_entries(), 12);
}

#[test]
fn an_offline_postoffice_waits_without_a_word() {
    let mut blueprint = blueprint(&["SALES", "PLANT", "DEPOT"]);
    blueprint.offline.insert("PLANT".to_owned());
    let mut operator = Operator::prepared(&blueprint);
    operator.export();
    operator.cycle();
    let events = operator.events_after(0);
    assert!(
        events
            .iter()
            .all(|(_, _, remote)| !remote.contains("PLANT"))
    );
    assert_eq!(operator.at("PLANT").outgoing.len(), 3);
    assert!(operator.knows("SALES", "NORTH/DEPOT/ADAMS").is_some());
    assert!(operator.knows("SALES", "NORTH/PLANT/ADAMS").is_none());
    operator.lab.postoffices[1].reachable = true;
    operator.cycle();
    assert!(operator.knows("SALES", "NORTH/PLANT/ADAMS").is_some());
}

#[test]
fn without_maximum_logging_nothing_is_logged() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    operator.lab.exchanges[0].set_logging(START, &PC_MTA, Logging::Medium);
    operator.export();
    operator.cycle();
    assert_eq!(operator.server().log.newest(), 0);
    assert_eq!(operator.at("SALES").numbers.req_sync, 5);
}

#[test]
fn copies_come_only_where_options_and_administrator_are_chosen() {
    type Forget = fn(&mut crate::exchange::settings::Settings);
    let table: [(Forget, &str); 3] = [
        (|it| it.administrator = None, ""),
        (
            |it| it.copy_outgoing = false,
            "Status report from NORTH/SALES",
        ),
        (
            |it| it.forward_incoming = false,
            "SrvTx R=0 S=4 (was 0), I=1 5 sent",
        ),
    ];
    for (forget, first) in table {
        let mut operator = Operator::prepared(&blueprint(&["SALES"]));
        forget(&mut operator.lab.exchanges[0].settings);
        operator.cycle();
        let subjects = operator.subjects_after(0);
        assert_eq!(subjects.first().copied().unwrap_or_default(), first);
    }
}

#[test]
fn forcedos_finds_programs_in_the_current_directory_only() {
    let mut lab = Lab::build(&blueprint(&["SALES"]));
    let argv = ["forcedos", "reqmain", "-dM", "-t"];
    let ended = lab.run("SALES", &argv, r"M:\").unwrap();
    assert_eq!(ended.console(), "FORCEDOS: Program file not found.\n");
    assert_ne!(ended.end(), Some(End::Exited(0)));
    assert!(lab.postoffices[0].outgoing.is_empty());
    let ended = lab.run("SALES", &argv, r"m:\mailexe\").unwrap();
    assert_eq!((ended.console(), ended.end()), ("", Some(End::Exited(0))));
    assert_eq!(lab.postoffices[0].outgoing.len(), 2);
    let lost = lab.run("SALES", &argv[1..], r"C:\WINNT");
    assert_eq!(lost.unwrap_err(), NotStarted::NotFound);
    let elsewhere = lab.run("EXCH1", &argv[1..], r"M:\MAILEXE");
    assert_eq!(elsewhere.unwrap_err(), NotStarted::NotFound);
    let nowhere = lab.run("NOBODY", &argv[1..], r"M:\MAILEXE");
    assert_eq!(nowhere.unwrap_err(), NotStarted::NoSuchHost);
}

#[test]
fn unanswered_prompts_do_nothing_and_succeed() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    let line = format!("import -dM admin -p{} -q", password::of("SALES"));
    for line in [&line, "rebuild -dM"] {
        let (screen, exit) = operator.run("SALES", line);
        assert!(screen.ends_with("Continue? (Y/N) \n"), "{screen}");
        assert_eq!(exit, 0);
    }
    assert!(operator.at("SALES").logs.dirsync.is_empty());
}

#[test]
fn the_real_password_may_be_another_than_the_one_that_was_told() {
    let mut blueprint = blueprint(&["SALES"]);
    blueprint.wrong_password.insert("Sales".to_owned());
    let mut operator = Operator::prepared(&blueprint);
    let line = format!("import -dM admin -p{} -q -y", password::of("SALES"));
    let refused = ("Bad ID or Password\n".to_owned(), 0);
    assert_eq!(operator.run("SALES", &line), refused);
}

#[test]
fn late_mail_waits_for_the_next_cycle() {
    let mut blueprint = blueprint(&["SALES", "PLANT"]);
    blueprint
        .late
        .insert("PLANT".to_owned(), 30 * super::MINUTE);
    let mut operator = Operator::prepared(&blueprint);
    operator.export();
    operator.cycle();
    assert_eq!(operator.at("PLANT").numbers.srv_sync, 0);
    operator.lab.advance(30 * super::MINUTE);
    operator.t2();
    assert_eq!(operator.at("PLANT").system.len(), 1);
}

#[test]
fn a_fault_begins_and_ends_with_the_steps_it_names() {
    use crate::faults::{Fault, Given, Stage, When, kinds};
    use runsheet_step::Value;
    let mut lab = Lab::build(&blueprint(&["SALES"]));
    let given = Value::map([
        ("host", "SALES".into()),
        ("file", r"GLB\REQCONF.GLB".into()),
    ]);
    lab.add_fault(Fault {
        kind: kinds().find(|it| it.name == "delete").unwrap(),
        given: Given::new(given.as_map().unwrap().clone()),
        from: When::Step("t1.send".to_owned()),
        until: Some(When::Step("t2".to_owned())),
        stage: Stage::Ahead,
    });
    let there = |lab: &Lab| lab.postoffices[0].file(r"GLB\REQCONF.GLB").is_some();
    assert!(there(&lab));
    lab.step_asks(r#"t1["SALES"].send"#);
    assert!(!there(&lab));
    lab.step_asks("t2");
    assert!(there(&lab));
    lab.step_asks(r#"t1["PLANT"].send"#);
    assert!(there(&lab), "what is over does not come again");
}

#[test]
fn a_look_for_mail_where_there_is_none_changes_nothing() {
    let mut lab = Lab::build(&blueprint(&["SALES", "PLANT"]));
    lab.postoffices.take_touched();
    lab.exchanges.take_touched();
    lab.advance(20 * super::MINUTE);
    assert!(lab.postoffices.take_touched().is_empty());
    assert!(lab.exchanges.take_touched().is_empty());
}
