//! What the pages of the Exchange Administrator program say.

use runsheet_lab::exchange::settings::{self, objects::HIDDEN_RECIPIENT};
use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "settings",
    takes: "[HOST]",
    about: "what the pages of the Exchange Administrator program say",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let columns = &["host", "object", "attribute", "says"];
    let mut table = Table::new("settings", columns, "there is none");
    for server in asked.exchanges(lab)?.0 {
        for (object, attribute, says) in settings::listed(server) {
            table.row([
                Cell::from(&server.host),
                Cell::from(&object),
                Cell::from(attribute),
                Cell::from(&says),
            ]);
        }
        for name in &server.dx.left {
            table.row([
                Cell::from(&server.host),
                Cell::from(&format!("{HIDDEN_RECIPIENT} MS:{}", name.system())),
                Cell::Nothing,
                Cell::from("left behind by an object that was deleted"),
            ]);
        }
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}
