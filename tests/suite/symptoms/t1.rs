//! T1: what requestors send.

use super::row::Expected::{Fails, Warns};
use super::row::{PC_ONLY, Row, SERVER, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        "1.1",
        "programs not in their directory",
        SERVER,
        "faults: [{fault: tools-moved, host: SALES}]",
        Fails {
            at: r#"t1["SALES"].send.reqmain"#,
            cause: "the programs do not lie in the directory they are run from",
            remedy: "correct `mailexe`",
            see: "Q132731",
        },
    ),
    Row {
        number: "1.2",
        symptom: "run without FORCEDOS",
        on: SERVER,
        lab: "faults: [{fault: os2-subsystem, host: SALES}]",
        given: "",
        instead: (r#"runner: forcedos"#, r#"runner: """#),
        expected: Fails {
            at: r#"t1["SALES"].send.reqmain"#,
            cause: "Windows NT took the program for one of OS/2",
            remedy: "runner: forcedos",
            see: "Q260015",
        },
    },
    row(
        "1.3",
        "REQCONF ahead of REQTRANS",
        SERVER,
        "faults: [{fault: numbers-behind, host: SALES}]",
        Fails {
            at: r#"t1["SALES"].copied.announced"#,
            cause: "the numbers of REQTRANS.GLB lie below",
            remedy: "Export again and again",
            see: "Q119452",
        },
    ),
    row(
        "1.3b",
        "the same without Exchange",
        PC_ONLY,
        "faults: [{fault: numbers-behind, host: SALES}]",
        Fails {
            at: r#"t1["SALES"].before.ahead"#,
            cause: "numbers of REQTRANS.GLB lie below",
            remedy: "Export again and again",
            see: "Q119452",
        },
    ),
    row(
        "1.4",
        "REQTRANS.GLB missing",
        SERVER,
        r"faults: [{fault: delete, host: SALES, file: GLB\REQTRANS.GLB}]",
        Fails {
            at: r#"t1["SALES"].send.written"#,
            cause: "the queue of this postoffice's changes, is missing",
            remedy: "RESYNC from the server",
            see: "Q119017",
        },
    ),
    row(
        "1.5a",
        "INQUEUE.MBG missing",
        SERVER,
        r"faults: [{fault: delete, host: SALES, file: MBG\INQUEUE.MBG, from: t1}]",
        Fails {
            at: r#"t1["SALES"].send.written"#,
            cause: "the INQUEUE pair",
            remedy: "always both",
            see: "Q130449",
        },
    ),
    row(
        "1.5b",
        "the disk is full",
        SERVER,
        "faults: [{fault: disk-full, host: SALES, from: t1}]",
        Fails {
            at: r#"t1["SALES"].send.written"#,
            cause: "the disk of this postoffice is full",
            remedy: "make room",
            see: "Q130449",
        },
    ),
    row(
        "1.6",
        "P1 missing",
        SERVER,
        "faults: [{fault: delete, host: SALES, file: P1, from: replies}]",
        Fails {
            at: r#"replies["SALES"].come.truly"#,
            cause: "the MTA found no P1 directory",
            remedy: "make the directory P1 again",
            see: "Q266442",
        },
    ),
    row(
        "1.7a",
        "the share cannot be reached",
        SERVER,
        "offline: [PLANT]",
        Warns("the mail still lies in this postoffice's P1"),
    ),
    row(
        "1.7b",
        "the MTA instance is stopped",
        SERVER,
        "faults: [{fault: service-stopped, host: EXCH1, service: PCMTA-HQ, from: t1}]",
        Fails {
            at: r#"t1["SALES"].why-silent.mta.runs"#,
            cause: "the MTA instance does not run",
            remedy: "start it",
            see: "Q118619",
        },
    ),
    row(
        "1.8a",
        "CONTROL.GLB missing",
        SERVER,
        r"faults: [{fault: delete, host: SALES, file: GLB\CONTROL.GLB}]",
        Fails {
            at: r#"prepare.lists["SALES"].import.menu"#,
            cause: "ADMIN cannot leave mail",
            remedy: "restore CONTROL.GLB",
            see: "Q124042",
        },
    ),
    row(
        "1.8b",
        "REQCONF.GLB missing",
        SERVER,
        r"faults: [{fault: delete, host: SALES, file: GLB\REQCONF.GLB}]",
        Fails {
            at: r#"prepare.lists["SALES"].export.menu"#,
            cause: "REQCONF.GLB is missing or too short",
            remedy: "restore",
            see: "Q123437",
        },
    ),
    row(
        "1.9",
        "the MTA polls seldom",
        SERVER,
        "polling: 30m",
        Fails {
            at: r#"prepare.lists["SALES"].requested"#,
            cause: "it looks for mail more seldom",
            remedy: "poll_minutes",
            see: "Q147464",
        },
    ),
];
