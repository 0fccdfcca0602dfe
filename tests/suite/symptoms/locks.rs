//! Files that another program holds.

use super::row::Expected::Fails;
use super::row::{PC_ONLY, Row, SERVER, row};

/// The rows.
pub(super) const ROWS: &[Row] = &[
    row(
        "5.1",
        "MASTER.GLB",
        SERVER,
        r"faults: [{fault: lock, host: OFFICE, file: GLB\MASTER.GLB, by: CLIENT, from: t3}]",
        Fails {
            at: r#"t3["OFFICE"].counted"#,
            cause: "MASTER.GLB is held",
            remedy: "free the file",
            see: "Q104870",
        },
    ),
    row(
        "5.2",
        "REQCONF.GLB",
        SERVER,
        r"faults: [{fault: lock, host: SALES, file: GLB\REQCONF.GLB, by: ADMIN, from: t1}]",
        Fails {
            at: r#"t1["SALES"].send.written"#,
            cause: "REQCONF.GLB",
            remedy: "close ADMIN",
            see: "Q96003",
        },
    ),
    row(
        "5.3",
        "SRVCONF.GLB",
        PC_ONLY,
        r"faults: [{fault: lock, host: HUB, file: GLB\SRVCONF.GLB, by: ADMIN, from: t2}]",
        Fails {
            at: r#"t2.received"#,
            cause: "holds SRVCONF.GLB",
            remedy: "close ADMIN",
            see: "Q96060",
        },
    ),
    row(
        "5.4",
        "FLAG.GLB",
        SERVER,
        r"faults: [{fault: lock, host: SALES, file: GLB\FLAG.GLB, by: ADMIN, from: t3}]",
        Fails {
            at: r#"t3["SALES"].imported"#,
            cause: "somebody works in ADMIN",
            remedy: "close ADMIN",
            see: "Q148705",
        },
    ),
    row(
        "5.5a",
        "GALINDEX.GLB",
        SERVER,
        r"faults: [{fault: lock, host: SALES, file: GLB\GALINDEX.GLB, by: CLIENT, from: t3}]",
        Fails {
            at: r#"t3["SALES"].counted"#,
            cause: "is held by another program",
            remedy: "close the clients",
            see: "Q99117",
        },
    ),
    row(
        "5.5b",
        "GALNETPO.GLB",
        SERVER,
        r"faults: [{fault: lock, host: SALES, file: GLB\GALNETPO.GLB, by: CLIENT, from: t3}]",
        Fails {
            at: r#"t3["SALES"].counted"#,
            cause: "is held by another program",
            remedy: "close the clients",
            see: "Q99117",
        },
    ),
    row(
        "5.6",
        "a file in XTN, held by EXTERNAL",
        PC_ONLY,
        "history: false\n  faults: [{fault: lock, host: SALES, file: XTN\\00000001.XTN, by: EXTERNAL, from: t3}]",
        Fails {
            at: r#"t3["SALES"].imported"#,
            cause: "holds a file in XTN",
            remedy: "stop EXTERNAL",
            see: "Q119640",
        },
    ),
    row(
        "5.7",
        "SYSTEM.MBG at T3",
        SERVER,
        r"faults: [{fault: lock, host: SALES, file: MBG\SYSTEM.MBG, by: CLIENT, from: t3}]",
        Fails {
            at: r#"t3["SALES"].received"#,
            cause: "SYSTEM.MBG is held",
            remedy: "end the program",
            see: "Q138783",
        },
    ),
    row(
        "5.8",
        "INQUEUE3 of the connector",
        SERVER,
        "faults: [{fault: inqueue-locked, host: EXCH1}]",
        Fails {
            at: r#"prepare.services.interchange"#,
            cause: "INQUEUE3 of the connector postoffice",
            remedy: "end the program",
            see: "Q168857",
        },
    ),
];
