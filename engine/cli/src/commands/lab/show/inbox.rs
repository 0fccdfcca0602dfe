//! The inbox of the administrator who gets copies of dir-sync mail.

use runsheet_lab::exchange::inbox::Message;
use runsheet_lab::lab::Lab;

use super::{Asked, Cell, Page, Table, View, missing, number};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "inbox",
    takes: "[HOST] [NUMBER]",
    about: "the inbox of the dir-sync administrator; of one message, its text",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let (servers, rest) = asked.exchanges(lab)?;
    if let Some(word) = rest.first() {
        let wanted = number(word, "a message")?;
        let mut messages = servers.iter().flat_map(|server| server.inbox.messages());
        let message = messages.find(|message| message.number == wanted);
        let kept = servers.iter().flat_map(|server| server.inbox.messages());
        let kept = kept.map(|message| message.number);
        return message
            .map(told)
            .ok_or_else(|| missing("message", wanted, kept));
    }
    let columns = &["host", "number", "at", "from", "to", "subject"];
    let mut table = Table::new("inbox", columns, "it is empty");
    for server in servers {
        for message in server.inbox.messages() {
            table.row([
                Cell::from(&server.host),
                Cell::number(message.number),
                Cell::from(&message.at),
                Cell::from(&message.from),
                Cell::from(&message.to),
                Cell::from(&message.subject),
            ]);
        }
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}

fn told(message: &Message) -> Page {
    let head = format!(
        "From: {}\nTo: {}\nReceived: {}\nSubject: {}\n\n",
        message.from, message.to, message.at, message.subject
    );
    Page::Text(head + message.mail.body().trim_end() + "\n")
}
