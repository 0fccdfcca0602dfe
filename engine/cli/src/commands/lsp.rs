//! `lsp`: speaks with an editor over its two streams, until the editor says good-bye.

use std::sync::Arc;

use runsheet_lsp::Connection;
use runsheet_lsp::plugins::{Driver, Known};
use runsheet_lsp::server::serve;
use runsheet_lsp::session::Session;
use runsheet_step::Catalogue;
use runsheet_step::shape::Field;
use runsheet_trust::entry::Depth;

use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk::Machine;
use crate::drivers::OWN;
use crate::exit::Exit;

pub(super) fn lsp(console: &Console) -> Result<Exit, Complaint> {
    let (connection, threads) = Connection::stdio();
    let mut session = Session::new(Catalogue::clone(console.shelf.linked()), Arc::new(Machine));
    let own = OWN.iter();
    let own = own.map(|(name, serves)| driver(name, *serves, Some(Vec::new())));
    session.store.drivers = own.collect();
    let shelf = Arc::clone(&console.shelf);
    session.store.plugins = Some(Arc::new(move |named, sources, found| {
        let shelved = shelf.shelved(named, sources, Depth::Manifest, found);
        let brought = shelved.drivers.iter();
        let brought = brought.map(|one| &one.driver);
        let brought = brought.map(|it| driver(&it.name, Some(&it.facility), it.options.clone()));
        Known {
            drivers: brought.collect(),
            kinds: shelved.kinds,
        }
    }));
    let served = serve(&connection, &mut session);
    // The threads end when nobody can send them anything more.
    drop(connection);
    let joined = threads.join();
    served.map_err(complaint)?;
    joined.map_err(|error| complaint(error.to_string()))?;
    Ok(Exit::Done)
}

fn driver(name: &str, serves: Option<&str>, options: Option<Vec<Field>>) -> Driver {
    Driver {
        name: name.to_owned(),
        facility: serves.map(str::to_owned),
        options,
    }
}

fn complaint(why: String) -> Complaint {
    let complaint = Complaint::new(format!("the editor broke off: {why}"));
    complaint.help("`runsheet lsp` is started by an editor; its README shows the settings")
}
