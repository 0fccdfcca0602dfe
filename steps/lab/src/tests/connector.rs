//! The connector in trouble: what the Interchange writes, gives back, and leaves where it is.

use super::net::fault;
use super::{Operator, blueprint};
use crate::clock::START;
use crate::exchange::diagnostics::{INTERCHANGE as LOGGER, Logging};
use crate::exchange::registry::{Data, service_key};
use crate::exchange::services::{Control, INTERCHANGE, State, Win32};

fn operator() -> Operator {
    let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT"]));
    let server = &mut operator.lab.exchanges[0];
    server.set_logging(START, &LOGGER, Logging::Maximum);
    operator
}

/// The numbers of the events of one source.
fn ids(operator: &Operator, source: &str) -> Vec<u32> {
    let records = operator.server().log.records().iter();
    let of_source = records.filter(|it| &*it.source == source);
    of_source.map(|it| it.id).collect()
}

/// How many replies have come to the two postoffices.
fn replies(operator: &Operator) -> [usize; 2] {
    ["SALES", "PLANT"].map(|host| operator.at(host).system.len())
}

#[test]
fn every_message_that_passes_the_interchange_is_told_at_maximum_logging() {
    let mut operator = operator();
    operator.run("SALES", "reqmain -dM -t");
    operator.lab.advance(2 * super::MINUTE);
    operator.t2();
    let told = ids(&operator, "MSExchangeMSMI");
    assert_eq!(told, [2444, 2113, 2444, 2113, 2448]);
    let mut silent = Operator::prepared(&blueprint(&["SALES"]));
    silent.t1();
    assert!(ids(&silent, "MSExchangeMSMI").is_empty());
}

#[test]
fn what_the_connector_cannot_deliver_is_reported_with_its_reason() {
    for (name, reason, before) in [
        (
            "mailbag-full",
            "[008] Failure delivering user mail due to mailbag contention.",
            Some(2010),
        ),
        ("circular-route", "[004]", None),
        ("mailbag-missing", "[001]", Some(2371)),
    ] {
        let mut operator = operator();
        fault(&mut operator.lab, name, &[("host", "PLANT".into())]);
        operator.t1();
        operator.t2();
        assert_eq!(replies(&operator), [1, 0], "{name}");
        let ids = ids(&operator, "MSExchangeMSMI");
        let told = ids.iter().position(|it| *it == 2117).expect(name);
        if let Some(before) = before {
            assert_eq!(ids[told - 1], before, "{name}");
        }
        let records = operator.server().log.records();
        let report = records.iter().find(|it| it.id == 2117).unwrap().message();
        assert!(report.contains(reason), "{report}");
        assert!(report.contains("Subject: SrvTx R="), "{report}");
        operator.lab.end_fault(0);
        operator.t1();
        operator.t2();
        assert_eq!(replies(&operator)[1], 1, "{name} is over");
    }
}

#[test]
fn an_interchange_that_hangs_or_is_not_let_in_moves_nothing_and_still_runs() {
    for (name, told) in [("too-many-files", None), ("msmi-account", Some(2410))] {
        let mut operator = operator();
        fault(&mut operator.lab, name, &[]);
        operator.t1();
        assert_eq!(operator.server().connector.inbound.len(), 4, "{name}");
        assert_eq!(
            ids(&operator, "MSExchangeMSMI").last().copied(),
            told,
            "{name}"
        );
        assert!(operator.server().services.runs(INTERCHANGE));
        operator.lab.end_fault(0);
        assert!(
            operator.server().connector.inbound.is_empty(),
            "{name} is over"
        );
    }
}

#[test]
fn a_held_inqueue3_keeps_the_interchange_from_starting() {
    let mut operator = operator();
    fault(&mut operator.lab, "inqueue-locked", &[]);
    let service = operator.server().services.get(INTERCHANGE).unwrap();
    assert_eq!(service.state, State::Stopped);
    assert_eq!(ids(&operator, "Service Control Manager"), [2302]);
    let again = operator.lab.control(0, INTERCHANGE, Control::Start);
    assert_eq!(again, Err(Win32::SPECIFIC));
    operator.t1();
    assert_eq!(operator.server().connector.inbound.len(), 4);
    operator.lab.end_fault(0);
    assert!(operator.server().connector.inbound.is_empty());
}

