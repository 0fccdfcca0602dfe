//! What goes wrong at a server that is a postoffice, and what its log says of it.

use super::{Operator, postoffices, said};
use crate::faults::{Fault, Given, Stage, When, kinds};
use crate::postoffice::condition::Condition;
use runsheet_step::{Map, Value};

const TWO: [&str; 2] = ["HUB", "SALES"];

/// A site after a first cycle, with a change at each postoffice.
pub(super) fn after_a_cycle() -> Operator {
    after_a_cycle_of(&TWO)
}

fn after_a_cycle_of(hosts: &[&str]) -> Operator {
    let mut operator = Operator::at_work(&postoffices(hosts));
    operator.export();
    operator.cycle();
    operator.everywhere("admin create ZOE Zorn, Zoe -dM");
    operator
}

/// Begins a fault now.
pub(super) fn begin(operator: &mut Operator, name: &str, given: &[(&str, Value)]) {
    let kind = kinds().find(|it| it.name == name).unwrap();
    let given = given.iter().cloned();
    let given: Map = given.map(|(name, value)| (name.into(), value)).collect();
    operator.lab.add_fault(Fault {
        kind,
        given: Given::new(given),
        from: When::Opening,
        until: None,
        stage: Stage::Ahead,
    });
}

pub(super) fn host(name: &str) -> (&'static str, Value) {
    ("host", Value::Text(name.into()))
}

fn hub_file(operator: &mut Operator, path: &str, condition: Condition) {
    operator.lab.postoffices[0].conditions.set(path, condition);
}

/// Runs one half of T2; its exit code, and what the log says from then on.
fn srvmain(operator: &mut Operator, half: &str) -> (i32, Vec<String>) {
    let before = said(operator).len();
    let (screen, exit) = operator.run("HUB", &format!("srvmain {half} -dM"));
    assert_eq!(screen, "");
    let lines = said(operator).split_off(before + 1);
    (exit, lines.into_iter().map(str::to_owned).collect())
}

#[test]
fn a_wrong_password_is_refused_and_no_password_at_the_server_takes_any() {
    let mut operator = after_a_cycle();
    begin(&mut operator, "requestor-password", &[host("SALES")]);
    operator.t1();
    let (exit, lines) = srvmain(&mut operator, "-r");
    assert_eq!(exit, 0);
    assert_eq!(
        lines,
        ["Error  [156] Invalid DirSync password from PCM:NORTH/SALES"]
    );
    operator.lab.end_fault(0);
    operator.lab.postoffices[1].requestor.password = "ANY".into();
    operator.t1();
    assert_eq!(srvmain(&mut operator, "-r"), (0, Vec::new()));
}

#[test]
fn mail_of_an_unregistered_requestor_is_refused_until_it_is_registered() {
    let mut operator = after_a_cycle();
    begin(&mut operator, "unregistered", &[host("SALES")]);
    operator.t1();
    let (_, lines) = srvmain(&mut operator, "-r");
    assert_eq!(
        lines,
        ["Error  [158] Requestor not registered : PCM:NORTH/SALES"]
    );
    operator.lab.end_fault(0);
    operator.cycle();
    assert_eq!(operator.knows("HUB", "NORTH/SALES/ZOE"), Some("Zorn, Zoe"));
}

#[test]
fn a_damaged_configuration_is_told_as_one_of_another_version() {
    for fault in ["srvconf-corrupt", "srvconf-layout"] {
        let mut operator = after_a_cycle();
        begin(&mut operator, fault, &[]);
        let (exit, lines) = srvmain(&mut operator, "-r");
        assert_eq!(exit, 1);
        let told = [
            "Error  [157] DirSync software version out of sync",
            "Fatal  [161] Server configuration busy",
        ];
        assert_eq!(lines, told, "{fault}");
        operator.lab.end_fault(0);
        assert_eq!(srvmain(&mut operator, "-r").0, 0, "{fault}");
    }
}

