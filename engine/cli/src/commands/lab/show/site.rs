//! The site: every machine, and what it is.

use runsheet_lab::exchange::{Exchange, Profile};
use runsheet_lab::lab::Lab;
use runsheet_lab::postoffice::Postoffice;

use super::{Asked, Cell, Page, Table, View};
use crate::complaint::Complaint;

pub(super) static VIEW: View = View {
    name: "site",
    takes: "",
    about: "every machine, and what it is (this is shown where nothing is asked for)",
    look,
};

fn look(lab: &Lab, _: &Asked) -> Result<Page, Complaint> {
    let title = format!("machines, {} UTC", lab.now());
    let columns = &["host", "is", "address", "users", "others known"];
    let mut table = Table::new(title, columns, "the site has no machine");
    for server in &lab.exchanges {
        table.row([
            Cell::from(&server.host),
            Cell::Text(version(server)),
            Cell::from(&server.address),
            Cell::number(server.recipients.len()),
            Cell::number(server.dx.lists.lists.entries()),
        ]);
    }
    for postoffice in &lab.postoffices {
        let others = postoffice
            .others()
            .map(|(_, list)| list.len())
            .sum::<usize>();
        table.row([
            Cell::from(&postoffice.host),
            Cell::Text(sort(postoffice)),
            Cell::from(&postoffice.name.system()),
            Cell::number(postoffice.users.len()),
            Cell::number(others),
        ]);
    }
    for workstation in &lab.workstations {
        table.row([
            Cell::from(&workstation.host),
            Cell::from("workstation"),
            Cell::Nothing,
            Cell::Nothing,
            Cell::Nothing,
        ]);
    }
    Ok(Page::Tables(vec![table, super::super::fault::there(lab)]))
}

fn version(server: &Exchange) -> String {
    let version = match server.profile {
        Profile::Exchange40 => "Exchange 4.0",
        Profile::Exchange50 => "Exchange 5.0",
        Profile::Exchange55 => "Exchange 5.5",
    };
    let role = if server.dx.requesting.is_some() {
        ", requestor"
    } else if server.dx.is_server() {
        ", dir-sync server"
    } else {
        ", no part in dir-sync"
    };
    let once = if server.upgraded_from_4 {
        ", 4.0 once"
    } else {
        ""
    };
    format!("{version}{role}{once}")
}

fn sort(postoffice: &Postoffice) -> String {
    let role = match postoffice.serving {
        Some(_) => ", dir-sync server",
        None => "",
    };
    let files = if postoffice.is_gone() {
        ", all its files are gone"
    } else if postoffice.is_refused() {
        ", nobody may look at its files"
    } else {
        ""
    };
    format!("postoffice{role}{files}")
}
