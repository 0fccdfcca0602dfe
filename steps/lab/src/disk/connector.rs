//! The connector postoffice of an Exchange server, `Connect\Msmcon\Maildata` (Q149451): INQUEUE3 with
//! mail for Exchange, a mailbag for each postoffice, and the bodies. It has no PROCESS.GLB.
//!
//! What lies in it is kept with the state of the server; these files show it. A mailbag that a
//! person deletes is gone (Q169117).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use runsheet_formats::files::block::Block;
use runsheet_formats::files::control::Control;
use runsheet_formats::files::flag::Flag;
use runsheet_formats::files::key::{Key, MOST};
use runsheet_formats::files::master::Master;
use runsheet_formats::files::mbg::{self, Header};
use runsheet_formats::files::text::Text;
use runsheet_formats::files::tid::Tid;

use super::image::{Content, Image};
use super::postoffice::mail;
use crate::exchange::Exchange;
use crate::exchange::connector::Connector;
use crate::mail::Mail;
use crate::postoffice::PostofficeId;

/// Where it is, under the directory of its host.
pub(super) const PLACE: &str = "Connect/Msmcon/Maildata";

const DIRECTORIES: [&str; 9] = ["ATT", "GLB", "INF", "KEY", "LOG", "MAI", "MBG", "NME", "P1"];

/// The files of the connector postoffice, by path from its root.
pub(super) fn image(exchange: &Exchange) -> Image {
    let mut image = Image::new();
    let inner = (0..16).flat_map(|n| [format!("MAI/MA{n:X}"), format!("ATT/AT{n:X}")]);
    let directories = DIRECTORIES.map(str::to_owned).into_iter().chain(inner);
    image.extend(directories.map(|path| (path, Content::Directory)));
    let mut put = |path: &str, bytes: Vec<u8>| {
        image.insert(path.replace('\\', "/"), Content::File(bytes));
    };
    put("GLB/CONTROL.GLB", Control::default().encode());
    put("GLB/FLAG.GLB", Flag::default().encode());
    put("GLB/MASTER.GLB", master(exchange).encode());
    put("GLB/TID.GLB", Tid::default().encode());
    for bag in bags(exchange) {
        for (mail, number) in bag.mail.iter().zip(bag.first_body()..) {
            let mut contents = BTreeMap::new();
            mail::put_body(&mut contents, number, mail);
            contents
                .into_iter()
                .for_each(|(path, bytes)| put(&path, bytes));
        }
        let (key, headers) = bag.encode(exchange);
        put(&format!("KEY/{}.KEY", bag.name), key);
        put(&format!("MBG/{}.MBG", bag.name), headers);
    }
    image
}

/// A mailbag of the connector.
struct Bag {
    name: String,
    /// Its number; 0 for INQUEUE3.
    number: usize,
    mail: Vec<Arc<Mail>>,
    /// How many messages of others lie in it before these.
    others: usize,
}

/// The mailbags that are there.
fn bags(exchange: &Exchange) -> Vec<Bag> {
    let connector = &exchange.connector;
    let inqueue = connector.inbound.iter().chain(&connector.returned);
    let mut bags = vec![Bag {
        name: "INQUEUE3".to_owned(),
        number: 0,
        mail: inqueue.cloned().collect(),
        others: 0,
    }];
    for id in mailbags(exchange) {
        let special = connector.mailbags.get(&id).copied().unwrap_or_default();
        if !special.missing {
            bags.push(Bag {
                name: name(id),
                number: Connector::mailbag_number(id),
                mail: connector.outbound.get(&id).cloned().unwrap_or_default(),
                others: special.others,
            });
        }
    }
    bags
}

impl Bag {
    /// The number of the body of its first message. Inferred.
    fn first_body(&self) -> u32 {
        let number = u32::try_from(self.number).unwrap_or(0);
        0x2000_0000 + number * u32::from(MOST)
    }

    /// Its key and its headers.
    fn encode(&self, exchange: &Exchange) -> (Vec<u8>, Vec<u8>) {
        let other = Header {
            subject: Text::default(),
            from: exchange.address.clone(),
            body: 0,
            written: 0,
            size: 0,
            attachments: 0,
            read: false,
        };
        let own = self.mail.iter().zip(self.first_body()..);
        let own = own.map(|(mail, body)| mail::header(mail, body));
        let all = std::iter::repeat_n(other, self.others).chain(own);
        let headers: mbg::Headers = (0..MOST).zip(all).collect();
        let key = Key::of(headers.keys().copied()).unwrap_or_default();
        (key.encode(), mbg::encode(&headers, headers.len()))
    }
}

fn master(exchange: &Exchange) -> Master {
    Master {
        name: exchange.address.postoffice.clone(),
        version: (3, 2),
        is_server: false,
        global_list: false,
        serial: Text::cut("22-28798"),
    }
}

/// The postoffices that have a mailbag: those the MTA instances serve.
fn mailbags(exchange: &Exchange) -> impl Iterator<Item = PostofficeId> {
    let served = exchange
        .mtas
        .iter()
        .flat_map(|it| it.serves.iter().copied());
    let with_mail = exchange.connector.outbound.keys().copied();
    let ids: BTreeSet<PostofficeId> = served.chain(with_mail).collect();
    ids.into_iter()
}

fn name(id: PostofficeId) -> String {
    format!("{:08X}", Connector::mailbag_number(id))
}

/// The postoffice whose mailbag is at a path.
pub(super) fn mailbag_at(exchange: &Exchange, path: &str) -> Option<PostofficeId> {
    let bag = path.strip_prefix("MBG/")?.strip_suffix(".MBG")?;
    mailbags(exchange).find(|id| name(*id) == bag)
}

/// The paths that a mailbag appears under when it is put back.
pub(super) fn watched(exchange: &Exchange) -> Vec<String> {
    let names = mailbags(exchange).map(name);
    names.map(|name| format!("MBG/{name}.MBG")).collect()
}
