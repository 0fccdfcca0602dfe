//! What each program takes and does, for `--help`. Switches are those the articles name.

/// One program.
pub(super) struct Page {
    /// Its name, as it is called.
    pub(super) name: &'static str,
    /// What is typed after it.
    takes: &'static str,
    about: &'static str,
    /// What else is to be known, and where it is told.
    more: &'static str,
}

/// All of them: those of MS Mail, those of Windows NT, and what drives the lab.
pub(super) static PAGES: [Page; 18] = [
    Page {
        name: "reqmain",
        takes: "-t | -r  -d<drive>",
        about: "a requestor's half of dir-sync mail: send changes (T1), receive updates (T3)",
        more: "Its screen stays empty; DIRSYNC.LOG tells what happened (Q96060).",
    },
    Page {
        name: "srvmain",
        takes: "-r | -t  -d<drive>",
        about: "the dir-sync server's half (T2): receive from requestors, then send to them",
        more: "Works on the server's postoffice only (Q148309, Q127752).",
    },
    Page {
        name: "import",
        takes: "[<mailbox>] -p<password> -d<drive> [-q -y | -f<file> -e | -s[t] ...]",
        about: "brings received updates, or a text file, into the address lists",
        more: "It ends with 0 whatever happens; a wrong password shows on the screen only (Q112204, Q148771).",
    },
    Page {
        name: "rebuild",
        takes: "-d<drive> [-f]",
        about: "makes the Global Address List anew; without -f it asks first",
        more: "The third Status line in DIRSYNC.LOG, an empty one, says that it is done (Q148364).",
    },
    Page {
        name: "admin",
        takes: "export | import | create MAILBOX NAME | delete MAILBOX ...  -d<drive>",
        about: "the administrator's menus, a few words for the keys pressed",
        more: "A user who takes part in dir-sync is queued for it (Q131151).",
    },
    Page {
        name: "nsda",
        takes: "-rt | -s | -rr  -d<drive>",
        about: "T1, T2 or T3 in one go, as DISPATCH starts it",
        more: "64 is the exit code of success, 65 of an error, 2 of missing files (Q139034, Q148705, Q132731).",
    },
    Page {
        name: "dispatch",
        takes: "-d<drives>",
        about: "one pass over the schedules of postoffices: what is due is run",
        more: "DISPATCH.LOG tells what ran (Q148705, Q148718).",
    },
    Page {
        name: "external",
        takes: "-0 -d<drives> [-ms] [-mr] [-v] [-a]",
        about: "one cycle of the MS-DOS MTA: carries mail between postoffices",
        more: "A message needs two: from P1 into the mailbag, and out of it (Q96060, Q134382).",
    },
    Page {
        name: "listds",
        takes: "admin -p<password> -d<drive> [-s | -r [-z]] [-v]",
        about: "shows the sync numbers of a server or a requestor; -z zeroes a requestor's",
        more: "See Q96060 and Q131681.",
    },
    Page {
        name: "listq",
        takes: "admin -p<password> -d<drive> -f<queue> [-t] [-c]",
        about: "shows the transactions in a queue such as reqtrans",
        more: "See Q96060 and Q110496.",
    },
    Page {
        name: "dssched",
        takes: "admin -p<password> -d<drive> [-i<file>] [-x<file>] [-v]",
        about: "shows, exports or imports the schedule in PROCESS.GLB",
        more: "See Q96060 and Q119590.",
    },
    Page {
        name: "sconfix",
        takes: "-d<drive>",
        about: "brings SRVCONF.GLB into the form that later programs need",
        more: "See Q111703.",
    },
    Page {
        name: "net",
        takes: "start | stop | pause | continue  <service>",
        about: "controls services of the machine it is run at",
        more: "A pause of MSExchangeDX that starts a cycle is told as a failure (Q146738, Q156063).",
    },
    Page {
        name: "mtacheck",
        takes: "[/V] [/RD]",
        about: "takes damaged messages out of the queues of the stopped Message Transfer Agent; /RD\n\
                drops all dir-sync mail",
        more: "See Q164506 and Q175588.",
    },
    Page {
        name: "cmd",
        takes: "/c copy <from> <to>",
        about: "takes a RESYNC.GLB from Dxadata to a postoffice's share, or from there to Dxadata",
        more: "See Q150976 and Q156124.",
    },
    Page {
        name: "forcedos",
        takes: "<program> ...",
        about: "starts a program of MS-DOS from the directory it is in",
        more: "Anywhere else it says: FORCEDOS: Program file not found. (Q147464)",
    },
    Page {
        name: "serve",
        takes: "[DIR] [--clock N] [--for SPAN] [--quiet]",
        about: "lets the clock of a lab go N times as fast as this machine's (default 1), and\n\
                does what is due: DX, Interchange and MTA instances at work",
        more: "Ends with SIGTERM, Ctrl-C, or after SPAN of this machine's time. Tells every event.",
    },
    Page {
        name: "pump",
        takes: "[DIR]",
        about: "one pass: every MTA instance looks for mail now, and what it finds is carried once",
        more: "The clock of the lab goes on by as long as that takes.",
    },
];

/// The page of a program, by its name; case is not minded.
pub(super) fn page(name: &str) -> Option<&'static Page> {
    PAGES
        .iter()
        .find(|page| page.name.eq_ignore_ascii_case(name))
}

impl Page {
    /// The page, as `--help` shows it.
    pub(super) fn told(&self) -> String {
        let Page {
            name,
            takes,
            about,
            more,
        } = self;
        format!(
            "{name}: {about}\n\nUsage: {name} {takes}\n\n{more}\n\n{PLACE}",
            about = about.replace('\n', " ")
        )
    }
}

const PLACE: &str = "\
The lab and the machine are those of the current folder, as in DIR/SALES/MAILEXE; or they are
named: runsheet-lab --lab DIR --host SALES PROGRAM ...
";

/// All pages at a glance.
pub(super) fn contents() -> String {
    let mut text = String::from(
        "The programs of a lab on disk, as processes\n\n\
         Usage: runsheet-lab [--lab DIR] [--host NAME] PROGRAM [ARGUMENTS]\n\nPrograms:\n",
    );
    for page in &PAGES {
        let about = page.about.replace('\n', &format!("\n  {:<9} ", ""));
        text.push_str(&format!("  {:<9} {about}\n", page.name));
    }
    text.push_str(&format!(
        "\n{PLACE}`runsheet-lab help PROGRAM` tells more. Called by the name of a program, as by a link, it is\n\
         that program. `runsheet lab new DIR` makes a lab with such links.\n"
    ));
    text
}

#[cfg(test)]
mod tests {
    use super::{PAGES, page};

    #[test]
    fn every_program_is_found_by_its_name_in_either_case() {
        for known in &PAGES {
            let found = page(&known.name.to_uppercase()).unwrap();
            assert_eq!(found.name, known.name);
        }
        assert!(page("runsheet-lab").is_none());
    }
}
