//! The files of a postoffice, and of an Exchange server's connector.

use runsheet_site::file::wildcard::{self, is_wild};
use runsheet_site::file::{self, FileFacility};
use runsheet_step::{Answer, Facility, Fault, Name, Request, Value};

use super::stream::{Item, Stream};
use super::{Served, no_such_host};
use crate::exchange::Exchange;
use crate::lab::Lab;
use crate::postoffice::Postoffice;
use crate::postoffice::condition::Condition;
use crate::postoffice::files::FileFact;

pub(super) struct File;

impl Served for File {
    const NAME: &'static str = file::NAME;

    fn facility(&self) -> &dyn Facility {
        &FileFacility
    }

    fn get(&self, lab: &Lab, request: &Request) -> Answer {
        let Some(postoffice) = Place::of(lab, &request.host) else {
            return Answer::Fault(no_such_host(request, "a postoffice"));
        };
        let path = &request.resource;
        let folder = || Some(folder_facts(postoffice.folder(path)?.len()));
        let facts = match postoffice.file(path) {
            Some(fact) => Some(file_facts(&fact)),
            None => folder(),
        };
        facts.map_or(Answer::Absent, |facts| {
            Answer::Value(Value::map(facts.into_iter().chain(held(&postoffice, path))))
        })
    }

    fn is_there(&self, lab: &Lab, request: &Request) -> bool {
        let (folder, name) = wildcard::parts(&request.resource);
        match Place::of(lab, &request.host) {
            Some(postoffice) if is_wild(name) => postoffice.folder(folder).is_some(),
            _ => self.get(lab, request) != Answer::Absent,
        }
    }

    fn stream<'l>(&self, lab: &'l Lab, request: &Request) -> Option<Result<Stream<'l>, Fault>> {
        let Some(postoffice) = Place::of(lab, &request.host) else {
            return Some(Err(no_such_host(request, "a postoffice")));
        };
        if is_wild(&request.resource) {
            return Some(Ok(named(&postoffice, &request.resource)));
        }
        let path = postoffice.normal(&request.resource).unwrap_or_default();
        let file = postoffice.file(&request.resource);
        let text = file.and_then(|it| it.text).unwrap_or_default();
        Some(Ok(Stream {
            name: format!("{}/{path}", postoffice.host()).into(),
            end: text.len() as u64,
            items: Box::new(move |from, _| Box::new(lines(&text, from).into_iter())),
        }))
    }
}

/// A machine that has files.
enum Place<'l> {
    Postoffice(&'l Postoffice),
    Exchange(&'l Exchange),
}

impl<'l> Place<'l> {
    fn of(lab: &'l Lab, host: &str) -> Option<Self> {
        let postoffice = lab.postoffice(host).map(Self::Postoffice);
        postoffice.or_else(|| lab.exchange(host).map(Self::Exchange))
    }

    fn host(&self) -> &'l str {
        match self {
            Self::Postoffice(it) => &it.host,
            Self::Exchange(it) => &it.host,
        }
    }

    fn normal(&self, path: &str) -> Option<String> {
        match self {
            Self::Postoffice(it) => it.normal(path),
            Self::Exchange(it) => Some(it.normal(path)),
        }
    }

    fn file(&self, path: &str) -> Option<FileFact> {
        match self {
            Self::Postoffice(it) => it.file(path),
            Self::Exchange(it) => it.file(path),
        }
    }

    fn folder(&self, path: &str) -> Option<Vec<(String, FileFact)>> {
        match self {
            Self::Postoffice(it) => it.folder(path),
            Self::Exchange(it) => it.folder(path),
        }
    }

    /// What is wrong with a file; of an Exchange server those of the connector postoffice count.
    fn condition(&self, path: &str) -> Option<&'l Condition> {
        match self {
            Self::Postoffice(it) => it.conditions.of(path),
            Self::Exchange(it) => {
                let path = it.normal(path);
                let below = path.strip_prefix(r"CONNECT\MSMCON\MAILDATA\");
                it.connector.conditions.of(below.unwrap_or(&path))
            }
        }
    }
}

type Facts = Vec<(&'static str, Value)>;

fn file_facts(fact: &FileFact) -> Facts {
    vec![("size", int(fact.size)), ("modified", Value::Null)]
}

fn folder_facts(files: usize) -> Facts {
    vec![("size", 0.into()), ("files", int(files))]
}

/// Who keeps others from a file.
fn held(postoffice: &Place<'_>, path: &str) -> Facts {
    let condition = postoffice.condition(path);
    let by = match condition {
        Some(Condition::Locked(by)) => Some(Name::clone(by)),
        _ => None,
    };
    let read_only = condition == Some(&Condition::ReadOnly);
    vec![("locked_by", by.into()), ("read_only", read_only.into())]
}

/// The files that a name with wildcards means, as a stream that stands still.
fn named<'l>(postoffice: &Place<'_>, path: &str) -> Stream<'l> {
    let (folder, name) = wildcard::parts(path);
    let files = postoffice.folder(folder).unwrap_or_default().into_iter();
    let meant = files.filter(|(file, _)| wildcard::means(name, file));
    let prefix = match folder {
        "" => String::new(),
        folder => format!("{folder}\\"),
    };
    let values = meant.map(|(file, fact)| {
        let path = format!("{prefix}{file}");
        let held = held(postoffice, &path);
        let facts = file_facts(&fact).into_iter().chain(held);
        Value::map([("path", Value::text(path))].into_iter().chain(facts))
    });
    let items: Vec<_> = (0..).zip(values).collect();
    Stream {
        name: format!("{}/{path}", postoffice.host()).into(),
        end: items.len() as u64,
        items: Box::new(move |from, _| {
            let items = items.clone().into_iter();
            let items = items.map(|(position, value)| Item { position, value });
            Box::new(items.filter(move |item| item.position >= from))
        }),
    }
}

fn int<N: TryInto<i64>>(number: N) -> Value {
    number.try_into().unwrap_or(i64::MAX).into()
}

/// The lines that begin at or after a position; the last may lack its end.
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
