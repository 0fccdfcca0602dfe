//! What ADMIN's menus do, and what they ask and tell.

use super::super::{Operator, blueprint, outgoing};
use super::two;
use runsheet_formats::admin;

/// What REQTRANS.GLB holds above the acknowledged number.
fn queued(operator: &Operator) -> Vec<String> {
    let sales = operator.at("SALES");
    let pending = sales.queue.pending(sales.numbers.req_sync);
    pending
        .iter()
        .map(|it| it.transaction.to_string())
        .collect()
}

#[test]
fn users_are_queued_as_their_part_in_dirsync_says() {
    let mut operator = two();
    for line in [
        "admin create user ZOE Zorn, Zoe -dM",
        "admin create HIDDEN Hidden, Hal exclude -dM",
        "admin modify ZOE Zorn-Zander, Zoe -dM",
        "admin exclude ADAMS -dM",
        "admin exclude ADAMS -dM",
        "admin include HIDDEN -dM",
        "admin delete user BAKER -dM",
    ] {
        assert_eq!(operator.run("SALES", line), (String::new(), 0), "{line}");
    }
    assert_eq!(
        queued(&operator),
        [
            "A Zorn, Zoe                      PCM:NORTH/SALES/ZOE",
            "M Zorn, Zoe                      PCM:NORTH/SALES/ZOE\n  Zorn-Zander, Zoe               PCM:NORTH/SALES/ZOE",
            "D Adams, Anna (SALES)            PCM:NORTH/SALES/ADAMS",
            "A Hidden, Hal                    PCM:NORTH/SALES/HIDDEN",
            "D Baker, Bert (SALES)            PCM:NORTH/SALES/BAKER",
        ]
    );
    operator.cycle();
    let knows = |address| operator.knows("PLANT", address);
    assert_eq!(knows("NORTH/SALES/ZOE"), Some("Zorn-Zander, Zoe"));
    assert_eq!(knows("NORTH/SALES/ADAMS"), None);
    assert_eq!(knows("NORTH/SALES/HIDDEN"), Some("Hidden, Hal"));
    let mine = operator.at("SALES");
    assert!(mine.gal.own.contains_key("ADAMS"), "still in its own list");
    for wrong in [
        "admin modify NOBODY New, Name -dM",
        "admin create FARTOOLONGAMAILBOX X -dM",
    ] {
        assert_eq!(operator.run("SALES", wrong).1, 1, "{wrong}");
    }
}

#[test]
fn a_user_deleted_at_home_comes_back_by_no_reply_but_its_own_export() {
    let mut operator = two();
    operator.run("SALES", "admin delete ADAMS -dM");
    operator.run("SALES", "admin import -dM");
    operator.cycle();
    assert_eq!(operator.knows("SALES", "NORTH/SALES/ADAMS"), None);
    // What was put into its list of others by hand is replaced by whole lists (Q105125).
    let file = "A Guest, Gus                     PCM:NORTH/PLANT/GUEST\n";
    let texts = &mut operator.lab.postoffices[0].texts;
    texts.insert("GUEST.TXT".to_owned(), file.to_owned());
    operator.import(r"-fM:\GUEST.TXT -y");
    assert!(operator.knows("SALES", "NORTH/PLANT/GUEST").is_some());
    operator.run("SALES", "admin import -dM");
    operator.cycle();
    assert_eq!(operator.knows("SALES", "NORTH/PLANT/GUEST"), None);
}

#[test]
fn a_second_request_is_asked_about_and_may_be_declined() {
    let mut operator = two();
    let argv = ["admin", "import", "-dM"].map(str::to_owned);
    let mut asked = Vec::new();
    for (answer, sent) in [("n", 0), ("y", 1)] {
        let mut keyboard = |question: &str| {
            asked.push(question.to_owned());
            Some(answer.to_owned())
        };
        let left = operator
            .lab
            .perform("SALES", &argv, r"M:\MAILEXE", &mut keyboard);
        assert_eq!(left.unwrap().exit, 0);
        assert_eq!(operator.at("SALES").outgoing.len(), sent);
    }
    for question in asked {
        assert!(question.starts_with("Last Import request processed on 01/29/98 at "));
        assert!(admin::prompt(&question).is_ok(), "{question}");
    }
}

