//! `import -q` where something is wrong.

use super::{FINISHED, two};
use crate::postoffice::condition::Condition;
use crate::postoffice::incoming::Resync;
use crate::process::End;

const ZOE: &str = "NORTH/PLANT/ZOE";

#[test]
fn what_stands_in_the_way_is_told_and_the_update_waits() {
    let sales = ("host", "SALES");
    let srvtrans = ("file", r"GLB\SRVTRANS.GLB");
    let usrtrans = ("file", r"GLB\USRTRANS.GLB");
    let reqconf = ("file", r"GLB\REQCONF.GLB");
    let sorting = "Error  [ 45] File error sorting queue: USRTRANS";
    let unread = "Error  [ 13] Dirsync import error accessing srvtrans.glb";
    let busy = "Fatal  [ 52] Error accessing configuration information";
    type Row<'r> = (&'r str, &'r [(&'r str, &'r str)], &'r str);
    let table: &[Row<'_>] = &[
        ("stale-sortlock", &[sales], sorting),
        ("pointers-corrupt", &[sales], sorting),
        ("corrupt", &[sales, usrtrans], sorting),
        ("corrupt", &[sales, srvtrans], unread),
        ("lock", &[sales, srvtrans, ("by", "BACKUP")], unread),
        ("lock", &[sales, reqconf, ("by", "ADMIN")], busy),
        ("disk-full", &[sales], "Fatal  [ 79] Out of disk"),
    ];
    for (fault, given, said) in table {
        let mut operator = two();
        operator.bring_an_update();
        operator.fault(fault, given);
        assert_eq!(operator.import("-q -y"), [*said, FINISHED], "{fault}");
        assert_eq!(operator.knows("SALES", ZOE), None, "{fault}");
        operator.lab.end_fault(0);
        assert_eq!(operator.import("-q -y"), [FINISHED], "{fault}");
        assert!(operator.knows("SALES", ZOE).is_some(), "{fault}");
    }
}

#[test]
fn admin_left_open_locks_the_database() {
    let mut operator = two();
    operator.bring_an_update();
    operator.fault("admin-open", &[("host", "SALES")]);
    assert_eq!(
        operator.import("-q -y"),
        [
            "Fatal  [ 91] The database is locked by another process: ADMIN",
            "Fatal  [   ] Mailbox name: Admin.",
            "Fatal  [   ] Full name: Administrator.",
            "Fatal  [   ] FLAG.GLB is locked open.",
            FINISHED,
        ]
    );
    assert_eq!(operator.knows("SALES", ZOE), None);
}

#[test]
fn a_list_that_cannot_be_renamed_leaves_every_record_unprocessed() {
    for (file, named) in [
        (r"USR\00000001.USR", r"M:USR\IMPORT.USR"),
        (r"INF\ADMIN.INF", r"M:INF\IMPORT.INF"),
    ] {
        let mut operator = two();
        operator.bring_an_update();
        let given = [("host", "SALES"), ("file", file), ("by", "OUTLOOK")];
        operator.fault("lock", &given);
        let fatal = format!("Fatal  [  7] Error renaming file: {named}");
        let unprocessed = "Warning[ 90] Transaction not processed";
        assert_eq!(
            operator.import("-q -y"),
            [fatal.as_str(), unprocessed, FINISHED]
        );
        assert!(operator.at("SALES").file(&named[2..]).is_some());
        assert_eq!(operator.knows("SALES", ZOE), None);
        operator.lab.end_fault(0);
        assert_eq!(operator.import("-q -y"), [FINISHED]);
        assert!(operator.knows("SALES", ZOE).is_some());
    }
}

#[test]
fn without_its_texts_a_message_is_only_a_number() {
    let mut operator = two();
    operator.fault("delete", &[("host", "SALES"), ("file", r"GLB\DS_MSG.GLB")]);
    operator.fault("stale-sortlock", &[("host", "SALES")]);
    let unknown = "Error  [ 45] Error Obtaining Message #: 45";
    assert_eq!(operator.import("-q -y"), [unknown, FINISHED]);
}

#[test]
fn a_half_modification_is_never_got_over() {
    let mut operator = two();
    operator.bring_an_update();
    operator.fault("import-hangs", &[("host", "SALES")]);
    let line = format!("import admin -dM -p{} -q -y", crate::password::of("SALES"));
    let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
    let process = operator.lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
    operator.lab.advance(600 * super::super::MINUTE);
    let end = |operator: &super::Operator| operator.lab.process("SALES", process).unwrap().end();
    assert_eq!(end(&operator), None);
    assert!(operator.at("SALES").file(r"GLB\SORTLOCK.GLB").is_some());
    operator.lab.kill("SALES", process);
    assert_eq!(end(&operator), Some(End::Killed));
    assert!(
        operator
            .at("SALES")
            .leftovers
            .contains_key(r"GLB\SORT0001.GLB")
    );
    operator.lab.end_fault(0);
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    assert!(operator.knows("SALES", ZOE).is_some());
}

#[test]
fn who_wants_no_updates_only_learns_what_was_acknowledged() {
    let mut operator = two();
    operator.run("SALES", "admin options receive no -dM");
    operator.run("SALES", "admin create NEW Newton, Ned -dM");
    operator.bring_an_update();
    let sales = operator.at("SALES");
    assert!(sales.received.is_empty());
    assert_eq!(sales.numbers.req_sync, 6);
    assert_eq!(
        operator.log_of("SALES").pop().unwrap(),
        "Status       Requestor updates received: 0"
    );
}

