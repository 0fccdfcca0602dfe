//! Sites whose dir-sync server is a postoffice: HUB, with its requestors.

mod faults;
mod instances;
mod mail;
mod protocol;
mod resync;
mod scale;
mod schedule;
mod versions;

use std::collections::BTreeMap;

use super::{MINUTE, blueprint};
use crate::blueprint::{Blueprint, WorkstationHost};
use crate::lab::Lab;
use crate::password;
use crate::postoffice::Postoffice;
use crate::postoffice::serving::Serving;
use crate::process::End;
use crate::server::Requestor;
use runsheet_formats::address::{Address, PostofficeName};

/// A site of postoffices alone, the first of which is the server, with a workstation MTA1 that has
/// them on drives from F on.
pub(super) fn postoffices(hosts: &[&str]) -> Blueprint {
    let mut blueprint = blueprint(hosts);
    blueprint.exchanges.clear();
    blueprint.postoffices[0].server = true;
    let lead = ('F'..='Z')
        .zip(hosts)
        .map(|(it, host)| (it, (*host).into()));
    blueprint.workstations.push(WorkstationHost {
        host: "MTA1".to_owned(),
        drives: lead.collect::<BTreeMap<_, _>>(),
        mailexe: r"M:\MAILEXE".to_owned(),
    });
    blueprint
}

/// An operator of a site of postoffices.
struct Operator {
    lab: Lab,
    range: String,
}

impl Operator {
    fn at_work(blueprint: &Blueprint) -> Self {
        let drives = blueprint.workstations[0].drives.keys();
        Self {
            lab: Lab::build(blueprint),
            range: drives.collect(),
        }
    }

    #[track_caller]
    fn at(&self, host: &str) -> &Postoffice {
        self.lab.postoffice(host).unwrap()
    }

    #[track_caller]
    fn serving(&self) -> &Serving {
        let serving = self.lab.postoffices[0].serving.as_deref();
        serving.unwrap()
    }

    #[track_caller]
    fn known(&self, host: &str) -> &Requestor {
        let name = PostofficeName::parse(&format!("NORTH/{host}")).unwrap();
        &self.serving().server.requestors[&name]
    }

    #[track_caller]
    fn run(&mut self, host: &str, line: &str) -> (String, i32) {
        let argv: Vec<&str> = line.split(' ').collect();
        let ended = self.lab.run(host, &argv, r"M:\MAILEXE").unwrap();
        let Some(End::Exited(code)) = ended.end() else {
            panic!("{line} has not ended by itself");
        };
        (ended.console().to_owned(), code)
    }

    fn everywhere(&mut self, line: &str) {
        let hosts: Vec<_> = self
            .lab
            .postoffices
            .iter()
            .map(|it| it.host.clone())
            .collect();
        for host in hosts {
            let line = line.replace("-p", &format!("-p{}", password::of(&host)));
            self.run(&host, &line);
        }
    }

    /// Mail needs two passes (Q134382).
    fn carry(&mut self) {
        if self.lab.postoffices.len() > self.range.len() {
            return self.carry_among_many();
        }
        for _ in 0..2 {
            let line = format!("external -0 -d{}", self.range);
            assert_eq!(self.run("MTA1", &line), (String::new(), 64));
        }
    }

    /// There are more postoffices than letters for drives.
    fn carry_among_many(&mut self) {
        let all: Vec<_> = (0..self.lab.postoffices.len()).collect();
        self.lab.pass(&all);
        self.lab.pass(&all);
    }

    fn export(&mut self) {
        self.everywhere("admin export -dM");
        self.carry();
    }

    fn t1(&mut self) {
        self.everywhere("reqmain -dM -t");
        self.carry();
    }

    #[track_caller]
    fn t2(&mut self) {
        let hub = self.lab.postoffices[0].host.clone();
        assert_eq!(self.run(&hub, "srvmain -r -dM").1, 0);
        assert_eq!(self.run(&hub, "srvmain -t -dM").1, 0);
        self.carry();
    }

    fn t3(&mut self) {
        self.everywhere("reqmain -dM -r");
        self.everywhere("import -dM admin -p -q -y");
        self.everywhere("rebuild -dM -f");
    }

    #[track_caller]
    fn cycle(&mut self) {
        self.t1();
        self.t2();
        self.t3();
    }

    fn knows(&self, host: &str, address: &str) -> Option<&str> {
        let address = Address::parse(address).unwrap();
        self.at(host).knows(&address)
    }

    /// The replies that wait at a postoffice.
    #[track_caller]
    fn replies(&self, host: &str) -> Vec<String> {
        let mail = self.at(host).system.iter();
        let replies = mail.filter(|it| super::is_reply(it));
        replies.map(|it| it.subject()).collect()
    }
}

/// The lines of the server's DIRSYNC.LOG, without their stamps.
fn said(operator: &Operator) -> Vec<&str> {
    let log = operator.lab.postoffices[0].logs.dirsync.lines();
    log.filter_map(|line| Some(line.split_once(" | ")?.1.trim()))
        .collect()
}
