//! REQCONF.GLB, and what counts as a number in every file.

use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_formats::files::block::Block;
use runsheet_formats::files::corrupt::Corrupt;
use runsheet_formats::files::date;
use runsheet_formats::files::reqconf::{Options, ReqConf, TYPES};
use runsheet_formats::files::text::Text;

use super::Codec;
use crate::postoffice::{HIGHEST, Numbers, Postoffice};

pub(super) const FILES: &[Codec] = &[Codec {
    path: r"GLB\REQCONF.GLB",
    write: |it| reqconf(it).encode(),
    read,
}];

/// The numbers of a file, each of which can be counted on from.
pub(super) fn counted<const N: usize>(
    file: &'static str,
    numbers: [u32; N],
) -> Result<[u32; N], Corrupt> {
    if numbers.iter().all(|it| *it <= HIGHEST) {
        return Ok(numbers);
    }
    Err(Corrupt {
        file,
        offset: 0,
        expected: format!("numbers up to {HIGHEST}"),
    })
}

fn reqconf(postoffice: &Postoffice) -> ReqConf {
    let requestor = &postoffice.requestor;
    let server = postoffice.server.as_ref();
    let wanted = TYPES.iter().zip(0_u16..);
    let wanted = wanted.filter(|(name, _)| requestor.types.contains(**name));
    let pointer = (!requestor.pointers_sound).then_some(0);
    ReqConf {
        req_sync: postoffice.numbers.req_sync,
        srv_sync: postoffice.numbers.srv_sync,
        imp_sync: postoffice.numbers.imp_sync,
        server: server.map(|it| it.postoffice.clone()),
        server_mailbox: Text::cut(server.map_or("", |it| &it.mailbox)),
        password: Text::cut(&requestor.password),
        types: wanted.fold(0, |types, (_, bit)| types | 1 << bit),
        options: Options {
            templates_send: requestor.templates_send,
            templates_receive: requestor.templates_receive,
            rebuild: requestor.rebuild,
            create_postoffices: requestor.create_postoffices,
            receive_updates: requestor.receive,
        },
        limit: requestor.limit.unwrap_or(0),
        last_import: requestor.last_import.map_or(0, date::seconds),
        last_export: requestor.last_export.map_or(0, date::seconds),
        queues: [pointer; 4],
    }
}

fn read(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let read = ReqConf::decode(bytes)?;
    let numbers = [read.req_sync, read.srv_sync, read.imp_sync];
    let [req_sync, srv_sync, imp_sync] = counted(ReqConf::FILE, numbers)?;
    postoffice.numbers = Numbers {
        req_sync,
        srv_sync,
        imp_sync,
    };
    let mailbox = read.server_mailbox.as_str();
    postoffice.server = read.server.map(|it| it.mailbox(mailbox));
    let types = TYPES.iter().zip(0_u16..);
    let types = types.filter(|(_, bit)| read.types & 1 << bit != 0);
    let types: BTreeSet<Arc<str>> = types.map(|(name, _)| (*name).into()).collect();
    let requestor = &mut postoffice.requestor;
    requestor.types = types;
    requestor.password = read.password.as_str().into();
    requestor.templates_send = read.options.templates_send;
    requestor.templates_receive = read.options.templates_receive;
    requestor.rebuild = read.options.rebuild;
    requestor.create_postoffices = read.options.create_postoffices;
    requestor.receive = read.options.receive_updates;
    requestor.limit = (read.limit > 0).then_some(read.limit);
    requestor.last_import = date::moment(read.last_import);
    requestor.last_export = date::moment(read.last_export);
    requestor.pointers_sound = read.queues == [None; 4];
    Ok(())
}
