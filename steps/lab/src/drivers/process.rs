//! Programs on the workstations of the postoffices.

use runsheet_site::process::{self, ProcessFacility};
use runsheet_step::driver::Call;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Facility, Fault, Name, Request, Value};

use super::{Served, fault, no_such_host, unknown_verb};
use crate::lab::Lab;
use crate::process::{End, NotStarted, ProcessId};

pub(super) struct Process;

impl Served for Process {
    const NAME: &'static str = process::NAME;

    fn facility(&self) -> &dyn Facility {
        &ProcessFacility
    }

    /// How the process of a handle is.
    fn get(&self, lab: &Lab, request: &Request) -> Answer {
        let handle = &request.resource;
        let Some(process) = number(request).and_then(|it| lab.process(&request.host, it)) else {
            let message = format!("there is no process {handle}");
            return Answer::Fault(fault("no-such-process", message));
        };
        let exit = match process.end() {
            Some(End::Killed) => {
                let message = format!("the process {handle} was ended");
                return Answer::Fault(fault("interrupted", message));
            }
            Some(End::Exited(code)) => Some(code),
            None => None,
        };
        Answer::Value(Value::map([
            ("handle", Value::Text(handle.clone())),
            ("exited", exit.is_some().into()),
            ("exit", exit.map(i64::from).into()),
            ("stdout", process.console().into()),
            ("stderr", "".into()),
        ]))
    }

    fn interrupt(&self, lab: &mut Lab, request: &Request) {
        if let Some(process) = number(request) {
            lab.kill(&request.host, process);
        }
    }

    fn change(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        let request = &call.request;
        let Verb::Act(act) = &request.verb else {
            return unknown_verb(request);
        };
        if &*act.name != "start" {
            return unknown_verb(request);
        }
        let (argv, cwd) = command(&act.args);
        let typed = act.args.get("stdin").as_text().map_or("", |it| &**it);
        match lab.spawn_typed(&request.host, &argv, &cwd, typed) {
            Ok(process) => {
                let handle = format!("{}#{process}", request.host);
                Answer::Value(Value::map([("handle", Value::text(handle))]))
            }
            Err(why) => Answer::Fault(not_started(why, request, &argv, &cwd)),
        }
    }
}

/// The arguments and the directory of a command.
pub(super) fn command(args: &Value) -> (Vec<String>, String) {
    let argv = args.get("argv").items().iter().map(Value::to_string);
    let cwd = args.get("cwd").as_text().map_or("", |it| &**it);
    (argv.collect(), cwd.to_owned())
}

pub(super) fn not_started(why: NotStarted, request: &Request, argv: &[String], cwd: &str) -> Fault {
    match why {
        NotStarted::NoSuchHost => no_such_host(request, "a machine"),
        NotStarted::NotFound => {
            let (program, host) = (argv.first().map_or("", String::as_str), &request.host);
            let place = match cwd {
                "" => "where no directory is named".to_owned(),
                cwd => format!("from {cwd}"),
            };
            let message = format!("{program} is not found {place} at {host}");
            fault("no-such-program", message)
        }
    }
}

/// The number in a handle such as `SALES#3`.
fn number(request: &Request) -> Option<ProcessId> {
    let handle: &Name = &request.resource;
    let (host, number) = handle.rsplit_once('#')?;
    let number = number.parse().ok()?;
    host.eq_ignore_ascii_case(&request.host).then_some(number)
}
