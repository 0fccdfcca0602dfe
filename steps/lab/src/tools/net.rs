//! NET: starts, stops, pauses and continues services at a command prompt of Windows NT.
//!
//! Its failed pause of the Directory Synchronization service is the sign that a cycle has begun;
//! the number of the help message is then printed without a space (Q156063). The other texts are
//! those of Windows NT. Exit codes are documented nowhere: 0 where it did as told and 2 where not
//! are inferred.

use std::sync::Arc;
use std::time::Duration;

use super::terminal::Terminal;
use super::{Act, CommandLine, Program, Stage};
use crate::exchange::ExchangeId;
use crate::exchange::services::{Control, Service, State, TRANSITION, Win32};
use crate::lab::{Lab, Role};

/// The exit code of what was not done.
const FAILED: i32 = 2;

const CONTROLS: [(&str, Control); 4] = [
    ("START", Control::Start),
    ("STOP", Control::Stop),
    ("PAUSE", Control::Pause),
    ("CONTINUE", Control::Continue),
];

/// Readies one command for one service: `net start MSExchangeDX`, `net pause msexchangedx`. The
/// service may be named as the Control Panel shows it. `net start` alone lists what runs.
pub(crate) fn launch(line: &CommandLine, _: &Lab, place: Role) -> Program {
    let Role::Exchange(exchange) = place else {
        return Program::ending("The service name is invalid.", FAILED);
    };
    let mut words = line.words.iter();
    let verb = words.next().map_or("", String::as_str).to_ascii_uppercase();
    let control = CONTROLS.iter().find(|(word, _)| *word == verb);
    let name = words.map(String::as_str).collect::<Vec<_>>().join(" ");
    match control {
        Some((_, Control::Start)) if name.is_empty() => listing(exchange),
        Some((_, control)) if !name.is_empty() => controlling(exchange, *control, &name),
        _ => Program::ending(SYNTAX, FAILED),
    }
}

const SYNTAX: &str = "The syntax of this command is:\n\nNET [ CONTINUE | PAUSE | START | STOP ]";

fn listing(exchange: ExchangeId) -> Program {
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        terminal.say("These Windows NT services are started:\n");
        let services = lab.exchanges[exchange].services.iter();
        for service in services.filter(|it| it.state != State::Stopped) {
            terminal.say(&format!("   {}", service.display));
        }
        terminal.say("\nThe command completed successfully.");
    };
    Program::acting(Duration::from_millis(200), vec![Arc::new(act)])
}

/// Tells the service at once, and says how it went when the service has had its time.
fn controlling(exchange: ExchangeId, control: Control, name: &str) -> Program {
    let begun = Duration::from_millis(100);
    let done = begun + TRANSITION + Duration::from_millis(100);
    let wanted = name.trim_matches('"').to_owned();
    let named = wanted.clone();
    let tell: Act = Arc::new(move |lab, terminal| {
        if tell(lab, exchange, control, &wanted, terminal).is_none() {
            terminal.leave(FAILED);
        }
    });
    let report: Act =
        Arc::new(move |lab, terminal| report(lab, exchange, control, &named, terminal));
    Program {
        stages: vec![
            Stage {
                after: begun,
                act: tell,
            },
            Stage {
                after: done,
                act: report,
            },
        ],
        lasts: done,
    }
}

/// Nothing where the service does not do it.
fn tell(
    lab: &mut Lab,
    exchange: ExchangeId,
    control: Control,
    name: &str,
    terminal: &mut Terminal<'_>,
) -> Option<()> {
    let services = &lab.exchanges[exchange].services;
    let Some(service) = services.find(name) else {
        refuse(terminal, "The service name is invalid.", "2185");
        return None;
    };
    let (name, shown) = (service.name.clone(), service.display.clone());
    if control == Control::Stop {
        stop_dependents(lab, exchange, &name, &shown, terminal)?;
    }
    if let Err(error) = lab.control(exchange, &name, control) {
        let specific = lab.exchanges[exchange].specific_error(&name);
        complain(terminal, control, &shown, (error, specific));
        return None;
    }
    let doing = match control {
        Control::Start => "starting",
        Control::Stop => "stopping",
        Control::Pause | Control::Continue => return Some(()),
    };
    terminal.say(&format!("The {shown} service is {doing}."));
    Some(())
}