#[test]
fn a_source_that_is_not_registered_leaves_only_strings() {
    let mut operator = operator();
    operator.t1();
    let record = operator.server().log.records().first().unwrap().clone();
    assert!(operator.server().unregistered_sources().is_empty());
    fault(&mut operator.lab, "source-unregistered", &[]);
    assert_eq!(
        operator.server().unregistered_sources(),
        ["PCMTA-HQ".into()]
    );
    let text = record.unregistered();
    let start = "The description for Event ID ( 4395 ) in Source ( PCMTA-HQ ) could not be found. \
                 It contains the following insertion string(s): ";
    assert!(text.starts_with(start), "{text}");
    assert!(text.contains("NORTH/SALES/$SYSTEM"), "{text}");
}

#[test]
fn mail_for_a_postoffice_out_of_reach_waits_for_ever_unless_retry_limits_are_enforced() {
    for (enforced, reports) in [(false, 0), (true, 1)] {
        let mut operator = operator();
        operator.t1();
        if enforced {
            let key = service_key("PCMTA-HQ");
            let registry = &mut operator.lab.exchanges[0].registry;
            registry
                .set(START, (&key, "EnforceRetryLimits"), Data::Dword(1))
                .unwrap();
            restart(&mut operator, "PCMTA-HQ");
        }
        operator.lab.postoffices[1].reachable = false;
        let before = operator.server().inbox.newest();
        operator.t2();
        operator.lab.advance(10 * super::MINUTE);
        let subjects = operator.subjects_after(before);
        let returned = subjects
            .iter()
            .filter(|it| it.starts_with("Undeliverable: SrvTx"));
        assert_eq!(returned.count(), reports);
        let waiting = operator
            .server()
            .connector
            .outbound
            .get(&1)
            .map_or(0, Vec::len);
        assert_eq!(waiting, 1 - reports);
    }
}

fn restart(operator: &mut Operator, service: &str) {
    operator.lab.control(0, service, Control::Stop).unwrap();
    operator.lab.advance(super::MINUTE);
    operator.lab.control(0, service, Control::Start).unwrap();
    operator.lab.advance(super::MINUTE);
}

#[test]
fn a_held_p1_is_told_of_and_tried_again() {
    let mut operator = operator();
    operator.t1();
    let given = [
        ("host", "PLANT".into()),
        ("file", "P1".into()),
        ("by", "SCANNER".into()),
    ];
    fault(&mut operator.lab, "lock", &given);
    operator.t2();
    assert!(ids(&operator, "PCMTA-HQ").contains(&4254));
    assert_eq!(replies(&operator), [1, 0]);
    operator.lab.end_fault(0);
    operator.lab.advance(2 * super::MINUTE);
    assert_eq!(replies(&operator), [1, 1]);
}

#[test]
fn events_say_that_mail_arrived_where_p1_is_missing_and_nothing_did() {
    let mut operator = operator();
    operator.t1();
    fault(
        &mut operator.lab,
        "delete",
        &[("host", "PLANT".into()), ("file", "P1".into())],
    );
    let before = operator.server().log.newest();
    operator.t2();
    let events = operator.server().log.after(before).iter();
    let of_plant = events.filter(|it| it.message().contains("PLANT") && it.id != 2448);
    let told: Vec<_> = of_plant.map(|it| (it.id, it.category)).collect();
    assert_eq!(
        told,
        [(4395, "Sent"), (4355, "Moved In"), (4536, "Session")]
    );
    assert_eq!(replies(&operator), [1, 0]);
    operator.lab.end_fault(0);
    operator.lab.advance(2 * super::MINUTE);
    assert_eq!(
        replies(&operator),
        [1, 0],
        "the instance has to be restarted"
    );
    restart(&mut operator, "PCMTA-HQ");
    assert_eq!(replies(&operator), [1, 1]);
}

