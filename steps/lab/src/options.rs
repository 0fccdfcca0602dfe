//! The `lab:` map of a site file, and the hosts of the site, as a blueprint.
//!
//! | option | meaning | without it |
//! | --- | --- | --- |
//! | `profile` | `exchange-4.0`, `exchange-5.0` or `exchange-5.5` | what `vars.exchange` of the host says, or 4.0 |
//! | `upgraded_from_4` | the Exchange server was 4.0 once | what `vars.upgraded_from_4` of the host says |
//! | `users` | users of each postoffice, and of Exchange | 4 |
//! | `changes` | users added on each postoffice just before the start, or by host: `{SALES: 2}` | 0 |
//! | `polling` | how often the MTA looks for mail | 5m |
//! | `reqmain_takes` | how long REQMAIN runs | 6s |
//! | `offline` | hosts whose share the connector cannot reach | none |
//! | `late` | how long mail of a postoffice is held up on its way out: `{PLANT: 30m}` | not at all |
//! | `wrong_password` | hosts whose real password is not [the one the lab tells](crate::password) | none |
//! | `numbers` | numbers reached by host, an Exchange server that is a requestor among them: `{SALES: {req: 9998, srv: 12000}}` | nobody took part yet |
//! | `history` | a cycle was run the day before | false |
//! | `start` | when the site opens, UTC: `1998-01-29 08:00` | that |
//! | `disk` | the directory it is kept in, seen from the site file; made if it is not there | it lives in memory, and ends with its process |
//! | `faults` | what goes wrong, and when: `[{fault: lock, host: SALES, file: GLB\REQCONF.GLB, by: ADMIN, from: t1, until: 10m}]` | nothing |
//!
//! A host of the group `dx` is an Exchange server, one of `requestors` a postoffice, that of
//! `server` the postoffice that is the dir-sync server, one of `workstations` runs programs for
//! the postoffices of its var `drives`. Their vars
//! `address`, `drive`, `mailexe`, `x400`, `exchange`, `upgraded_from_4`, `admin_mailbox`, `mta` and
//! `more_mtas` (`{PCMTA-2: [PLANT]}`) are read where they are given. `seed` is for later labs and refused by this one.

pub mod faults;
mod machines;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::time::Duration;

use runsheet_step::{Failure, Host, Moment, Name, Value, duration};

use crate::blueprint::{Blueprint, Changes, Reached};
use runsheet_formats::stamp;

/// The options there are.
pub const OPTIONS: [&str; 14] = [
    "profile",
    "upgraded_from_4",
    "users",
    "changes",
    "polling",
    "reqmain_takes",
    "offline",
    "late",
    "wrong_password",
    "numbers",
    "history",
    "start",
    "disk",
    "faults",
];

/// Options of labs to come.
const LATER: [&str; 1] = ["seed"];

/// The blueprint that options and hosts describe.
///
/// # Errors
/// Everything that is wrong, each with its path: first the option, or the host and its variable.
pub fn blueprint(options: &Value, hosts: &[Host]) -> Result<Blueprint, Vec<Failure>> {
    let mut reader = Reader {
        hosts,
        failures: Vec::new(),
    };
    let blueprint = reader.blueprint(options);
    if reader.failures.is_empty() {
        Ok(blueprint)
    } else {
        Err(reader.failures)
    }
}

/// Reads on after a mistake, and keeps what is wrong.
struct Reader<'h> {
    hosts: &'h [Host],
    failures: Vec<Failure>,
}

