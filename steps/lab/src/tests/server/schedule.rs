//! NSDA and DISPATCH: cycles by the clock.

use runsheet_formats::listing;
use runsheet_formats::log::dispatch;

use super::{MINUTE, Operator, postoffices};
use crate::password;
use crate::postoffice::condition::Condition;
use crate::postoffice::schedule::Time;

const TWO: [&str; 2] = ["HUB", "SALES"];

fn site() -> Operator {
    let mut operator = Operator::at_work(&postoffices(&TWO));
    operator.everywhere("admin create ZOE Zorn, Zoe -dM");
    operator
}

/// What DISPATCH.LOG says, each line read back, without instance and stamp.
fn dispatched(operator: &Operator) -> Vec<String> {
    let log = operator.at("HUB").file(r"LOG\DISPATCH.LOG").unwrap();
    let text = log.text.unwrap();
    let lines = text.lines().map(|line| {
        let read = dispatch::Line::parse(line).unwrap();
        assert_eq!(read.to_string(), line);
        read.text.to_string()
    });
    lines.collect()
}

fn at(operator: &mut Operator, host: usize, line: &str) {
    let now = operator.lab.now();
    let time = Time::parse(line, now).unwrap();
    operator.lab.postoffices[host].schedule.times.push(time);
}

fn pass(operator: &mut Operator) {
    let ended = operator.run("MTA1", "dispatch -dFG");
    assert_eq!(ended, (String::new(), 64));
}

#[test]
fn nsda_runs_a_part_of_a_cycle_and_says_64() {
    let mut operator = site();
    for host in TWO {
        assert_eq!(operator.run(host, "nsda -rt -dM").1, 64);
    }
    operator.carry();
    assert_eq!(operator.run("HUB", "nsda -s -dM").1, 64);
    operator.carry();
    for host in TWO {
        assert_eq!(operator.run(host, "nsda -rr -dM").1, 64);
    }
    assert_eq!(operator.knows("HUB", "NORTH/SALES/ZOE"), Some("Zorn, Zoe"));
    assert_eq!(operator.at("SALES").gal_entries(), 10);
}

#[test]
fn a_server_that_cannot_receive_does_not_send() {
    let mut operator = site();
    operator.t1();
    let locked = Condition::Locked("MTA".into());
    operator.lab.postoffices[0]
        .conditions
        .set(r"MBG\SYSTEM.MBG", locked);
    assert_eq!(operator.run("HUB", "nsda -s -dM").1, 65);
    let log = &operator.at("HUB").logs.dirsync;
    assert_eq!(log.matches("DirSync Server V").count(), 1, "{log}");
    assert_eq!(operator.serving().server.cycle, 0);
}

#[test]
fn a_requestor_that_cannot_receive_imports_nothing() {
    let mut operator = site();
    operator.t1();
    operator.t2();
    let locked = Condition::Locked("MTA".into());
    operator.lab.postoffices[1]
        .conditions
        .set(r"MBG\SYSTEM.MBG", locked);
    assert_eq!(operator.run("SALES", "nsda -rr -dM").1, 65);
    assert!(!operator.at("SALES").logs.dirsync.contains("Mail Import"));
}

#[test]
fn dispatch_runs_what_is_due_and_goes_on_a_week_later() {
    let mut operator = site();
    at(&mut operator, 1, "T1 Thu 08:10");
    pass(&mut operator);
    assert_eq!(
        dispatched(&operator),
        [
            r"Checking the process table on NORTH\HUB",
            r"Checking the process table on NORTH\SALES"
        ]
    );
    operator.lab.advance(15 * MINUTE);
    pass(&mut operator);
    assert_eq!(
        dispatched(&operator)[2..],
        [
            r"Checking the process table on NORTH\HUB",
            r"Checking the process table on NORTH\SALES",
            r#"Running "NSDA -RT""#,
            r#""NSDA -RT" terminated normally with exit code 64"#,
        ]
    );
    assert_eq!(operator.at("SALES").outgoing.len(), 2);
    operator.lab.advance(15 * MINUTE);
    pass(&mut operator);
    assert_eq!(dispatched(&operator).len(), 8);
    let next = operator.at("SALES").schedule.times[0].next;
    assert_eq!(
        next,
        operator.lab.now().after(next.since(operator.lab.now()))
    );
    assert!(next.since(operator.lab.now()) > 6 * 24 * 60 * MINUTE);
}

