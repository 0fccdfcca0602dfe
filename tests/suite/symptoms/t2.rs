//! T2: what the server makes of it.

use super::row::Expected::{Excluded, Fails, Warns};
use super::row::{PC_ONLY, REQUESTOR, Row, SERVER, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        "2.1",
        "Pause starts no cycle",
        SERVER,
        "faults: [{fault: pause-not-enabled, host: EXCH1, from: t1}]",
        Fails {
            at: r#"t2"#,
            cause: "PauseKicksDX was not 1",
            remedy: "set PauseKicksDX to 1",
            see: "Q146738",
        },
    ),
    row(
        "2.2",
        "unknown requestor",
        SERVER,
        "faults: [{fault: unknown-requestor, host: SALES}]",
        Fails {
            at: r#"t1["SALES"].why-no-copy.events"#,
            cause: "an address that no Remote Dir-Sync Requestor has",
            remedy: "compare the addresses",
            see: "Q147084",
        },
    ),
    row(
        "2.3",
        "a second $SYSTEM recipient",
        SERVER,
        "faults: [{fault: duplicate-system, host: SALES}]",
        Fails {
            at: r#"t1["SALES"].why-no-copy.events"#,
            cause: "stands twice in the directory",
            remedy: "hidden recipients",
            see: "Q163625",
        },
    ),
    row(
        "2.4a",
        "the requestor has another address at the server",
        SERVER,
        "faults: [{fault: wrong-requestor-address, host: SALES}]",
        Warns(
            "the dir-sync address of the Remote Dir-Sync Requestor is not the postoffice's; dir-sync itself works (Q191015",
        ),
    ),
    row(
        "2.4b",
        "no administrator is chosen",
        SERVER,
        "faults: [{fault: no-administrator, host: EXCH1, from: t1}]",
        Warns(
            "no administrator is chosen on the DX Server object, so nobody gets copies; dir-sync itself works (Q174741",
        ),
    ),
    row(
        "2.8",
        "mail in a circle",
        SERVER,
        "faults: [{fault: circular-route, host: SALES}]",
        Fails {
            at: r#"replies["SALES"].come.sent"#,
            cause: "sent the message in a circle",
            remedy: "rename one of the two",
            see: "Q162841",
        },
    ),
    row(
        "2.9",
        "another dir-sync password",
        PC_ONLY,
        "faults: [{fault: requestor-password, host: SALES}]",
        Fails {
            at: r#"t2.received"#,
            cause: "dir-sync password",
            remedy: "the same password",
            see: "Q125917",
        },
    ),
    row(
        "2.10",
        "requestor not registered",
        PC_ONLY,
        "faults: [{fault: unregistered, host: SALES}]",
        Fails {
            at: r#"t2.received"#,
            cause: "does not know one of the requestors",
            remedy: "create the requestor on the server",
            see: "Q99268",
        },
    ),
    row(
        "2.11",
        "SRVCONF.GLB damaged",
        PC_ONLY,
        "faults: [{fault: srvconf-corrupt}]",
        Fails {
            at: r#"t2.received"#,
            cause: "SRVCONF.GLB is damaged",
            remedy: "restore",
            see: "Q96060",
        },
    ),
    row(
        "2.12",
        "the server's own reply unprocessed",
        PC_ONLY,
        "faults: [{fault: skip-t3, host: HUB}]",
        Fails {
            at: r#"t2.received"#,
            cause: "the server's own reply of an earlier cycle",
            remedy: "reqmain -r",
            see: "Q108844",
        },
    ),
    row(
        "2.13",
        "headers twice in SYSTEM.MBG",
        PC_ONLY,
        "faults: [{fault: duplicate-headers, from: t2}]",
        Fails {
            at: r#"t2.received"#,
            cause: "holds the same header twice",
            remedy: "newer SRVMAIN",
            see: "Q127752",
        },
    ),
    row(
        "2.14a",
        "a directory of MAI missing",
        PC_ONLY,
        r"faults: [{fault: delete, host: HUB, file: MAI\MA3, from: t2}]",
        Fails {
            at: r#"t2.received"#,
            cause: "a status report cannot be kept",
            remedy: "make the directory again",
            see: "Q112303",
        },
    ),
    row(
        "2.14b",
        "CONTROL.GLB read-only",
        PC_ONLY,
        r"faults: [{fault: read-only, host: HUB, file: GLB\CONTROL.GLB, from: t2}]",
        Fails {
            at: r#"t2.received"#,
            cause: "a status report cannot be kept",
            remedy: "free the file",
            see: "Q112303",
        },
    ),
    row(
        "2.15",
        "MSTTRANS.GLB missing",
        PC_ONLY,
        r"faults: [{fault: delete, host: HUB, file: GLB\MSTTRANS.GLB}]",
        Fails {
            at: r#"t2.received"#,
            cause: "the server's list of all changes",
            remedy: "let every postoffice Export",
            see: "Q112280",
        },
    ),
    row(
        "2.16",
        "INQUEUE.MBG missing at the server",
        PC_ONLY,
        r"faults: [{fault: delete, host: HUB, file: MBG\INQUEUE.MBG, from: t2.answer}]",
        Fails {
            at: r#"t2.answered"#,
            cause: "the INQUEUE pair is missing",
            remedy: "both",
            see: "Q136333",
        },
    ),
    row(
        "2.17",
        "a reply above the limit",
        PC_ONLY,
        "history: false\n  faults: [{fault: limit, host: SALES, count: 3}]",
        Fails {
            at: r#"t2.answered"#,
            cause: "longer than the requestor's limit",
            remedy: "RESYNC",
            see: "Q119450",
        },
    ),
    row(
        "2.18a",
        "away longer than Keep Updates",
        PC_ONLY,
        "faults: [{fault: expired, host: SALES}]",
        Fails {
            at: r#"t2.answered"#,
            cause: "does not keep any more",
            remedy: "Export and Import",
            see: "Q108067",
        },
    ),
    row(
        "2.18b",
        "the server restored from a backup",
        PC_ONLY,
        "faults: [{fault: backup-restored}]",
        Fails {
            at: r#"t2.answered"#,
            cause: "does not keep any more",
            remedy: "RESYNC",
            see: "Q113453",
        },
    ),
    row(
        "2.19",
        "a requestor is late",
        PC_ONLY,
        "faults: [{fault: delay-message, host: SALES, by: 1h, which: request}]",
        Warns("came too late for this T2"),
    ),
    row(
        "2.27",
        "an Exchange requestor sends nothing",
        REQUESTOR,
        "faults: [{fault: dx-sends-nothing, host: EXCH1}]",
        Fails {
            at: r#"t1-exchange["EXCH1"].left"#,
            cause: "DX sent nothing",
            remedy: "service pack 4",
            see: "Q248828",
        },
    ),
    row(
        "2.28",
        "C1030B35 when objects are created",
        SERVER,
        "users: 4",
        Excluded(
            "the Exchange Administrator program, a client, refuses to create an object; no cycle is run",
        ),
    ),
];
