//! The numbering protocol, seen from the keyboard.

use super::{Operator, blueprint, outgoing};
use crate::blueprint::Reached;
use crate::postoffice::Numbers;

const THREE: [&str; 3] = ["SALES", "PLANT", "DEPOT"];

#[test]
fn the_first_cycle_brings_everybody_everywhere() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&THREE)) {
        assert_eq!(operator.knows("SALES", "NORTH/PLANT/ADAMS"), None);
        operator.export();
        operator.t1();
        operator.t2();
        let subjects = operator.subjects_after(0);
        let first = [
            "Import request from NORTH/SALES",
            "Status report from NORTH/SALES",
        ];
        assert_eq!(subjects[..2], first);
        assert_eq!(subjects.len(), 12);
        assert!(subjects.contains(&"ReqTx R=5 (was 0), S=0, I=0, 5 sent"));
        // Three lists of five records, and the four users of Exchange under one more.
        assert!(subjects.contains(&"SrvTx R=5 S=19 (was 0), I=1 20 sent"));
        operator.t3();
        for host in THREE {
            let numbers = Numbers {
                req_sync: 5,
                srv_sync: 19,
                imp_sync: 1,
            };
            assert_eq!(operator.at(host).numbers, numbers);
            assert_eq!(operator.at(host).gal_entries(), 16);
        }
        let found = operator.knows("SALES", "NORTH/PLANT/ADAMS");
        assert_eq!(found, Some("Adams, Anna (PLANT)"));
        let found = operator.knows("PLANT", "CONTOSO/HQ/BAKER");
        assert_eq!(found, Some("Baker, Bert (HQ)"));
    }
}

#[test]
fn a_user_added_on_one_postoffice_is_found_in_the_lists_of_the_others_after_t3() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&THREE)) {
        operator.export();
        operator.cycle();
        operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
        let before = operator.server().inbox.newest();
        operator.t1();
        operator.t2();
        assert_eq!(operator.knows("PLANT", "NORTH/SALES/ZOE"), None);
        operator.t3();
        assert_eq!(
            operator.knows("PLANT", "NORTH/SALES/ZOE"),
            Some("Zorn, Zoe")
        );
        assert_eq!(
            operator.knows("SALES", "NORTH/SALES/ZOE"),
            Some("Zorn, Zoe")
        );
        let numbers: Vec<&str> = operator
            .subjects_after(before)
            .into_iter()
            .filter(|it| !it.starts_with("Status"))
            .collect();
        assert_eq!(
            numbers,
            [
                "ReqTx R=6 (was 5), S=19, I=1, 1 sent",
                "ReqTx R=5 (was 5), S=19, I=1, 0 sent",
                "ReqTx R=5 (was 5), S=19, I=1, 0 sent",
                "SrvTx R=5 S=20 (was 19), I=1 1 sent",
                "SrvTx R=5 S=20 (was 19), I=1 1 sent",
                "SrvTx R=6 S=20 (was 19), I=1 1 sent",
            ]
        );
        operator.run("PLANT", "admin delete ADAMS -dM");
        operator.cycle();
        assert_eq!(operator.knows("SALES", "NORTH/PLANT/ADAMS"), None);
    }
}

#[test]
fn the_worked_trace_of_the_protocol_comes_out() {
    let mut blueprint = blueprint(&["SALES", "PLANT"]);
    blueprint
        .numbers
        .insert("SALES".to_owned(), Reached { req: 5, srv: 40 });
    blueprint
        .numbers
        .insert("PLANT".to_owned(), Reached { req: 2, srv: 50 });
    blueprint.changes = crate::blueprint::Changes::At([("SALES".to_owned(), 3)].into());
    for mut operator in Operator::in_memory_and_on_disk(&blueprint) {
        operator.run("SALES", "reqmain -dM -t");
        let sent = outgoing(operator.at("SALES"));
        assert_eq!(sent[1], "ReqTx R=8 (was 5), S=40, I=1, 3 sent");
        assert_eq!(operator.at("SALES").numbers.req_sync, 5);
        operator.lab.advance(super::MINUTE);
        operator.t2();
        let subjects = operator.subjects_after(0);
        assert_eq!(subjects[2], "SrvTx R=8 S=53 (was 40), I=1 13 sent");
        operator.run("SALES", "reqmain -dM -r");
        let sales = operator.at("SALES");
        assert_eq!((sales.numbers.req_sync, sales.numbers.srv_sync), (8, 53));
        assert_eq!(sales.file(r"M:\GLB\REQTRANS.GLB").unwrap().size, 49);
        operator.run("SALES", "reqmain -dM -t");
        let sent = outgoing(operator.at("SALES"));
        assert_eq!(sent[1], "ReqTx R=8 (was 8), S=53, I=1, 0 sent");
        let log = &operator.at("SALES").logs.dirsync;
        assert!(
            log.ends_with("| Status       No requestor updates to send\n"),
            "{log}"
        );
    }
}

