//! What goes wrong at a requestor, and what its tools say of it.

mod importing;
mod line;
mod lists;
mod menus;
mod rebuilding;
mod repairing;
mod sending;
mod splitting;

use super::{Operator, blueprint};
use crate::password;

/// The last line of every IMPORT.
const FINISHED: &str = "Status       Import is finished.";

/// An operator at two postoffices that have had a cycle each.
fn two() -> Operator {
    let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT"]));
    operator.export();
    operator.cycle();
    operator
}

impl Operator {
    /// Changes something at PLANT and brings the update into SRVTRANS.GLB of SALES.
    fn bring_an_update(&mut self) {
        self.run("PLANT", "admin create ZOE Zorn, Zoe -dM");
        self.t1();
        self.t2();
        assert_eq!(self.run("SALES", "reqmain -dM -r").1, 0);
    }

    /// Runs IMPORT at SALES; gives what DIRSYNC.LOG says of it, without the banner.
    fn import(&mut self, switches: &str) -> Vec<String> {
        let before = self.log_of("SALES").len();
        let line = format!("import admin -dM -p{} {switches}", password::of("SALES"));
        let (_, exit) = self.run("SALES", &line);
        assert_eq!(exit, 0, "its codes are for DISPATCH only");
        let mut log = self.log_of("SALES").split_off(before);
        assert_eq!(log.remove(0), "Status       Microsoft (R) Mail Import V3.2");
        log
    }
}
