//! The `lab:` map of a site file, and the hosts of the site, as a blueprint.
//!
//! | option | meaning | without it |
//! | --- | --- | --- |
//! | `profile` | `exchange-4.0`, `exchange-5.0` or `exchange-5.5` | what `vars.exchange` of the host says, or 4.0 |
//! | `upgraded_from_4` | the Exchange server was 4.0 once | what `vars.upgraded_from_4` of the host says |
//! | `users` | users of each postoffice, and of Exchange | 4 |
//! | `changes` | users added on each postoffice just before the start | 0 |
//! | `polling` | how often the MTA looks for mail | 5m |
//! | `reqmain_takes` | how long REQMAIN runs | 6s |
//! | `offline` | hosts whose share the connector cannot reach | none |
//! | `numbers` | numbers reached by host: `{SALES: {req: 9998, srv: 12000}}` | nobody took part yet |
//! | `history` | a cycle was run the day before | false |
//!
//! A host of the group `dx` is an Exchange server, one of `requestors` a postoffice. Their vars
//! `address`, `drive`, `mailexe`, `x400`, `exchange`, `upgraded_from_4`, `admin_mailbox` and `mta`
//! are read where they are given. `disk` and `faults` are for later labs and refused by this one.

use std::collections::BTreeMap;
use std::time::Duration;

use runsheet_step::{Failure, Host, Name, Value, duration};

use crate::address::Address;
use crate::blueprint::{Blueprint, ExchangeHost, PostofficeHost, Reached};
use crate::exchange::Profile;

