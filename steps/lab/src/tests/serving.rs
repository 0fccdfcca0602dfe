//! Exchange as the dir-sync server in trouble: what it writes, what it drops, and what cures it.

use super::net::fault;
use super::{MINUTE, Operator, blueprint};
use crate::clock::START;
use crate::exchange::Profile;
use crate::exchange::diagnostics::{DX as LOGGER, Logging};
use crate::exchange::registry::{Data, service_key};
use crate::exchange::services::{Control, DX, State};

fn operator() -> Operator {
    let mut site = blueprint(&["SALES", "PLANT"]);
    site.exchanges[0].profile = Profile::Exchange55;
    let mut operator = Operator::prepared(&site);
    operator.export();
    operator.cycle();
    operator
}

/// The numbers of the service's own events from here on.
fn ids(operator: &Operator) -> Vec<u32> {
    let records = operator.server().log.records().iter();
    records
        .filter(|it| &*it.source == "MSExchangeDX")
        .map(|it| it.id)
        .collect()
}

/// How many replies T2 has made.
fn replies(operator: &mut Operator) -> usize {
    operator.t1();
    let before = operator.server().dx.mails;
    operator.t2();
    usize::try_from(operator.server().dx.mails - before).unwrap()
}

fn set(operator: &mut Operator, name: &str, data: Data) {
    let key = service_key(DX);
    operator.lab.exchanges[0]
        .registry
        .set(START, (&key, name), data)
        .unwrap();
}

fn restart(operator: &mut Operator) {
    operator.lab.control(0, DX, Control::Stop).unwrap();
    operator.lab.advance(MINUTE);
    operator.lab.control(0, DX, Control::Start).unwrap();
    operator.lab.advance(MINUTE);
}

#[test]
fn mail_from_an_unknown_or_a_double_address_gets_no_reply() {
    for (name, told) in [("unknown-requestor", 136), ("duplicate-system", 139)] {
        let mut operator = operator();
        fault(&mut operator.lab, name, &[("host", "SALES".into())]);
        operator.lab.exchanges[0].set_logging(START, &LOGGER, Logging::Maximum);
        assert_eq!(replies(&mut operator), 1, "{name}");
        assert!(ids(&operator).contains(&told), "{name}");
        operator.lab.end_fault(0);
        assert_eq!(replies(&mut operator), 2, "{name} is over");
    }
    let mut operator = operator();
    fault(
        &mut operator.lab,
        "duplicate-system",
        &[("host", "SALES".into())],
    );
    replies(&mut operator);
    assert!(
        ids(&operator).is_empty(),
        "139 is seen at Maximum logging only"
    );
}

#[test]
fn copies_may_fail_though_the_cycle_works() {
    for (name, given, copies) in [
        ("wrong-requestor-address", Some("SALES"), 3),
        ("no-administrator", None, 0),
    ] {
        let mut operator = operator();
        let given: Vec<_> = given.map(|it| ("host", it.into())).into_iter().collect();
        fault(&mut operator.lab, name, &given);
        let before = operator.server().inbox.newest();
        assert_eq!(replies(&mut operator), 2, "{name}");
        assert_eq!(operator.server().inbox.newest() - before, copies, "{name}");
    }
}

#[test]
fn a_cycle_that_comes_to_nothing_says_why_and_is_made_up_for() {
    for (name, told) in [
        ("session-busy", vec![134]),
        ("dxadata-missing", vec![268]),
        ("directory-limit", vec![133, 143, 168, 143, 168]),
    ] {
        let mut operator = operator();
        fault(&mut operator.lab, name, &[]);
        assert_eq!(replies(&mut operator), 0, "{name}");
        assert_eq!(ids(&operator), told, "{name}");
        operator.lab.end_fault(0);
        assert_eq!(replies(&mut operator), 2, "{name} is over");
    }
}

#[test]
fn mail_stays_with_the_transfer_agent_while_the_service_has_no_address() {
    let mut operator = operator();
    fault(&mut operator.lab, "no-x400-address", &[]);
    assert_eq!(replies(&mut operator), 0);
    let records = operator.server().log.records();
    assert!(
        records
            .iter()
            .any(|it| it.id == 178 && &*it.source == "MSExchangeMTA")
    );
    operator.lab.end_fault(0);
    assert_eq!(operator.server().dx.heard.len(), 4);
}

