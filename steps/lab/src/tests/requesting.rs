//! Exchange as a requestor of a postoffice: T1 by a pause, replies applied at once.

use super::net::fault;
use super::{MINUTE, blueprint};
use crate::blueprint::{Blueprint, Reached};
use crate::clock::START;
use crate::exchange::Profile;
use crate::exchange::diagnostics::{Logging, PC_MTA};
use crate::exchange::dx::requesting::Requesting;
use crate::exchange::dx::sequence::Sequence;
use crate::exchange::services::{Control, DX, Win32};
use crate::lab::Lab;
use crate::postoffice::Numbers;
use runsheet_formats::address::Address;

/// HUB is the dir-sync server, SALES and Exchange are requestors.
fn site() -> Blueprint {
    let mut blueprint = blueprint(&["HUB", "SALES"]);
    blueprint.postoffices[0].server = true;
    blueprint
}

pub(super) fn lab() -> Lab {
    let mut lab = Lab::build(&site());
    let server = &mut lab.exchanges[0];
    server.dx.pause_kicks = true;
    server.set_logging(START, &PC_MTA, Logging::Maximum);
    lab
}

fn own(lab: &Lab) -> &Requesting {
    lab.exchanges[0].dx.requesting.as_deref().unwrap()
}

fn own_mut(lab: &mut Lab) -> &mut Requesting {
    lab.exchanges[0].dx.requesting.as_deref_mut().unwrap()
}

fn run(lab: &mut Lab, host: &str, line: &str) {
    let argv: Vec<&str> = line.split(' ').collect();
    lab.run(host, &argv, r"M:\MAILEXE").unwrap();
}

fn t1(lab: &mut Lab) {
    for host in ["HUB", "SALES"] {
        run(lab, host, "reqmain -dM -t");
    }
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32::INTERNAL));
    lab.advance(3 * MINUTE);
}

fn t2(lab: &mut Lab) {
    run(lab, "HUB", "srvmain -dM -r");
    run(lab, "HUB", "srvmain -dM -t");
    lab.advance(3 * MINUTE);
}

/// A cycle with something to tell of.
pub(super) fn cycle(lab: &mut Lab) {
    run(lab, "SALES", "admin export -dM");
    t1(lab);
    t2(lab);
}

fn restart(lab: &mut Lab) {
    lab.control(0, DX, Control::Stop).unwrap();
    lab.advance(MINUTE);
    lab.control(0, DX, Control::Start).unwrap();
    lab.advance(MINUTE);
}

#[test]
fn it_goes_on_from_the_numbers_it_has_reached() {
    let mut site = site();
    for (host, req) in [("HUB", 3), ("SALES", 4), ("EXCH1", 5)] {
        site.numbers
            .insert(host.to_owned(), Reached { req, srv: 40 });
    }
    let mut lab = Lab::build(&site);
    lab.exchanges[0].dx.pause_kicks = true;
    t1(&mut lab);
    t2(&mut lab);
    let reached = Numbers {
        req_sync: 5,
        srv_sync: 40,
        imp_sync: 1,
    };
    assert_eq!(
        own(&lab).numbers,
        reached,
        "nothing was new, and nobody was imported"
    );
    assert_eq!(
        own(&lab).lists.entries(),
        lab.postoffices[0].lists.entries()
    );
    let (server, zoe) = (&mut lab.exchanges[0], "ZOE".into());
    server.recipients.insert(zoe, "Zorn, Zoe".into());
    t1(&mut lab);
    t2(&mut lab);
    assert_eq!(
        own(&lab).numbers.req_sync,
        6,
        "one change, and no whole list"
    );
}

