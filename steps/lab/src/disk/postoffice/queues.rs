//! The queues of transactions: REQTRANS, SRVTRANS and IMPORT's three.

use std::sync::Arc;

use runsheet_formats::files;
use runsheet_formats::files::corrupt::Corrupt;
use runsheet_formats::files::date;
use runsheet_formats::files::record::{self, Record};
use runsheet_formats::transaction::{Numbered, Transaction};
use runsheet_step::Moment;

use super::Codec;
use super::numbers::counted;
use crate::directory::Directory;
use crate::mail::{Content, Mail};
use crate::postoffice::Postoffice;
use crate::postoffice::incoming::{Received, Resync};
use crate::postoffice::request_queue::RequestQueue;
use crate::postoffice::work_queue::WorkQueue;
use crate::reply::{Reply, Updates};

pub(super) const FILES: &[Codec] = &[
    Codec {
        path: r"GLB\GWTRANS.GLB",
        write: |it| split(it, WorkQueue::Gateways),
        read: |it, bytes| join(it, WorkQueue::Gateways, bytes),
    },
    Codec {
        path: r"GLB\NMETRANS.GLB",
        write: |it| split(it, WorkQueue::Changes),
        read: |it, bytes| join(it, WorkQueue::Changes, bytes),
    },
    Codec {
        path: r"GLB\REQTRANS.GLB",
        write: |it| {
            let records = it.queue.records().iter().map(|numbered| Record {
                stamp: it.queue.date(numbered.number).map_or(0, date::seconds),
                ..kept(numbered)
            });
            record::encode(records.collect::<Vec<_>>().iter())
        },
        read: |it, bytes| {
            it.queue = RequestQueue::dated(stamped(bytes)?);
            Ok(())
        },
    },
    Codec {
        path: r"GLB\RESYNC.GLB",
        write: |it| it.resync.as_ref().map_or_else(Vec::new, handed_over),
        read: |it, bytes| {
            it.resync = Some(take_over(bytes)?);
            Ok(())
        },
    },
    Codec {
        path: r"GLB\SRVTRANS.GLB",
        write: |it| {
            if it.busy.importing {
                Vec::new()
            } else {
                received(it)
            }
        },
        read: |it, bytes| {
            if it.busy.importing {
                Ok(())
            } else {
                receive(it, bytes)
            }
        },
    },
    Codec {
        path: r"GLB\USRTRANS.GLB",
        write: |it| split(it, WorkQueue::Names),
        read: |it, bytes| join(it, WorkQueue::Names, bytes),
    },
];

fn kept(numbered: &Numbered) -> Record {
    Record {
        stamp: 0,
        number: numbered.number,
        text: numbered.transaction.to_string(),
    }
}

/// The transactions of a queue; a text that no import file could hold makes it corrupt.
fn records(bytes: &[u8]) -> Result<Vec<Numbered>, Corrupt> {
    Ok(stamped(bytes)?.into_iter().map(|(_, it)| it).collect())
}

/// The transactions of a queue, each with its date.
pub(super) fn stamped(bytes: &[u8]) -> Result<Vec<(Option<Moment>, Numbered)>, Corrupt> {
    const FILE: &str = "a queue of transactions";
    let records = record::decode(FILE, bytes).map_err(|it| it.corrupt)?;
    let mut offset = 0;
    let mut read = Vec::new();
    for record in records {
        let transaction = Transaction::parse(&record.text).map_err(|refusal| Corrupt {
            file: FILE,
            offset,
            expected: format!("a line of an import file: {refusal}"),
        })?;
        offset += record::encode([&record]).len() as u64;
        let [number] = counted(FILE, [record.number])?;
        read.push((
            date::moment(record.stamp),
            Numbered {
                number,
                transaction,
            },
        ));
    }
    Ok(read)
}

/// RESYNC.GLB: its numbers, and lists and lines as records under the server's number.
pub(in crate::disk) fn handed_over(resync: &Resync) -> Vec<u8> {
    let lists = resync.lists.transactions();
    let texts = lists.iter().map(ToString::to_string);
    let texts = texts.chain(resync.lines.lines().map(str::to_owned));
    let records = texts.map(|text| Record {
        stamp: 0,
        number: resync.srv,
        text,
    });
    let file = files::resync::Resync {
        imp_sync: resync.imp,
        req_sync: resync.req,
        srv_sync: resync.srv,
        records: records.collect(),
    };
    file.encode()
}

