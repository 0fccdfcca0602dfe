//! When DISPATCH runs the parts of a cycle: PROCESS.GLB of each postoffice (Q96060).

use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::schedule::DAYS;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "schedule",
    takes: "[HOST]",
    about: "when DISPATCH runs T1, T2 and T3",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let columns = &["host", "part", "day", "time", "next", "last"];
    let mut table = Table::new("schedule", columns, "nothing is scheduled");
    for postoffice in asked.postoffices(lab)? {
        for time in &postoffice.schedule.times {
            let day = DAYS.get(usize::from(time.weekday)).copied();
            let (hour, minute) = (time.minutes / 60, time.minutes % 60);
            table.row([
                Cell::from(&postoffice.host),
                Cell::Text(format!("T{}", time.part)),
                Cell::maybe(day),
                Cell::Text(format!("{hour:02}:{minute:02}")),
                Cell::from(&time.next),
                Cell::maybe(time.last.map(|it| it.to_string())),
            ]);
        }
    }
    Ok(Page::Tables(vec![table]))
}