#[test]
fn it_sends_all_its_users_the_first_time_and_only_changes_afterwards() {
    let mut lab = lab();
    t1(&mut lab);
    t2(&mut lab);
    let numbers = own(&lab).numbers;
    assert_eq!(
        (numbers.req_sync, numbers.imp_sync),
        (5, 1),
        "an R and four A"
    );
    let anna = Address::parse("CONTOSO/HQ/ADAMS").unwrap();
    let hub = lab.postoffice("HUB").unwrap();
    let known = &hub.serving.as_ref().unwrap().server.master;
    assert!(known.sync() >= 5, "the server has taken them in");
    let recipients = &mut lab.exchanges[0].recipients;
    recipients.remove(&anna.mailbox);
    t1(&mut lab);
    t2(&mut lab);
    assert_eq!(own(&lab).numbers.req_sync, 6, "a single D");
    assert!(own(&lab).numbers.srv_sync > numbers.srv_sync);
}

#[test]
fn its_mail_goes_out_under_system1_and_moves_in_at_the_server() {
    let mut lab = lab();
    t1(&mut lab);
    let records = lab.exchanges[0].log.records().iter();
    let own = records.filter(|it| it.field("FROM") == Some("CONTOSO/HQ/SYSTEM1"));
    let moved: Vec<_> = own
        .map(|it| (it.id, it.category, it.share.as_str()))
        .collect();
    assert_eq!(
        moved,
        [
            (4395, "Sent", r"\\EXCH1\MAILDAT$"),
            (4355, "Moved In", r"\\HUB\MAILDATA")
        ]
    );
    assert!(
        lab.postoffices[0]
            .system
            .iter()
            .any(|it| it.subject().starts_with("ReqTx R=5"))
    );
}

#[test]
fn a_reply_is_applied_the_moment_it_comes() {
    let mut lab = lab();
    for host in ["HUB", "SALES"] {
        run(&mut lab, host, "admin export -dM");
    }
    t1(&mut lab);
    assert_eq!(own(&lab).lists.entries(), 0);
    t2(&mut lab);
    let anna = Address::parse("NORTH/SALES/ADAMS").unwrap();
    assert_eq!(own(&lab).lists.name(&anna), Some("Adams, Anna (SALES)"));
}

#[test]
fn copies_come_only_once_the_raw_attribute_names_a_mailbox_and_the_service_was_restarted() {
    let mut lab = lab();
    own_mut(&mut lab).local_admin = "/o=Contoso/ou=HQ/cn=Recipients/cn=dxadmin".to_owned();
    t1(&mut lab);
    assert!(lab.exchanges[0].inbox.messages().is_empty());
    restart(&mut lab);
    lab.exchanges[0].dx.pause_kicks = true;
    t1(&mut lab);
    t2(&mut lab);
    let subjects: Vec<_> = lab.exchanges[0]
        .inbox
        .messages()
        .iter()
        .map(|it| it.subject.as_str())
        .collect();
    assert_eq!(subjects.len(), 2, "{subjects:?}");
    assert!(subjects[0].starts_with("ReqTx") && subjects[1].starts_with("SrvTx"));
}

#[test]
fn updates_that_are_not_wanted_leave_4_0_behind_for_ever() {
    for (profile, advances) in [(Profile::Exchange40, false), (Profile::Exchange55, true)] {
        let mut blueprint = site();
        blueprint.exchanges[0].profile = profile;
        let mut lab = Lab::build(&blueprint);
        lab.exchanges[0].dx.pause_kicks = true;
        fault(&mut lab, "receive-updates-off", &[]);
        t1(&mut lab);
        t2(&mut lab);
        assert_eq!(own(&lab).numbers.req_sync > 0, advances, "{profile:?}");
        assert_eq!(own(&lab).lists.entries(), 0);
    }
}

#[test]
fn a_program_whose_schema_lacks_an_attribute_sends_nothing() {
    let mut lab = lab();
    fault(&mut lab, "dx-sends-nothing", &[]);
    t1(&mut lab);
    let from_exchange = |lab: &Lab| {
        let mut mail = lab.postoffices[0].system.iter();
        mail.any(|it| it.from.to_string() == "CONTOSO/HQ/SYSTEM1")
    };
    assert!(!from_exchange(&lab));
    lab.end_fault(0);
    t1(&mut lab);
    assert!(from_exchange(&lab));
}