#[test]
fn a_configuration_that_another_program_holds_is_busy() {
    let mut operator = after_a_cycle();
    let condition = Condition::Locked("ADMIN".into());
    hub_file(&mut operator, r"GLB\SRVCONF.GLB", condition);
    let (exit, lines) = srvmain(&mut operator, "-t");
    assert_eq!(exit, 1);
    assert_eq!(lines, ["Fatal  [161] Server configuration busy"]);
}

#[test]
fn a_reply_the_server_has_not_received_itself_is_an_invalid_request() {
    let mut operator = after_a_cycle();
    begin(&mut operator, "skip-t3", &[host("HUB")]);
    operator.t1();
    let (exit, lines) = srvmain(&mut operator, "-r");
    assert_eq!(
        (exit, lines.as_slice()),
        (0, &["Error  [133] Invalid Server Request".to_owned()][..])
    );
    operator.run("HUB", "reqmain -r -dM");
    assert!(operator.at("HUB").system.is_empty());
}

#[test]
fn headers_without_messages_stop_the_server() {
    let mut operator = after_a_cycle();
    operator.t1();
    begin(&mut operator, "duplicate-headers", &[]);
    let (exit, lines) = srvmain(&mut operator, "-r");
    assert_eq!(exit, 1);
    assert_eq!(lines[0], "Error  [115] Failure to read mail from <NULL>");
    assert!(lines[1].starts_with("Warning[  8] "), "{}", lines[1]);
    assert!(
        lines[2].ends_with("Server processing failure"),
        "{}",
        lines[2]
    );
    assert_eq!(operator.at("HUB").system.len(), 4);
}

#[test]
fn a_status_report_needs_what_a_message_needs() {
    for path in [r"MAI\MA3", r"GLB\CONTROL.GLB"] {
        let mut operator = after_a_cycle();
        operator.t1();
        hub_file(&mut operator, path, Condition::ReadOnly);
        let (exit, lines) = srvmain(&mut operator, "-r");
        let told = "Warning[128] Could not process requestor status report";
        assert_eq!((exit, lines), (0, vec![told.to_owned(); 2]), "{path}");
    }
}

#[test]
fn without_its_master_list_the_server_can_do_nothing() {
    let mut operator = after_a_cycle();
    operator.t1();
    hub_file(&mut operator, r"GLB\MSTTRANS.GLB", Condition::Missing);
    let (exit, lines) = srvmain(&mut operator, "-r");
    assert_eq!(
        (exit, lines[0].as_str()),
        (1, "Fatal  [  2] Error opening file: MSTTRANS")
    );
    let (exit, lines) = srvmain(&mut operator, "-t");
    assert_eq!(
        (exit, lines[0].as_str()),
        (1, "Warning[  2] Error opening file: MSTTRANS")
    );
    operator.lab.postoffices[0]
        .conditions
        .clear(r"GLB\MSTTRANS.GLB");
    operator.t2();
    assert_eq!(operator.replies("SALES").len(), 1);
}

#[test]
fn without_the_pair_of_the_queue_nobody_is_answered_and_all_are_heard_again() {
    let mut operator = after_a_cycle();
    operator.t1();
    assert_eq!(srvmain(&mut operator, "-r").0, 0);
    hub_file(&mut operator, r"MBG\INQUEUE.MBG", Condition::Missing);
    let (exit, lines) = srvmain(&mut operator, "-t");
    let told = "Fatal  [159] Failure to send update mail to requestors PCM:NORTH/HUB";
    assert_eq!((exit, lines), (1, vec![told.to_owned()]));
    operator.lab.postoffices[0]
        .conditions
        .clear(r"MBG\INQUEUE.MBG");
    assert_eq!(srvmain(&mut operator, "-t").0, 0);
    operator.carry();
    assert_eq!(
        operator.replies("SALES"),
        ["SrvTx R=6 S=12 (was 10), I=1 2 sent"]
    );
}

