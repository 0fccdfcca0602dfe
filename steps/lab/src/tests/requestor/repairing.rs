//! What is put right by hand at a prompt: files cut, removed, renamed and handed over.

use super::super::{Operator, is_reply};
use super::{FINISHED, two};
use crate::password;
use runsheet_formats::listing::{listds, listq};
use runsheet_formats::stamp::long;

impl Operator {
    /// Gives a command at the prompt of SALES; what it printed.
    #[track_caller]
    fn prompt(&mut self, line: &str) -> String {
        let mut argv = vec!["command", "/c"];
        argv.extend(line.split(' '));
        let ended = self.lab.run("SALES", &argv, r"M:\").unwrap();
        ended.console().to_owned()
    }

    fn size(&self, path: &str) -> Option<u64> {
        self.at("SALES").file(path).map(|it| it.size)
    }
}

#[test]
fn what_an_import_left_is_removed_and_the_queue_cut() {
    let mut operator = two();
    operator.bring_an_update();
    operator.fault("stale-sortlock", &[("host", "SALES")]);
    assert!(operator.import("-q -y")[0].contains("[ 45]"));
    assert_eq!(operator.prompt(r"del M:\GLB\SORT*.GLB"), "");
    assert_eq!(operator.size(r"GLB\SORTLOCK.GLB"), None);
    assert!(operator.size(r"GLB\SRVTRANS.GLB") > Some(0));
    assert_eq!(operator.prompt(r"type nul > \GLB\SRVTRANS.GLB"), "");
    assert_eq!(operator.size(r"GLB\SRVTRANS.GLB"), Some(0));
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    assert_eq!(operator.prompt(r"del GLB\SORT*.GLB"), "File not found\n");
}

#[test]
fn a_damaged_queue_is_sound_once_it_is_cut() {
    let mut operator = two();
    let file = ("file", r"GLB\USRTRANS.GLB");
    operator.fault("corrupt", &[("host", "SALES"), file]);
    assert!(operator.import("-q -y")[0].contains("[ 45]"));
    operator.prompt(r"type nul >M:\GLB\USRTRANS.GLB");
    assert_eq!(operator.import("-q -y"), [FINISHED]);
}

#[test]
fn a_list_left_for_recovery_is_put_in_place_by_its_name() {
    let mut operator = two();
    operator.bring_an_update();
    operator.import("-q -y");
    let gal = [
        ("host", "SALES"),
        ("file", r"NME\GAL.NME"),
        ("by", "OUTLOOK"),
    ];
    operator.fault("lock", &gal);
    operator.run("SALES", "rebuild -dM -f");
    assert_eq!(operator.prompt(r"del NME\GAL.NME"), "Sharing violation\n");
    operator.lab.end_fault(0);
    assert_eq!(
        operator.prompt(r"ren NME\GAL$.NME GAL.NME").lines().count(),
        1
    );
    assert_eq!(operator.prompt(r"del NME\GAL.NME"), "");
    assert_eq!(operator.prompt(r"ren NME\GAL$.NME GAL.NME"), "");
    assert_eq!(operator.size(r"NME\GAL.NME"), Some(45 * 13));
    assert_eq!(operator.size(r"NME\GAL$.NME"), None);
}

#[test]
fn a_directory_is_made_again_and_a_file_made_writable() {
    let mut operator = two();
    operator.fault("delete", &[("host", "SALES"), ("file", "P1")]);
    assert_eq!(operator.run("SALES", "reqmain -dM -t").1, 1);
    assert_eq!(operator.prompt(r"md M:\P1"), "");
    assert_eq!(operator.prompt(r"md M:\P1"), "Unable to create directory\n");
    assert_eq!(operator.run("SALES", "reqmain -dM -t").1, 0);
    let control = ("file", r"GLB\CONTROL.GLB");
    operator.fault("read-only", &[("host", "SALES"), control]);
    assert_eq!(operator.run("SALES", "admin import -dM").1, 1);
    assert_eq!(
        operator.prompt(r"type nul > GLB\CONTROL.GLB"),
        "Access denied\n"
    );
    operator.prompt(r"attrib -r M:\GLB\CONTROL.GLB");
    assert_eq!(operator.run("SALES", "admin import -dM").1, 0);
}

#[test]
fn an_index_is_reset_with_its_mailbag() {
    let mut operator = two();
    operator.t1();
    operator.t2();
    assert!(operator.at("SALES").system.iter().any(|it| is_reply(it)));
    let argv = ["debug", r"M:\KEY\SYSTEM.KEY"].map(str::to_owned);
    let mut typed = ["f 100,32f,0", "x", "w", "q"].into_iter();
    let mut keyboard = |_: &str| typed.next().map(str::to_owned);
    let left = operator
        .lab
        .perform("SALES", &argv, r"C:\DOS", &mut keyboard);
    let screen = left.unwrap().screen;
    assert!(
        screen.contains("Error") && screen.contains("Writing 00230 bytes"),
        "{screen}"
    );
    assert!(operator.at("SALES").system.is_empty());
    assert_eq!(operator.size(r"KEY\SYSTEM.KEY"), Some(560));
    operator.prompt(r"type nul > MBG\SYSTEM.MBG");
    assert_eq!(operator.size(r"MBG\SYSTEM.MBG"), Some(0));
    operator.cycle();
    assert_eq!(
        operator.at("SALES").numbers.srv_sync,
        operator.at("PLANT").numbers.srv_sync
    );
}

#[test]
fn a_file_is_written_line_by_line_and_imported() {
    let mut operator = two();
    operator.prompt(r"echo # by hand > M:\NEW.TXT");
    let line = "D Nobody, Ned                    PCM:NORTH/PLANT/NED";
    operator.prompt(&format!(r"echo {line} >> M:\NEW.TXT"));
    let text = operator.prompt(r"type M:\NEW.TXT");
    assert_eq!(text.lines().count(), 2, "{text}");
    let log = operator.import(r"-fM:\NEW.TXT -y");
    let unknown = "Error  [ 29] Alias does not exist: Nobody, Ned";
    assert_eq!(log, [unknown, FINISHED]);
    assert!(operator.prompt(r"dir M:\").contains("NEW.TXT"));
    assert_eq!(operator.prompt(r"type M:\NOSUCH.TXT"), "File not found\n");
    assert_eq!(
        operator.prompt(r"type X:\NEW.TXT"),
        "Invalid drive specification\n"
    );
    assert_eq!(operator.prompt("format c:"), "Bad command or file name\n");
}

#[test]
fn whole_lists_are_handed_over_from_drive_to_drive() {
    let mut operator = two();
    let place = operator.lab.role("SALES").unwrap();
    operator.lab.drives.entry(place).or_default().insert('N', 1);
    operator.fault("resync-left", &[("host", "PLANT")]);
    let lists = operator.at("PLANT").lists.clone();
    let copied = operator.prompt(r"copy N:\GLB\RESYNC.GLB M:\GLB");
    assert_eq!(copied, "        1 file(s) copied\n");
    assert_eq!(operator.prompt(r"del N:\GLB\RESYNC.GLB"), "");
    assert!(operator.at("PLANT").resync.is_none());
    let handed = operator.at("SALES").resync.clone().unwrap();
    assert_eq!(handed.lists, lists);
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    assert_eq!(operator.size(r"GLB\RESYNC.GLB"), None);
}

#[test]
fn a_queue_is_listed_as_it_is() {
    let mut operator = two();
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    let listq = format!("listq admin -p{} -c -fREQTRANS -dM", password::of("SALES"));
    let (screen, exit) = operator.run("SALES", &listq);
    assert_eq!(exit, 0);
    let told = "Microsoft Mail for the PC v3.2, LISTQ v3.2.0.1\n\
        (C) Microsoft Corp. 1993-1994. All rights reserved\n\n\
        Examining NORTH/SALES Dirsync transaction file: REQTRANS\n\nChecking CRC...\n\n";
    assert!(screen.starts_with(told), "{screen}");
    for line in screen.lines().filter(|it| !it.is_empty()) {
        let read = listq::Line::parse(line).unwrap();
        assert_eq!(read.to_string(), line);
    }
    assert!(screen.contains(" 000006 A Zorn, Zoe "), "{screen}");
    let (screen, _) = operator.run("SALES", &format!("{listq} -t"));
    let dated = long::print(operator.at("SALES").queue.date(6).unwrap());
    let row = format!(" {dated} 000006 A Zorn, Zoe ");
    assert!(screen.contains(&row), "{row} in {screen}");
    assert!(screen.contains("\nCRC  Date stamp               Sync#  Transaction\n"));
    let (screen, exit) = operator.run("SALES", "listq admin -pWRONG -fREQTRANS");
    assert_eq!((screen.as_str(), exit), ("Bad ID or Password\n", 1));
}

#[test]
fn numbers_are_listed_and_zeroed() {
    let mut operator = two();
    let line = format!("listds admin -p{} -r -z -dM", password::of("SALES"));
    let (screen, exit) = operator.run("SALES", &line);
    assert_eq!(exit, 0);
    assert!(listds::parse(&screen).is_ok(), "{screen}");
    assert!(screen.contains("ReqSync = 5"), "{screen}");
    let sales = operator.at("SALES");
    assert_eq!(sales.numbers, crate::postoffice::Numbers::default());
    assert!(sales.requestor.types.is_empty(), "types are reset, too");
    assert!(sales.requestor.last_export.is_some(), "the times stay");
    assert!(sales.server.is_some());
}

#[test]
fn podiag_makes_a_lost_queue_anew_so_that_numbering_goes_on() {
    let mut operator = two();
    let lost = [("host", "SALES"), ("file", r"GLB\REQTRANS.GLB")];
    operator.fault("delete", &lost);
    let argv = ["podiag", "-dM"].map(str::to_owned);
    let mut keyboard = |_: &str| Some("y".to_owned());
    let left = operator
        .lab
        .perform("SALES", &argv, r"M:\MAILEXE", &mut keyboard);
    assert!(left.unwrap().screen.ends_with("synchronization file.\n"));
    assert_eq!(operator.size(r"GLB\REQTRANS.GLB"), Some(60));
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    assert_eq!(operator.at("SALES").queue.last(), Some(6));
    operator.cycle();
    assert!(operator.knows("PLANT", "NORTH/SALES/ZOE").is_some());
    let log = operator.at("SALES").file(r"LOG\PODIAG.LOG").unwrap();
    assert_eq!(log.text.unwrap().lines().count(), 3);
}
