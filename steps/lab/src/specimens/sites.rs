//! The sites on which everything happens, and what is done there.

use std::collections::BTreeMap;
use std::time::Duration;

use runsheet_formats::address::Address;

use super::gather::Gathered;
use crate::blueprint::{Blueprint, ExchangeHost, PostofficeHost, WorkstationHost};
use crate::exchange::Profile;
use crate::exchange::diagnostics::{LOGGERS, Logging};
use crate::exchange::services::{Control, DX};
use crate::lab::Lab;

const MINUTE: Duration = Duration::from_secs(60);

/// A site: with Exchange as the dir-sync server, or with a postoffice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Site {
    Exchange,
    Postoffice,
}

/// The host of the Exchange server.
const EXCHANGE: &str = "EXCH1";
/// The host of the workstation that EXTERNAL and DISPATCH run on.
const WORKSTATION: &str = "WS1";

/// What a requestor does to send (T1), and what comes after the replies (T3).
const T1: [&str; 1] = ["reqmain -dM -t"];
const T3: [&str; 3] = [
    "reqmain -dM -r",
    "import -dM admin -p<password> -q -y",
    "rebuild -dM -f",
];

/// What an operator may try at a postoffice beside a cycle.
const TRIED: [&str; 26] = [
    "admin create DOE Doe, John D -dM",
    "admin delete DOE -dM",
    "admin export -dM",
    "admin import -dM",
    "admin import -dM",
    "import -dM admin -pWRONG -q -y",
    "import -dM admin -p<password> -q",
    "import admin -p<password> -s -dM",
    "import admin -p<password> -st -dM",
    "rebuild -dM",
    "srvmain -r -dM",
    "srvmain -t -dM",
    "nsda -rt -dM",
    "nsda -s -dM",
    "nsda -rr -dM",
    "dispatch -dM",
    "external -0 -dM -ms -mr -v -a",
    "listds admin -p<password> -s -dM",
    "listds admin -p<password> -r -dM",
    "listds admin -p<password> -r -z -dM",
    "listq admin -p<password> -c -t -freqtrans -dM",
    "listq admin -p<password> -c -t -fmsttrans -dM",
    "dssched admin -p<password> -dM -v",
    "dssched admin -p<password> -dM",
    "sconfix -dM",
    "forcedos nothing",
];

impl Site {
    pub(super) fn all() -> [Site; 2] {
        [Site::Exchange, Site::Postoffice]
    }

    /// The site as it opens, with everything logged and copied.
    pub(super) fn lab(self) -> Lab {
        let mut lab = Lab::build(&self.blueprint());
        let now = lab.now();
        for server in &mut lab.exchanges {
            server.dx.pause_kicks = true;
            server.settings.copy_outgoing = true;
            server.settings.forward_incoming = true;
            for logger in LOGGERS {
                server.set_logging(now, logger, Logging::Maximum);
            }
        }
        lab
    }

    fn blueprint(self) -> Blueprint {
        let postoffices = ["PO1", "PO2"].into_iter().map(|host| PostofficeHost {
            host: host.to_owned(),
            address: Address::parse(&format!("NETWORK/{host}/$SYSTEM"))
                .unwrap_or_else(|_| Address::nowhere()),
            x400: None,
            drive: 'M',
            mailexe: r"M:\MAILEXE".to_owned(),
            server: self == Site::Postoffice && host == "PO1",
        });
        let exchange = ExchangeHost {
            host: EXCHANGE.to_owned(),
            address: Address::parse("ORG/SITE/$SYSTEM").unwrap_or_else(|_| Address::nowhere()),
            profile: Profile::Exchange50,
            upgraded_from_4: false,
            admin_mailbox: "dxadmin".to_owned(),
            mta: "PCMTA-1".to_owned(),
            more_mtas: BTreeMap::new(),
        };
        let workstation = WorkstationHost {
            host: WORKSTATION.to_owned(),
            drives: [('M', "PO1".to_owned()), ('N', "PO2".to_owned())].into(),
            mailexe: r"C:\MAILEXE".to_owned(),
        };
        Blueprint {
            polling: MINUTE,
            exchanges: match self {
                Site::Exchange => vec![exchange],
                Site::Postoffice => Vec::new(),
            },
            postoffices: postoffices.collect(),
            workstations: vec![workstation],
            ..Blueprint::default()
        }
    }

    /// Cycles and utilities.
    pub(super) fn work(self, lab: &mut Lab, gathered: &mut Gathered) {
        self.cycle(lab, gathered);
        for line in TRIED {
            everywhere(line, lab, gathered);
        }
        for control in ["stop", "start", "pause", "continue"] {
            gathered.run(lab, EXCHANGE, &format!("net {control} {DX}"));
            lab.advance(MINUTE);
        }
        self.cycle(lab, gathered);
    }

    /// Lets mail travel: with the MTA of the connector, or with EXTERNAL (Q134382).
    fn carry(self, lab: &mut Lab, gathered: &mut Gathered) {
        for _ in 0..2 {
            if self == Site::Postoffice {
                gathered.run(lab, WORKSTATION, "external -0 -dMN");
            }
            lab.advance(2 * MINUTE);
        }
    }

    /// One cycle, with an export before it.
    pub(super) fn cycle(self, lab: &mut Lab, gathered: &mut Gathered) {
        everywhere("admin export -dM", lab, gathered);
        for line in T1 {
            everywhere(line, lab, gathered);
        }
        self.carry(lab, gathered);
        gathered.look_around(lab);
        match self {
            Site::Exchange => {
                // The refusal is how such a pause answers.
                let _ = lab.control(0, DX, Control::Pause);
            }
            Site::Postoffice => {
                for line in ["srvmain -r -dM", "srvmain -t -dM"] {
                    gathered.run(lab, "PO1", line);
                }
            }
        }
        self.carry(lab, gathered);
        for line in T3 {
            everywhere(line, lab, gathered);
        }
        gathered.look_around(lab);
    }
}

/// At every postoffice, with its password.
fn everywhere(line: &str, lab: &mut Lab, gathered: &mut Gathered) {
    let hosts: Vec<(String, String)> = lab
        .postoffices
        .iter()
        .map(|it| (it.host.to_string(), it.password.clone()))
        .collect();
    for (host, password) in hosts {
        gathered.run(lab, &host, &line.replace("<password>", &password));
    }
}
