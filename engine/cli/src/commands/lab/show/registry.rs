//! The registry of an Exchange server, as far as the connector uses it.

use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "registry",
    takes: "[HOST] [KEY]",
    about: "the values in the registry of an Exchange server; of one key, it and all below it",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let (servers, rest) = asked.exchanges(lab)?;
    let part = rest.first().map_or("", String::as_str);
    let columns = &["host", "key", "value", "data", "written"];
    let mut table = Table::new("registry", columns, "no value is set");
    for server in servers {
        for key in server.registry.keys_with(part) {
            for entry in key.values() {
                table.row([
                    Cell::from(&server.host),
                    Cell::from(&key.name),
                    Cell::from(&entry.name),
                    Cell::from(&entry.data),
                    Cell::maybe(entry.written.map(|it| it.to_string())),
                ]);
            }
        }
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}
