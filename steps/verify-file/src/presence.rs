//! Whether files are there or not, and as large and as free as they should be.

use std::sync::LazyLock;

use runsheet_site::file::wildcard::is_wild;
use runsheet_site::file::{Facts, Seen};
use runsheet_step::{Failure, Map, Name, Value};

use crate::input::{Paths, Presence, VerifyFileInput};

/// How many of the files that are wrong a message tells of.
const TOLD: usize = 3;

/// What is told of a file. Thousands of files share these names.
static FIELDS: LazyLock<[Name; 8]> = LazyLock::new(|| {
    let names = [
        "path",
        "exists",
        "size",
        "modified",
        "records",
        "files",
        "locked_by",
        "read_only",
    ];
    names.map(Name::from)
});

const LEFT_BEHIND: &str =
    "a program that works with it may still run, or has ended before its time";

impl VerifyFileInput {
    /// What was seen, as outputs: the first at the top, all in `items`.
    pub(crate) fn outputs(&self, seen: &[Seen]) -> Map {
        let items: Vec<Map> = seen
            .iter()
            .map(|(path, facts)| self.item(path, facts.as_ref()))
            .collect();
        let mut outputs = items.first().cloned().unwrap_or_default();
        let items = items.into_iter().map(|item| Value::Map(item.into()));
        outputs.insert("items".into(), Value::list(items));
        let counts = self.count.is_some() || self.path.all().iter().any(|path| is_wild(path));
        outputs.insert("count".into(), counts.then(|| int(there(seen))).into());
        for empty in ["lines", "matches", "unwanted_lines"] {
            outputs.insert(empty.into(), Value::list([]));
        }
        outputs.insert("unwanted".into(), "".into());
        outputs
    }

    fn item(&self, path: &str, facts: Option<&Facts>) -> Map {
        let size = facts.filter(|facts| facts.files.is_none());
        let size = size.map(|facts| facts.size);
        let records = self
            .multiple_of
            .and_then(|record| size?.checked_div(record));
        let holder = facts.and_then(|facts| facts.locked_by.clone());
        let told: [Value; 8] = [
            path.into(),
            facts.is_some().into(),
            size.map(int).into(),
            facts.and_then(|facts| facts.modified).into(),
            records.map(int).into(),
            facts.and_then(|facts| facts.files).map(int).into(),
            holder.into(),
            facts.map(|facts| facts.read_only).into(),
        ];
        FIELDS.iter().cloned().zip(told).collect()
    }

    /// What is wrong beside the lines, of all files at once.
    pub(crate) fn failure(&self, seen: &[Seen]) -> Option<Failure> {
        if let (Paths::One(path), Presence::Gone) = (&self.path, self.presence())
            && is_wild(path)
        {
            return still_there_all(path, seen);
        }
        let faults = seen
            .iter()
            .filter_map(|(path, facts)| self.fault(path, facts.as_ref()));
        let mut faults = self.wrong_count(seen).into_iter().chain(faults);
        let first = faults.next()?;
        let mut messages = vec![first.message.to_string()];
        messages.extend(faults.map(|fault| fault.message.to_string()));
        let more = messages.len().saturating_sub(TOLD);
        messages.truncate(TOLD);
        if more > 0 {
            messages.push(format!("{more} more"));
        }
        Some(Failure {
            message: messages.join("; ").into(),
            ..first
        })
    }

    fn wrong_count(&self, seen: &[Seen]) -> Option<Failure> {
        let (wanted, has) = (self.count?, there(seen));
        if has == wanted {
            return None;
        }
        let paths = self.path.all().join(", ");
        let message = format!("{has} of {paths} are there, and are to be {wanted}");
        Some(Failure::code("wrong-count", message))
    }

    /// What is wrong with a file beside its lines.
    fn fault(&self, path: &str, facts: Option<&Facts>) -> Option<Failure> {
        match (self.presence(), facts) {
            (Presence::There, None) => {
                Some(Failure::code("no-such-file", format!("there is no {path}")))
            }
            (Presence::Gone, Some(facts)) => Some(still_there(path, facts)),
            (_, Some(facts)) => self
                .wrong_size(path, facts.size)
                .or_else(|| self.wrong_hold(path, facts)),
            (_, None) => None,
        }
    }

    fn wrong_size(&self, path: &str, has: u64) -> Option<Failure> {
        let wanted = match self {
            Self {
                size: Some(size), ..
            } if has != *size => format!("{size}"),
            Self {
                min_size: Some(size),
                ..
            } if has < *size => format!("at least {size}"),
            Self {
                max_size: Some(size),
                ..
            } if has > *size => format!("at most {size}"),
            Self {
                multiple_of: Some(record),
                ..
            } if !has.is_multiple_of(*record) => {
                format!("a multiple of {record}")
            }
            _ => return None,
        };
        let message = format!("{path} has {has} bytes, and is to have {wanted}");
        Some(Failure::code("wrong-size", message))
    }

    fn wrong_hold(&self, path: &str, facts: &Facts) -> Option<Failure> {
        match (self.locked, &facts.locked_by) {
            (Some(false), Some(by)) => {
                let failure = Failure::code("file-locked", format!("{path} is held by {by}"));
                return Some(failure.help(format!("end {by}, or wait until it has let go of it")));
            }
            (Some(true), None) => {
                let message = format!("nobody holds {path}, and somebody is to");
                return Some(Failure::code("file-not-locked", message));
            }
            _ => {}
        }
        let (wanted, has) = (self.read_only?, facts.read_only);
        let word = |read_only| match read_only {
            true => "read-only",
            false => "writable",
        };
        (wanted != has).then(|| {
            let message = format!("{path} is {}, and is to be {}", word(has), word(wanted));
            Failure::code("wrong-attribute", message)
        })
    }
}

fn still_there(path: &str, facts: &Facts) -> Failure {
    let what = match facts.files {
        Some(files) => format!("{files} files"),
        None => format!("{} bytes", facts.size),
    };
    let message = format!("{path} is there, with {what}, and is to be gone");
    Failure::code("file-exists", message).help(LEFT_BEHIND)
}

/// The failure of files that a name with wildcards means.
fn still_there_all(path: &str, seen: &[Seen]) -> Option<Failure> {
    let there = seen.iter().filter(|(_, facts)| facts.is_some());
    let names: Vec<&str> = there.map(|(path, _)| &**path).collect();
    if names.is_empty() {
        return None;
    }
    let told = names[..names.len().min(TOLD)].join(", ");
    let more = match names.len() {
        count if count > TOLD => ", ...",
        _ => "",
    };
    let count = words(names.len());
    let message = format!("{count} there of {path}, and none is to be: {told}{more}");
    let failure = Failure::code("file-exists", message);
    Some(failure.help(LEFT_BEHIND))
}

fn words(count: usize) -> String {
    match count {
        1 => "1 file is".to_owned(),
        count => format!("{count} files are"),
    }
}

fn there(seen: &[Seen]) -> u64 {
    seen.iter().filter(|(_, facts)| facts.is_some()).count() as u64
}

fn int<N: TryInto<i64>>(number: N) -> Value {
    number.try_into().unwrap_or(i64::MAX).into()
}