#[test]
fn numbers_above_9999_are_cut_in_the_header_and_whole_in_the_message() {
    let mut blueprint = blueprint(&["SALES"]);
    let reached = Reached {
        req: 9998,
        srv: 12_000,
    };
    blueprint.numbers.insert("SALES".to_owned(), reached);
    for mut operator in Operator::in_memory_and_on_disk(&blueprint) {
        operator.export();
        operator.t1();
        operator.t2();
        let messages = operator.server().inbox.messages();
        let subjects: Vec<_> = messages
            .iter()
            .map(|it| (it.subject.as_str(), it.mail.subject()))
            .collect();
        let (cut, whole) = &subjects[2];
        assert_eq!(*cut, "ReqTx R=10003 (was 9998), S=12000, I=1, ");
        assert_eq!(whole, "ReqTx R=10003 (was 9998), S=12000, I=1, 5 sent");
        let (cut, whole) = &subjects[3];
        assert_eq!(*cut, "SrvTx R=10003 S=12005 (was 12000), I=2 1");
        assert_eq!(whole, "SrvTx R=10003 S=12005 (was 12000), I=2 10 sent");
    }
}

#[test]
fn a_lost_reply_is_made_good_in_the_next_cycle() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&THREE)) {
        operator.export();
        operator.cycle();
        operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
        operator.t1();
        operator.t2();
        for postoffice in &mut operator.lab.postoffices {
            postoffice.system.clear();
        }
        operator.t3();
        assert_eq!(operator.at("SALES").numbers.req_sync, 5);
        operator.cycle();
        assert_eq!(
            operator.knows("DEPOT", "NORTH/SALES/ZOE"),
            Some("Zorn, Zoe")
        );
        // What SALES sent twice was taken in once.
        assert_eq!(operator.server().dx.server.master.sync(), 20);
        assert_eq!(operator.at("SALES").numbers.req_sync, 6);
    }
}

#[test]
fn a_request_that_comes_after_t2_is_answered_in_the_next_cycle() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&["SALES", "PLANT"])) {
        operator.export();
        operator.lab.advance(2 * super::MINUTE);
        operator.cycle();
        operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
        operator.run("PLANT", "reqmain -dM -t");
        operator.lab.advance(2 * super::MINUTE);
        operator.t2();
        operator.run("SALES", "reqmain -dM -t");
        operator.lab.advance(2 * super::MINUTE);
        assert!(operator.at("SALES").system.is_empty());
        operator.t3();
        operator.t2();
        assert_eq!(operator.at("SALES").system.len(), 1);
    }
}

#[test]
fn an_import_request_brings_whole_lists_and_counts_one_import_more() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&["SALES", "PLANT"])) {
        operator.export();
        operator.cycle();
        operator.run("SALES", "admin import -dM");
        let before = operator.server().inbox.newest();
        operator.cycle();
        let subjects = operator.subjects_after(before);
        assert!(
            subjects.contains(&"SrvTx R=5 S=14 (was 14), I=2 15 sent"),
            "{subjects:?}"
        );
        assert!(
            subjects.contains(&"SrvTx R=5 S=14 (was 14), I=1 0 sent"),
            "{subjects:?}"
        );
        assert_eq!(operator.at("SALES").numbers.imp_sync, 2);
    }
}

#[test]
fn a_reply_of_an_earlier_import_is_silently_discarded() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&["SALES", "PLANT"])) {
        operator.export();
        operator.t1();
        operator.t2();
        operator.lab.postoffices[0].numbers.imp_sync = 7;
        operator.t3();
        assert_eq!(operator.knows("SALES", "NORTH/PLANT/ADAMS"), None);
        assert_eq!(operator.at("SALES").numbers.srv_sync, 0);
        let log = &operator.at("SALES").logs.dirsync;
        assert!(log.contains("Requestor updates received: 0"));
        assert!(!log.contains("Fatal") && !log.contains("Error"));
    }
}

#[test]
fn of_two_replies_only_the_later_is_received() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&["SALES", "PLANT"])) {
        operator.export();
        operator.t1();
        operator.t2();
        operator.t1();
        operator.t2();
        assert_eq!(
            operator
                .at("SALES")
                .system
                .iter()
                .filter(|it| super::is_reply(it))
                .count(),
            2
        );
        operator.t3();
        // The later one is an import too: SALES still said that it had had none.
        assert_eq!(operator.at("SALES").numbers.imp_sync, 2);
        assert!(operator.at("SALES").system.is_empty());
    }
}

#[test]
fn an_export_on_next_cycle_comes_once_with_the_reply() {
    for mut operator in Operator::in_memory_and_on_disk(&blueprint(&["SALES", "PLANT"])) {
        operator.export();
        operator.cycle();
        let sales = operator.at("SALES").name.clone();
        operator.lab.exchanges[0].settings.export_next.insert(sales);
        for expected in [5, 0] {
            let before = operator.server().inbox.newest();
            operator.cycle();
            let whole = format!("SrvTx R=5 S=14 (was 14), I=1 {expected} sent");
            assert!(operator.subjects_after(before).contains(&whole.as_str()));
            assert!(operator.server().settings.export_next.is_empty());
        }
        assert!(operator.knows("SALES", "CONTOSO/HQ/ADAMS").is_some());
    }
}

#[test]
fn a_history_is_a_real_cycle_of_the_day_before() {
    let mut blueprint = blueprint(&THREE);
    blueprint.history = true;
    for mut operator in Operator::in_memory_and_on_disk(&blueprint) {
        assert_eq!(operator.lab.now(), blueprint.start);
        assert_eq!(operator.at("SALES").numbers.req_sync, 5);
        assert!(operator.server().log.newest() > 0);
        assert!(operator.server().inbox.newest() > 0);
        assert!(operator.knows("SALES", "NORTH/PLANT/ADAMS").is_some());
        let before = operator.server().inbox.newest();
        operator.cycle();
        let subjects = operator.subjects_after(before);
        assert!(subjects.contains(&"ReqTx R=5 (was 5), S=19, I=1, 0 sent"));
    }
}
