//! What an operator can look at after each phase: events, messages, files and logs.

use super::{MINUTE, Operator, blueprint};
use crate::exchange::event_log::Type;
use crate::lab::Lab;
use crate::process::End;

#[test]
fn events_name_category_share_and_both_ends() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    operator.run("SALES", "reqmain -dM -t");
    operator.lab.advance(2 * MINUTE);
    let arrived = operator.server().log.newest();
    assert_eq!(arrived, 4);
    operator.t2();
    let described: Vec<String> = operator
        .server()
        .log
        .records()
        .iter()
        .map(|it| {
            let (from, to) = (it.field("FROM").unwrap(), it.field("TO").unwrap());
            assert_eq!(
                (it.source.as_ref(), it.kind),
                ("PCMTA-HQ", Type::Information)
            );
            format!("{} {}: {}, {from} to {to}", it.id, it.category, it.summary)
        })
        .collect();
    assert_eq!(
        described[1..],
        [
            r"4395 Moved Out: Mail sent from \\SALES\MAILDATA, NORTH/SALES/$SYSTEM to CONTOSO/HQ/$SYSTEM",
            r"4355 Received: Mail received on \\EXCH1\MAILDAT$, NORTH/SALES/$SYSTEM to CONTOSO/HQ/$SYSTEM",
            r"4355 Received: Mail received on \\EXCH1\MAILDAT$, NORTH/SALES/$SYSTEM to CONTOSO/HQ/$SYSTEM",
            r"4395 Sent: Mail sent from \\EXCH1\MAILDAT$, CONTOSO/HQ/$SYSTEM to NORTH/SALES/$SYSTEM",
            r"4355 Moved In: Mail received on \\SALES\MAILDATA, CONTOSO/HQ/$SYSTEM to NORTH/SALES/$SYSTEM",
        ]
    );
    let message = operator.server().log.records()[5].message();
    assert!(message.contains("\nMessage ID: 00000001\n"), "{message}");
}

#[test]
fn a_message_shows_who_sent_it_and_what_was_in_it() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    operator.export();
    operator.t1();
    operator.t2();
    let messages = operator.server().inbox.messages();
    let from: Vec<&str> = messages.iter().map(|it| it.from.as_str()).collect();
    let sales = "NORTH/SALES/$SYSTEM";
    assert_eq!(from, [sales, sales, sales, "Microsoft Exchange DX"]);
    assert_eq!(
        messages[3].to,
        "c=US;a= ;p=CONTOSO;o=HQ;dda:MS=NORTH/SALES/$SYSTEM;"
    );
    let body = messages[2].mail.body();
    assert!(body.contains("SRVSEQ=0000000000\n"), "{body}");
    assert!(body.ends_with("TRANSACTIONS=INATTACHMENT\n"), "{body}");
    let hangs_on = |n: usize| {
        let hangs = messages[n].mail.attachments().into_iter();
        hangs.map(|it| it.name).collect::<Vec<_>>()
    };
    assert_eq!(hangs_on(0), [""; 0], "an import request carries nothing");
    assert_eq!(hangs_on(1), ["DSSERVER.LOG"]);
    assert_eq!(hangs_on(2), ["REQUPDS.GLB"]);
    let sent = messages[2].mail.attachment_text();
    assert!(sent.starts_with("0000000001 R PCM:NORTH/SALES\n"), "{sent}");
    assert!(sent.contains("PCM:NORTH/SALES/ADAMS\n"), "{sent}");
}

#[test]
fn mail_may_leave_while_reqmain_still_runs() {
    let mut blueprint = blueprint(&["SALES"]);
    blueprint.pace.reqmain = 3 * MINUTE;
    let mut operator = Operator::prepared(&blueprint);
    let argv = ["reqmain", "-dM", "-t"].map(str::to_owned);
    let process = operator.lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
    operator.lab.advance(2 * MINUTE + MINUTE / 2);
    assert_eq!(operator.lab.process("SALES", process).unwrap().end(), None);
    assert_eq!(
        operator.subjects_after(0),
        [
            "Status report from NORTH/SALES",
            "ReqTx R=0 (was 0), S=0, I=0, 0 sent"
        ]
    );
    operator.lab.advance(MINUTE);
    assert_eq!(
        operator.lab.process("SALES", process).unwrap().end(),
        Some(End::Exited(0))
    );
}