#[test]
fn what_an_import_request_needs_is_told_by_notice_40() {
    for path in ["P1", r"MAI\MA7", r"GLB\CONTROL.GLB", r"MBG\INQUEUE.MBG"] {
        let mut operator = Operator::prepared(&blueprint(&["SALES"]));
        operator.fault("delete", &[("host", "SALES"), ("file", path)]);
        let (screen, exit) = operator.run("SALES", "admin import -dM");
        assert!(admin::notice(&screen).is_ok(), "{screen}");
        assert!(
            screen.starts_with("Notice 40\n") && exit == 1,
            "{path}: {screen}"
        );
        assert!(outgoing(operator.at("SALES")).is_empty());
    }
}

#[test]
fn a_configuration_that_is_gone_or_cut_off_is_told_by_notice_159() {
    for fault in ["delete", "truncate"] {
        for line in ["export", "import", "options rebuild no", "registration N/P"] {
            let mut operator = Operator::prepared(&blueprint(&["SALES"]));
            let given = [("host", "SALES"), ("file", r"GLB\REQCONF.GLB")];
            operator.fault(fault, &given);
            let (screen, exit) = operator.run("SALES", &format!("admin {line} -dM"));
            assert!(
                screen.starts_with("Notice 159\n") && exit == 1,
                "{line}: {screen}"
            );
        }
    }
}

#[test]
fn an_export_without_the_queue_leaves_only_its_date() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    operator.fault(
        "delete",
        &[("host", "SALES"), ("file", r"GLB\REQTRANS.GLB")],
    );
    assert_eq!(
        operator.run("SALES", "admin export -dM"),
        (String::new(), 0)
    );
    let sales = operator.at("SALES");
    assert_eq!(sales.queue.last(), None);
    assert!(sales.requestor.last_export.is_some());
}

#[test]
fn options_types_registration_and_times_are_kept() {
    let mut operator = Operator::prepared(&blueprint(&["SALES"]));
    for line in [
        "options limit 50",
        "options rebuild no",
        "options create-po no",
        "options templates receive yes",
        "types PCM snads",
        "registration NORTH/HUB SECRET",
        "schedule T1 Mon 13:45 Tue 13:45",
    ] {
        let line = format!("admin {line} -dM");
        assert_eq!(operator.run("SALES", &line), (String::new(), 0), "{line}");
    }
    let sales = operator.at("SALES");
    let options = &sales.requestor;
    assert_eq!((options.limit, options.rebuild), (Some(50), false));
    assert!(options.templates_receive && !options.templates_send);
    assert!(!options.create_postoffices);
    assert_eq!(options.types_in_a_row(), "PCM|SNADS");
    let server = sales.server.as_ref().map(ToString::to_string);
    assert_eq!(server.as_deref(), Some("NORTH/HUB/$SYSTEM"));
    assert_eq!(&*options.password, "SECRET");
    assert_eq!(sales.schedule.times.len(), 2);
    for wrong in ["types NOSUCH", "options limit few", "options receive maybe"] {
        assert_eq!(operator.run("SALES", &format!("admin {wrong} -dM")).1, 1);
    }
}

#[test]
fn admin_held_open_keeps_import_out_until_it_is_closed() {
    let mut operator = two();
    operator.bring_an_update();
    operator.run("SALES", "admin open -dM");
    assert!(operator.import("-q -y")[0].ends_with("locked by another process: ADMIN"));
    operator.run("SALES", "admin close -dM");
    assert_eq!(operator.import("-q -y"), [super::FINISHED]);
}