impl Reader<'_> {
    fn blueprint(&mut self, options: &Value) -> Blueprint {
        self.refuse_unknown(options);
        let mut blueprint = Blueprint::default();
        self.scalars(options, &mut blueprint);
        blueprint.offline = self.hosts_in(options, "offline");
        blueprint.wrong_password = self.hosts_in(options, "wrong_password");
        self.late(options, &mut blueprint);
        self.changes(options, &mut blueprint);
        self.numbers(options, &mut blueprint);
        self.machines(options, &mut blueprint);
        self.faults(options, &mut blueprint);
        blueprint
    }

    fn scalars(&mut self, options: &Value, into: &mut Blueprint) {
        const DATE: &str = "a time such as 1998-01-29 08:00";
        self.take((options, "users"), (COUNT, count), &mut into.users);
        self.take((options, "polling"), (SPAN, span), &mut into.polling);
        self.take(
            (options, "reqmain_takes"),
            (SPAN, span),
            &mut into.pace.reqmain,
        );
        self.take(
            (options, "history"),
            ("true or false", Value::as_bool),
            &mut into.history,
        );
        self.take((options, "start"), (DATE, date), &mut into.start);
        self.take(
            (options, "disk"),
            ("the path of a directory", directory),
            &mut into.disk,
        );
    }

    fn refuse_unknown(&mut self, options: &Value) {
        for name in options.as_map().into_iter().flat_map(|it| it.keys()) {
            if LATER.contains(&&**name) {
                self.fail(
                    &[name],
                    format!("this lab cannot do `{name}` yet"),
                    "leave it out",
                );
            } else if !OPTIONS.contains(&&**name) {
                let help = format!("there are {}", OPTIONS.join(", "));
                self.fail(&[name], format!("a lab has no option `{name}`"), help);
            }
        }
    }

    /// Reads one option, if it is given, as what it `takes`.
    fn take<T>(
        &mut self,
        (options, name): (&Value, &str),
        (takes, read): (&str, impl Fn(&Value) -> Option<T>),
        into: &mut T,
    ) {
        let value = options.get(name);
        match read(value) {
            _ if value.is_null() => {}
            Some(read) => *into = read,
            None => self.fail(&[name], format!("`{value}` is not {takes}"), ""),
        }
    }

    /// The hosts that an option lists, each of which must be a postoffice.
    fn hosts_in(&mut self, options: &Value, name: &str) -> BTreeSet<String> {
        let listed = options.get(name);
        if !matches!(listed, Value::Null | Value::List(_)) {
            self.fail(&[name], format!("`{listed}` is not a list of hosts"), "");
        }
        let hosts = listed.items().iter().map(Value::to_string);
        hosts
            .inspect(|host| self.must_be_a_postoffice(name, host))
            .collect()
    }

    fn late(&mut self, options: &Value, blueprint: &mut Blueprint) {
        for (host, late) in options.get("late").as_map().into_iter().flatten() {
            self.must_be_a_postoffice("late", host);
            match span(late) {
                Some(late) => drop(blueprint.late.insert(host.to_string(), late)),
                None => self.fail(&["late", host], format!("`{late}` is not {SPAN}"), ""),
            }
        }
    }

    fn changes(&mut self, options: &Value, blueprint: &mut Blueprint) {
        let given = options.get("changes");
        let Some(by_host) = given.as_map() else {
            let mut everywhere = 0;
            self.take((options, "changes"), (COUNT, count), &mut everywhere);
            blueprint.changes = Changes::Everywhere(everywhere);
            return;
        };
        let mut counts = BTreeMap::new();
        for (host, number) in by_host {
            self.must_be_a_postoffice("changes", host);
            match count(number) {
                Some(number) => drop(counts.insert(host.to_string(), number)),
                None => self.fail(&["changes", host], format!("`{number}` is not {COUNT}"), ""),
            }
        }
        blueprint.changes = Changes::At(counts);
    }

    fn numbers(&mut self, options: &Value, blueprint: &mut Blueprint) {
        for (host, reached) in options.get("numbers").as_map().into_iter().flatten() {
            if !self.is_exchange_requestor(host) {
                self.must_be_a_postoffice("numbers", host);
            }
            let number = |name| {
                reached
                    .get(name)
                    .as_int()
                    .and_then(|it| u32::try_from(it).ok())
                    .filter(|it| *it <= MOST_NUMBERS)
            };
            if let (Some(req), Some(srv)) = (number("req"), number("srv")) {
                blueprint
                    .numbers
                    .insert(host.to_string(), Reached { req, srv });
            } else {
                let message = format!("`{reached}` is not {{req: NUMBER, srv: NUMBER}}");
                self.fail(&["numbers", host], message, "no number is above 999999");
            }
        }
    }

    /// Whether a host is an Exchange server that is a requestor of a postoffice.
    fn is_exchange_requestor(&self, name: &str) -> bool {
        let is_in = |host: &Host, group: &str| host.groups.iter().any(|it| **it == *group);
        let mut hosts = self.hosts.iter();
        let is_served = hosts.clone().any(|it| is_in(it, "server"));
        is_served && hosts.any(|it| is_in(it, "dx") && it.name.eq_ignore_ascii_case(name))
    }

    fn must_be_a_postoffice(&mut self, option: &str, name: &str) {
        let known = self.hosts.iter().any(|host| {
            let mut groups = host.groups.iter();
            let is_one = groups.any(|it| matches!(&**it, "requestors" | "server"));
            is_one && host.name.eq_ignore_ascii_case(name)
        });
        if !known {
            let message = format!("`{name}` is no host of the groups requestors and server");
            self.fail(&[option, name], message, "");
        }
    }

    fn fail(&mut self, path: &[&str], message: String, help: impl Into<Name>) {
        let help = help.into();
        let failure = Failure::code("bad-lab", message).at(path);
        self.failures.push(if help.is_empty() {
            failure
        } else {
            failure.help(help)
        });
    }
}

/// More users than this no postoffice has here.
const MOST_USERS: u32 = 10_000;
const COUNT: &str = "a whole number up to 10000";

fn count(value: &Value) -> Option<u32> {
    let count = value.as_int().and_then(|it| u32::try_from(it).ok());
    count.filter(|it| *it <= MOST_USERS)
}

/// Numbers are listed with six digits (Q96060).
const MOST_NUMBERS: u32 = 999_999;

const SPAN: &str = "a length of time such as 90s";

fn span(value: &Value) -> Option<Duration> {
    let span = match value {
        Value::Duration(span) => Some(*span),
        Value::Text(text) => duration::parse(text).ok(),
        _ => None,
    };
    span.filter(|it| !it.is_zero())
}

fn directory(value: &Value) -> Option<Option<PathBuf>> {
    let path = value.as_text().filter(|it| !it.is_empty())?;
    Some(Some(PathBuf::from(&**path)))
}

fn date(value: &Value) -> Option<Moment> {
    match value {
        Value::Moment(moment) => Some(*moment),
        Value::Text(text) => stamp::parse(text),
        _ => None,
    }
}
