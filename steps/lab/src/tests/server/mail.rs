//! EXTERNAL: mail between postoffices, its logs, its attempts and its exit codes.

use runsheet_formats::log::{session, system, transfers};
use runsheet_formats::sentence::Sentence;

use super::{MINUTE, Operator, postoffices};
use crate::mail::Content;
use crate::postoffice::condition::Condition;

const TWO: [&str; 2] = ["HUB", "SALES"];

/// SALES has sent its updates, and a first pass has sorted them.
fn sorted() -> Operator {
    let mut operator = Operator::at_work(&postoffices(&TWO));
    operator.run("SALES", "reqmain -dM -t");
    operator.run("MTA1", "external -0 -dFG");
    operator
}

#[track_caller]
fn log(operator: &Operator, host: &str, name: &str) -> Vec<String> {
    let log = operator.at(host).file(&format!(r"LOG\{name}"));
    let text = log.and_then(|it| it.text).unwrap_or_default();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn one_pass_ends_as_the_last_of_its_cycles_and_one_without_drives_in_error() {
    let mut operator = sorted();
    assert_eq!(operator.run("MTA1", "external -0 -dFG").1, 64);
    assert_eq!(operator.run("MTA1", "external -0 -dFZ").1, 65);
    assert_eq!(operator.run("MTA1", "external -0").1, 65);
    assert_eq!(operator.run("MTA1", "external -0 -dFG -y").1, 65);
}

#[test]
fn external_may_go_on_for_a_time() {
    let mut operator = Operator::at_work(&postoffices(&TWO));
    operator.run("SALES", "reqmain -dM -t");
    assert_eq!(operator.run("MTA1", "external -dFG -br0:05").1, 63);
    assert_eq!(operator.at("HUB").system.len(), 2);
}

#[test]
fn logs_tell_what_was_sent_and_received() {
    let mut operator = sorted();
    let (screen, _) = operator.run("MTA1", "external -0 -dFG -ms -mr -v -l -a -w -q1");
    let sent = log(&operator, "SALES", "SENT.LOG");
    assert_eq!(sent, log(&operator, "HUB", "RECV.LOG"));
    assert_eq!(sent.len(), 2);
    assert!(
        sent[0].ends_with("NORTH/SALES/$SYSTEM NORTH/HUB/$SYSTEM * 00000001"),
        "{}",
        sent[0]
    );
    for line in &sent {
        assert!(Sentence::read(transfers::TEXTS, line).is_ok(), "{line}");
    }
    let session = log(&operator, "HUB", "SESSION.LOG");
    let carried = r"Transferring mail: mail file is: G:MAI\MA2\00000002.MAI.";
    assert!(
        session.iter().any(|it| it.ends_with(carried)),
        "{session:?}"
    );
    for line in &session {
        assert_eq!(session::Line::parse(line).unwrap().to_string(), *line);
        assert!(screen.contains(line.as_str()), "{screen}");
    }
    assert!(screen.contains("F: NORTH/HUB OK\n"), "{screen}");
}

#[test]
fn mail_for_a_drive_out_of_reach_waits_and_nobody_is_told() {
    let mut operator = sorted();
    operator.lab.postoffices[0].reachable = false;
    for _ in 0..10 {
        let (screen, exit) = operator.run("MTA1", "external -0 -dFG -v");
        assert!(screen.contains("F: NORTH/HUB FAILED"), "{screen}");
        assert_eq!(exit, 64);
        operator.lab.advance(6 * MINUTE);
    }
    assert!(operator.at("SALES").system.is_empty());
    operator.lab.postoffices[0].reachable = true;
    operator.run("MTA1", "external -0 -dFG");
    assert_eq!(operator.at("HUB").system.len(), 2);
}

#[test]
fn after_three_attempts_mail_is_returned() {
    let mut operator = sorted();
    let locked = Condition::Locked("MTA2".into());
    operator.lab.postoffices[0]
        .conditions
        .set(r"MBG\INQUEUE3.MBG", locked);
    for attempt in 1..=3 {
        assert!(
            operator.at("SALES").system.is_empty(),
            "before attempt {attempt}"
        );
        operator.run("MTA1", "external -0 -dFG");
        // A pass that comes too early is no attempt.
        operator.run("MTA1", "external -0 -dFG");
        operator.lab.advance(5 * MINUTE);
    }
    let returned = &operator.at("SALES").system;
    let reasons: Vec<String> = returned
        .iter()
        .map(|it| match &it.content {
            Content::NonDelivery(it) => it.reason.to_string(),
            other => panic!("{other:?}"),
        })
        .collect();
    let reason = "[005] Mail retry count exceeded sending to: NORTH     /HUB";
    assert_eq!(reasons, [reason, reason]);
    let lines = log(&operator, "SALES", "SYSTEM.LOG");
    assert_eq!(lines[0], "External program has detected a mail problem.");
    assert!(lines.iter().any(|it| it == reason), "{lines:?}");
    for line in &lines {
        assert!(system::Line::parse(line).is_ok(), "{line}");
    }
}

#[test]
fn without_its_routes_external_sorts_nothing() {
    for (path, status) in [("XTN", "NO-REF"), ("P1", "ERROR")] {
        let mut operator = Operator::at_work(&postoffices(&TWO));
        operator.run("SALES", "reqmain -dM -t");
        operator.lab.postoffices[1]
            .conditions
            .set(path, Condition::Missing);
        let (screen, _) = operator.run("MTA1", "external -0 -dFG -v");
        assert!(
            screen.contains(&format!("G: NORTH/SALES {status}")),
            "{screen}"
        );
        assert_eq!(operator.at("SALES").outgoing.len(), 2, "{path}");
    }
}

#[test]
fn a_server_tells_what_did_not_reach_a_requestor() {
    let mut operator = Operator::at_work(&postoffices(&TWO));
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    operator.run("HUB", "srvmain -t -dM");
    operator.run("MTA1", "external -0 -dFG");
    operator.lab.postoffices[1]
        .conditions
        .set("MAI", Condition::Missing);
    for _ in 0..3 {
        operator.run("MTA1", "external -0 -dFG");
        operator.lab.advance(5 * MINUTE);
    }
    assert_eq!(operator.run("HUB", "srvmain -r -dM").1, 0);
    let told = "Warning[154] Non-delivery report from NORTH/HUB/POSTMASTER";
    assert!(
        super::said(&operator).contains(&told),
        "{:?}",
        super::said(&operator)
    );
}