#[test]
fn a_connector_without_p1_loses_what_it_says_it_received() {
    let mut operator = operator();
    fault(&mut operator.lab, "connector-p1-missing", &[]);
    operator.t1();
    let told = ids(&operator, "PCMTA-HQ");
    assert_eq!(told.iter().filter(|it| **it == 4355).count(), 4);
    assert_eq!(told.iter().filter(|it| **it == 4536).count(), 4);
    assert!(operator.server().dx.heard.is_empty());
    operator.lab.end_fault(0);
    restart(&mut operator, "PCMTA-HQ");
    assert_eq!(operator.server().dx.heard.len(), 4);
}

#[test]
fn two_postoffices_of_one_serial_number_keep_the_instance_from_starting() {
    let mut operator = operator();
    fault(
        &mut operator.lab,
        "duplicate-serial",
        &[("host", "PLANT".into())],
    );
    let again = operator.lab.control(0, "PCMTA-HQ", Control::Start);
    assert_eq!(again, Err(Win32::SPECIFIC));
    assert_eq!(ids(&operator, "PCMTA-HQ"), [4188, 4188]);
    operator.lab.end_fault(0);
    assert!(operator.server().services.runs("PCMTA-HQ"));
}

#[test]
fn each_instance_serves_its_own_postoffices_and_writes_under_its_own_name() {
    let mut site = blueprint(&["SALES", "PLANT"]);
    let plant = std::collections::BTreeSet::from(["Plant".to_owned()]);
    site.exchanges[0]
        .more_mtas
        .insert("PCMTA-2".to_owned(), plant);
    let mut operator = Operator::prepared(&site);
    operator.t1();
    assert_eq!(ids(&operator, "PCMTA-HQ").len(), 4);
    assert_eq!(ids(&operator, "PCMTA-2").len(), 4);
    fault(
        &mut operator.lab,
        "service-stopped",
        &[("service", "PCMTA-2".into())],
    );
    operator.t2();
    assert_eq!(replies(&operator), [1, 0]);
}

#[test]
fn the_connector_has_the_files_of_a_postoffice_but_no_schedule() {
    let mut operator = operator();
    operator.t1();
    operator.t2();
    let size = |path: &str| operator.server().file(path).map(|it| it.size);
    assert_eq!(size(r"Connect\Msmcon\Maildata\KEY\INQUEUE3.KEY"), Some(560));
    assert_eq!(size(r"\\EXCH1\MAILDAT$\MBG\00000004.MBG"), Some(0));
    assert_eq!(size(r"\\EXCH1\MAILDAT$\GLB\PROCESS.GLB"), None);
    let log = operator
        .server()
        .file(r"C:\Exchsrvr\Connect\Msmcon\Maildata\LOG\SENT.LOG");
    let log = log.and_then(|it| it.text).unwrap();
    assert_eq!(log.lines().count(), 2);
    assert!(
        log.contains(" CONTOSO/HQ/$SYSTEM NORTH/SALES/$SYSTEM * 0000000"),
        "{log}"
    );
    let names = operator
        .server()
        .folder(r"Connect\Msmcon\Maildata\LOG")
        .unwrap();
    let names: Vec<_> = names.into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["SENT.LOG", "RECV.LOG"]);
}

#[test]
fn mail_between_users_moves_in_somewhere_and_never_enters_exchange() {
    let mut operator = operator();
    let given = [("host", "SALES".into()), ("to", "PLANT".into())];
    fault(&mut operator.lab, "hub-traffic", &given);
    operator.lab.advance(2 * super::MINUTE);
    let moved = operator.server().log.records().iter();
    let moved: Vec<_> = moved
        .map(|it| (it.id, it.category, it.field("TO").unwrap()))
        .collect();
    let to = "NORTH/PLANT/USER45";
    assert_eq!(moved, [(4395, "Moved Out", to), (4355, "Moved In", to)]);
    assert_eq!(replies(&operator), [0, 0]);
    assert!(operator.server().dx.heard.is_empty());
}
