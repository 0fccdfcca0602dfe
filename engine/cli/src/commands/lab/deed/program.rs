//! A program run at a machine, with the keyboard of whoever typed the command.

use runsheet_diagnostics::suggest;
use runsheet_formats::command;
use runsheet_lab::lab::{Lab, Role};
use runsheet_lab::process::{Left, NotStarted};
use serde_json::json;

use super::{DEEDS, Place, advice};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::tools::{OF_EXCHANGE, OF_MAIL};

/// Where the programs of dir-sync tell what happened (Q96060).
const DIRSYNC_LOG: &str = "LOG\\DIRSYNC.LOG";

/// Runs it from the directory of the machine's programs. A program that ends with another code
/// than 0 is no error of ours: it is told, and the command ends with 1.
pub(super) fn run(place: &Place<'_>, command: &[String], json: bool) -> Result<Exit, Complaint> {
    let console = place.console;
    let (argv, cwd) = place.lab.look(|lab| prepared(lab, place.host, command))?;
    let left = place.lab.perform(place.host, (&argv, &cwd), console)?;
    let left = left.map_err(|why| not_started(why, place, &argv))?;
    let text = if json {
        let view = json!({"runsheet-lab": 1, "host": place.host, "screen": left.screen, "exit": left.exit});
        format!("{view}\n")
    } else {
        runsheet_report::look::drawn(&left.screen)
    };
    console.data(&text)?;
    let has_log = place.lab.look(|lab| has_log(lab, place.host))?;
    let log = has_log.then(|| format!("{} DIRSYNC.LOG -n 20{}", place.host, place.named));
    Ok(ended(&left, (json, &argv, log), console))
}

/// Whether the programs of a machine have written into a log there, since few say on the screen
/// what kept them.
fn has_log(lab: &Lab, host: &str) -> bool {
    let log = lab.postoffice(host).and_then(|it| it.file(DIRSYNC_LOG));
    log.is_some_and(|it| it.size > 0)
}

/// `log` is what is typed to look into the log.
fn ended(
    left: &Left,
    (json, argv, log): (bool, &[String], Option<String>),
    console: &Console,
) -> Exit {
    if left.exit == 0 {
        return Exit::Done;
    }
    if !json {
        console.note(&format!("it ended with exit code {}", left.exit));
        let silent = left.screen.is_empty();
        match (advice::of(argv), log) {
            (Some(advice), _) if silent => console.note(&format!(" help: {advice}")),
            (None, Some(log)) if silent => console.note(&format!(
                " help: its log may tell why: `runsheet lab show logs {log}`"
            )),
            _ => {}
        }
    }
    Exit::Failed
}

/// The command as it is typed there, and the directory it is typed in. ADMIN is told its drive,
/// since at its own postoffice nobody would; COMMAND does what MS-DOS does itself.
fn prepared(lab: &Lab, host: &str, command: &[String]) -> (Vec<String>, String) {
    let mut argv = command.to_vec();
    match lab.role(host) {
        Some(Role::Postoffice(id)) => {
            let postoffice = &lab.postoffices[id];
            let is_admin = argv
                .first()
                .is_some_and(|it| it.eq_ignore_ascii_case("admin"));
            let has_drive = argv.iter().any(|it| it.to_lowercase().starts_with("-d"));
            if is_admin && !has_drive {
                argv.push(format!("-d{}", postoffice.drive));
            }
            if argv.first().is_some_and(|it| command::is_of_dos(it)) {
                argv.splice(0..0, ["command", "/c"].map(str::to_owned));
            }
            (argv, postoffice.mailexe.clone())
        }
        Some(Role::Workstation(id)) => (argv, lab.workstations[id].mailexe.clone()),
        Some(Role::Exchange(_)) | None => (argv, String::new()),
    }
}

fn not_started(why: NotStarted, place: &Place<'_>, argv: &[String]) -> Complaint {
    let (program, host) = (argv.first().map_or("", String::as_str), place.host);
    match why {
        NotStarted::NoSuchHost => Complaint::new(format!("no programs run at {host}")),
        NotStarted::NotFound => {
            let complaint = Complaint::new(format!("{host} has no program `{program}`"));
            let deeds = DEEDS.iter().map(|deed| deed.name);
            let programs = OF_MAIL.into_iter().chain(OF_EXCHANGE);
            match suggest::nearest(program, programs.chain(deeds)) {
                Some(near) if near != program => complaint.help(format!("did you mean `{near}`?")),
                _ => complaint.help("`runsheet lab do --help` tells what can be done"),
            }
        }
    }
}
