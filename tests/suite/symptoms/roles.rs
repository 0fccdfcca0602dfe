//! Tools on a postoffice that has another role.

use super::row::Expected::Fails;
use super::row::{PC_ONLY, Row, row};

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
        number: "4.1",
        symptom: "SRVMAIN on a postoffice that is no server",
        on: PC_ONLY,
        lab: "users: 4",
        given: "--set server=SALES",
        instead: (r#""#, r#""#),
        expected: Fails {
            at: r#"t2.received"#,
            cause: "is not the dir-sync server",
            remedy: "correct the group `server`",
            see: "Q136487",
        },
    },
];
