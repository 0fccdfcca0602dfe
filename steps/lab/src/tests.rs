//! Tests of the whole model: an operator at a small site, and what comes of it.

mod connector;
mod convergence;
mod cycle;
mod draw;
mod drivers;
mod net;
mod options;
mod pause;
mod requesting;
mod requestor;
mod roles;
mod scale;
mod server;
mod serving;
mod silence;
mod texts;
mod thousand;
mod verification;

use std::time::Duration;

use crate::blueprint::{Blueprint, ExchangeHost, PostofficeHost};
use crate::clock::START;
use crate::disk::Disk;
use crate::disk::tests::{Folder, seen_by_another};
use crate::exchange::diagnostics::{Logging, PC_MTA};
use crate::exchange::services::{Control, DX, Win32};
use crate::exchange::{Exchange, Profile};
use crate::lab::Lab;
use crate::mail::{Content, Mail};
use crate::password;
use crate::postoffice::Postoffice;
use crate::process::End;
use runsheet_formats::address::Address;

const MINUTE: Duration = Duration::from_secs(60);

pub(crate) fn blueprint(postoffices: &[&str]) -> Blueprint {
    let server = ExchangeHost {
        host: "EXCH1".to_owned(),
        address: Address::parse("CONTOSO/HQ/$SYSTEM").unwrap(),
        profile: Profile::Exchange40,
        upgraded_from_4: false,
        admin_mailbox: "dxadmin".to_owned(),
        mta: "PCMTA-HQ".to_owned(),
        more_mtas: Default::default(),
    };
    let postoffice = |host: &&str| PostofficeHost {
        host: (*host).to_owned(),
        address: Address::parse(&format!("NORTH/{host}/$SYSTEM")).unwrap(),
        x400: None,
        drive: 'M',
        mailexe: r"M:\MAILEXE".to_owned(),
        server: false,
    };
    Blueprint {
        polling: MINUTE,
        exchanges: vec![server],
        postoffices: postoffices.iter().map(postoffice).collect(),
        ..Blueprint::default()
    }
}

/// An operator at the keyboard of every machine of the site.
struct Operator {
    lab: Lab,
    /// Where the lab is on disk, if it is.
    kept: Option<Kept>,
}

/// A lab that is written and read again after everything an operator does.
struct Kept {
    folder: Folder,
    disk: Disk,
}

impl Operator {
    /// At a site where pauses start cycles, and everything is logged and copied.
    fn prepared(blueprint: &Blueprint) -> Self {
        let mut lab = Lab::build(blueprint);
        let server = &mut lab.exchanges[0];
        server.dx.pause_kicks = true;
        server.set_logging(START, &PC_MTA, Logging::Maximum);
        server.settings.copy_outgoing = true;
        server.settings.forward_incoming = true;
        let kept = None;
        Self { lab, kept }
    }

    /// At such a site in memory, and at one on disk that each act finds as the one before left it.
    fn in_memory_and_on_disk(blueprint: &Blueprint) -> [Self; 2] {
        let folder = Folder::new();
        let disk = Disk::create(&folder.lab(), blueprint).unwrap();
        let mut on_disk = Self::prepared(blueprint);
        on_disk.kept = Some(Kept { folder, disk });
        on_disk.keep();
        [Self::prepared(blueprint), on_disk]
    }

    /// Writes the lab, and goes on with what another process reads.
    fn keep(&mut self) {
        if let Some(Kept { folder, disk }) = &mut self.kept {
            disk.change(|lab| std::mem::swap(lab, &mut self.lab))
                .unwrap();
            self.lab = seen_by_another(&folder.lab());
        }
    }

    fn server(&self) -> &Exchange {
        &self.lab.exchanges[0]
    }

    #[track_caller]
    fn at(&self, host: &str) -> &Postoffice {
        self.lab.postoffice(host).unwrap()
    }

    #[track_caller]
    fn run(&mut self, host: &str, line: &str) -> (String, i32) {
        let argv: Vec<&str> = line.split(' ').collect();
        let ended = self.lab.run(host, &argv, r"M:\MAILEXE").unwrap();
        let Some(End::Exited(code)) = ended.end() else {
            panic!("{line} has not ended by itself");
        };
        self.keep();
        (ended.console().to_owned(), code)
    }