#[test]
fn replies_that_cannot_be_put_together_are_not_sent_and_all_are_heard_again() {
    let mut operator = after_a_cycle();
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    let locked = Condition::Locked("BACKUP".into());
    hub_file(&mut operator, r"GLB\SRVUPDS.GLB", locked);
    let (exit, lines) = srvmain(&mut operator, "-t");
    let told = "Fatal  [163] Failure to copy server updates";
    assert_eq!((exit, lines), (1, vec![told.to_owned()]));
    operator.lab.postoffices[0]
        .conditions
        .clear(r"GLB\SRVUPDS.GLB");
    operator.t2();
    assert_eq!(operator.replies("SALES").len(), 1);
}

#[test]
fn an_import_above_the_limit_has_to_be_made_by_hand() {
    let mut operator = after_a_cycle();
    let count = ("count", Value::Int(3));
    begin(&mut operator, "limit", &[host("SALES"), count]);
    operator.run("SALES", "admin import -dM");
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    let (exit, lines) = srvmain(&mut operator, "-t");
    let told = [
        "Fatal  [118] Transaction limit reached",
        "Fatal  [166] Manual Import required for PCM:NORTH/SALES",
    ];
    assert_eq!((exit, lines), (0, told.map(str::to_owned).to_vec()));
    operator.carry();
    assert!(operator.replies("SALES").is_empty());
}

#[test]
fn updates_above_the_limit_are_spread_over_cycles() {
    let mut operator = after_a_cycle();
    let count = ("count", Value::Int(2));
    begin(&mut operator, "limit", &[host("SALES"), count]);
    operator.run("HUB", "admin export -dM");
    let mut told = Vec::new();
    for _ in 0..5 {
        operator.t1();
        operator.t2();
        told.extend(operator.replies("SALES"));
        operator.t3();
    }
    let expected = [
        "SrvTx R=6 S=12 (was 10), I=1 2 sent",
        "SrvTx R=6 S=14 (was 12), I=1 2 sent",
        "SrvTx R=6 S=16 (was 14), I=1 2 sent",
        "SrvTx R=6 S=18 (was 16), I=1 2 sent",
        "SrvTx R=6 S=18 (was 18), I=1 0 sent",
    ];
    assert_eq!(told, expected);
    assert!(operator.knows("SALES", "NORTH/HUB/ZOE").is_some());
}

#[test]
fn updates_in_the_body_of_a_message_are_put_together_in_memory() {
    let mut blueprint = postoffices(&TWO);
    blueprint.users = 500;
    let mut operator = Operator::at_work(&blueprint);
    begin(&mut operator, "in-body", &[host("SALES")]);
    operator.export();
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    let (exit, lines) = srvmain(&mut operator, "-t");
    assert_eq!(exit, 1);
    assert_eq!(lines[0], "Warning[  9] Out of memory: SRVUPDS");
    assert!(lines[1].starts_with("Fatal  [159] "), "{}", lines[1]);
}

#[test]
fn a_requestor_that_was_away_too_long_is_told_what_is_left_and_the_log_what_is_not() {
    let mut operator = after_a_cycle_of(&["HUB", "SALES", "PLANT"]);
    begin(&mut operator, "expired", &[host("SALES")]);
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    let (_, lines) = srvmain(&mut operator, "-t");
    let told = [
        "Error  [138] Server sync does not exist anymore (7)",
        "Error  [139] Number of missing transactions = 8 (7->14)",
    ];
    assert_eq!(lines, told);
    operator.carry();
    operator.t3();
    assert_eq!(operator.knows("SALES", "NORTH/PLANT/ADAMS"), None);
    assert_eq!(
        operator.knows("SALES", "NORTH/PLANT/ZOE"),
        Some("Zorn, Zoe")
    );
    operator.run("SALES", "admin export -dM");
    operator.run("SALES", "admin import -dM");
    operator.carry();
    operator.cycle();
    assert!(operator.knows("SALES", "NORTH/PLANT/ADAMS").is_some());
}

