//! EXTERNAL: the MTA of Microsoft Mail, which carries mail between postoffices.
//!
//! `external -0 -dMNP` makes one pass over the postoffices on drives M, N and P and ends with 64,
//! as after the last of its cycles; what it cannot begin ends with 65 (Q105566). Under Windows NT
//! it was not supported (Q118620); the lab lets it run on any machine that has the drives.
//!
//! | switch | meaning |
//! | --- | --- |
//! | `-0` | one pass (Q134382) |
//! | `-brH:MM` | passes for so long; ends with 63 |
//! | `-btH:MM` | passes up to this time of day; ends with 60 |
//! | `-bdMM/DD/YY` | passes up to this day; ends with 61, with `-bt` too with 62 |
//! | `-ms`, `-mr` | SENT.LOG, RECV.LOG (Q96060, Q151215) |
//! | `-l` | SESSION.LOG at its first postoffice (Q100826) |
//! | `-v` | what it does goes to the screen, with the state of each drive (Q131680) |
//! | `-a`, `-w`, `-q1` to `-q4` | no modem, a wide-area link, more told: nothing changes here |
//! | `/instancename=X` | which part of EXTERNAL.INI counts beside what is for all |
//!
//! EXTERNAL.INI and the way drives are written are read beside it, in `settings` and `drives`.

mod carriage;
pub(crate) mod drives;
mod journal;
mod settings;
mod until;

use std::sync::Arc;
use std::time::Duration;

use super::{Act, CommandLine, Program, Stage};
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;
use carriage::Carriage;
use settings::Settings;
use until::Until;

/// How long a pass takes.
const PASS: Duration = Duration::from_secs(10);
/// From the beginning of a pass to that of the next.
const PAUSE: Duration = Duration::from_secs(60);
/// The code of a program that could not begin its work (Q105566).
const ERROR: i32 = 65;
/// Its switches.
const SWITCHES: &str = "0dabmlvwq";

/// Readies one pass, or as many as it is told to make.
pub(crate) fn launch(line: &CommandLine, lab: &Lab, place: Role) -> Program {
    let settings = Settings::of(line, lab, place);
    let letters = drives::connected(&settings.drives, lab, place);
    let found = letters.iter();
    let found = found.filter_map(|letter| Some((*letter, lab.on_drive(place, *letter)?)));
    let drives: Vec<(char, PostofficeId)> = found.collect();
    let known = line.letters().all(|letter| SWITCHES.contains(letter));
    let Some(until) = Until::of(line, lab.now()) else {
        return Program::ending("", ERROR);
    };
    if !known || drives.is_empty() || drives.len() < letters.len() {
        return Program::ending("", ERROR);
    }
    let carriage = Carriage {
        drives,
        sent: settings.sent,
        received: settings.received,
        session: settings.session,
        talks: line.has('v'),
    };
    passes(carriage, until)
}

/// A stage for each pass; the last one leaves.
fn passes(carriage: Carriage, until: Until) -> Program {
    let carriage = Arc::new(carriage);
    let mut stages = Vec::new();
    for number in 0..until.passes {
        let carriage = carriage.clone();
        let exit = (number + 1 == until.passes).then_some(until.exit);
        let act: Act = Arc::new(move |lab, terminal| {
            carriage.pass(lab, terminal);
            if let Some(exit) = exit {
                terminal.leave(exit);
            }
        });
        let after = PAUSE * number + PASS;
        stages.push(Stage { after, act });
    }
    let lasts = PAUSE * until.passes.saturating_sub(1) + PASS;
    Program { stages, lasts }
}

impl Lab {
    /// One pass over these postoffices that nobody watches.
    pub(crate) fn pass(&mut self, reached: &[PostofficeId]) {
        let drives = reached.iter().map(|id| (self.postoffices[*id].drive, *id));
        let carriage = Carriage {
            drives: drives.collect(),
            ..Carriage::default()
        };
        carriage.carry(self, &mut |_| {});
    }
}
