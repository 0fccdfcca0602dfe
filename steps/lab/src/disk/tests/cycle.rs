//! Whole cycles on disk.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::{Folder, run, same, seen_by_another, site, sizes_agree};
use crate::blueprint::{Blueprint, WorkstationHost};
use crate::disk::Disk;
use crate::exchange::services::{Control, DX};
use crate::lab::Lab;
use crate::tests::blueprint;

const MINUTE: Duration = Duration::from_secs(60);

type Act = fn(&mut Lab);

/// What an operator does in a cycle, and in between.
const CYCLE: [(&str, Act); 12] = [
    ("settings", |lab| {
        lab.exchanges[0].settings.copy_outgoing = true;
        lab.exchanges[0].settings.forward_incoming = true;
        lab.exchanges[0].dx.pause_kicks = true;
    }),
    ("a new user", |lab| {
        run(lab, "SALES", "admin create ZOE Zorn, Zoe -dM")
    }),
    ("T1 at SALES", |lab| run(lab, "SALES", "reqmain -dM -t")),
    ("T1 at PLANT", |lab| run(lab, "PLANT", "reqmain -dM -t")),
    ("mail to the server", |lab| lab.advance(2 * MINUTE)),
    ("T2", |lab| {
        assert!(lab.control(0, DX, Control::Pause).is_err())
    }),
    ("mail to SALES and PLANT", |lab| lab.advance(2 * MINUTE)),
    ("receive", |lab| run(lab, "SALES", "reqmain -dM -r")),
    ("half of an import", |lab| {
        let line = format!("import -dM admin -p{} -q -y", crate::password::of("SALES"));
        let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
        lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
        lab.advance(Duration::from_millis(2500));
    }),
    ("the other half", |lab| lab.advance(MINUTE)),
    ("half of a rebuild", |lab| {
        let argv = ["rebuild", "-dM", "-f"].map(str::to_owned);
        lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
        lab.advance(Duration::from_millis(1500));
    }),
    ("T3 at PLANT", |lab| {
        for line in [
            "reqmain -dM -r",
            "import -dM admin -pPW -q -y",
            "rebuild -dM -f",
        ] {
            run(lab, "PLANT", line);
        }
    }),
];

#[test]
fn a_cycle_on_disk_is_the_cycle_in_memory_whichever_process_does_each_step() {
    let folder = Folder::new();
    let root = folder.lab();
    let mut model = Lab::build(&site());
    drop(Disk::create(&root, &site()).unwrap());
    let mut one = Disk::open(&root).unwrap();
    let mut other = Disk::open(&root).unwrap();
    for (what, act) in CYCLE.iter().chain(&CYCLE[2..]) {
        act(&mut model);
        one.change(act).unwrap();
        std::mem::swap(&mut one, &mut other);
        println!("{what}");
        one.look(|lab| same(lab, &model)).unwrap();
        same(&seen_by_another(&root), &model);
        sizes_agree(&root, &model);
    }
    let found = model.postoffice("PLANT").unwrap();
    let zoe = runsheet_formats::address::Address::parse("NORTH/SALES/ZOE").unwrap();
    assert_eq!(found.knows(&zoe), Some("Zorn, Zoe"));
}

#[test]
fn after_a_full_acknowledgement_the_files_have_their_documented_sizes() {
    let folder = Folder::new();
    let mut disk = Disk::create(&folder.lab(), &site()).unwrap();
    for (_, act) in CYCLE {
        disk.change(act).unwrap();
    }
    disk.change(|lab| lab.advance(MINUTE)).unwrap();
    let entries = disk.look(|lab| lab.postoffices[0].gal_entries()).unwrap();
    let documented = [
        ("GLB/REQCONF.GLB", 512),
        ("GLB/REQTRANS.GLB", 49),
        ("GLB/SRVTRANS.GLB", 0),
        ("GLB/USRTRANS.GLB", 0),
        ("GLB/NMETRANS.GLB", 0),
        ("GLB/GWTRANS.GLB", 0),
        ("GLB/MASTER.GLB", 176),
        ("GLB/CONTROL.GLB", 8),
        ("GLB/FLAG.GLB", 2),
        ("GLB/TID.GLB", 4),
        ("GLB/NETWORK.GLB", 2 * 122),
        ("GLB/NETPO.GLB", 4 + 2 * 43),
        ("KEY/SYSTEM.KEY", 560),
        ("NME/GAL.NME", 45 * entries as u64),
    ];
    for (path, size) in documented {
        let file = folder.lab().join("SALES").join(path);
        assert_eq!(fs::metadata(file).unwrap().len(), size, "{path}");
    }
    for gone in ["GLB/SORTLOCK.GLB", "NME/TMP00001.NME", "GLB/GALINDE$.GLB"] {
        assert!(!folder.lab().join("SALES").join(gone).exists(), "{gone}");
    }
}

