//! What goes wrong where a postoffice is the server and Exchange one of its requestors.

use super::row::Expected::{Fails, Warns};
use super::row::{REQUESTOR, Row, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        "r1.6",
        "P1 of the connector missing",
        REQUESTOR,
        "faults: [{fault: connector-p1-missing, host: EXCH1, from: t2}]",
        Fails {
            at: r#"replies.exchange["EXCH1"].come.truly"#,
            cause: "the MTA found no P1 directory",
            remedy: "make the directory P1 again",
            see: "Q266442",
        },
    ),
    row(
        "r1.7a",
        "the share cannot be reached",
        REQUESTOR,
        "offline: [PLANT]",
        Warns("the mail still lies in this postoffice's P1"),
    ),
    row(
        "r1.7b",
        "the MTA instance is stopped",
        REQUESTOR,
        "faults: [{fault: service-stopped, host: EXCH1, service: PCMTA-HQ, from: t1}]",
        Fails {
            at: r#"t1["SALES"].why-silent.mta.runs"#,
            cause: "the MTA instance does not run",
            remedy: "start it",
            see: "Q118619",
        },
    ),
    row(
        "r1.7c",
        "the MTA instance is stopped before the replies",
        REQUESTOR,
        "faults: [{fault: service-stopped, host: EXCH1, service: PCMTA-HQ, from: t2}]",
        Fails {
            at: r#"replies.exchange["EXCH1"].why-silent.mta.runs"#,
            cause: "the MTA instance does not run",
            remedy: "start it",
            see: "Q118619",
        },
    ),
    row(
        "r1.7d",
        "DX is stopped",
        REQUESTOR,
        "faults: [{fault: service-stopped, host: EXCH1, service: MSExchangeDX, from: t1-exchange}]",
        Fails {
            at: r#"t1-exchange["EXCH1"].kick"#,
            cause: "the service does not run",
            remedy: "start MSExchangeDX",
            see: "Q160572",
        },
    ),
    row(
        "r1.7e",
        "the interchange is stopped",
        REQUESTOR,
        "faults: [{fault: service-stopped, host: EXCH1, service: MSExchangeMSMI, from: t1-exchange}]",
        Fails {
            at: r#"t1-exchange["EXCH1"].why-silent.dirsync.interchange-runs"#,
            cause: "MSExchangeMSMI",
            remedy: "start it",
            see: "Q164177",
        },
    ),
    row(
        "r2.9",
        "another dir-sync password",
        REQUESTOR,
        "faults: [{fault: requestor-password, host: SALES}]",
        Fails {
            at: "t2.received",
            cause: "dir-sync password",
            remedy: "the same password",
            see: "Q125917",
        },
    ),
    row(
        "r2.10",
        "requestor not registered",
        REQUESTOR,
        "faults: [{fault: unregistered, host: PLANT}]",
        Fails {
            at: "t2.received",
            cause: "does not know one of the requestors",
            remedy: "create the requestor on the server",
            see: "Q99268",
        },
    ),
    row(
        "r2.12",
        "the server's own reply unprocessed",
        REQUESTOR,
        "faults: [{fault: skip-t3, host: HUB}]",
        Fails {
            at: "t2.received",
            cause: "the server's own reply of an earlier cycle",
            remedy: "reqmain -r",
            see: "Q108844",
        },
    ),
    row(
        "r2.29",
        "DX cannot open its files in Dxadata",
        REQUESTOR,
        "faults: [{fault: dxadata-missing, host: EXCH1}]",
        Fails {
            at: r#"t1-exchange["EXCH1"].heard.left"#,
            cause: "cannot open a temporary file in Dxadata",
            remedy: "make the directory Dxadata again",
            see: "Q153658",
        },
    ),
    row(
        "r2.30",
        "a template whose prompts are malformed",
        REQUESTOR,
        "faults: [{fault: bad-template, host: EXCH1}]",
        Fails {
            at: r#"applied["EXCH1"].nothing-dropped"#,
            cause: "a template whose prompts are malformed",
            remedy: "correct the template",
            see: "Q196892",
        },
    ),
    row(
        "r3.1",
        "a lower import number",
        REQUESTOR,
        "faults: [{fault: import-number-lower, host: PLANT}]",
        Fails {
            at: r#"t3["PLANT"].numbers"#,
            cause: "the server counts fewer imports",
            remedy: "Import",
            see: "Q99961",
        },
    ),
    row(
        "r3.10",
        "IMPORT does not end",
        REQUESTOR,
        "faults: [{fault: import-hangs, host: SALES}]",
        Fails {
            at: r#"t3["SALES"].import"#,
            cause: "IMPORT does not end",
            remedy: "LISTQ",
            see: "Q194819",
        },
    ),
    Row {
        number: "r6.2",
        symptom: "the interchange hangs",
        on: REQUESTOR,
        lab: "faults: [{fault: too-many-files, host: EXCH1}]",
        given: "",
        instead: (r#"exchange: "5.0""#, r#"exchange: "5.5""#),
        expected: Fails {
            at: r#"t1-exchange["EXCH1"].why-silent.unexplained"#,
            cause: "too many files",
            remedy: "move the files away",
            see: "Q256187",
        },
    },
    row(
        "r6.4",
        "the interchange runs as SYSTEM",
        REQUESTOR,
        "faults: [{fault: msmi-account, host: EXCH1}]",
        Fails {
            at: r#"t1-exchange["EXCH1"].why-silent.events.event"#,
            cause: "may not use the directory",
            remedy: "service account",
            see: "Q164177",
        },
    ),
    row(
        "r6.6",
        "somebody sets the logging back",
        REQUESTOR,
        "faults: [{fault: logging-not-maximum, host: EXCH1, from: t1}]",
        Fails {
            at: r#"t1["SALES"].why-silent.mta.logs"#,
            cause: "logs what it moves only at Maximum",
            remedy: "set MSExchangePCMTA to Maximum",
            see: "Q147464",
        },
    ),
];
