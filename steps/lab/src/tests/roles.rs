//! The role of the dir-sync server goes from Exchange to a postoffice, and back (Q150828, Q180297).

use super::{MINUTE, Operator, blueprint, password, short};
use crate::exchange::Profile;
use crate::exchange::services::{Control, DX, Win32};

const HOSTS: [&str; 3] = ["HUB", "SALES", "PLANT"];

/// A site where Exchange is the server and a cycle was run.
fn operator() -> Operator {
    let mut site = blueprint(&HOSTS);
    site.exchanges[0].profile = Profile::Exchange50;
    let mut operator = Operator::prepared(&site);
    operator.export();
    operator.cycle();
    assert_eq!(short(&operator.lab), []);
    operator
}

fn at(operator: &mut Operator, host: &str, lines: &[&str]) {
    for line in lines {
        let line = line.replace("-p", &format!("-p{}", password::of(host)));
        let (screen, code) = operator.run(host, &line);
        assert_eq!(code, 0, "{line} at {host}: {screen}");
    }
}

fn delete(operator: &mut Operator, object: &str) {
    operator.lab.delete_object(0, object).unwrap();
}

fn make(operator: &mut Operator, object: &str) {
    operator.lab.make_object(0, object).unwrap();
}

/// Exchange serves nobody any more, and is a requestor of HUB.
fn exchange_becomes_requestor(operator: &mut Operator) {
    for host in HOSTS {
        delete(operator, &format!("Remote Dir-Sync Requestor NORTH/{host}"));
        delete(
            operator,
            &format!("Hidden Recipient MS:NORTH/{host}/$SYSTEM"),
        );
    }
    delete(operator, "DX Server");
    make(operator, "Dir-Sync Requestor NORTH/HUB");
}

/// The numbers go back to zero, and with them the types that are asked for (Q131681).
fn begin_at_zero(operator: &mut Operator) {
    for host in HOSTS {
        let lines = ["listds admin -p -dM -r -z", "admin types PCM -dM"];
        at(operator, host, &lines);
    }
}

/// HUB becomes the server of all, each of whom begins anew.
fn hub_becomes_server(operator: &mut Operator) {
    begin_at_zero(operator);
    at(operator, "HUB", &["admin dir-sync yes -dM"]);
    for name in ["NORTH/SALES", "NORTH/PLANT", "CONTOSO/HQ"] {
        at(
            operator,
            "HUB",
            &[&format!("admin requestor create {name} -dM")],
        );
    }
    for host in ["SALES", "PLANT"] {
        at(
            operator,
            host,
            &[
                "admin registration NORTH/HUB -dM",
                "admin export -dM",
                "admin import -dM",
            ],
        );
    }
    at(operator, "HUB", &["admin export -dM"]);
}

/// The role goes back (Q180297).
fn exchange_becomes_server(operator: &mut Operator) {
    delete(operator, "Dir-Sync Requestor");
    delete(operator, "Hidden Recipient MS:NORTH/HUB/$SYSTEM");
    make(operator, "DX Server");
    for host in HOSTS {
        make(operator, &format!("Remote Dir-Sync Requestor NORTH/{host}"));
    }
    at(operator, "HUB", &["admin dir-sync no -dM"]);
    operator.everywhere("admin registration CONTOSO/HQ -dM");
    begin_at_zero(operator);
    operator.export();
}

/// A cycle in which HUB is the server.
fn cycle_of_hub(operator: &mut Operator) {
    operator.everywhere("reqmain -dM -t");
    let paused = operator.lab.control(0, DX, Control::Pause);
    assert_eq!(paused, Err(Win32::INTERNAL));
    operator.lab.advance(3 * MINUTE);
    at(operator, "HUB", &["srvmain -dM -r", "srvmain -dM -t"]);
    operator.lab.advance(3 * MINUTE);
    operator.t3();
}

#[test]
fn the_role_goes_to_a_postoffice_and_back_and_everybody_has_all_names_each_time() {
    let mut operator = operator();
    exchange_becomes_requestor(&mut operator);
    assert_eq!(operator.server().address.to_string(), "CONTOSO/HQ/SYSTEM1");
    hub_becomes_server(&mut operator);
    at(&mut operator, "SALES", &["admin create MAX Muster -dM"]);
    cycle_of_hub(&mut operator);
    cycle_of_hub(&mut operator);
    assert_eq!(short(&operator.lab), []);
    assert!(operator.knows("PLANT", "NORTH/SALES/MAX").is_some());

    exchange_becomes_server(&mut operator);
    assert_eq!(operator.server().address.to_string(), "CONTOSO/HQ/$SYSTEM");
    at(&mut operator, "PLANT", &["admin create EVA Eva -dM"]);
    operator.cycle();
    operator.cycle();
    assert_eq!(short(&operator.lab), []);
    assert!(operator.knows("HUB", "NORTH/PLANT/EVA").is_some());
}

#[test]
fn mail_for_the_address_of_the_other_role_is_given_back() {
    let mut operator = operator();
    exchange_becomes_requestor(&mut operator);
    operator.everywhere("reqmain -dM -t");
    operator.lab.advance(3 * MINUTE);
    let records = operator.server().log.records().iter();
    let told: Vec<_> = records.filter(|it| it.id == 2117).collect();
    assert_eq!(told.len(), 2 * HOSTS.len());
    let text = told[0].message();
    assert!(
        text.contains("[002]") && text.contains("CONTOSO/HQ/$SYSTEM"),
        "{text}"
    );
    assert_eq!(operator.server().dx.heard.len(), 0);
    // T3 clears the reports away.
    operator.everywhere("reqmain -dM -r");
}

#[test]
fn a_recipient_that_was_left_behind_keeps_a_new_requestor_from_being_heard() {
    let mut operator = operator();
    let sales = "Remote Dir-Sync Requestor NORTH/SALES";
    delete(&mut operator, sales);
    make(&mut operator, sales);
    at(&mut operator, "SALES", &["admin create MAX Muster -dM"]);
    operator.cycle();
    assert_eq!(operator.knows("PLANT", "NORTH/SALES/MAX"), None);
    delete(&mut operator, "Hidden Recipient MS:NORTH/SALES/$SYSTEM");
    operator.cycle();
    assert!(operator.knows("PLANT", "NORTH/SALES/MAX").is_some());
}

#[test]
fn a_recipient_of_another_site_is_in_the_way_of_a_requestor_as_well() {
    let mut operator = operator();
    operator.fault("recipient-replicated", &[("host", "HUB")]);
    for host in HOSTS {
        delete(
            &mut operator,
            &format!("Remote Dir-Sync Requestor NORTH/{host}"),
        );
        delete(
            &mut operator,
            &format!("Hidden Recipient MS:NORTH/{host}/$SYSTEM"),
        );
    }
    delete(&mut operator, "DX Server");
    let own = "Dir-Sync Requestor NORTH/HUB";
    let refused = operator.lab.make_object(0, own).unwrap_err();
    assert_eq!(refused.code, "c1030b35");
    operator.lab.end_fault(0);
    make(&mut operator, own);
}
