//! The machines of a lab: what the hosts of a site are, by their groups and variables.

use std::collections::{BTreeMap, BTreeSet};

use runsheet_step::{Host, Value};

use super::Reader;
use crate::blueprint::{Blueprint, ExchangeHost, PostofficeHost, WorkstationHost};
use crate::exchange::Profile;
use runsheet_formats::address::Address;

impl Reader<'_> {
    /// Every host that is a machine of the lab; the others are none of its business.
    pub(super) fn machines(&mut self, options: &Value, blueprint: &mut Blueprint) {
        let hosts = self.hosts;
        for host in hosts {
            let is_in = |group: &str| host.groups.iter().any(|it| **it == *group);
            if is_in("dx") {
                let server = self.exchange(options, host);
                blueprint.exchanges.push(server);
            } else if is_in("requestors") || is_in("server") {
                let postoffice = self.postoffice(host, is_in("server"));
                blueprint.postoffices.push(postoffice);
            } else if is_in("workstations") {
                let workstation = self.workstation(host);
                blueprint.workstations.push(workstation);
            }
        }
        self.refuse_strange_names(blueprint);
        self.refuse_twins(blueprint);
        self.refuse_second_server(blueprint);
        self.refuse_second_requestor(blueprint);
    }

    /// To a dir-sync server that is a postoffice, two Exchange servers of one site would be one
    /// requestor: it knows them by ORGANIZATION/SITE. An organization has one (Q151668).
    fn refuse_second_requestor(&mut self, blueprint: &Blueprint) {
        if !blueprint.postoffices.iter().any(|it| it.server) {
            return;
        }
        let mut seen = BTreeMap::new();
        for server in &blueprint.exchanges {
            let name = &server.address.postoffice;
            if let Some(other) = seen.insert(name, &server.host) {
                let message = format!("{other} is the requestor of {name} already");
                let help = "an organization has one dir-sync requestor (Q151668): leave one of them in the group dx, or give it another organization and site";
                self.fail(&[&server.host, "address"], message, help);
            }
        }
    }

    /// A system has one dir-sync server (Q96060).
    fn refuse_second_server(&mut self, blueprint: &Blueprint) {
        let servers = blueprint.postoffices.iter().filter(|it| it.server);
        for second in servers.skip(1) {
            self.fail(
                &[&second.host],
                "a system has one dir-sync server".to_owned(),
                "leave one host in the group server",
            );
        }
    }

    /// A workstation; its var `drives` says where its letters lead: `{M: HUB, N: SALES}`.
    fn workstation(&mut self, host: &Host) -> WorkstationHost {
        let mut drives = BTreeMap::new();
        let given = var(host, "drives").and_then(Value::as_map);
        for (letter, postoffice) in given.into_iter().flatten() {
            let mut letters = letter.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) if letter.is_ascii_alphabetic() => {
                    drives.insert(letter.to_ascii_uppercase(), postoffice.to_string());
                }
                _ => self.fail(
                    &[&host.name, "drives", letter],
                    format!("`{letter}` is not the letter of a drive"),
                    "",
                ),
            }
        }
        let mailexe = text(host, "mailexe").unwrap_or_else(|| r"C:\MAILEXE".to_owned());
        WorkstationHost {
            host: host.name.to_string(),
            drives,
            mailexe,
        }
    }

    /// On disk a machine has a directory of its name, next to `state`; and it is found by its name
    /// in letters of either case.
    fn refuse_strange_names(&mut self, blueprint: &Blueprint) {
        let mut seen = BTreeMap::new();
        for host in blueprint.hosts_as_written() {
            let letters = |it: char| it.is_ascii_alphanumeric() || matches!(it, '-' | '_' | '.');
            if !host.chars().all(letters) || host.starts_with('.') || host.is_empty() {
                let message = format!("`{host}` is no name of a machine");
                let help = "take letters, digits, hyphens, underscores and full stops";
                self.fail(&[host], message, help);
            }
            if let Some(other) = seen.insert(host.to_uppercase(), host) {
                let message = format!("{other} and {host} are one name to a machine");
                self.fail(&[host], message, "give each host a name of its own");
            }
        }
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

    fn exchange(&mut self, options: &Value, host: &Host) -> ExchangeHost {
        let address = self.address(host);
        let site = address.postoffice.postoffice();
        let mut upgraded = text(host, "upgraded_from_4").is_some_and(|it| it == "true");
        let flag = ("true or false", Value::as_bool);
        self.take((options, "upgraded_from_4"), flag, &mut upgraded);
        ExchangeHost {
            host: host.name.to_string(),
            profile: self.profile(options, host),
            upgraded_from_4: upgraded,
            admin_mailbox: text(host, "admin_mailbox").unwrap_or_else(|| "dxadmin".to_owned()),
            mta: text(host, "mta").unwrap_or_else(|| format!("PCMTA-{site}")),
            more_mtas: self.more_mtas(host),
            address,
        }
    }

    /// The var `more_mtas`: instances beside the first, and whom they serve:
    /// `{PCMTA-2: [SALES, PLANT]}`.
    fn more_mtas(&mut self, host: &Host) -> BTreeMap<String, BTreeSet<String>> {
        let given = var(host, "more_mtas").and_then(Value::as_map);
        let mut more = BTreeMap::new();
        for (name, served) in given.into_iter().flatten() {
            let hosts = served.items().iter().map(Value::to_string);
            let hosts: BTreeSet<_> = hosts
                .inspect(|it| self.must_be_a_postoffice("more_mtas", it))
                .collect();
            more.insert(name.to_string(), hosts);
        }
        more
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

    fn postoffice(&mut self, host: &Host, server: bool) -> PostofficeHost {
        let address = self.address(host);
        let drive = text(host, "drive").unwrap_or_else(|| "M".to_owned());
        let drive = drive.chars().next().unwrap_or('M');
        PostofficeHost {
            host: host.name.to_string(),
            x400: text(host, "x400"),
            drive,
            mailexe: text(host, "mailexe").unwrap_or_else(|| format!(r"{drive}:\MAILEXE")),
            server,
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
}

fn var<'h>(host: &'h Host, name: &str) -> Option<&'h Value> {
    host.vars.get(name).filter(|it| !it.is_null())
}

fn text(host: &Host, name: &str) -> Option<String> {
    var(host, name).map(Value::to_string)
}
