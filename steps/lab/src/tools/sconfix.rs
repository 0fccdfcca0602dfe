//! SCONFIX: brings SRVCONF.GLB to the layout of SRVMAIN 3.2.14, once (Q111703).

use std::sync::Arc;

use super::terminal::Terminal;
use super::{CommandLine, Program};
use crate::lab::{Lab, Role};
use crate::postoffice::serving::SRVCONF;

/// Readies the change. What it says of a file it cannot use is inferred.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let Some(id) = line.postoffice(lab, place) else {
        return Program::ending("", 1);
    };
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        let postoffice = &mut lab.postoffices[id];
        let usable = postoffice.conditions.write(SRVCONF).is_ok();
        match postoffice.serving.as_mut().filter(|_| usable) {
            Some(serving) => serving.old_layout = false,
            None => {
                terminal.say(r"Error opening file: GLB\SRVCONF.GLB");
                terminal.leave(1);
            }
        }
    };
    let lasts = lab.postoffices[id].pace.admin;
    Program::acting(lasts, vec![Arc::new(act)])
}