#[test]
fn a_killed_program_leaves_what_it_has_done() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    let argv = ["reqmain", "-dM", "-t"].map(str::to_owned);
    let process = operator.lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
    operator.lab.advance(MINUTE / 20);
    operator.lab.kill("SALES", process);
    operator.lab.advance(MINUTE / 2);
    assert_eq!(
        operator.lab.process("SALES", process).unwrap().end(),
        Some(End::Killed)
    );
    let left = operator.at("SALES");
    assert_eq!(left.outgoing.len(), 1);
    let envelope = format!(r"P1\{:08X}.P1", left.outgoing[0].id);
    assert!(left.file(&envelope).is_some() && left.files().contains_key(&envelope));
    assert!(left.file(r"P1\FFFFFFFF.P1").is_none());
}

#[test]
fn files_have_their_documented_sizes_when_all_is_done() {
    let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT"]));
    assert_eq!(
        operator.at("SALES").file("GLB/REQTRANS.GLB").unwrap().size,
        0
    );
    operator.export();
    operator.cycle();
    let size = |path: &str| operator.at("SALES").file(path).map(|it| it.size);
    let table = [
        (r"GLB\REQCONF.GLB", Some(512)),
        (r"GLB\REQTRANS.GLB", Some(49)),
        (r"GLB\SRVTRANS.GLB", Some(0)),
        (r"GLB\USRTRANS.GLB", Some(0)),
        (r"GLB\NMETRANS.GLB", Some(0)),
        (r"GLB\GWTRANS.GLB", Some(0)),
        (r"GLB\SORTLOCK.GLB", None),
        (r"GLB\GALINDE$.GLB", None),
        (r"KEY\SYSTEM.KEY", Some(560)),
        (r"MBG\SYSTEM.MBG", Some(116)),
        (r"m:/nme/gal.nme", Some(45 * 12)),
        (r"N:\NME\GAL.NME", None),
        (r"LOG\NOSUCH.LOG", None),
        (r"USR\00000001.usr", Some(53 * 4)),
        (r"USR\00000000.USR", None),
        (r"USR\+0000001.USR", None),
        (r"USR\1.USR", None),
    ];
    for (path, expected) in table {
        assert_eq!(size(path), expected, "{path}");
    }
    let files = operator.at("SALES").files();
    for (path, fact) in &files {
        assert_eq!(
            operator.at("SALES").file(path).as_ref(),
            Some(fact),
            "{path}"
        );
    }
}

#[test]
fn the_log_of_t3_ends_with_the_empty_line_of_a_good_rebuild() {
    let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT"]));
    operator.export();
    operator.t1();
    operator.t2();
    let before = operator.at("SALES").logs.dirsync.len();
    operator.t3();
    let log = &operator.at("SALES").logs.dirsync[before..];
    let texts: Vec<&str> = log
        .lines()
        .map(|it| it[17..].trim_start_matches(" | "))
        .collect();
    assert_eq!(
        texts,
        [
            "Status       Microsoft (R) Mail DirSync Requestor V3.5.12",
            "Status       Requestor updates received: 15",
            "Status       Microsoft (R) Mail Import V3.2",
            "Status       Import is finished.",
            "Status       Microsoft (R) Mail Rebuild V3.2",
            "Status       Number of entries in GAL:       12",
            "Status",
        ]
    );
}

#[test]
fn while_tools_work_their_temporary_files_stand() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    operator.export();
    operator.t1();
    operator.t2();
    operator.everywhere("reqmain -dM -r");
    let password = crate::password::of("SALES");
    let argv = [
        "import",
        "-dM",
        "admin",
        &format!("-p{password}"),
        "-q",
        "-y",
    ]
    .map(str::to_owned);
    operator.lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
    operator.lab.advance(MINUTE / 20);
    assert!(operator.at("SALES").file(r"GLB\SORTLOCK.GLB").is_some());
    assert!(operator.at("SALES").file(r"GLB\USRTRANS.GLB").unwrap().size > 0);
}

#[test]
fn the_same_acts_give_the_same_site_whatever_their_order_within_a_moment() {
    let everything = |hosts: [&str; 3]| {
        let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT", "DEPOT"]));
        for host in hosts {
            let argv = ["reqmain", "-dM", "-t"].map(str::to_owned);
            operator.lab.spawn(host, &argv, r"M:\MAILEXE").unwrap();
        }
        operator.lab.advance(2 * MINUTE);
        operator.server().log.records().to_vec()
    };
    assert_eq!(
        everything(["SALES", "PLANT", "DEPOT"]),
        everything(["DEPOT", "SALES", "PLANT"])
    );
}

#[test]
fn time_never_goes_back() {
    let mut lab = Lab::build(&blueprint(&["SALES"]));
    lab.advance(MINUTE);
    let now = lab.now();
    lab.advance_to(crate::clock::START);
    assert_eq!(lab.now(), now);
    assert_eq!(lab.next_due(), Some(now.after(MINUTE)));
}