#[test]
fn a_request_says_which_addresses_and_templates_are_wanted() {
    let mut operator = two();
    operator.run("SALES", "admin types PCM SNADS -dM");
    operator.run("SALES", "admin options templates receive yes -dM");
    operator.run("SALES", "reqmain -dM -t");
    let body = operator.at("SALES").outgoing[1].body();
    assert!(body.contains("TYPES=PCM|SNADS\nTEMPLATE=YES\n"), "{body}");
}

#[test]
fn records_that_say_too_little_cost_themselves_only() {
    let mut operator = two();
    operator.bring_an_update();
    operator.fault("bad-list", &[("host", "SALES")]);
    let log = operator.import("-q -y");
    assert!(log[0].starts_with("Error  [ 46] No fullname"), "{log:?}");
    assert_eq!(log[1], "Error  [ 81] No mailbox name");
    assert_eq!(log[2], "Warning[ 43] Gateway alias has no physical address");
    assert_eq!(log[3..], [FINISHED]);
    assert!(operator.knows("SALES", ZOE).is_some());
}

#[test]
fn names_of_a_gateway_that_is_not_there_are_left_out() {
    let mut operator = two();
    operator.fault("gateway-names", &[("host", "SALES")]);
    let missing = "Error  [ 44] Gateway not installed: FAX";
    assert_eq!(operator.import("-q -y"), [missing, FINISHED]);
    assert!(operator.at("SALES").resync.is_none());
    operator.fault("gateway-names", &[("host", "SALES")]);
    operator.lab.postoffices[0].gateways.insert("FAX".into());
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    let names = &operator.at("SALES").lists.foreign().names["FAX"];
    assert_eq!(names.len(), 1);
    operator.run("SALES", "rebuild -dM -f");
    assert_eq!(operator.at("SALES").gal_entries(), 13);
}

#[test]
fn a_resync_brings_its_numbers_and_must_not_be_behind() {
    let mut operator = two();
    let lists = operator.at("SALES").lists.clone();
    let resync = |req| Resync {
        imp: 4,
        req,
        srv: 60,
        lists: lists.clone(),
        lines: "".into(),
    };
    operator.lab.postoffices[0].resync = Some(resync(2));
    let behind = "Fatal  [ 14] Error processing RESYNC.GLB";
    assert_eq!(operator.import("-q -y"), [behind, FINISHED]);
    assert!(operator.at("SALES").file(r"GLB\RESYNC.GLB").is_some());
    operator.lab.postoffices[0].resync = Some(resync(30));
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    assert!(operator.at("SALES").file(r"GLB\RESYNC.GLB").is_none());
    let numbers = operator.at("SALES").numbers;
    assert_eq!(
        (numbers.req_sync, numbers.srv_sync, numbers.imp_sync),
        (30, 60, 4)
    );
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    assert_eq!(operator.at("SALES").queue.last(), Some(31));
}

#[test]
fn a_resync_makes_a_lost_queue_and_pointers_that_led_astray_anew() {
    let mut operator = two();
    let sales = &mut operator.lab.postoffices[0];
    let numbers = sales.numbers;
    sales
        .conditions
        .set(r"GLB\REQTRANS.GLB", Condition::Missing);
    sales.requestor.pointers_sound = false;
    let unsorted = "Error  [ 45] File error sorting queue: USRTRANS";
    assert_eq!(operator.import("-q -y"), [unsorted, FINISHED]);
    operator.fault("resync-left", &[("host", "SALES")]);
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    let queue = operator.at("SALES").file(r"GLB\REQTRANS.GLB").unwrap();
    assert_eq!(queue.size, 49);
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    let next = operator.at("SALES").queue.last();
    assert_eq!(next, Some(numbers.req_sync + 1));
}

#[test]
fn a_list_that_was_not_asked_for_does_not_come() {
    let mut operator = two();
    operator.fault("list-not-requested", &[("host", "SALES")]);
    operator.bring_an_update();
    assert_eq!(operator.import("-q -y"), [FINISHED]);
    assert_eq!(operator.knows("SALES", ZOE), None);
}

#[test]
fn a_postoffice_is_not_created_if_the_option_says_no() {
    let mut operator = super::Operator::prepared(&super::blueprint(&["SALES", "PLANT"]));
    operator.lab.postoffices[0].requestor.create_postoffices = false;
    operator.export();
    operator.t1();
    operator.t2();
    operator.run("SALES", "reqmain -dM -r");
    let log = operator.import("-q -y");
    let unknown = ["CONTOSO/HQ", "NORTH/PLANT"];
    let unknown = unknown.map(|it| format!("Error  [ 32] Postoffice not found: {it}"));
    assert_eq!(log[..2], unknown);
    assert_eq!(operator.knows("SALES", "NORTH/PLANT/ADAMS"), None);
}

#[test]
fn creating_a_postoffice_needs_its_definitions_and_a_server() {
    let mut operator = super::Operator::prepared(&super::blueprint(&["SALES", "PLANT"]));
    operator.export();
    operator.t1();
    operator.t2();
    operator.run("SALES", "reqmain -dM -r");
    let reply = operator.at("SALES").received.clone();
    let locked = [("host", "SALES"), ("file", "XTN"), ("by", "EXTERNAL")];
    operator.fault("lock", &locked);
    let log = operator.import("-q -y");
    assert_eq!(log[1], "Fatal  [ 59] Error autocreating postoffice: PLANT");
    operator.lab.end_fault(0);
    operator.lab.postoffices[0].received = reply;
    operator.lab.postoffices[0].server = None;
    let log = operator.import("-q -y");
    assert_eq!(log[0], "Fatal  [ 54] No Server name has been set");
}
