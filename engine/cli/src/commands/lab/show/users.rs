//! The users of postoffices and of Exchange.

use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View, yes_or_no};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "users",
    takes: "[HOST]",
    about: "the mailboxes of a postoffice, and which of them take part in dir-sync",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let columns = &["host", "mailbox", "name", "in dir-sync"];
    let mut table = Table::new("users", columns, "there is none");
    if let Some(server) = asked.host().0.and_then(|host| lab.exchange(host)) {
        for (mailbox, name) in &server.recipients {
            let host = Cell::from(&server.host);
            table.row([host, Cell::from(mailbox), Cell::from(name), yes_or_no(true)]);
        }
        return Ok(Page::Tables(vec![asked.cut(table)]));
    }
    for postoffice in asked.postoffices(lab)? {
        for (mailbox, user) in &postoffice.users {
            table.row([
                Cell::from(&postoffice.host),
                Cell::from(mailbox),
                Cell::from(&user.name),
                yes_or_no(user.included),
            ]);
        }
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}
