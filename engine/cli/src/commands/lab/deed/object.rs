//! An object that is made or deleted in the Exchange Administrator program.

use runsheet_site::settings::NAME;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Value};

use super::{Deed, Place, misused};
use crate::complaint::Complaint;

pub(super) static DEED: Deed = Deed {
    name: "object",
    facility: NAME,
    takes: "create|delete OBJECT",
    about: "makes an Exchange object or deletes it, and with it the role in dir-sync",
    remedies: &[
        (
            "no-such-host",
            "name an Exchange server: postoffices have no objects",
        ),
        (
            "no-such-object",
            "there are DX Server, Remote Dir-Sync Requestor NET/PO, Dir-Sync Requestor NET/PO, and \
             what these have left: Hidden Recipient MS:NET/PO/$SYSTEM",
        ),
        (
            "no-such-postoffice",
            "name it by its address, NETWORK/POSTOFFICE; `runsheet lab show site` lists them",
        ),
        (
            "other-role",
            "a server is one or the other: delete the object of its role first (Q151668)",
        ),
        (
            "no-server",
            "make it the dir-sync server first: object create \"DX Server\"",
        ),
        (
            "has-requestors",
            "delete them first; `runsheet lab show settings` lists them",
        ),
        (
            "c1030b35",
            "a recipient with that address is there already: delete the Remote Dir-Sync Requestor, \
             and the Hidden Recipient that it leaves (Q151668)",
        ),
        (
            "address-taken",
            "a site has one dir-sync server: convert or delete the other first (Q150828)",
        ),
    ],
    act,
};

fn act(place: &Place<'_>, words: &[&str]) -> Result<(), Complaint> {
    let (verb, name) = match words {
        ["create", name @ ..] if !name.is_empty() => (Verb::Put(Value::Bool(true)), name),
        ["delete", name @ ..] if !name.is_empty() => (Verb::Delete, name),
        _ => {
            let word = words.first().unwrap_or(&"");
            return Err(misused(&DEED, word, &["create", "delete"]));
        }
    };
    let name = name.join(" ");
    let is_deleted = verb == Verb::Delete;
    let answer = place.tell(&DEED, &name, verb)?;
    let told = match (is_deleted, answer) {
        (true, Answer::Absent) => "there was no",
        (false, Answer::Value(_) | Answer::Raced(_)) => "there is already a",
        _ => return Ok(()),
    };
    place.console.note(&format!("{told} {name}"));
    Ok(())
}