#[test]
fn what_was_kept_for_fourteen_days_is_purged() {
    let mut operator = after_a_cycle();
    let day = super::MINUTE * 60 * 24;
    operator.lab.advance(day * 15);
    operator.run("HUB", "reqmain -t -dM");
    operator.carry();
    operator.t2();
    assert_eq!(operator.serving().server.master.base(), 10);
    assert_eq!(operator.serving().server.master.sync(), 11);
}

#[test]
fn a_server_from_a_backup_starves_who_is_ahead_of_it() {
    let mut operator = after_a_cycle();
    operator.cycle();
    begin(&mut operator, "backup-restored", &[]);
    assert_eq!(operator.serving().server.master.sync(), 10);
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    let (_, lines) = srvmain(&mut operator, "-t");
    assert_eq!(
        lines[0],
        "Error  [138] Server sync does not exist anymore (12)"
    );
    assert_eq!(
        lines[1],
        "Error  [139] Number of missing transactions = 2 (12->11)"
    );
    operator.carry();
    operator.t3();
    assert_eq!(operator.at("SALES").numbers.srv_sync, 12);
}

#[test]
fn a_requestor_created_again_hears_nothing_and_nobody_says_so() {
    let mut operator = after_a_cycle();
    operator.run("SALES", "admin import -dM");
    operator.carry();
    operator.cycle();
    assert_eq!(operator.at("SALES").numbers.imp_sync, 2);
    begin(&mut operator, "import-number-lower", &[host("SALES")]);
    operator.run("HUB", "admin create YAN Yandell, Yan -dM");
    for _ in 0..3 {
        operator.cycle();
    }
    assert_eq!(operator.knows("SALES", "NORTH/HUB/YAN"), None);
    assert!(!operator.at("SALES").logs.dirsync.contains("Error"));
    operator.run("SALES", "admin import -dM");
    operator.carry();
    operator.cycle();
    assert!(operator.knows("SALES", "NORTH/HUB/YAN").is_some());
}

#[test]
fn status_reports_come_into_the_central_log_one_cycle_late() {
    let mut operator = after_a_cycle();
    operator.t1();
    operator.t2();
    let central = operator.at("HUB").file(r"LOG\CENTRAL.LOG").unwrap();
    let text = central.text.unwrap();
    assert!(
        text.contains("| Status       Report from NORTH/SALES/$SYSTEM\n"),
        "{text}"
    );
    assert!(text.contains("| 1 105 15\n"), "{text}");
    assert!(!text.contains("| 1 106 1\n"), "what this T1 sent: {text}");
}

#[test]
fn the_files_of_a_server_are_there_while_it_is_one() {
    let mut operator = after_a_cycle();
    let hub = operator.at("HUB");
    assert_eq!(hub.file(r"GLB\SRVCONF.GLB").unwrap().size, 3 * 1024);
    assert!(hub.file(r"GLB\MSTTRANS.GLB").unwrap().size > 0);
    assert_eq!(hub.file(r"GLB\SRVUPDS.GLB"), None);
    assert_eq!(operator.at("SALES").file(r"GLB\SRVCONF.GLB"), None);
    operator.t1();
    operator.run("HUB", "srvmain -r -dM");
    let argv = ["srvmain", "-t", "-dM"].map(str::to_owned);
    operator.lab.spawn("HUB", &argv, r"M:\MAILEXE").unwrap();
    operator.lab.advance(std::time::Duration::from_secs(4));
    assert!(operator.at("HUB").file(r"GLB\SRVUPDS.GLB").is_some());
    operator.lab.advance(std::time::Duration::from_secs(4));
    assert_eq!(operator.at("HUB").file(r"GLB\TMPTRANS.GLB"), None);
}
