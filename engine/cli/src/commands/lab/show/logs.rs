//! The logs of a postoffice.

use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::Postoffice;

use super::{Asked, Cell, Page, Table, View, postoffice};
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
        return lines(postoffice(lab, host)?, name, asked.last);
    }
    let mut table = Table::new(
        "logs",
        &["host", "log", "lines", "bytes"],
        "nothing is logged",
    );
    for postoffice in asked.postoffices(lab)? {
        for (name, text) in logs(postoffice) {
            table.row([
                Cell::from(&postoffice.host),
                Cell::from(&name),
                Cell::number(text.lines().count()),
                Cell::number(text.len()),
            ]);
        }
    }
    Ok(Page::Tables(vec![table]))
}

fn logs(postoffice: &Postoffice) -> impl Iterator<Item = (String, String)> {
    let files = postoffice.files().into_iter();
    files.filter_map(|(path, fact)| Some((path.strip_prefix(FOLDER)?.to_owned(), fact.text?)))
}

fn lines(postoffice: &Postoffice, name: &str, last: Option<usize>) -> Result<Page, Complaint> {
    let is_it = |log: &str| {
        log.eq_ignore_ascii_case(name) || log.eq_ignore_ascii_case(&format!("{name}.LOG"))
    };
    let Some((_, text)) = logs(postoffice).find(|(log, _)| is_it(log)) else {
        let host = &postoffice.host;
        let complaint = Complaint::new(format!("{host} has no log {name}"));
        let known: Vec<String> = logs(postoffice).map(|(log, _)| log).collect();
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
