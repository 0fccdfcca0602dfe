//! Mail of a postoffice: the mailbag of `$SYSTEM`, envelopes in P1, bodies and attachments.
//!
//! A message that came from elsewhere has a body with a number of its own: its place in the
//! mailbag, counted from [`CAME`]. This is inferred.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_formats::files::block::Block;
use runsheet_formats::files::corrupt::Corrupt;
use runsheet_formats::files::key::{Key, MOST};
use runsheet_formats::files::mai::{Attached, Body};
use runsheet_formats::files::mbg::{self, Header, Headers};
use runsheet_formats::files::p1::Envelope;
use runsheet_formats::files::text::Text;
use runsheet_formats::files::{att, date, mai};

use super::{Codec, queues};
use crate::mail::Mail;
use crate::postoffice::Postoffice;

/// The number of the body of the first message in the mailbag.
const CAME: u32 = 0x1000_0000;

pub(super) const FILES: &[Codec] = &[
    Codec {
        path: r"KEY\INQUEUE.KEY",
        write: |_| Key::default().encode(),
        read: |_, bytes| Key::decode(bytes).map(drop),
    },
    Codec {
        path: r"KEY\INQUEUE3.KEY",
        write: |_| Key::default().encode(),
        read: |_, bytes| Key::decode(bytes).map(drop),
    },
    Codec {
        path: r"KEY\SYSTEM.KEY",
        write: |it| key(&it.system).encode(),
        read: read_key,
    },
    Codec {
        path: r"MBG\INQUEUE.MBG",
        write: |_| Vec::new(),
        read: |_, bytes| mbg::decode(&Key::default(), bytes).map(drop),
    },
    Codec {
        path: r"MBG\INQUEUE3.MBG",
        write: |_| Vec::new(),
        read: |_, bytes| mbg::decode(&Key::default(), bytes).map(drop),
    },
    Codec {
        path: r"MBG\SYSTEM.MBG",
        write: |it| mbg::encode(&headers(&it.system, came), it.system_slots),
        read: read_mailbag,
    },
];

fn slots(mailbag: &[Arc<Mail>]) -> impl Iterator<Item = (u16, &Mail)> {
    let mail = mailbag.iter().map(AsRef::as_ref);
    (0..MOST).zip(mail)
}

fn key(mailbag: &[Arc<Mail>]) -> Key {
    Key::of(slots(mailbag).map(|(slot, _)| slot)).unwrap_or_default()
}

/// The headers of a mailbag, whose bodies are numbered as told.
fn headers(mailbag: &[Arc<Mail>], body: impl Fn(u16, &Mail) -> u32) -> Headers {
    let headers = slots(mailbag).map(|(slot, mail)| (slot, header(mail, body(slot, mail))));
    headers.collect()
}

/// The header of a message whose body has this number.
pub(in crate::disk) fn header(mail: &Mail, body: u32) -> Header {
    Header {
        subject: Text::cut(&mail.subject()),
        from: mail.from.clone(),
        body,
        written: date::seconds(mail.written),
        size: size(mail),
        attachments: u16::try_from(mail.attachments().len()).unwrap_or(u16::MAX),
        read: false,
    }
}

/// The number of the body of a message that came from elsewhere.
fn came(slot: u16, _: &Mail) -> u32 {
    CAME + u32::from(slot)
}

fn size(mail: &Mail) -> u32 {
    u32::try_from(mail.size()).unwrap_or(u32::MAX)
}

/// A key that was reset leaves no messages; one of which bits are left, these.
fn read_key(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let key = Key::decode(bytes)?;
    let count = postoffice.system.len();
    if key.slots().any(|slot| usize::from(slot) >= count) {
        return Err(Corrupt {
            file: "SYSTEM.KEY",
            offset: 0,
            expected: "no message beyond those in SYSTEM.MBG".to_owned(),
        });
    }
    let kept = key
        .slots()
        .map(|slot| postoffice.system[usize::from(slot)].clone());
    postoffice.system = kept.collect();
    Ok(())
}

fn read_mailbag(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    mbg::decode(&key(&postoffice.system), bytes)?;
    postoffice.system_slots = bytes.len() / Header::SIZE;
    Ok(())
}

/// Envelopes, bodies and attachments.
pub(super) fn numbered(postoffice: &Postoffice) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    for mail in &postoffice.outgoing {
        let envelope = Envelope {
            from: mail.from.clone(),
            to: mail.to.clone(),
            body: mail.id,
            written: date::seconds(mail.written),
            size: size(mail),
            retries: 0,
        };
        contents.insert(envelope_path(mail.id), envelope.encode());
        put_body(&mut contents, mail.id, mail);
    }
    for (slot, mail) in slots(&postoffice.system) {
        put_body(&mut contents, came(slot, mail), mail);
    }
    for (waiting, number) in postoffice.mailbags.values().zip(1_u32..) {
        let mailbag: Vec<Arc<Mail>> = waiting.iter().map(|it| it.mail.clone()).collect();
        let of = |kind: &str| format!(r"{kind}\{number:08X}.{kind}");
        contents.insert(of("KEY"), key(&mailbag).encode());
        let headers = headers(&mailbag, |_, mail| mail.id);
        contents.insert(of("MBG"), mbg::encode(&headers, mailbag.len()));
        for mail in &mailbag {
            put_body(&mut contents, mail.id, mail);
        }
    }
    contents
}

fn envelope_path(number: u32) -> String {
    format!(r"P1\{number:08X}.P1")
}

/// A body and its attachments; a message has one at most, which has the body's number.
pub(in crate::disk) fn put_body(
    contents: &mut BTreeMap<String, Vec<u8>>,
    number: u32,
    mail: &Mail,
) {
    let mut attachments = Vec::new();
    for attachment in mail.attachments() {
        let bytes = queues::attached(mail);
        attachments.push(Attached {
            number,
            name: Text::cut(attachment.name),
            size: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        });
        contents.insert(att::path(number), att::encode(number, &bytes));
    }
    let body = Body {
        from: mail.from.clone(),
        to: mail.to.clone(),
        written: mail.written,
        subject: Text::cut(&mail.subject()),
        attachments,
        text: mail.body(),
    };
    contents.insert(mai::path(number), mai::encode(number, &body));
}

/// Takes in an envelope, body or attachment that a person has changed: it is good or it is not.
pub(super) fn read_numbered(path: &str, bytes: &[u8]) -> Option<Result<(), Corrupt>> {
    let name = path.rsplit('\\').next()?;
    let (number, kind) = name.split_once('.')?;
    let number = u32::from_str_radix(number, 16).ok()?;
    match kind {
        "P1" => Some(Envelope::decode(bytes).map(drop)),
        "MAI" => Some(mai::decode(number, bytes).map(drop)),
        "KEY" => Some(Key::decode(bytes).map(drop)),
        "ATT" => Some(att::decode(number, bytes).map(drop)),
        _ => None,
    }
}

/// An envelope that is taken away takes its message along.
pub(super) fn taken(postoffice: &mut Postoffice, path: &str) -> bool {
    let before = postoffice.outgoing.len();
    postoffice
        .outgoing
        .retain(|mail| envelope_path(mail.id) != path);
    postoffice.outgoing.len() < before
}
