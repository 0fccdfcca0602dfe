//! The clock of the lab.

use runsheet_lab::disk::serving::Pace;
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
    Ok(Page::Tables(vec![told(lab, None)]))
}

/// The clock as a table.
pub(in crate::commands::lab) fn told(lab: &Lab, pace: Option<Pace>) -> Table {
    let title = match pace {
        Some(pace) => format!("clock, UTC, served: it is {}", pace.now()),
        None => "clock, UTC".to_owned(),
    };
    let mut table = Table::new(title, &["now", "next"], "");
    let next = lab.next_due().map(|it| it.to_string());
    table.row([Cell::from(&lab.now()), Cell::maybe(next)]);
    table
}