/// The options there are.
pub const OPTIONS: [&str; 9] = [
    "profile",
    "upgraded_from_4",
    "users",
    "changes",
    "polling",
    "reqmain_takes",
    "offline",
    "numbers",
    "history",
];

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
        let count = |value: &Value| value.as_int().and_then(|it| u32::try_from(it).ok());
        self.take(
            options,
            "users",
            "a whole number",
            count,
            &mut blueprint.users,
        );
        self.take(
            options,
            "changes",
            "a whole number",
            count,
            &mut blueprint.changes,
        );
        self.take(options, "polling", SPAN, span, &mut blueprint.polling);
        self.take(
            options,
            "reqmain_takes",
            SPAN,
            span,
            &mut blueprint.pace.reqmain,
        );
        self.take(
            options,
            "history",
            "true or false",
            Value::as_bool,
            &mut blueprint.history,
        );
        self.offline(options, &mut blueprint);
        self.numbers(options, &mut blueprint);
        let hosts = self.hosts;
        for host in hosts {
            let is_in = |group: &str| host.groups.iter().any(|it| **it == *group);
            if is_in("dx") {
                let server = self.exchange(options, host);
                blueprint.exchanges.push(server);
            } else if is_in("requestors") {
                let postoffice = self.postoffice(host);
                blueprint.postoffices.push(postoffice);
            }
        }
        self.refuse_twins(&blueprint);
        blueprint
    }

    /// Two hosts of one address would get each other's mail.
    fn refuse_twins(&mut self, blueprint: &Blueprint) {
        let servers = blueprint.exchanges.iter().map(|it| (&it.address, &it.host));
        let postoffices = blueprint
            .postoffices
            .iter()
            .map(|it| (&it.address, &it.host));
        let mut seen = BTreeMap::new();
        for (address, host) in servers.chain(postoffices) {
            if let Some(other) = seen.insert(address, host) {
                let message = format!("{other} has the address {address} too");
                self.fail(
                    &[host, "address"],
                    message,
                    "give each host an address of its own",
                );
            }
        }
    }

    fn refuse_unknown(&mut self, options: &Value) {
        for name in options.as_map().into_iter().flat_map(|it| it.keys()) {
            if !OPTIONS.contains(&&**name) {
                let message = format!("a lab has no option `{name}`");
                let help = format!("there are {}", OPTIONS.join(", "));
                self.fail(&[name], message, help);
            }
        }
    }

    fn take<T>(
        &mut self,
        options: &Value,
        name: &str,
        takes: &str,
        read: impl Fn(&Value) -> Option<T>,
        into: &mut T,
    ) {
        let value = options.get(name);
        match read(value) {
            _ if value.is_null() => {}
            Some(read) => *into = read,
            None => self.fail(&[name], format!("`{value}` is not {takes}"), ""),
        }
    }

    fn offline(&mut self, options: &Value, blueprint: &mut Blueprint) {
        let offline = options.get("offline");
        if !matches!(offline, Value::Null | Value::List(_)) {
            self.fail(
                &["offline"],
                format!("`{offline}` is not a list of hosts"),
                "",
            );
        }
        for host in offline.items() {
            let host = host.to_string();
            self.must_be_a_postoffice("offline", &host);
            blueprint.offline.insert(host);
        }
    }

    fn numbers(&mut self, options: &Value, blueprint: &mut Blueprint) {
        for (host, reached) in options.get("numbers").as_map().into_iter().flatten() {
            self.must_be_a_postoffice("numbers", host);
            let number = |name| {
                reached
                    .get(name)
                    .as_int()
                    .and_then(|it| u32::try_from(it).ok())
            };
            if let (Some(req), Some(srv)) = (number("req"), number("srv")) {
                blueprint
                    .numbers
                    .insert(host.to_string(), Reached { req, srv });
            } else {
                let message = format!("`{reached}` is not {{req: NUMBER, srv: NUMBER}}");
                self.fail(&["numbers", host], message, "");
            }
        }
    }

    fn must_be_a_postoffice(&mut self, option: &str, name: &str) {
        let known = self.hosts.iter().any(|host| {
            let requests = host.groups.iter().any(|it| &**it == "requestors");
            requests && host.name.eq_ignore_ascii_case(name)
        });
        if !known {
            let message = format!("`{name}` is no host of the group requestors");
            self.fail(&[option, name], message, "");
        }
    }

    fn exchange(&mut self, options: &Value, host: &Host) -> ExchangeHost {
        let address = self.address(host);
        let site = address.postoffice.postoffice();
        let upgraded = options.get("upgraded_from_4").as_bool();
        let upgraded = upgraded.or_else(|| Some(text(host, "upgraded_from_4")? == "true"));
        ExchangeHost {
            host: host.name.to_string(),
            profile: self.profile(options, host),
            upgraded_from_4: upgraded.unwrap_or(false),
            admin_mailbox: text(host, "admin_mailbox").unwrap_or_else(|| "dxadmin".to_owned()),
            mta: text(host, "mta").unwrap_or_else(|| format!("PCMTA-{site}")),
            address,
        }
    }

    fn profile(&mut self, options: &Value, host: &Host) -> Profile {
        let (path, named): (Vec<&str>, _) = match options.get("profile") {
            Value::Null => {
                let version = text(host, "exchange");
                (
                    vec![&host.name, "exchange"],
                    version.map(|it| format!("exchange-{it}")),
                )
            }
            profile => (vec!["profile"], Some(profile.to_string())),
        };
        let Some(name) = named else {
            return Profile::Exchange40;
        };
        Profile::named(&name).unwrap_or_else(|| {
            let message = format!("the lab knows no `{name}`");
            self.fail(
                &path,
                message,
                "there are exchange-4.0, exchange-5.0 and exchange-5.5",
            );
            Profile::Exchange40
        })
    }

    fn postoffice(&mut self, host: &Host) -> PostofficeHost {
        let address = self.address(host);
        let drive = text(host, "drive").unwrap_or_else(|| "M".to_owned());
        let drive = drive.chars().next().unwrap_or('M');
        PostofficeHost {
            host: host.name.to_string(),
            x400: text(host, "x400"),
            drive,
            mailexe: text(host, "mailexe").unwrap_or_else(|| format!(r"{drive}:\MAILEXE")),
            address,
        }
    }

    /// The host's address; where none is given, one made from its name.
    fn address(&mut self, host: &Host) -> Address {
        let made = || {
            let letters = host.name.chars().filter(char::is_ascii_alphanumeric);
            let name: String = letters.take(10).collect();
            format!("LAB/{name}/$SYSTEM")
        };
        let given = text(host, "address").unwrap_or_else(made);
        Address::parse(&given).unwrap_or_else(|wrong| {
            let help =
                "write NETWORK/POSTOFFICE/$SYSTEM, or for Exchange ORGANIZATION/SITE/$SYSTEM";
            self.fail(&[&host.name, "address"], wrong, help);
            Address::nowhere()
        })
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

const SPAN: &str = "a length of time such as 90s";

fn span(value: &Value) -> Option<Duration> {
    let span = match value {
        Value::Duration(span) => Some(*span),
        Value::Text(text) => duration::parse(text).ok(),
        _ => None,
    };
    span.filter(|it| !it.is_zero())
}

fn var<'h>(host: &'h Host, name: &str) -> Option<&'h Value> {
    host.vars.get(name).filter(|it| !it.is_null())
}

fn text(host: &Host, name: &str) -> Option<String> {
    var(host, name).map(Value::to_string)
}
