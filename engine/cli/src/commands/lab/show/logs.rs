//! The logs of a postoffice.

use runsheet_lab::lab::{Lab, Role};

use super::{Asked, Cell, Page, Table, View, hosts, postoffice};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "logs",
    takes: "[HOST] [NAME]",
    about: "which logs there are; of one, its lines",
    look,
};

const FOLDER: &str = r"LOG\";

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let (host, rest) = asked.host();
    if let (Some(host), [name, ..]) = (host, rest) {
        return lines(host, &logs_at(lab, host)?, name, asked.last);
    }
    let mut table = Table::new(
        "logs",
        &["host", "log", "lines", "bytes"],
        "nothing is logged",
    );
    let hosts = match host {
        Some(host) => vec![host.to_owned()],
        None => hosts(lab, |role| !matches!(role, Role::Workstation(_))),
    };
    for host in hosts {
        for (name, text) in logs_at(lab, &host)? {
            table.row([
                Cell::from(&host),
                Cell::from(&name),
                Cell::number(text.lines().count()),
                Cell::number(text.len()),
            ]);
        }
    }
    Ok(Page::Tables(vec![table]))
}

/// A log and what stands in it.
type Log = (String, String);

/// The logs of a machine; at an Exchange server, those of its connector postoffice (Q151215).
fn logs_at(lab: &Lab, host: &str) -> Result<Vec<Log>, Complaint> {
    if let Some(server) = lab.exchange(host) {
        let connector = &server.connector;
        let logs = [
            ("SENT.LOG", &connector.sent),
            ("RECV.LOG", &connector.received),
        ];
        let logs = logs.into_iter().filter(|(_, text)| !text.is_empty());
        return Ok(logs
            .map(|(name, text)| (name.to_owned(), text.clone()))
            .collect());
    }
    let files = postoffice(lab, host)?.files().into_iter();
    let logs =
        files.filter_map(|(path, fact)| Some((path.strip_prefix(FOLDER)?.to_owned(), fact.text?)));
    Ok(logs.collect())
}

fn lines(host: &str, logs: &[Log], name: &str, last: Option<usize>) -> Result<Page, Complaint> {
    let is_it = |log: &str| {
        log.eq_ignore_ascii_case(name) || log.eq_ignore_ascii_case(&format!("{name}.LOG"))
    };
    let Some((_, text)) = logs.iter().find(|(log, _)| is_it(log)) else {
        let complaint = Complaint::new(format!("{host} has no log {name}"));
        let known: Vec<&str> = logs.iter().map(|(log, _)| log.as_str()).collect();
        return Err(complaint.help(match known.is_empty() {
            true => "nothing has been logged there yet".to_owned(),
            false => format!("there are {}", known.join(", ")),
        }));
    };
    let count = text.lines().count();
    let skipped = last.map_or(0, |last| count.saturating_sub(last));
    let kept = text.lines().skip(skipped);
    Ok(Page::Text(kept.map(|line| format!("{line}\n")).collect()))
}
