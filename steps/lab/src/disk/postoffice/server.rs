//! SRVCONF.GLB and MSTTRANS.GLB: what a postoffice holds as the dir-sync server.

use runsheet_formats::files::block::Block;
use runsheet_formats::files::corrupt::Corrupt;
use runsheet_formats::files::record::{self, Record};
use runsheet_formats::files::srvconf::{Heard, Requestor, Server, SrvConf};
use runsheet_formats::files::text::Text;
use runsheet_formats::files::{date, reqconf};

use runsheet_step::Moment;

use super::numbers::counted;
use super::{Codec, queues};
use crate::master::Master;
use crate::postoffice::{Numbers, Postoffice};

pub(super) const FILES: &[Codec] = &[
    Codec {
        path: r"GLB\MSTTRANS.GLB",
        write: msttrans,
        read: read_msttrans,
    },
    Codec {
        path: r"GLB\SRVCONF.GLB",
        write: |it| srvconf(it).map_or(Vec::new(), |it| it.encode()),
        read: read_srvconf,
    },
];

fn msttrans(postoffice: &Postoffice) -> Vec<u8> {
    let Some(serving) = &postoffice.serving else {
        return Vec::new();
    };
    let records = serving.server.master.records();
    let records = records.map(|(number, at, transaction)| Record {
        stamp: at.map_or(0, date::seconds),
        number,
        text: transaction.to_string(),
    });
    record::encode(records.collect::<Vec<_>>().iter())
}

/// A master list as a person has put it there. Its numbers go on without a gap; an empty one was
/// made anew and goes on from the highest number given, that of SRVCONF.GLB (Q112280).
fn read_msttrans(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let Some(serving) = &mut postoffice.serving else {
        return Ok(());
    };
    let records = queues::stamped(bytes)?;
    let sync = serving.server.master.sync();
    let base = records
        .first()
        .map_or(sync, |(_, it)| it.number.saturating_sub(1));
    let mut master = Master::starting_at(base, base);
    for (at, numbered) in records {
        if numbered.number != master.sync() + 1 {
            return Err(Corrupt {
                file: "MSTTRANS.GLB",
                offset: 0,
                expected: format!("the number {}, not {}", master.sync() + 1, numbered.number),
            });
        }
        master.append(at.unwrap_or(Moment(0)), numbered.transaction);
    }
    serving.server.master = master.into();
    Ok(())
}

fn srvconf(postoffice: &Postoffice) -> Option<SrvConf> {
    let server = &postoffice.serving.as_ref()?.server;
    let administrator = server.administrator.as_deref().unwrap_or_default();
    let requestors = server.requestors.iter().map(|(name, known)| Requestor {
        name: name.clone(),
        mailbox: Text::cut("$SYSTEM"),
        password: Text::cut(known.password.as_deref().unwrap_or_default()),
        req_sync: known.numbers.req_sync,
        srv_sync: known.numbers.srv_sync,
        imp_sync: known.numbers.imp_sync,
        last_cycle: known.last_cycle,
        last_update: known.last_update.map_or(0, date::seconds),
        types: reqconf::PCM,
        limit: 0,
        heard: known.heard().map(|(r, s, i, import)| Heard {
            r,
            s,
            i,
            import,
            in_body: false,
        }),
    });
    Some(SrvConf {
        requestors: requestors.collect(),
        server: Server {
            sync: server.master.sync(),
            cycle: server.cycle,
            keep_updates: u16::try_from(server.keep_updates).unwrap_or(u16::MAX),
            administrator: Text::cut(administrator),
        },
    })
}

/// Takes in numbers, passwords and who is registered. What a requestor asked for since the last T2
/// stays as it was heard.
fn read_srvconf(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let Some(serving) = &mut postoffice.serving else {
        return Ok(());
    };
    let read = SrvConf::decode(bytes)?;
    counted(Server::FILE, [read.server.sync, read.server.cycle])?;
    for it in &read.requestors {
        let numbers = [it.req_sync, it.srv_sync, it.imp_sync, it.last_cycle];
        counted(Server::FILE, numbers)?;
    }
    let server = &mut serving.server;
    if server.master.base() == server.master.sync() {
        server.master = Master::starting_at(read.server.sync, read.server.sync).into();
    }
    server.cycle = read.server.cycle;
    server.keep_updates = read.server.keep_updates.into();
    let administrator = read.server.administrator.as_str();
    server.administrator = (!administrator.is_empty()).then(|| administrator.into());
    let mut before = std::mem::take(&mut server.requestors);
    for known in read.requestors {
        let mut requestor = before.remove(&known.name).unwrap_or_default();
        requestor.numbers = Numbers {
            req_sync: known.req_sync,
            srv_sync: known.srv_sync,
            imp_sync: known.imp_sync,
        };
        let password = known.password.as_str();
        requestor.password = (!password.is_empty()).then(|| password.into());
        requestor.last_cycle = known.last_cycle;
        requestor.last_update = date::moment(known.last_update);
        server.requestors.insert(known.name, requestor);
    }
    Ok(())
}
