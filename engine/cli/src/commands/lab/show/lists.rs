//! The lists of other postoffices that a postoffice has imported.

use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View, postoffice};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "lists",
    takes: "[HOST]",
    about: "how many names each postoffice knows of the others; of one, every name",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let table = match asked.host().0 {
        Some(host) => names(lab, host)?,
        None => counts(lab),
    };
    Ok(Page::Tables(vec![asked.cut(table)]))
}

fn counts(lab: &Lab) -> Table {
    let columns = &["host", "knows of", "names"];
    let mut table = Table::new("lists", columns, "no list has been imported");
    for postoffice in &lab.postoffices {
        for (name, list) in postoffice.others() {
            let (host, count) = (Cell::from(&postoffice.host), Cell::number(list.len()));
            table.row([host, Cell::from(name), count]);
        }
    }
    table
}

fn names(lab: &Lab, host: &str) -> Result<Table, Complaint> {
    let postoffice = postoffice(lab, host)?;
    let title = format!("names {} has imported", postoffice.host);
    let mut table = Table::new(title, &["name", "address"], "it has imported none");
    for (name, list) in postoffice.others() {
        for (mailbox, full_name) in list {
            table.row([Cell::from(full_name), Cell::from(&name.mailbox(mailbox))]);
        }
    }
    Ok(table)
}
