//! Tools on a postoffice that has another role.

use super::row::Expected::Fails;
use super::row::{PC_ONLY, Row};

/// The rows.
pub(super) const ROWS: &[Row] = &[Row {
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
}];