#[test]
fn dispatch_does_what_its_file_says() {
    let mut operator = site();
    let ini = "[Dispatch]\nDriveHomePO=G\nDrivesDirectPO=F\nDrivesDynamic=X\n\
        DrivesUNC=\\\\SALES\\MAILDATA \\\\NOWHERE\\MAILDATA\nIdleProcess=external -dFG -0\n\
        [Dispatch-Night]\nLogSession=No\n";
    let file = r"MAILEXE\DISPATCH.INI".to_owned();
    operator.lab.postoffices[0]
        .texts
        .insert(file, ini.to_owned());
    operator.run("SALES", "reqmain -dM -t");
    assert_eq!(operator.run("MTA1", "dispatch").1, 64);
    let log = |operator: &Operator| {
        let log = operator.at("SALES").file(r"LOG\DISPATCH.LOG");
        let text = log.and_then(|it| it.text).unwrap_or_default();
        let lines = text.lines().filter_map(|it| it.splitn(4, ' ').nth(3));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let told = [
        "Dynamic connections could not be established",
        r"Checking the process table on NORTH\HUB",
        r"Checking the process table on NORTH\SALES",
    ];
    let mut lines = log(&operator);
    lines.sort_by_key(|it| it.starts_with("Checking"));
    assert_eq!(lines, told);
    assert!(operator.at("SALES").outgoing.is_empty(), "nothing was due");
    assert_eq!(operator.run("MTA1", "dispatch /instancename=Night").1, 64);
    assert_eq!(log(&operator).len(), 3, "no log");
    at(&mut operator, 1, "T1 Thu 08:10");
    operator.lab.advance(15 * MINUTE);
    operator.run("MTA1", "dispatch");
    assert_eq!(operator.at("SALES").outgoing.len(), 2, "not idle");
}

/// A share has a letter only while it is looked at, and only one that is free (Q249246).
#[test]
fn dispatch_connects_shares_to_the_letters_it_is_given() {
    const NO_LETTER: &str = "Drive is either local, used or greater than lastdrive.\n";
    for (dynamic, screen, sent) in [
        ("DrivesDynamic=XY\n", "", 2),
        ("DrivesDynamic=\"F-X\"\n", "", 2),
        ("DrivesDynamic=F\n", NO_LETTER, 0),
        ("", NO_LETTER, 0),
    ] {
        let mut operator = site();
        at(&mut operator, 1, "T1 Thu 08:10");
        for drives in operator.lab.drives.values_mut() {
            drives.remove(&'G');
        }
        let before = operator.lab.drives.clone();
        let ini = format!(
            "[dispatch]\nDrivesDirectPO=F\n{dynamic}DrivesUNC=\\\\HUB\\M\nDrivesUNC=\\\\SALES\\M\n"
        );
        let file = r"MAILEXE\DISPATCH.INI".to_owned();
        operator.lab.postoffices[0].texts.insert(file, ini);
        operator.lab.advance(15 * MINUTE);
        let ended = operator.run("MTA1", "dispatch");
        assert_eq!(ended, (screen.to_owned(), 64), "{dynamic}");
        assert_eq!(operator.at("SALES").outgoing.len(), sent, "{dynamic}");
        assert_eq!(operator.lab.drives, before, "{dynamic}");
    }
}

#[test]
fn dispatch_does_not_start_itself_where_nothing_is_due() {
    for idle in [
        "dispatch",
        r"\\HUB\mailexe\DISPATCH.EXE",
        "forcedos dispatch",
    ] {
        let mut operator = site();
        let ini = format!("[Dispatch]\nDrivesDirectPO=G\nIdleProcess={idle}\n");
        let file = r"MAILEXE\DISPATCH.INI".to_owned();
        operator.lab.postoffices[0].texts.insert(file, ini);
        assert_eq!(operator.run("MTA1", "dispatch").1, 64, "{idle}");
        let log = operator.at("SALES").file(r"LOG\DISPATCH.LOG");
        let text = log.and_then(|it| it.text).unwrap_or_default();
        assert_eq!(text.lines().count(), 1, "{idle}: {text}");
    }
}

#[test]
fn a_part_whose_run_window_has_passed_waits_for_its_next_time() {
    let mut operator = site();
    at(&mut operator, 0, "T2 Thu 08:10");
    operator.lab.advance(9 * 60 * MINUTE);
    pass(&mut operator);
    assert!(dispatched(&operator).contains(&"NSDA-S Missed its run Window".to_owned()));
    assert_eq!(operator.serving().server.cycle, 0);
}

#[test]
fn a_postoffice_that_is_no_server_any_more_fails_in_each_t2() {
    let mut operator = site();
    at(&mut operator, 1, "T2 Thu 08:10");
    operator.lab.advance(15 * MINUTE);
    pass(&mut operator);
    let last = dispatched(&operator).pop().unwrap();
    assert_eq!(last, r#""NSDA -S" terminated abnormally with exit code 65"#);
    assert!(operator.at("SALES").logs.dirsync.contains("[161]"));
}

#[test]
fn programs_that_lie_elsewhere_end_with_2() {
    let mut operator = site();
    at(&mut operator, 1, "T1 Thu 08:10");
    operator.lab.postoffices[1].programs.moved = true;
    operator.lab.advance(15 * MINUTE);
    pass(&mut operator);
    let last = dispatched(&operator).pop().unwrap();
    assert_eq!(last, "NSDA -RT terminated with exit code 2");
}

#[test]
fn a_process_table_that_cannot_be_used_is_told() {
    let mut operator = site();
    let missing = Condition::Missing;
    operator.lab.postoffices[0]
        .conditions
        .set(r"GLB\PROCESS.GLB", missing);
    pass(&mut operator);
    assert_eq!(
        dispatched(&operator)[1],
        "Failure while accessing the process table."
    );
}

#[test]
fn dssched_gives_and_takes_times_and_a_requestor_takes_no_t2() {
    let mut operator = site();
    let admin = |host: &str| format!("dssched admin -p{}", password::of(host));
    let times = "T1 Sat 13:45\nT2 Mon 14:55\n".to_owned();
    operator.lab.postoffices[1]
        .texts
        .insert("TIMES.TXT".to_owned(), times);
    let line = format!("{} -iTIMES.TXT", admin("SALES"));
    assert_eq!(operator.run("SALES", &line), (String::new(), 0));
    assert_eq!(
        operator.at("SALES").file(r"GLB\PROCESS.GLB").unwrap().size,
        512 + 197
    );
    let line = format!("{} -xOUT.TXT", admin("SALES"));
    assert_eq!(operator.run("SALES", &line), (String::new(), 0));
    assert_eq!(operator.at("SALES").texts["OUT.TXT"], "T1 Sat 13:45\n");
    let (screen, exit) = operator.run("SALES", &admin("SALES"));
    let told = "Microsoft Mail for the PC v3.2, DSSched v3.2\n\
        (C) Microsoft Corp. 1993-1994. All rights reserved\n\n\
        Examining NORTH/SALES Dir-Sync process times\n\n   Record number 1\n\
        Requestor sends updates (Dispatch runs NSDA -RT)\n\
        Current time to run NSDA -RT: Sat Jan 31 13:45:00 1998\n";
    assert_eq!((screen.as_str(), exit), (told, 0));
    let (screen, _) = operator.run("SALES", &format!("{} -v", admin("SALES")));
    assert!(
        screen.contains("Run window is 8 hours (28800 seconds)"),
        "{screen}"
    );
    assert!(listing::dssched::parse(&screen).is_ok(), "{screen}");
    let refused = operator.run("SALES", "dssched admin -pWRONG -dM");
    assert_eq!(refused, ("Bad ID or Password\n".to_owned(), 1));
}

#[test]
fn the_menus_of_the_server_change_what_it_knows() {
    let mut operator = site();
    operator.run("HUB", "admin requestor create NORTH/DEPOT secret -dM");
    assert_eq!(operator.known("DEPOT").password.as_deref(), Some("secret"));
    operator.run("HUB", "admin requestor modify NORTH/DEPOT -dM");
    assert_eq!(operator.known("DEPOT").password, None);
    operator.run("HUB", "admin requestor delete NORTH/DEPOT -dM");
    assert_eq!(operator.serving().server.requestors.len(), 2);
    operator.run("HUB", "admin server keep-updates 30 -dM");
    operator.run("HUB", "admin server administrator ADAMS -dM");
    let server = &operator.serving().server;
    assert_eq!(
        (server.keep_updates, server.administrator.as_deref()),
        (30, Some("ADAMS"))
    );
    operator.run("HUB", "admin server schedule Mon 14:55 Tue 14:55 -dM");
    assert_eq!(operator.at("HUB").schedule.times.len(), 2);
    assert_eq!(
        operator.run("SALES", "admin server keep-updates 30 -dM").1,
        1
    );
}

#[test]
fn unmaking_a_server_deletes_its_files() {
    let mut operator = site();
    let locked = Condition::Locked("REBUILD".into());
    operator.lab.postoffices[0]
        .conditions
        .set(r"GLB\MASTER.GLB", locked);
    let (screen, exit) = operator.run("HUB", "admin dir-sync no -dM");
    assert!(screen.starts_with("Notice 163 ") && exit == 1, "{screen}");
    operator.lab.postoffices[0]
        .conditions
        .clear(r"GLB\MASTER.GLB");
    assert_eq!(operator.run("HUB", "admin dir-sync no -dM").1, 0);
    assert_eq!(operator.at("HUB").file(r"GLB\MSTTRANS.GLB"), None);
    assert_eq!(operator.run("SALES", "admin dir-sync yes -dM").1, 0);
    let size = operator.at("SALES").file(r"GLB\SRVCONF.GLB").unwrap().size;
    assert_eq!(size, 2048);
}

#[test]
fn a_damaged_list_of_requestors_goes_with_the_server() {
    let mut operator = site();
    operator.lab.postoffices[0]
        .conditions
        .set(r"GLB\SRVCONF.GLB", Condition::Corrupt);
    assert_eq!(operator.run("HUB", "admin dir-sync no -dM").1, 0);
    assert_eq!(operator.run("HUB", "admin dir-sync yes -dM").1, 0);
    let list = format!("listds admin -p{} -dM -s", password::of("HUB"));
    let (screen, exit) = operator.run("HUB", &list);
    assert!(
        screen.contains("Highest SrvSync is 0,") && exit == 0,
        "{screen}"
    );
}

#[test]
fn listds_prints_what_the_server_and_a_requestor_know() {
    let mut operator = site();
    operator.export();
    operator.cycle();
    let line = format!("listds admin -p{} -s", password::of("HUB"));
    let (screen, exit) = operator.run("HUB", &line);
    assert_eq!(exit, 0);
    assert!(
        screen.contains("Highest SrvSync is 14, Current Dirsync Cycle is 1"),
        "{screen}"
    );
    assert!(
        screen.contains("Requestor name: PCM:NORTH/SALES"),
        "{screen}"
    );
    assert!(
        screen.contains("ReqSync = 7, SrvSync = 14, Last Cycle = 1"),
        "{screen}"
    );
    assert!(listing::listds::parse(&screen).is_ok(), "{screen}");
    let told = "Microsoft Mail for the PC v3.2, ListDS v3.2\n\
        (C) Microsoft Corp. 1993-1994. All rights reserved\n\n\
        Examining NORTH/SALES Requestor Configuration Record\n\n\
        Dir-Sync Server: NORTH/HUB\nReqSync = 7, SrvSync = 14\n";
    for place in ["-dM", r"-d\\SALES\MAILDATA", r"-dM:\"] {
        let line = format!("listds admin -p{} -r {place}", password::of("SALES"));
        assert_eq!(operator.run("SALES", &line).0, told, "{place}");
    }
    let line = format!("listds admin -p{} -s -dM", password::of("SALES"));
    assert_eq!(operator.run("SALES", &line).1, 1);
}

#[test]
fn sconfix_brings_the_configuration_to_the_new_layout() {
    let mut operator = site();
    operator.lab.postoffices[0]
        .serving
        .as_mut()
        .unwrap()
        .old_layout = true;
    assert_eq!(operator.run("HUB", "srvmain -r -dM").1, 1);
    assert_eq!(operator.run("HUB", "sconfix -dM"), (String::new(), 0));
    assert_eq!(operator.run("HUB", "srvmain -r -dM").1, 0);
}