/// What RESYNC.GLB holds; records that are none are kept as lines.
pub(in crate::disk) fn take_over(bytes: &[u8]) -> Result<Resync, Corrupt> {
    let file = files::resync::Resync::decode(bytes)?;
    let numbers = [file.imp_sync, file.req_sync, file.srv_sync];
    let [imp, req, srv] = counted(files::resync::FILE, numbers)?;
    let mut lists = Directory::default();
    let mut lines = Vec::new();
    for record in file.records {
        match Transaction::parse(&record.text) {
            Ok(transaction) => lists.apply(&transaction),
            Err(_) => lines.push(record.text),
        }
    }
    Ok(Resync {
        imp,
        req,
        srv,
        lists: Arc::new(lists),
        lines: lines.join("\n").into(),
    })
}

/// What was received and is not imported yet: whole lists first, then single changes.
fn received(postoffice: &Postoffice) -> Vec<u8> {
    record::encode(waiting(postoffice).iter())
}

fn waiting(postoffice: &Postoffice) -> Vec<Record> {
    let srv = postoffice.numbers.srv_sync;
    let all = postoffice.received.iter();
    let all = all.flat_map(|received| match received {
        Received::Reply(reply) => told(reply),
        Received::Lines(lines) => written(lines, srv),
    });
    all.collect()
}

/// The part of it in one of IMPORT's queues, while IMPORT is at work.
fn split(postoffice: &Postoffice, queue: WorkQueue) -> Vec<u8> {
    if !postoffice.busy.importing {
        return Vec::new();
    }
    let mut records = waiting(postoffice);
    records.retain(|it| queue_of(it) == queue);
    record::encode(records.iter())
}

fn queue_of(record: &Record) -> WorkQueue {
    let transaction = Transaction::parse(&record.text);
    transaction.map_or(WorkQueue::Names, |it| WorkQueue::of(&it))
}

/// Takes in one of IMPORT's queues while IMPORT is at work, each record in the place of one that was
/// there; what is in the others stays.
fn join(postoffice: &mut Postoffice, queue: WorkQueue, bytes: &[u8]) -> Result<(), Corrupt> {
    const FILE: &str = "a queue of transactions";
    records(bytes)?;
    if !postoffice.busy.importing {
        return Ok(());
    }
    let new = record::decode(FILE, bytes).map_err(|it| it.corrupt)?;
    let mut new = new.into_iter();
    let mut all = Vec::new();
    for record in waiting(postoffice) {
        match queue_of(&record) == queue {
            true => all.extend(new.next()),
            false => all.push(record),
        }
    }
    all.extend(new);
    receive(postoffice, &record::encode(all.iter()))
}

/// Lines as records, all under one number.
fn written(lines: &str, number: u32) -> Vec<Record> {
    let records = lines.lines().map(|line| Record {
        stamp: 0,
        number,
        text: line.to_owned(),
    });
    records.collect()
}

/// The records of a reply. The single changes have the server's numbers, the lists its newest.
fn told(reply: &Reply) -> Vec<Record> {
    let transactions = reply.updates.written_out();
    let single = u32::try_from(reply.updates.transactions().len()).unwrap_or(u32::MAX);
    let lists = transactions.len() - reply.updates.transactions().len();
    let numbers = std::iter::repeat_n(reply.s, lists);
    let numbers = numbers.chain(reply.s.saturating_sub(single) + 1..);
    let records = transactions.into_iter().zip(numbers);
    let records = records.map(|(transaction, number)| {
        kept(&Numbered {
            number,
            transaction,
        })
    });
    records.collect()
}

/// What hangs on a piece of mail: a log, or transactions in the form of a queue (Q159294).
pub(super) fn attached(mail: &Mail) -> Vec<u8> {
    match &mail.content {
        Content::Status(log) => log.as_bytes().to_vec(),
        Content::Request(request) => queue(&request.updates),
        Content::Reply(reply) => record::encode(told(reply).iter()),
        Content::ImportRequest(_) | Content::Command(_) | Content::NonDelivery(_) => Vec::new(),
    }
}

fn queue(numbered: &[Numbered]) -> Vec<u8> {
    record::encode(numbered.iter().map(kept).collect::<Vec<_>>().iter())
}

fn receive(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let records = records(bytes)?;
    let numbers = postoffice.numbers;
    let to = records.last().map_or(numbers.srv_sync, |it| it.number);
    let transactions: Vec<Transaction> = records.into_iter().map(|it| it.transaction).collect();
    let reply = (!transactions.is_empty()).then(|| Reply {
        by_exchange: false,
        r: numbers.req_sync,
        s: to,
        was: numbers.srv_sync,
        i: numbers.imp_sync,
        updates: Updates::told(to, transactions),
    });
    postoffice.received = reply.into_iter().map(Received::Reply).collect();
    Ok(())
}
