//! Mail that is stuck.

use super::row::Expected::Fails;
use super::row::{PC_ONLY, REQUESTOR, Row, SERVER, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        "7.1",
        "2140 as a service starts",
        SERVER,
        "faults: [{fault: service-start-2140, host: EXCH1, service: MSExchangeDX}]",
        Fails {
            at: r#"prepare.reload-dx"#,
            cause: "no right to change the root",
            remedy: "Change",
            see: "Q171260",
        },
    ),
    row(
        "7.2",
        "a service ends as it starts",
        SERVER,
        "faults: [{fault: service-start-fails, host: EXCH1, service: MSExchangeDX, error: 1067}]",
        Fails {
            at: r#"prepare.reload-dx"#,
            cause: "ended or did not respond",
            remedy: "read its events",
            see: "Q158308",
        },
    ),
    row(
        "6.5a",
        "mail for a share out of reach waits, and nobody is told",
        SERVER,
        "faults: [{fault: unreachable, host: PLANT, from: t2}]",
        Fails {
            at: r#"replies["PLANT"].why-silent.unexplained"#,
            cause: "its reply waits for a share that cannot be reached",
            remedy: "look at the queues of the connector",
            see: "Q277831",
        },
    ),
    row(
        "6.5b",
        "with EnforceRetryLimits it is given back",
        SERVER,
        "faults: [{fault: retries-enforced}, {fault: unreachable, host: PLANT, from: t2}]",
        Fails {
            at: r#"replies["PLANT"].why-silent.given-back"#,
            cause: "given back after three attempts",
            remedy: "make the share reachable",
            see: "Q119884",
        },
    ),
    row(
        "6.5c",
        "without Exchange it waits in a mailbag of the server",
        PC_ONLY,
        "faults: [{fault: unreachable, host: PLANT, from: t2}]",
        Fails {
            at: r#"replies["PLANT"].arrived"#,
            cause: "EXTERNAL cannot reach the drive of this postoffice",
            remedy: "run EXTERNAL once more",
            see: "Q118619",
        },
    ),
    row(
        "6.5d",
        "the server's reply waits in its P1",
        REQUESTOR,
        "faults: [{fault: unreachable, host: PLANT, from: t2}]",
        Fails {
            at: r#"replies.postoffices["PLANT"].why-silent.mta.fetched"#,
            cause: "the mail still lies in the server's P1",
            remedy: "look at the share",
            see: "Q277831",
        },
    ),
    row(
        "6.5e",
        "with EnforceRetryLimits the server gets it back",
        REQUESTOR,
        "faults: [{fault: retries-enforced}, {fault: unreachable, host: PLANT, from: t2}]",
        Fails {
            at: r#"replies.postoffices["PLANT"].why-silent.patient.limits"#,
            cause: "given back after three attempts",
            remedy: "make the share reachable",
            see: "Q277831",
        },
    ),
    row(
        "6.5f",
        "with EnforceRetryLimits DX gets back what it sent",
        REQUESTOR,
        "faults: [{fault: retries-enforced}, {fault: unreachable, host: HUB, from: t1-exchange}]",
        Fails {
            at: r#"t1-exchange["EXCH1"].why-silent.patient.limits"#,
            cause: "given back after three attempts",
            remedy: "make the share reachable",
            see: "Q277831",
        },
    ),
    row(
        "6.1",
        "a full mailbag",
        SERVER,
        "faults: [{fault: mailbag-full, host: SALES}]",
        Fails {
            at: r#"replies["SALES"].come.sent"#,
            cause: "a mailbag is full",
            remedy: "compress",
            see: "Q163020",
        },
    ),
    row(
        "6.2",
        "the interchange hangs",
        SERVER,
        "faults: [{fault: too-many-files, host: EXCH1}]",
        Fails {
            at: r#"replies["SALES"].why-silent.unexplained"#,
            cause: "too many files",
            remedy: "move the files away",
            see: "Q256187",
        },
    ),
    row(
        "6.3",
        "two serial numbers alike",
        SERVER,
        "faults: [{fault: duplicate-serial, host: SALES}]",
        Fails {
            at: r#"prepare.services.mta"#,
            cause: "one serial number",
            remedy: "serial number of its own",
            see: "Q151228",
        },
    ),
    row(
        "6.4",
        "the interchange runs as SYSTEM",
        SERVER,
        "faults: [{fault: msmi-account, host: EXCH1}]",
        Fails {
            at: r#"t1["SALES"].why-no-copy.events"#,
            cause: "may not use the directory",
            remedy: "service account",
            see: "Q164177",
        },
    ),
    row(
        "6.6",
        "somebody sets the logging back",
        SERVER,
        "faults: [{fault: logging-not-maximum, host: EXCH1, from: t1}]",
        Fails {
            at: r#"t1["SALES"].why-silent.mta.logs"#,
            cause: "logs what it moves only at Maximum",
            remedy: "set MSExchangePCMTA to Maximum",
            see: "Q147464",
        },
    ),
];
