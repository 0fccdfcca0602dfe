//! The roles of the service, taken up and given up.

use super::*;
use crate::exchange::settings::{Attribute, Setting};
use crate::tests::blueprint;

fn lab() -> Lab {
    Lab::build(&blueprint(&["HUB", "SALES"]))
}

fn code(done: Result<(), Refusal>) -> &'static str {
    done.err().map_or("", |it| it.code)
}

/// A site whose Exchange server has given up its role, and left nothing.
fn free() -> Lab {
    let mut lab = lab();
    for name in ["NORTH/HUB", "NORTH/SALES"] {
        for object in [
            format!("{REQUESTOR} {name}"),
            format!("{HIDDEN_RECIPIENT} MS:{name}/$SYSTEM"),
        ] {
            lab.delete_object(0, &object).unwrap();
        }
    }
    lab.delete_object(0, DX_SERVER).unwrap();
    lab
}

#[test]
fn a_server_that_becomes_a_requestor_gets_the_first_free_address() {
    let mut lab = free();
    lab.make_object(0, "dir-sync requestor NORTH/HUB").unwrap();
    let server = &lab.exchanges[0];
    assert_eq!(server.address.to_string(), "CONTOSO/HQ/SYSTEM1");
    assert!(is_there(server, "Dir-Sync Requestor NORTH/HUB").unwrap());
    assert!(!is_there(server, DX_SERVER).unwrap());

    let mut lab = free();
    let mut other = lab.exchanges[0].clone();
    other.host = "EXCH2".into();
    other.address = other.address.postoffice.mailbox("SYSTEM1");
    lab.exchanges = vec![lab.exchanges[0].clone(), other].into();
    lab.make_object(0, "Dir-Sync Requestor NORTH/HUB").unwrap();
    let address = Attribute::find(&lab.exchanges[0], OWN_REQUESTOR, "E-mail Addresses: MS");
    let said = address.ok().and_then(|it| it.get(&lab.exchanges[0]));
    assert_eq!(said, Some(Setting::Text("CONTOSO/HQ/SYSTEM2".to_owned())));
}

#[test]
fn a_requestor_that_becomes_the_server_is_at_system_again() {
    let mut lab = free();
    lab.make_object(0, "Dir-Sync Requestor NORTH/HUB").unwrap();
    assert_eq!(code(lab.make_object(0, DX_SERVER)), "other-role");
    lab.delete_object(0, OWN_REQUESTOR).unwrap();
    lab.make_object(0, DX_SERVER).unwrap();
    let server = &lab.exchanges[0];
    assert_eq!(server.address.to_string(), "CONTOSO/HQ/$SYSTEM");
    assert!(server.dx.is_server());
    assert!(is_there(server, "Hidden Recipient MS:NORTH/HUB/$SYSTEM").unwrap());
}

#[test]
fn what_a_deleted_requestor_has_left_is_in_the_way() {
    let mut lab = free();
    lab.make_object(0, DX_SERVER).unwrap();
    let sales = "Remote Dir-Sync Requestor NORTH/SALES";
    lab.make_object(0, sales).unwrap();
    assert_eq!(code(lab.delete_object(0, DX_SERVER)), "has-requestors");
    lab.delete_object(0, sales).unwrap();
    lab.make_object(0, sales).unwrap();
    let name = PostofficeName::parse("NORTH/SALES").unwrap();
    assert_eq!(
        lab.exchanges[0].dx.remotes[&name].recipient,
        Recipient::Twice
    );

    lab.delete_object(0, sales).unwrap();
    lab.delete_object(0, DX_SERVER).unwrap();
    let own = "Dir-Sync Requestor NORTH/SALES";
    assert_eq!(code(lab.make_object(0, own)), "c1030b35");
    lab.delete_object(0, "Hidden Recipient MS:NORTH/SALES/$SYSTEM")
        .unwrap();
    assert_eq!(code(lab.make_object(0, own)), "");
}

#[test]
fn objects_of_other_sorts_and_other_postoffices_are_refused() {
    let mut lab = lab();
    assert_eq!(code(lab.make_object(0, "Mailbox MAX")), "no-such-object");
    let stranger = "Remote Dir-Sync Requestor NORTH/NOWHERE";
    assert_eq!(code(lab.make_object(0, stranger)), "no-such-postoffice");
    let mut free = free();
    let sales = "Remote Dir-Sync Requestor NORTH/SALES";
    assert_eq!(code(free.make_object(0, sales)), "no-server");
}
