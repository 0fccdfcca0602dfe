//! Tools on a postoffice that has another role.

use super::row::Expected::Fails;
use super::row::{PC_ONLY, REPAIR_PC_ONLY, Row, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        "4.2",
        "RESYNC.GLB left on the server",
        PC_ONLY,
        "faults: [{fault: gateway-names, host: HUB}]",
        Fails {
            at: r#"t3["HUB"].imported"#,
            cause: "RESYNC.GLB does not fit",
            remedy: "on the server",
            see: "Q119014",
        },
    ),
    Row {
        number: "4.3",
        symptom: "`import -s` on a requestor",
        on: REPAIR_PC_ONLY,
        lab: "users: 4",
        given: "--set po=PLANT --set servers=SALES --set rung=resync",
        instead: ("", ""),
        expected: Fails {
            at: "resync.made-well",
            cause: "is not the dir-sync server, which alone can make a RESYNC.GLB",
            remedy: "correct the group `server`",
            see: "Q96003",
        },
    },
    Row {
        number: "4.1",
        symptom: "SRVMAIN on a postoffice that is no server",
        on: PC_ONLY,
        lab: "users: 4",
        given: "--set server=SALES",
        instead: ("", ""),
        expected: Fails {
            at: "t2.received",
            cause: "is not the dir-sync server",
            remedy: "correct the group `server`",
            see: "Q136487",
        },
    },
];
