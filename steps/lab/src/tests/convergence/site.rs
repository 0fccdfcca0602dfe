//! A site of the lab that does what an act says, as an operator and fate would.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Act;
use super::model::{Fate, Kind, List, Numbers, Place};
use crate::faults::{Fault, Given, Stage, When, kinds};
use crate::lab::Lab;
use crate::password;
use crate::server::Server;
use crate::tests::server::postoffices;
use crate::tests::{MINUTE, Operator, blueprint, is_reply};

const HOSTS: [&str; 8] = [
    "SALES", "PLANT", "OFFICE", "DEPOT", "YARD", "SHOP", "QUAY", "MILL",
];

/// A site with so many requestors.
pub(super) struct Site {
    operator: Operator,
    count: usize,
}

/// The mailbox of a user that acts create and delete.
pub(super) fn mailbox(user: u8) -> String {
    format!("USER{user}")
}

/// Nobody else's: Exchange would tell equal names apart (Q146676).
pub(super) fn full_name(place: Place, user: u8) -> String {
    format!("Somebody {user} of {}", HOSTS[place])
}

impl Site {
    /// One whose dir-sync server is an Exchange server.
    pub(super) fn of_exchange(places: usize) -> Self {
        let mut blueprint = blueprint(&HOSTS[..places]);
        blueprint.users = 1;
        Self {
            operator: Operator::prepared(&blueprint),
            count: places,
        }
    }

    /// One whose dir-sync server is the first postoffice; EXTERNAL carries the mail.
    pub(super) fn of_postoffices(places: usize) -> Self {
        let mut blueprint = postoffices(&HOSTS[..places]);
        blueprint.users = 1;
        Self {
            operator: Operator {
                lab: Lab::build(&blueprint),
                kept: None,
            },
            count: places,
        }
    }

    /// Who the server is.
    pub(super) fn kind(&self) -> Kind {
        match self.lab().exchanges.first() {
            Some(server) => Kind::Exchange(list(&server.recipients)),
            None => Kind::Postoffice,
        }
    }

    fn server(&mut self) -> &mut Server {
        let lab = &mut self.operator.lab;
        match lab.exchanges.first_mut() {
            Some(server) => &mut server.dx.server,
            None => &mut lab.postoffices[0].serving.as_mut().unwrap().server,
        }
    }

    pub(super) fn users(&self) -> Vec<List> {
        let postoffices = self.lab().postoffices.iter();
        postoffices.map(|it| list(&it.exported())).collect()
    }

    pub(super) fn limit(&mut self, place: Place, limit: Option<u32>) {
        self.operator.lab.postoffices[place].requestor.limit = limit;
    }

    pub(super) fn act(&mut self, act: &Act) {
        let at = |place: &Place| place % self.count;
        match act {
            Act::Create(place, user) => {
                let name = full_name(at(place), *user);
                let line = format!("admin create {} {name} -dM", mailbox(*user));
                self.run(at(place), &line);
            }
            Act::Delete(place, user) => {
                let line = format!("admin delete {} -dM", mailbox(*user));
                self.run(at(place), &line);
            }
            Act::Export(place) => self.run(at(place), "admin export -dM"),
            Act::AskForLists(place) => self.run(at(place), "admin import -dM"),
            Act::T1(place, fate) => self.t1(at(place), *fate),
            Act::T2 => self.t2(),
            Act::Receive(place) => self.run(at(place), "reqmain -dM -r"),
            Act::Import(place) => {
                let password = password::of(HOSTS[at(place)]);
                self.run(at(place), &format!("import -dM admin -p{password} -q -y"));
            }
            Act::LoseMailbag(place) => {
                let system = &mut self.operator.lab.postoffices[at(place)].system;
                system.retain(|mail| !is_reply(mail));
            }
            Act::Reach(place, is) => self.operator.lab.postoffices[at(place)].reachable = *is,
            Act::MakeAgain(place) => self.make_again(at(place)),
            Act::Expire => self.expire(),
            Act::NumberAnew(place) => self.number_anew(at(place)),
        }
        self.carry();
    }

    fn t2(&mut self) {
        if self.kind() != Kind::Postoffice {
            return self.operator.t2();
        }
        for half in ["srvmain -r -dM", "srvmain -t -dM"] {
            self.run(0, half);
        }
    }

    /// Mail goes as far as it can: with time at Exchange, by two passes of EXTERNAL elsewhere.
    fn carry(&mut self) {
        if self.kind() != Kind::Postoffice {
            return self.operator.lab.advance(2 * MINUTE);
        }
        let reached = self.lab().postoffices.iter().zip('F'..='Z');
        let letters = reached
            .filter(|(it, _)| it.reachable)
            .map(|(_, letter)| letter);
        let line = format!("external -0 -d{}", letters.collect::<String>());
        for _ in 0..2 {
            self.operator.run("MTA1", &line);
        }
    }

    /// Mail is lost or doubled before anything could carry it away.
    fn t1(&mut self, place: Place, fate: Fate) {
        let reachable = self.lab().postoffices[place].reachable;
        self.operator.lab.postoffices[place].reachable = false;
        self.run(place, "reqmain -dM -t");
        self.operator.lab.postoffices[place].reachable = reachable;
        let outgoing = &mut self.operator.lab.postoffices[place].outgoing;
        match fate {
            Fate::Arrives => {}
            Fate::Lost => outgoing.clear(),
            Fate::Twice => outgoing.extend(outgoing.clone()),
        }
    }

    fn make_again(&mut self, place: Place) {
        let name = self.lab().postoffices[place].name.clone();
        self.server().register(name, None);
    }

    fn expire(&mut self) {
        let now = self.lab().now().after(MINUTE);
        Arc::make_mut(&mut self.server().master).forget_before(now);
    }

    fn number_anew(&mut self, place: Place) {
        let host = [("host".into(), HOSTS[place].into())];
        self.operator.lab.add_fault(Fault {
            kind: kinds().find(|it| it.name == "numbers-behind").unwrap(),
            given: Given::new(host.into_iter().collect()),
            from: When::Opening,
            until: None,
            stage: Stage::Ahead,
        });
    }

    /// Who is short of whose list, or has it wrong.
    pub(super) fn short(&self) -> BTreeMap<Place, BTreeSet<Place>> {
        let short = crate::tests::short(self.lab()).into_iter();
        let mut by_place: BTreeMap<Place, BTreeSet<Place>> = BTreeMap::new();
        for (here, there) in short {
            by_place.entry(here).or_default().insert(there);
        }
        by_place
    }

    pub(super) fn numbers(&self) -> Vec<Numbers> {
        let postoffices = self.lab().postoffices.iter();
        let numbers = postoffices.map(|it| Numbers {
            r: it.numbers.req_sync,
            s: it.numbers.srv_sync,
            i: it.numbers.imp_sync,
        });
        numbers.collect()
    }

    fn run(&mut self, place: Place, line: &str) {
        self.operator.run(HOSTS[place], line);
    }

    fn lab(&self) -> &Lab {
        &self.operator.lab
    }
}

fn list(list: &crate::directory::List) -> List {
    let entries = list.iter();
    let owned = entries.map(|(mailbox, name)| (mailbox.to_string(), name.to_string()));
    owned.collect()
}
