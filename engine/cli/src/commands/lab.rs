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
    match &arguments.command {
        LabCommand::New(new) => new::new(new, console),
        LabCommand::Show(show) => show::show(show, console),
        LabCommand::Do(deed) => deed::deed(deed, console),
        LabCommand::Clock(clock) => clock::clock(clock, console),
        LabCommand::Fault(fault) => fault::fault(fault, console),
        LabCommand::Vectors(vectors) => vectors::vectors(vectors, console),
    }
}
