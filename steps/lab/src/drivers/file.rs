//! The files of a postoffice.

use runsheet_site::file::{self, FileFacility};
use runsheet_step::{Answer, Facility, Fault, Request, Value};

use super::stream::{Item, Stream};
use super::{Served, no_such_host};
use crate::lab::Lab;

pub(super) struct File;

impl Served for File {
    const NAME: &'static str = file::NAME;

    fn facility(&self) -> &dyn Facility {
        &FileFacility
    }

    fn get(&self, lab: &Lab, request: &Request) -> Answer {
        let Some(postoffice) = lab.postoffice(&request.host) else {
            return Answer::Fault(no_such_host(request, "a postoffice"));
        };
        match postoffice.file(&request.resource) {
            Some(fact) => {
                let size = i64::try_from(fact.size).unwrap_or(i64::MAX);
                Answer::Value(Value::map([
                    ("size", size.into()),
                    ("modified", Value::Null),
                ]))
            }
            None => Answer::Absent,
        }
    }

    fn is_there(&self, lab: &Lab, request: &Request) -> bool {
        self.get(lab, request) != Answer::Absent
    }

    fn stream<'l>(&self, lab: &'l Lab, request: &Request) -> Option<Result<Stream<'l>, Fault>> {
        let Some(postoffice) = lab.postoffice(&request.host) else {
            return Some(Err(no_such_host(request, "a postoffice")));
        };
        let path = postoffice.normal(&request.resource).unwrap_or_default();
        let file = postoffice.file(&request.resource);
        let text = file.and_then(|it| it.text).unwrap_or_default();
        Some(Ok(Stream {
            name: format!("{}/{path}", postoffice.host).into(),
            end: text.len() as u64,
            items: Box::new(move |from, _| Box::new(lines(&text, from).into_iter())),
        }))
    }
}

/// The lines that begin at or after a position. One without its end is still being written.
fn lines(text: &str, from: u64) -> Vec<Item> {
    let mut items = Vec::new();
    let mut position = 0;
    for line in text.split_inclusive('\n') {
        if position >= from {
            let at = i64::try_from(position).unwrap_or(i64::MAX);
            let line = line.trim_end_matches(['\r', '\n']);
            let value = Value::map([("line", line.into()), ("position", at.into())]);
            items.push(Item { position, value });
        }
        position += line.len() as u64;
    }
    items
}
