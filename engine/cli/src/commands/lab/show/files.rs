//! The files of a postoffice: their sizes, and what is wrong with them.

use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::condition::Condition;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "files",
    takes: "[HOST] [PATH]",
    about: "the files of a postoffice with their sizes; of one text file, the text",
    look,
};

fn look(lab: &Lab, asked: &Asked) -> Result<Page, Complaint> {
    let (host, rest) = asked.host();
    if let (Some(host), [path, ..]) = (host, rest) {
        return one(lab, host, path);
    }
    let columns = &["host", "file", "bytes", "wrong with it"];
    let mut table = Table::new("files", columns, "there is none");
    for postoffice in asked.postoffices(lab)? {
        let files = postoffice.files();
        for (path, fact) in &files {
            table.row([
                Cell::from(&postoffice.host),
                Cell::from(path),
                Cell::number(fact.size),
                Cell::maybe(postoffice.conditions.of(path).map(Condition::to_string)),
            ]);
        }
        // Directories, and files that are missing.
        let others = postoffice.conditions.iter();
        for (path, wrong) in others.filter(|(path, _)| !files.contains_key(*path)) {
            let host = Cell::from(&postoffice.host);
            let wrong = Cell::Text(wrong.to_string());
            table.row([host, Cell::from(path), Cell::Nothing, wrong]);
        }
    }
    Ok(Page::Tables(vec![asked.cut(table)]))
}

fn one(lab: &Lab, host: &str, path: &str) -> Result<Page, Complaint> {
    let postoffice = super::postoffice(lab, host)?;
    let Some(fact) = postoffice.file(path) else {
        let complaint = Complaint::new(format!("{host} has no file {path}"));
        return Err(complaint.help(format!("`runsheet lab show files {host}` lists them")));
    };
    if let Some(text) = fact.text {
        return Ok(Page::Text(text));
    }
    let mut table = Table::new(path, &["bytes", "wrong with it"], "");
    let wrong = postoffice.conditions.of(path).map(Condition::to_string);
    table.row([Cell::number(fact.size), Cell::maybe(wrong)]);
    Ok(Page::Tables(vec![table]))
}
