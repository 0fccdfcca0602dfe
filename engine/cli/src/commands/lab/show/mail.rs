//! Dir-sync mail, wherever it waits.

use std::sync::Arc;

use runsheet_lab::lab::Lab;
use runsheet_lab::mail::Mail;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "mail",
    takes: "[HOST] [ID]",
    about: "the dir-sync mail that waits somewhere; of one message, its text",
    look,
};

/// A message and where it is.
type Found = (String, &'static str, Arc<Mail>);

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let (host, rest) = asked.host();
    let is_meant = |found: &Found| host.is_none_or(|host| found.0.eq_ignore_ascii_case(host));
    if let Some(host) = host
        && lab.role(host).is_none()
    {
        let known = super::hosts(lab, |_| true);
        return Err(super::no_host(host, "machine", &known));
    }
    let found: Vec<Found> = everywhere(lab).into_iter().filter(is_meant).collect();
    if let Some(id) = rest.first() {
        return one(&found, id);
    }
    let columns = &["host", "in", "id", "from", "to", "written", "subject"];
    let mut table = Table::new("mail", columns, "none waits anywhere");
    for (host, place, mail) in &found {
        table.row([
            Cell::from(host),
            Cell::from(*place),
            Cell::Text(id(mail)),
            Cell::from(&mail.from),
            Cell::from(&mail.to),
            Cell::from(&mail.written),
            Cell::from(&mail.header_subject()),
        ]);
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}

fn id(mail: &Mail) -> String {
    format!("{:08X}", mail.id)
}

fn everywhere(lab: &Lab) -> Vec<Found> {
    let mut found = Vec::new();
    let mut add = |host: &Arc<str>, place, mails: &[Arc<Mail>]| {
        found.extend(mails.iter().map(|it| (host.to_string(), place, it.clone())));
    };
    for postoffice in &lab.postoffices {
        add(&postoffice.host, "P1", &postoffice.outgoing);
        add(&postoffice.host, "SYSTEM.MBG", &postoffice.system);
        for waiting in postoffice.mailbags.values() {
            let mails: Vec<_> = waiting.iter().map(|it| it.mail.clone()).collect();
            add(&postoffice.host, "mailbag", &mails);
        }
    }
    for server in &lab.exchanges {
        add(
            &server.host,
            "connector, to Exchange",
            &server.connector.inbound,
        );
        for mails in server.connector.outbound.values() {
            add(&server.host, "connector, to postoffices", mails);
        }
        add(&server.host, "read by DX", &server.dx.heard);
        add(&server.host, "queue of DX", &server.dx.waiting);
        let outgoing: Vec<_> = server
            .dx
            .outgoing
            .iter()
            .map(|(_, it)| it.clone())
            .collect();
        add(&server.host, "from DX", &outgoing);
    }
    found
}

fn one(found: &[Found], wanted: &str) -> Result<Page, Complaint> {
    let is_it = |mail: &Mail| {
        id(mail).trim_start_matches('0') == wanted.to_uppercase().trim_start_matches('0')
    };
    let Some((host, place, mail)) = found.iter().find(|(_, _, mail)| is_it(mail)) else {
        let complaint = Complaint::new(format!("no message {wanted} waits there"));
        return Err(complaint.help("`runsheet lab show mail` lists what waits"));
    };
    let head = format!(
        "{host}, {place}\nFrom: {}\nTo: {}\nWritten: {}\nSubject: {}\n\n",
        mail.from,
        mail.to,
        mail.written,
        mail.subject()
    );
    Ok(Page::Text(head + mail.body().trim_end() + "\n"))
}
