//! The services of an Exchange server.

use runsheet_lab::exchange::services::State;
use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "services",
    takes: "[HOST]",
    about: "the services of an Exchange server, and since when they run",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let columns = &[
        "host", "service", "state", "started", "leans on", "shown as",
    ];
    let mut table = Table::new("services", columns, "there is none");
    for server in asked.exchanges(lab)?.0 {
        for service in server.services.iter() {
            table.row([
                Cell::from(&server.host),
                Cell::from(&service.name),
                Cell::from(word(service.state)),
                Cell::maybe(service.started.map(|it| it.to_string())),
                Cell::maybe(service.leans_on),
                Cell::from(&service.display),
            ]);
        }
    }
    Ok(Page::Tables(vec![table]))
}

fn word(state: State) -> &'static str {
    match state {
        State::Stopped => "stopped",
        State::StartPending => "starting",
        State::StopPending => "stopping",
        State::Running => "running",
        State::PausePending => "pausing",
        State::Paused => "paused",
        State::ContinuePending => "continuing",
    }
}
