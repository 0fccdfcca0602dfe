//! T1 at a requestor where something is wrong.

use super::super::{Operator, blueprint, outgoing};
use crate::process::{End, NotStarted};

const FAILED: &str = "Status       Requestor process failed.";
const SEND: &str = "reqmain -dM -t";

fn operator() -> Operator {
    Operator::prepared(&blueprint(&["SALES"]))
}

#[test]
fn programs_that_were_moved_are_found_by_nobody() {
    let mut operator = operator();
    operator.fault("tools-moved", &[("host", "SALES")]);
    let argv = ["reqmain", "-dM", "-t"];
    let plain = operator.lab.run("SALES", &argv, r"M:\MAILEXE");
    assert_eq!(plain.unwrap_err(), NotStarted::NotFound);
    let (screen, exit) = operator.run("SALES", "forcedos reqmain -dM -t");
    assert_eq!(screen, "FORCEDOS: Program file not found.\n");
    assert_ne!(exit, 0);
}

#[test]
fn a_bound_program_needs_forcedos_where_the_os2_subsystem_fails() {
    let mut operator = operator();
    operator.fault("os2-subsystem", &[("host", "SALES")]);
    let (screen, exit) = operator.run("SALES", SEND);
    assert!(screen.contains("Error code 38"), "{screen}");
    assert_ne!(exit, 0);
    assert!(operator.at("SALES").outgoing.is_empty());
    assert_eq!(operator.run("SALES", "forcedos reqmain -dM -t").1, 0);
    assert_eq!(operator.at("SALES").outgoing.len(), 2);
    assert_eq!(operator.run("SALES", "admin export -dM").1, 0, "not bound");
}

#[test]
fn changes_below_the_acknowledged_number_are_not_sent() {
    let mut operator = operator();
    operator.export();
    operator.cycle();
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    operator.fault("numbers-behind", &[("host", "SALES")]);
    assert_eq!(operator.run("SALES", SEND).1, 0);
    let last = operator.log_of("SALES").pop().unwrap();
    assert_eq!(last, "Status       No requestor updates to send");
    let subject = outgoing(operator.at("SALES")).pop().unwrap();
    assert_eq!(subject, "ReqTx R=1 (was 101), S=9, I=1, 0 sent");
}

#[test]
fn a_missing_queue_fails_with_four_lines() {
    let mut operator = operator();
    operator.fault(
        "delete",
        &[("host", "SALES"), ("file", r"GLB\REQTRANS.GLB")],
    );
    assert_ne!(operator.run("SALES", SEND).1, 0);
    let log = operator.log_of("SALES");
    assert_eq!(
        log[log.len() - 4..],
        [
            "Warning[  2] Error opening file: REQTRANS",
            "Fatal  [ 40] Possible database corruption detected: REQTRANS",
            "Warning[152] Failure to transmit requestor updates",
            FAILED,
        ]
    );
    assert_eq!(
        outgoing(operator.at("SALES")),
        ["Status report from NORTH/SALES"]
    );
}

#[test]
fn what_a_message_needs_must_be_there() {
    let spoilt = |operator: &mut Operator, path: &str| match path {
        "" => operator.fault("disk-full", &[("host", "SALES")]),
        path => operator.fault("delete", &[("host", "SALES"), ("file", path)]),
    };
    for path in ["", "P1", r"MBG\INQUEUE.MBG", r"KEY\INQUEUE.KEY", r"MAI\MA3"] {
        let mut operator = operator();
        spoilt(&mut operator, path);
        assert_ne!(operator.run("SALES", SEND).1, 0, "{path}");
        let log = operator.log_of("SALES");
        let fatal = "Fatal  [113] Failure to send mail to CONTOSO/HQ/$SYSTEM";
        assert_eq!(log[log.len() - 2..], [fatal, FAILED], "{path}");
        assert!(operator.at("SALES").outgoing.is_empty());
    }
}

#[test]
fn a_configuration_in_use_stops_both_ways() {
    for line in [SEND, "reqmain -dM -r"] {
        let mut operator = operator();
        let locked = [
            ("host", "SALES"),
            ("file", r"GLB\REQCONF.GLB"),
            ("by", "ADMIN"),
        ];
        operator.fault("lock", &locked);
        assert_ne!(operator.run("SALES", line).1, 0);
        let log = operator.log_of("SALES");
        let busy = "Fatal  [151] Requestor configuration busy";
        assert_eq!(log[log.len() - 2..], [busy, FAILED]);
    }
}

#[test]
fn a_locked_mailbag_cannot_be_read() {
    let mut operator = operator();
    operator.export();
    operator.t1();
    operator.t2();
    let locked = [
        ("host", "SALES"),
        ("file", r"MBG\SYSTEM.MBG"),
        ("by", "EXTERNAL"),
    ];
    operator.fault("lock", &locked);
    assert_ne!(operator.run("SALES", "reqmain -dM -r").1, 0);
    let log = operator.log_of("SALES");
    let unread = "Error  [115] Failure to read mail from <NULL>";
    assert_eq!(log[log.len() - 2..], [unread, FAILED]);
    assert_eq!(operator.at("SALES").system.len(), 1);
}

#[test]
fn what_cannot_be_appended_stays_in_the_mailbag() {
    for fault in ["leftovers", "disk-full"] {
        let mut operator = operator();
        operator.export();
        operator.t1();
        operator.t2();
        operator.fault(fault, &[("host", "SALES")]);
        assert_ne!(operator.run("SALES", "reqmain -dM -r").1, 0);
        let log = operator.log_of("SALES");
        let fatal = "Fatal  [150] Could not append transactions to the updates file";
        assert_eq!(log[log.len() - 2..], [fatal, FAILED]);
        assert_eq!(operator.at("SALES").numbers.req_sync, 0);
        operator.lab.end_fault(0);
        assert_eq!(operator.run("SALES", "reqmain -dM -r").1, 0);
        assert_eq!(operator.at("SALES").numbers.req_sync, 5);
    }
}

#[test]
fn tools_of_before_2000_print_its_year_as_a_hundred() {
    let mut operator = operator();
    operator.fault("clock-2000", &[("host", "SALES")]);
    assert_eq!(operator.run("SALES", SEND).1, 0);
    let log = &operator.at("SALES").logs.dirsync;
    assert!(log.starts_with("01/01/100 08:00:02 | Status "), "{log}");
    let ended = operator.lab.process("SALES", 1).unwrap().end();
    assert_eq!(ended, Some(End::Exited(0)));
}
