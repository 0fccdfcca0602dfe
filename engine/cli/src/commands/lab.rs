//! `lab`: a simulated site made, looked into, and acted in, as its operator would.

mod at_hand;
mod clock;
pub(crate) mod deed;
mod fault;
mod new;
pub(crate) mod show;
mod table;
mod vectors;
mod words;

use crate::args::lab::{LabArguments, LabCommand};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

pub(super) fn lab(arguments: &LabArguments, console: &Console) -> Result<Exit, Complaint> {
    let done = match &arguments.command {
        LabCommand::New(new) => new::new(new, console),
        LabCommand::Show(show) => show::show(show, console),
        LabCommand::Do(deed) => deed::deed(deed, console),
        LabCommand::Clock(clock) => clock::clock(clock, console),
        LabCommand::Fault(fault) => fault::fault(fault, console),
        LabCommand::Vectors(vectors) => vectors::vectors(vectors, console),
    };
    let named = named(&arguments.command, console);
    done.map_err(|complaint| complaint.advised(|help| with_lab(help, &named)))
}

/// The lab that a command names, as another command would name it, with a space before.
fn named(command: &LabCommand, console: &Console) -> String {
    match command {
        LabCommand::Show(show) => at_hand::named(&show.which, &show.words, console),
        LabCommand::Do(deed) => at_hand::named(&deed.which, &deed.words, console),
        LabCommand::Clock(clock) => at_hand::named(&clock.which, &clock.words, console),
        LabCommand::Fault(fault) => at_hand::named(&fault.which, &fault.words, console),
        LabCommand::New(_) | LabCommand::Vectors(_) => String::new(),
    }
}

/// A remedy whose commands look at the same lab.
fn with_lab(help: &str, named: &str) -> String {
    let looks = |part: &str| {
        let mut looking = ["runsheet lab show", "runsheet lab fault"].iter();
        looking.any(|command| part.starts_with(command))
    };
    let parts = help.split('`').map(|part| match looks(part) {
        true => format!("{part}{named}"),
        false => part.to_owned(),
    });
    parts.collect::<Vec<_>>().join("`")
}

#[cfg(test)]
mod tests {
    use super::with_lab;

    #[test]
    fn remedies_look_at_the_lab_that_was_named() {
        let help =
            "`runsheet lab show logs SALES` tells why; `runsheet lab do --help` what is done";
        let told = with_lab(help, " --lab labs/a");
        assert_eq!(
            told,
            "`runsheet lab show logs SALES --lab labs/a` tells why; `runsheet lab do --help` what is done"
        );
        assert_eq!(with_lab(help, ""), help);
    }
}
