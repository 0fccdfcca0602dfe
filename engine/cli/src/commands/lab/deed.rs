//! `lab do`: a program run at a machine of a lab, or something changed there.
//!
//! Services, registry and settings are changed through the drivers that workflows use, so what is
//! refused there is refused here.

mod advice;
mod object;
mod program;
mod registry;
mod service;
mod setting;

use runsheet_diagnostics::suggest;
use runsheet_lab::drivers::at_once;
use runsheet_lab::lab::Role;
use runsheet_step::request::{Act, Verb};
use runsheet_step::{Answer, Fault, Request, Value};

use super::at_hand::{self, AtHand, hosts, no_host};
use super::words::words;
use crate::args::lab::LabDoArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// Something that can be done at a machine and is no program.
struct Deed {
    name: &'static str,
    /// The facility that it is asked of.
    facility: &'static str,
    /// What is typed after the name.
    takes: &'static str,
    about: &'static str,
    /// What can be done about what the facility refuses, by the form of its fault.
    remedies: &'static [(&'static str, &'static str)],
    act: fn(&Place<'_>, &[&str]) -> Result<(), Complaint>,
}

static DEEDS: [&Deed; 4] = [
    &service::DEED,
    &registry::DEED,
    &setting::DEED,
    &object::DEED,
];

/// A machine of a lab.
struct Place<'l> {
    lab: &'l AtHand,
    host: &'l str,
    /// What another command names the lab by.
    named: &'l str,
    console: &'l Console,
}

pub(super) fn deed(arguments: &LabDoArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut given = arguments.words.clone();
    let named = at_hand::named(&arguments.which, &given, console);
    let lab = AtHand::open(&arguments.which, &mut given, console)?;
    let host = host(&lab, &mut given)?;
    let command = match given.as_slice() {
        [line] => words(line),
        given => given.to_vec(),
    };
    let Some((name, rest)) = command.split_first() else {
        let complaint = Complaint::new(format!("nothing is to be done at {host}"));
        return Err(complaint
            .help("name a program, such as \"reqmain -dM -t\"")
            .exit(Exit::Usage));
    };
    let place = Place {
        lab: &lab,
        host: &host,
        named: &named,
        console,
    };
    let mut deeds = DEEDS.iter();
    let exit = match deeds.find(|deed| deed.name.eq_ignore_ascii_case(name)) {
        Some(deed) => {
            let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
            (deed.act)(&place, &rest)?;
            Exit::Done
        }
        None => program::run(&place, &command, arguments.which.json)?,
    };
    lab.tell_what_is_lost(console);
    Ok(exit)
}

/// The machine that is meant: the first word, or the only postoffice there is.
fn host(lab: &AtHand, given: &mut Vec<String>) -> Result<String, Complaint> {
    let first = given.first().cloned().unwrap_or_default();
    if lab.look(|lab| lab.role(&first).is_some())? {
        given.remove(0);
        return Ok(first);
    }
    let is_postoffice = |role| matches!(role, Role::Postoffice(_));
    let postoffices = lab.look(|lab| hosts(lab, is_postoffice))?;
    match (postoffices.as_slice(), given.len()) {
        ([only], 1) => Ok(only.clone()),
        (_, 1) => {
            let complaint = Complaint::new(format!("`{first}`: it is not said at which machine"));
            let known = lab.look(|lab| hosts(lab, |_| true))?.join(", ");
            let complaint = complaint.exit(Exit::Usage);
            Err(complaint.help(format!("name it before the command; there are {known}")))
        }
        _ => Err(no_host(
            &first,
            "machine",
            &lab.look(|lab| hosts(lab, |_| true))?,
        )),
    }
}

/// The end of the help: what can be done beside programs.
pub(crate) fn help() -> String {
    let mut text =
        String::from("Any program of the machine, such as reqmain, import, admin; and:\n");
    for deed in DEEDS {
        let typed = format!("{} {}", deed.name, deed.takes);
        text.push_str(&format!("  {typed:<48}  {}\n", deed.about));
    }
    text.push_str(
        "\nExamples:\n  runsheet lab do SALES \"admin create MAX Max Muster\"\n  \
         runsheet lab do SALES \"reqmain -dM -t\"\n  \
         runsheet lab do EXCH1 \"service pause MSExchangeDX\"",
    );
    text
}

impl Place<'_> {
    /// Asks a facility for something.
    fn ask(&self, facility: &str, resource: &str, verb: Verb) -> Result<Answer, Complaint> {
        let request = Request {
            host: self.host.into(),
            facility: facility.into(),
            resource: resource.into(),
            verb,
        };
        self.lab.change(|lab| at_once(lab, request))
    }

    /// Changes something.
    ///
    /// # Errors
    /// The facility's fault, in its words, and what the deed knows to do about it.
    fn tell(&self, deed: &Deed, resource: &str, verb: Verb) -> Result<Answer, Complaint> {
        match self.ask(deed.facility, resource, verb)? {
            Answer::Fault(fault) => Err(self.refused(deed, &fault)),
            answer => Ok(answer),
        }
    }

    fn act(&self, deed: &Deed, resource: &str, name: &str) -> Result<(), Complaint> {
        let act = Act {
            name: name.into(),
            args: Value::Null,
            effects: None,
        };
        self.tell(deed, resource, Verb::Act(act)).map(drop)
    }

    fn refused(&self, deed: &Deed, fault: &Fault) -> Complaint {
        let Fault { form, message, .. } = fault;
        let complaint = match message.split_whitespace().next() == Some(self.host) {
            true => Complaint::new(&**message),
            false => Complaint::new(format!("{}: {message}", self.host)),
        };
        let form = form.to_string();
        let mut remedies = deed.remedies.iter();
        match remedies.find(|(known, _)| *known == form) {
            Some((_, remedy)) => complaint.help(*remedy),
            None => complaint,
        }
    }
}

/// A deed that was given other words than it takes.
fn misused(deed: &Deed, word: &str, known: &[&str]) -> Complaint {
    let complaint = Complaint::new(format!("`{} {word}` is not understood", deed.name));
    let complaint = complaint.exit(Exit::Usage);
    match suggest::nearest(word, known.iter().copied()) {
        Some(near) if near != word => {
            complaint.help(format!("did you mean `{} {near}`?", deed.name))
        }
        _ => complaint.help(format!("write {} {}", deed.name, deed.takes)),
    }
}