#[test]
fn only_what_an_action_changed_is_written() {
    let folder = Folder::new();
    let mut disk = Disk::create(&folder.lab(), &site()).unwrap();
    let before = disk.generation();
    disk.change(|lab| lab.postoffices[0].numbers.req_sync += 0)
        .unwrap();
    assert_eq!(disk.generation(), before, "nothing was changed");
    let dated = |path: &str| {
        let file = folder.lab().join(path);
        fs::metadata(file).unwrap().modified().unwrap()
    };
    let files = [
        "SALES/GLB/REQCONF.GLB",
        "SALES/NME/ADMIN.NME",
        "PLANT/NME/ADMIN.NME",
    ];
    let dates = files.map(dated);
    disk.change(|lab| run(lab, "SALES", "admin create ZOE Zorn, Zoe -dM"))
        .unwrap();
    assert_eq!(disk.generation(), before + 1);
    let written: Vec<bool> = files
        .iter()
        .zip(dates)
        .map(|(it, date)| dated(it) != date)
        .collect();
    assert_eq!(written, [false, true, false]);
}

/// A site without Exchange: one postoffice is the dir-sync server, EXTERNAL carries the mail.
fn without_exchange() -> Blueprint {
    let mut site = blueprint(&["HUB", "SALES"]);
    site.exchanges.clear();
    site.postoffices[0].server = true;
    site.workstations = vec![WorkstationHost {
        host: "WS1".to_owned(),
        drives: [('H', "HUB".to_owned()), ('S', "SALES".to_owned())].into(),
        mailexe: r"M:\MAILEXE".to_owned(),
    }];
    site
}

/// Export, and a cycle by hand (Q96060).
const BY_HAND: [(&str, &str); 19] = [
    ("SALES", "admin export -dM"),
    ("SALES", "admin import -dM"),
    ("HUB", "admin export -dM"),
    ("HUB", "reqmain -dM -t"),
    ("SALES", "reqmain -dM -t"),
    ("WS1", "external -0 -dHS"),
    ("WS1", "external -0 -dHS"),
    ("HUB", "srvmain -r -dM"),
    ("HUB", "srvmain -t -dM"),
    ("WS1", "external -0 -dHS"),
    ("WS1", "external -0 -dHS"),
    ("HUB", "reqmain -dM -r"),
    ("HUB", "import -dM admin -pPW -q -y"),
    ("HUB", "rebuild -dM -f"),
    ("SALES", "reqmain -dM -r"),
    ("SALES", "import -dM admin -pPW -q -y"),
    ("SALES", "rebuild -dM -f"),
    ("SALES", "reqmain -dM -t"),
    ("WS1", "external -0 -dHS"),
];

#[test]
fn a_cycle_with_a_server_postoffice_on_disk_is_the_one_in_memory_stage_by_stage() {
    let folder = Folder::new();
    let root = folder.lab();
    let mut model = Lab::build(&without_exchange());
    let mut disk = Disk::create(&root, &without_exchange()).unwrap();
    let mut grown = 0;
    for (host, line) in BY_HAND {
        let line = line.replace("PW", &crate::password::of(host));
        let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let start = |lab: &mut Lab| lab.spawn(host, &argv, r"M:\MAILEXE").unwrap();
        assert_eq!(start(&mut model), disk.change(start).unwrap(), "{line}");
        while let Some(due) = model.next_due() {
            model.advance_to(due);
            Disk::open(&root)
                .unwrap()
                .change(|lab| lab.advance_to(due))
                .unwrap();
            same(&seen_by_another(&root), &model);
            sizes_agree(&root, &model);
            grown = grown.max(size(&root, "HUB/GLB/MSTTRANS.GLB"));
        }
    }
    assert!(grown > 0, "MSTTRANS.GLB has records");
    assert_eq!(size(&root, "HUB/GLB/SRVCONF.GLB"), 1024 * 3);
    let adams = runsheet_formats::address::Address::parse("NORTH/HUB/ADAMS").unwrap();
    let sales = model.postoffice("SALES").unwrap();
    assert_eq!(sales.knows(&adams), Some("Adams, Anna (HUB)"));
}

fn size(root: &Path, path: &str) -> u64 {
    fs::metadata(root.join(path)).unwrap().len()
}
