//! The numbering protocol, with a postoffice as the server.

use super::{MINUTE, Operator, postoffices, said};
use crate::lab::Lab;
use crate::postoffice::Numbers;

const THREE: [&str; 3] = ["HUB", "SALES", "PLANT"];

#[test]
fn a_first_cycle_brings_every_list_everywhere() {
    let mut operator = Operator::at_work(&postoffices(&THREE));
    operator.export();
    operator.cycle();
    for host in THREE {
        let numbers = Numbers {
            req_sync: 5,
            srv_sync: 15,
            imp_sync: 1,
        };
        assert_eq!(operator.at(host).numbers, numbers);
        assert_eq!(operator.known(host).numbers, numbers);
        assert_eq!(operator.at(host).gal_entries(), 12, "{host}");
    }
    let found = operator.knows("SALES", "NORTH/HUB/ADAMS");
    assert_eq!(found, Some("Adams, Anna (HUB)"));
    let found = operator.knows("HUB", "NORTH/PLANT/BAKER");
    assert_eq!(found, Some("Baker, Bert (PLANT)"));
}

#[test]
fn later_cycles_carry_changes_alone() {
    let mut operator = Operator::at_work(&postoffices(&THREE));
    operator.export();
    operator.cycle();
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    operator.t1();
    operator.t2();
    let told = operator.replies("PLANT");
    assert_eq!(told, ["SrvTx R=5 S=16 (was 15), I=1 1 sent"]);
    operator.t3();
    assert_eq!(operator.knows("HUB", "NORTH/SALES/ZOE"), Some("Zorn, Zoe"));
    assert_eq!(
        operator.knows("PLANT", "NORTH/SALES/ZOE"),
        Some("Zorn, Zoe")
    );
    assert_eq!(operator.known("SALES").numbers.req_sync, 6);
}

#[test]
fn mail_needs_two_passes() {
    let mut operator = Operator::at_work(&postoffices(&THREE));
    operator.run("SALES", "reqmain -dM -t");
    operator.run("MTA1", "external -0 -dFGH");
    assert!(operator.at("SALES").outgoing.is_empty());
    assert!(operator.at("HUB").system.is_empty());
    operator.run("MTA1", "external -0 -dF-H");
    assert_eq!(operator.at("HUB").system.len(), 2);
}

#[test]
fn srvmain_is_for_the_server_alone() {
    let mut operator = Operator::at_work(&postoffices(&THREE));
    assert_eq!(operator.run("SALES", "srvmain -r -dM").1, 1);
    let log = &operator.at("SALES").logs.dirsync;
    assert!(
        log.ends_with("| Fatal  [161] Server configuration busy\n"),
        "{log}"
    );
}

#[test]
fn a_requestor_that_was_not_heard_has_no_tasks() {
    let mut operator = Operator::at_work(&postoffices(&["HUB", "SALES"]));
    operator.run("HUB", "reqmain -t -dM");
    operator.carry();
    operator.t2();
    let line = "Status       No Tasks From Requestor: PCM:NORTH/SALES";
    assert!(said(&operator).contains(&line), "{:?}", said(&operator));
}

#[test]
fn with_exchange_as_a_requestor_its_mta_carries_the_mail() {
    let mut blueprint = super::blueprint(&THREE);
    blueprint.postoffices[0].server = true;
    let mut lab = Lab::build(&blueprint);
    assert_eq!(lab.exchanges[0].address.to_string(), "CONTOSO/HQ/SYSTEM1");
    for host in THREE {
        lab.run(host, &["reqmain", "-t", "-dM"], r"M:\MAILEXE")
            .unwrap();
    }
    lab.advance(2 * MINUTE);
    assert_eq!(lab.postoffices[0].system.len(), 6);
    lab.run("HUB", &["srvmain", "-r", "-dM"], r"M:\MAILEXE")
        .unwrap();
    lab.run("HUB", &["srvmain", "-t", "-dM"], r"M:\MAILEXE")
        .unwrap();
    lab.advance(2 * MINUTE);
    for postoffice in &lab.postoffices {
        assert_eq!(postoffice.system.len(), 1, "{}", postoffice.host);
    }
    let server = &lab.postoffices[0].serving.as_ref().unwrap().server;
    assert_eq!(server.requestors.len(), 4);
}

#[test]
fn a_history_is_a_real_cycle_among_postoffices_too() {
    let mut blueprint = postoffices(&THREE);
    blueprint.history = true;
    let operator = Operator::at_work(&blueprint);
    assert_eq!(operator.known("SALES").numbers.imp_sync, 1);
    assert!(operator.knows("SALES", "NORTH/PLANT/ADAMS").is_some());
}