    fn everywhere(&mut self, line: &str) {
        for host in self.hosts() {
            let line = line.replace("-p", &format!("-p{}", password::of(&host)));
            let (screen, exit) = self.run(&host, &line);
            let quiet = screen.is_empty() || screen.ends_with(" Continue? \n");
            assert!(quiet && exit == 0, "{line} at {host}: {screen}");
        }
    }

    fn hosts(&self) -> Vec<String> {
        let hosts = self.lab.postoffices.iter();
        hosts.map(|it| it.host.to_string()).collect()
    }

    fn export(&mut self) {
        self.everywhere("admin export -dM");
        self.everywhere("admin import -dM");
    }

    fn t1(&mut self) {
        self.everywhere("reqmain -dM -t");
        self.lab.advance(2 * MINUTE);
        self.keep();
    }

    fn t2(&mut self) {
        let paused = self.lab.control(0, DX, Control::Pause);
        assert_eq!(paused, Err(Win32::INTERNAL));
        self.lab.advance(2 * MINUTE);
        self.keep();
    }

    fn t3(&mut self) {
        self.everywhere("reqmain -dM -r");
        self.everywhere("import -dM admin -p -q -y");
        self.everywhere("rebuild -dM -f");
    }

    fn cycle(&mut self) {
        self.t1();
        self.t2();
        self.t3();
    }

    /// Lets a fault begin now, of the kind and with the parameters given.
    fn fault(&mut self, name: &str, given: &[(&str, &str)]) {
        use crate::faults::{Fault, Given, Stage, When, kinds};
        use runsheet_step::Value;
        let value = |text: &str| match text.parse::<i64>() {
            Ok(number) => number.into(),
            Err(_) => match runsheet_step::duration::parse(text) {
                Ok(span) => Value::Duration(span),
                Err(_) => Value::text(text),
            },
        };
        let given = given
            .iter()
            .map(|(name, text)| ((*name).into(), value(text)));
        self.lab.add_fault(Fault {
            kind: kinds().find(|it| it.name == name).unwrap(),
            given: Given::new(given.collect()),
            from: When::Opening,
            until: None,
            stage: Stage::Ahead,
        });
    }

    /// What DIRSYNC.LOG of a postoffice says, without the stamps.
    fn log_of(&self, host: &str) -> Vec<String> {
        let lines = self.at(host).logs.dirsync.lines();
        let said = lines.filter_map(|line| line.split_once(" | "));
        said.map(|(_, said)| said.to_owned()).collect()
    }

    /// The subjects in the administrator's inbox above a number.
    fn subjects_after(&self, number: u64) -> Vec<&str> {
        let messages = self.server().inbox.after(number).iter();
        messages.map(|it| it.subject.as_str()).collect()
    }

    /// The events above a number: id, category and the postoffice at the other end.
    fn events_after(&self, number: u64) -> Vec<(u32, &str, &str)> {
        let records = self.server().log.after(number).iter();
        let ends = records.map(|it| {
            let (from, to) = (it.field("FROM").unwrap(), it.field("TO").unwrap());
            let remote = if from.starts_with("NORTH") { from } else { to };
            (it.id, it.category, remote)
        });
        ends.collect()
    }

    fn knows(&self, host: &str, address: &str) -> Option<&str> {
        let address = Address::parse(address).unwrap();
        self.at(host).knows(&address)
    }
}

/// The subjects of the mail that waits in a postoffice's P1.
fn outgoing(postoffice: &Postoffice) -> Vec<String> {
    postoffice.outgoing.iter().map(|it| it.subject()).collect()
}

fn is_reply(mail: &Mail) -> bool {
    matches!(mail.content, Content::Reply(_))
}

/// Who is short of whose list, or has it wrong: pairs of places among the postoffices, after which the
/// first Exchange server stands.
pub(crate) fn short(lab: &Lab) -> Vec<(usize, usize)> {
    let server = lab.exchanges.first();
    let own = server.map(|it| (it.address.postoffice.clone(), it.recipients.clone()));
    let postoffices = lab.postoffices.iter();
    let everybody = postoffices.map(|it| (it.name.clone(), it.exported()));
    let everybody: Vec<_> = everybody.chain(own).collect();
    let mut short = Vec::new();
    for (here, postoffice) in lab.postoffices.iter().enumerate() {
        for (there, (name, users)) in everybody.iter().enumerate() {
            let listed = postoffice.lists.list(name).cloned().unwrap_or_default();
            if here != there && listed != *users {
                short.push((here, there));
            }
        }
    }
    short
}
