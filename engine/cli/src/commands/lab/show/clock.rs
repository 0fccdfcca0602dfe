//! The clock of the lab.

use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "clock",
    takes: "",
    about: "what time it is there, and when something happens next by itself",
    look,
};

fn look(lab: &Lab, _: &Asked) -> Result<Page, Complaint> {
    Ok(Page::Tables(vec![told(lab)]))
}

/// The clock as a table.
pub(in crate::commands::lab) fn told(lab: &Lab) -> Table {
    let mut table = Table::new("clock, UTC", &["now", "next"], "");
    let next = lab.next_due().map(|it| it.to_string());
    table.row([Cell::from(&lab.now()), Cell::maybe(next)]);
    table
}