#[test]
fn a_damaged_queue_is_told_of_at_the_start_and_mended_by_mtacheck() {
    let mut operator = operator();
    fault(&mut operator.lab, "corrupt-queue", &[]);
    assert_eq!(replies(&mut operator), 0);
    assert!(ids(&operator).is_empty());
    restart(&mut operator);
    assert_eq!(ids(&operator), [220, 221, 220, 221]);
    assert_eq!(replies(&mut operator), 0);
    let mtacheck = |operator: &mut Operator| {
        let argv = ["mtacheck", "/V", "/RD", "/F", r"c:\check.log"];
        operator.lab.run("EXCH1", &argv, r"C:\").unwrap().end()
    };
    assert_eq!(
        mtacheck(&mut operator),
        Some(crate::process::End::Exited(1)),
        "it runs"
    );
    operator.lab.halt(0, "MSExchangeMTA");
    assert_eq!(
        mtacheck(&mut operator),
        Some(crate::process::End::Exited(0))
    );
    let log = operator.server().file("CHECK.LOG").and_then(|it| it.text);
    let log = log.unwrap_or_default();
    assert!(log.contains("DB00002A.DAT: damaged"), "{log}");
    assert!(log.ends_with("mended.\n"), "{log}");
    operator.lab.control(0, DX, Control::Start).unwrap();
    operator
        .lab
        .control(0, "MSExchangeMSMI", Control::Start)
        .unwrap();
    operator.lab.advance(MINUTE);
    let imports = operator.at("SALES").numbers.imp_sync;
    assert_eq!(replies(&mut operator), 2);
    operator.t3();
    assert_eq!(
        operator.at("SALES").numbers.imp_sync,
        imports + 1,
        "an Import Reply"
    );
}

#[test]
fn a_stray_recipient_empties_a_list_until_its_origin_must_be_known() {
    let mut operator = operator();
    let adams = "NORTH/SALES/ADAMS";
    assert!(operator.knows("PLANT", adams).is_some());
    fault(
        &mut operator.lab,
        "stray-replace",
        &[("host", "SALES".into())],
    );
    operator.cycle();
    assert_eq!(operator.knows("PLANT", adams), None);
    assert!(operator.knows("PLANT", "NORTH/SALES/STRAY").is_some());
    operator.run("SALES", "admin export -dM");
    operator.cycle();
    assert!(
        operator.knows("PLANT", adams).is_some(),
        "an export from there cures"
    );

    let mut safe = self::operator();
    set(&mut safe, "RequireValidImpFrom", Data::Dword(1));
    restart(&mut safe);
    fault(&mut safe.lab, "stray-replace", &[("host", "SALES".into())]);
    safe.cycle();
    assert!(safe.knows("PLANT", adams).is_some());
}

#[test]
fn a_hidden_user_stays_known_until_all_is_exported() {
    let mut operator = operator();
    let adams = "CONTOSO/HQ/ADAMS";
    fault(&mut operator.lab, "hidden-user", &[]);
    operator.cycle();
    assert!(operator.knows("SALES", adams).is_some());
    let name = operator.at("SALES").name.clone();
    operator.lab.exchanges[0].settings.export_next.insert(name);
    operator.cycle();
    assert_eq!(operator.knows("SALES", adams), None);
    assert!(
        operator.knows("PLANT", adams).is_some(),
        "which was sent no export"
    );
}

#[test]
fn deletions_of_names_that_another_requestor_brought_are_ignored_unless_it_is_named() {
    for (named, known) in [(false, true), (true, false)] {
        let mut operator = operator();
        operator.lab.exchanges[0].set_logging(START, &LOGGER, Logging::Minimum);
        let given = [("host", "SALES".into()), ("by", "PLANT".into())];
        fault(&mut operator.lab, "imported-from-another", &given);
        if named {
            let names = Data::Sz("NORTH/PLANT".to_owned());
            set(&mut operator, "Requestors Used To Import From", names);
            restart(&mut operator);
        }
        operator.run("SALES", "admin delete ADAMS -dM");
        operator.cycle();
        let there = operator.knows("PLANT", "NORTH/SALES/ADAMS").is_some();
        assert_eq!(there, known);
        assert_eq!(ids(&operator).contains(&282), named);
        assert_eq!(
            operator.at("SALES").numbers.req_sync,
            6,
            "it is acknowledged all the same"
        );
    }
}

#[test]
fn a_display_name_that_is_taken_gets_001_behind_it_unless_told_otherwise() {
    for (unique, expected) in [(true, "Adams, Anna (HQ)001"), (false, "Adams, Anna (HQ)")] {
        let mut operator = operator();
        if !unique {
            set(&mut operator, "Unique Display Names", Data::Dword(0));
            restart(&mut operator);
        }
        fault(&mut operator.lab, "twin-names", &[("host", "SALES".into())]);
        operator.cycle();
        assert_eq!(operator.knows("PLANT", "NORTH/SALES/TWIN"), Some(expected));
    }
}

#[test]
fn a_service_that_crashed_is_stopped() {
    let mut lab = super::requesting::lab();
    fault(&mut lab, "bad-template", &[]);
    super::requesting::cycle(&mut lab);
    let state = lab.exchanges[0].services.get(DX).map(|it| it.state);
    assert_eq!(state, Some(State::Stopped));
    assert!(lab.exchanges[0].log.records().iter().any(|it| it.id == 181));
}

#[test]
fn a_malformed_address_stops_4_0_and_is_dropped_by_later_versions() {
    for profile in [Profile::Exchange40, Profile::Exchange55] {
        let mut operator = operator();
        operator.lab.exchanges[0].profile = profile;
        fault(
            &mut operator.lab,
            "malformed-x400",
            &[("host", "SALES".into())],
        );
        let stops = profile == Profile::Exchange40;
        assert_eq!(
            replies(&mut operator),
            if stops { 0 } else { 2 },
            "{profile:?}"
        );
        assert_eq!(ids(&operator), if stops { vec![] } else { vec![247] });
        assert_eq!(operator.server().services.runs(DX), !stops);
        if stops {
            operator.lab.end_fault(0);
            operator.lab.control(0, DX, Control::Start).unwrap();
            operator.lab.advance(MINUTE);
            operator.lab.exchanges[0].dx.pause_kicks = true;
            assert_eq!(replies(&mut operator), 2, "the data was cleaned");
        }
    }
}

#[test]
fn a_resynchronization_is_made_at_the_start_for_whom_the_registry_names() {
    let mut operator = operator();
    let lists = operator.at("SALES").lists.clone();
    operator.lab.postoffices[0].lists = Default::default();
    operator.lab.postoffices[0].numbers = Default::default();
    set(
        &mut operator,
        "ResyncConnectionRDNs",
        Data::Sz("SALES".to_owned()),
    );
    assert!(operator.server().file(r"Dxadata\Resync.glb").is_none());
    restart(&mut operator);
    let key = service_key(DX);
    let value = operator
        .server()
        .registry
        .value(&key, "ResyncConnectionRDNs");
    assert_eq!(value, None, "the service has deleted it");
    let copy = [
        "cmd",
        "/c",
        "copy",
        r"C:\Exchsrvr\Dxadata\Resync.glb",
        r"\\SALES\MAILDATA\GLB\RESYNC.GLB",
    ];
    let copied = operator.lab.run("EXCH1", &copy, r"C:\").unwrap();
    assert_eq!(
        copied.end(),
        Some(crate::process::End::Exited(0)),
        "{}",
        copied.console()
    );
    let line = format!("import -dM admin -p{} -q -y", crate::password::of("SALES"));
    operator.run("SALES", &line);
    let sales = operator.at("SALES");
    assert_eq!(sales.lists.entries(), lists.entries());
    assert_eq!(sales.numbers.req_sync, 5);
    assert_eq!(replies(&mut operator), 2);
}

#[test]
fn a_resynchronization_of_listed_requestors_may_be_too_low_unless_all_are_looked_at() {
    for (global, req) in [(0, 5), (1, 6)] {
        let mut operator = operator();
        operator.run("PLANT", "admin create NEW Somebody New -dM");
        operator.cycle();
        set(&mut operator, "GlobalMaxSeqInResync", Data::Dword(global));
        set(
            &mut operator,
            "ResyncConnectionRDNs",
            Data::Sz("NORTH/SALES".to_owned()),
        );
        restart(&mut operator);
        let resync = operator.server().dx.resync.as_ref().unwrap();
        assert_eq!(resync.req, req);
    }
}

#[test]
fn a_restored_database_starves_everybody_until_lists_are_exchanged_anew() {
    let mut operator = operator();
    operator.run("SALES", "admin create NEW Somebody New -dM");
    operator.cycle();
    let before = operator.at("SALES").numbers;
    fault(&mut operator.lab, "backup-restored", &[]);
    operator.run("SALES", "admin create LATER Somebody Later -dM");
    operator.cycle();
    assert_eq!(
        operator.at("PLANT").numbers.srv_sync,
        before.srv_sync,
        "starved"
    );
    for _ in 0..3 {
        operator.export();
        operator.cycle();
    }
    assert!(operator.knows("PLANT", "NORTH/SALES/LATER").is_some());
}
