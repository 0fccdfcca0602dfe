//! From a blueprint to a site that runs.

mod system;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Moment;

use crate::blueprint::{Blueprint, ExchangeHost, PostofficeHost, WorkstationHost};
use crate::directory::List;
use crate::exchange::Exchange;
use crate::exchange::connector::Connector;
use crate::exchange::diagnostics;
use crate::exchange::dx::Dx;
use crate::exchange::events::source_key;
use crate::exchange::interchange::Interchange;
use crate::exchange::mta::Mta;
use crate::exchange::registry::{Registry, service_key};
use crate::exchange::services::{self, Service, Services};
use crate::exchange::settings::Settings;
use crate::lab::{Lab, Role, Workstation};
use crate::password;
use crate::people;
use crate::postoffice::{Postoffice, User};

/// How long the services have been running when the site opens, in milliseconds.
const UPTIME_MS: i64 = 9 * 3_600_000;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

impl Lab {
    /// Builds a site. Every service is running, nothing is logged, and no copies are sent.
    #[must_use]
    pub fn build(blueprint: &Blueprint) -> Self {
        let start = if blueprint.history {
            Moment(blueprint.start.0 - i64::try_from(DAY.as_millis()).unwrap_or(0))
        } else {
            blueprint.start
        };
        let mut postoffices: Vec<Postoffice> = blueprint
            .postoffices
            .iter()
            .map(|host| postoffice(blueprint, host))
            .collect();
        let mut exchanges: Vec<Exchange> = blueprint
            .exchanges
            .iter()
            .map(|host| exchange(blueprint, host, start))
            .collect();
        system::connect(&mut exchanges, &mut postoffices, blueprint);
        let workstations = blueprint.workstations.iter().map(workstation).collect();
        let mut lab = Self::new(start, postoffices, exchanges, workstations);
        lab.connect_drives(blueprint);
        lab.open(blueprint);
        lab
    }

    /// Lets the services look around, runs the history, and makes the pending changes.
    fn open(&mut self, blueprint: &Blueprint) {
        for exchange in 0..self.exchanges.len() {
            self.dx_started(exchange);
            self.first_poll(exchange);
        }
        if blueprint.history {
            self.run_history();
            self.advance_to(blueprint.start);
        }
        let now = self.now();
        for postoffice in &mut self.postoffices {
            let changes = blueprint.changes.at(&postoffice.host);
            for number in blueprint.users..blueprint.users + changes {
                let (mailbox, name) = people::person(number, postoffice.name.postoffice());
                postoffice.create_user(&mailbox, &name, true);
            }
            postoffice.queue.came(now);
        }
        for fault in &blueprint.faults {
            self.add_fault(fault.clone());
        }
    }

    fn connect_drives(&mut self, blueprint: &Blueprint) {
        for workstation in &blueprint.workstations {
            let Some(place) = self.role(&workstation.host) else {
                continue;
            };
            let lead =
                workstation
                    .drives
                    .iter()
                    .filter_map(|(letter, host)| match self.role(host) {
                        Some(Role::Postoffice(id)) => Some((*letter, id)),
                        _ => None,
                    });
            let drives = lead.collect();
            self.drives.insert(place, drives);
        }
    }
}

fn workstation(host: &WorkstationHost) -> Workstation {
    Workstation {
        host: host.host.as_str().into(),
        mailexe: host.mailexe.clone(),
    }
}

fn postoffice(blueprint: &Blueprint, host: &PostofficeHost) -> Postoffice {
    let name = host.address.postoffice.clone();
    let mut postoffice = Postoffice::new(&host.host, name, system::server_of(blueprint, host));
    postoffice.drive = host.drive.to_ascii_uppercase();
    postoffice.mailexe.clone_from(&host.mailexe);
    postoffice.pace = blueprint.pace;
    let is_this = |it: &&String| it.eq_ignore_ascii_case(&host.host);
    postoffice.reachable = !blueprint.offline.iter().any(|it| is_this(&it));
    if blueprint.wrong_password.iter().any(|it| is_this(&it)) {
        postoffice.password = password::of(&postoffice.password);
    }
    let late = blueprint.late.keys().find(is_this);
    postoffice.late = late.map_or(Duration::ZERO, |it| blueprint.late[it]);
    let users = users(blueprint.users, postoffice.name.postoffice());
    postoffice.users = users.into_iter().map(included).collect();
    postoffice
}

fn included((mailbox, name): (Arc<str>, Arc<str>)) -> (Arc<str>, User) {
    let user = User {
        name,
        included: true,
    };
    (mailbox, user)
}

fn users(count: u32, place: &str) -> List {
    let people = (0..count).map(|number| people::person(number, place));
    people
        .map(|(mailbox, name)| (mailbox.into(), name.into()))
        .collect()
}

fn exchange(blueprint: &Blueprint, host: &ExchangeHost, start: Moment) -> Exchange {
    let mut registry = Registry::default();
    for service in [
        services::DX,
        services::INTERCHANGE,
        services::MESSAGE_TRANSFER,
    ] {
        registry.create_key(None, &service_key(service));
    }
    for instance in instances(host) {
        registry.create_key(None, &format!(r"{}\Parameters", service_key(instance)));
        registry.create_key(None, &source_key(instance));
    }
    for logger in diagnostics::LOGGERS {
        registry.create_key(None, &logger.key());
    }
    Exchange {
        host: host.host.as_str().into(),
        profile: host.profile,
        upgraded_from_4: host.upgraded_from_4,
        address: system::address_of(blueprint, host),
        recipients: users(blueprint.users, host.address.postoffice.postoffice()),
        hidden: Default::default(),
        admin_mailbox: host.admin_mailbox.clone(),
        registry,
        services: installed(host, start),
        log: Default::default(),
        inbox: Default::default(),
        settings: Settings {
            administrator: Some(host.admin_mailbox.clone()),
            ..Settings::default()
        },
        dx: Dx::default(),
        mtas: instances(host)
            .map(|name| Mta::new(name, blueprint.polling))
            .collect(),
        connector: Connector::default(),
        interchange: Interchange::default(),
        texts: BTreeMap::new(),
    }
}

/// The names of a server's MTA instances.
fn instances(host: &ExchangeHost) -> impl Iterator<Item = &str> {
    let more = host.more_mtas.keys().map(String::as_str);
    std::iter::once(host.mta.as_str()).chain(more)
}

fn installed(host: &ExchangeHost, start: Moment) -> Services {
    const TRANSFER: Option<&str> = Some(services::MESSAGE_TRANSFER);
    let since = Moment(start.0 - UPTIME_MS);
    let mut installed = Services::default();
    for (name, display, leans_on) in [
        (
            services::MESSAGE_TRANSFER,
            "Microsoft Exchange Message Transfer Agent",
            None,
        ),
        (
            services::DX,
            "Microsoft Exchange Directory Synchronization",
            TRANSFER,
        ),
        (
            services::INTERCHANGE,
            "MS Mail Connector Interchange",
            TRANSFER,
        ),
    ]
    .into_iter()
    .chain(instances(host).map(|it| (it, it, None)))
    {
        installed.install(Service {
            leans_on,
            ..Service::running(name, display, since)
        });
    }
    installed
}