/// Asks whether the services that need this one may be stopped too, and stops them. Enter is yes.
fn stop_dependents(
    lab: &mut Lab,
    exchange: ExchangeId,
    name: &str,
    shown: &str,
    terminal: &mut Terminal<'_>,
) -> Option<()> {
    let dependents = lab.exchanges[exchange].services.dependents(name);
    let dependents: Vec<Service> = dependents.cloned().collect();
    if dependents.is_empty() {
        return Some(());
    }
    terminal.say(&format!(
        "The following services are dependent on the {shown} service.\n\
         Stopping the {shown} service will also stop these services.\n"
    ));
    for service in &dependents {
        terminal.say(&format!("   {}", service.display));
    }
    let answer = terminal.ask("\nDo you want to continue this operation? (Y/N) [Y]: ")?;
    if !answer.trim().is_empty() && !answer.trim().starts_with(['y', 'Y']) {
        return None;
    }
    for service in dependents {
        lab.control(exchange, &service.name, Control::Stop).ok()?;
        lab.settle_now(exchange, &service.name);
        terminal.say(&format!("The {} service is stopping.", service.display));
        terminal.say(&format!(
            "The {} service was stopped successfully.\n",
            service.display
        ));
    }
    Some(())
}

fn complain(
    terminal: &mut Terminal<'_>,
    control: Control,
    shown: &str,
    (error, specific): (Win32, Option<u32>),
) {
    match (control, error) {
        (Control::Pause, Win32::INTERNAL) => {
            terminal.say(&format!(
                "The {shown} service failed to pause.\n\n\
                 More help is available by typing NET HELPMSG3539."
            ));
        }
        (_, Win32::ALREADY_RUNNING) => refuse(
            terminal,
            "The requested service has already been started.",
            "2182",
        ),
        (_, Win32::NOT_ACTIVE) => refuse(
            terminal,
            &format!("The {shown} service is not started."),
            "3521",
        ),
        (_, Win32::INVALID_CONTROL) => refuse(
            terminal,
            "The requested pause or stop is not valid for this service.",
            "2191",
        ),
        (_, Win32::CANNOT_ACCEPT) => refuse(
            terminal,
            "The service is starting or stopping.  Please try again later.",
            "2189",
        ),
        (Control::Start, Win32::SPECIFIC) => {
            terminal.say(&format!("The {shown} service could not be started.\n"));
            let specific = specific.unwrap_or_default();
            let text = format!("A service specific error occurred: {specific}.");
            refuse(terminal, &text, "3547");
        }
        (Control::Start, Win32(number)) => {
            terminal.say(&format!("The {shown} service could not be started.\n"));
            terminal.say(&format!(
                "A system error has occurred.\n\nSystem error {number} has occurred."
            ));
        }
        (_, Win32(number)) => terminal.say(&format!("System error {number} has occurred.")),
    }
}

fn refuse(terminal: &mut Terminal<'_>, text: &str, help: &str) {
    terminal.say(&format!(
        "{text}\n\nMore help is available by typing NET HELPMSG {help}."
    ));
}

/// Says that it is done. Somebody at the screen waits for the service, however long it takes.
fn report(
    lab: &mut Lab,
    exchange: ExchangeId,
    control: Control,
    name: &str,
    terminal: &mut Terminal<'_>,
) {
    let services = &lab.exchanges[exchange].services;
    let Some(service) = services.find(name).cloned() else {
        return;
    };
    if service.state != service.state.settles() {
        lab.settle_now(exchange, &service.name);
    }
    let done = match control {
        Control::Start => "started",
        Control::Stop => "stopped",
        Control::Pause => "paused",
        Control::Continue => "continued",
    };
    terminal.say(&format!(
        "The {} service was {done} successfully.",
        service.display
    ));
}