#[test]
fn numbers_changed_in_raw_mode_count_after_a_restart() {
    let mut lab = lab();
    t1(&mut lab);
    t2(&mut lab);
    let hub = own(&lab).server.postoffice.clone();
    let all = [
        Sequence::Request,
        Sequence::Server,
        Sequence::Confirmed,
        Sequence::Import,
    ];
    for which in all {
        lab.exchanges[0].dx.change_sequence(&hub, which, 0);
        assert_eq!(lab.exchanges[0].dx.sequence(&hub, which), Some(0));
    }
    assert_ne!(own(&lab).numbers, Numbers::default());
    restart(&mut lab);
    assert_eq!(own(&lab).numbers, Numbers::default());
}

#[test]
fn a_cycle_runs_by_itself_at_the_start_of_a_selected_hour_only() {
    let mut lab = lab();
    let hours = crate::exchange::dx::schedule::Hours::parse("9").unwrap();
    lab.exchanges[0].dx.hours = hours;
    lab.look_at_hours(0);
    lab.advance(59 * MINUTE);
    assert_eq!(lab.exchanges[0].dx.mails, 0, "it is 8:59");
    lab.advance(2 * MINUTE);
    assert_eq!(lab.exchanges[0].dx.mails, 1);
    lab.advance(22 * 60 * MINUTE);
    assert_eq!(lab.exchanges[0].dx.mails, 1);
    lab.advance(2 * 60 * MINUTE);
    assert_eq!(lab.exchanges[0].dx.mails, 2, "tomorrow again");
}

#[test]
fn a_resync_glb_in_dxadata_is_taken_at_the_start() {
    let mut lab = lab();
    cycle(&mut lab);
    let password = crate::password::of("HUB");
    run(
        &mut lab,
        "HUB",
        &format!("import -dM admin -p{password} -s -y"),
    );
    let resync = lab.postoffices[0].resync.as_ref().map(|it| it.srv);
    own_mut(&mut lab).numbers = Numbers::default();
    let copy = [
        "cmd",
        "/c",
        "copy",
        r"\\HUB\MAILDATA\GLB\RESYNC.GLB",
        r"C:\Exchsrvr\Dxadata\RESYNC.GLB",
    ];
    lab.run("EXCH1", &copy, r"C:\").unwrap();
    assert_eq!(
        own(&lab).numbers,
        Numbers::default(),
        "it waits for a restart"
    );
    restart(&mut lab);
    assert_eq!(Some(own(&lab).numbers.srv_sync), resync);
    assert!(lab.exchanges[0].dx.resync.is_none());
}

/// Mail from one postoffice to another waits in P1 as long as the other cannot be reached (Q277831),
/// and goes back to its sender where retry limits are enforced.
#[test]
fn a_reply_for_a_postoffice_out_of_reach_waits_or_comes_back() {
    for enforced in [false, true] {
        let mut lab = lab();
        cycle(&mut lab);
        lab.exchanges[0].mtas[0].options.enforce_retries = enforced;
        lab.postoffices[1].system = Vec::new();
        run(&mut lab, "SALES", "reqmain -dM -t");
        lab.advance(3 * MINUTE);
        lab.postoffices[1].reachable = false;
        t2(&mut lab);
        lab.advance(10 * MINUTE);
        assert_eq!(lab.postoffices[1].system.len(), 0);
        assert_eq!(lab.postoffices[0].outgoing.len(), usize::from(!enforced));
        run(&mut lab, "HUB", "srvmain -dM -r");
        let told = lab.postoffices[0].logs.dirsync.contains("Warning[154]");
        assert_eq!(told, enforced);
        lab.postoffices[1].reachable = true;
        lab.advance(3 * MINUTE);
        assert_eq!(lab.postoffices[1].system.len(), usize::from(!enforced));
    }
}
