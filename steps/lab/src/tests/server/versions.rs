//! Older SRVMAINs, with the faults they had.

use std::sync::Arc;

use super::faults::{begin, host};
use super::{Operator, postoffices, said};
use crate::mail::{Content, Mail};
use crate::server::note::What;

#[test]
fn mail_3_0_tells_in_other_words_what_is_gone() {
    let mut operator = Operator::at_work(&postoffices(&["HUB", "SALES", "PLANT"]));
    operator.export();
    operator.cycle();
    begin(&mut operator, "srvmain-3.0", &[]);
    begin(&mut operator, "expired", &[host("SALES")]);
    operator.t1();
    operator.t2();
    let said = said(&operator);
    assert!(
        said.contains(&"Warning[  4] Error reading file: MSTTRANS"),
        "{said:?}"
    );
    assert!(
        said.contains(&"Error  [129] Could not find specified sync number"),
        "{said:?}"
    );
    assert!(
        said.contains(&"Status       Microsoft (R) Mail DirSync Server V3.0"),
        "{said:?}"
    );
}

#[test]
fn mail_3_2a_takes_one_requestor_for_another_whose_name_its_own_begins_with() {
    let mut operator = Operator::at_work(&postoffices(&["HUB", "SALE", "SALES"]));
    for (id, password) in [(1, "ONE"), (2, "TWO")] {
        operator.lab.postoffices[id].requestor.password = password.into();
        let name = operator.lab.postoffices[id].name.clone();
        operator.run(
            "HUB",
            &format!("admin requestor modify {name} {password} -dM"),
        );
    }
    operator.t1();
    operator.t2();
    assert!(!said(&operator).iter().any(|it| it.contains("[156]")));
    begin(&mut operator, "srvmain-3.2a", &[]);
    operator.t1();
    operator.t2();
    let told: Vec<_> = said(&operator);
    let told: Vec<_> = told.iter().filter(|it| it.contains("[156]")).collect();
    assert_eq!(
        told,
        [&"Error  [156] Invalid DirSync password from PCM:NORTH/SALES"]
    );
}

/// A request of SALES with eight records of which five can be read.
fn broken(operator: &mut Operator) -> Mail {
    operator.run("SALES", "admin export -dM");
    operator.run("SALES", "admin export -dM");
    operator.run("SALES", "reqmain -t -dM");
    let mail = operator.at("SALES").outgoing[1].as_ref().clone();
    let Content::Request(mut request) = mail.content else {
        panic!("{:?}", mail.content);
    };
    assert_eq!(request.updates.len(), 10);
    request.readable = 7;
    Mail {
        content: Content::Request(request),
        ..mail
    }
}

#[test]
fn an_attachment_that_breaks_off_is_taken_up_to_the_break_and_the_rest_comes_again() {
    let mut operator = Operator::at_work(&postoffices(&["HUB", "SALES"]));
    let mail = broken(&mut operator);
    operator.lab.postoffices[1].outgoing.clear();
    operator.lab.deliver(0, Arc::new(mail));
    operator.t2();
    assert_eq!(operator.known("SALES").numbers.req_sync, 7);
    operator.t3();
    assert_eq!(operator.at("SALES").numbers.req_sync, 7);
    operator.cycle();
    assert_eq!(operator.at("SALES").numbers.req_sync, 10);
    assert_eq!(operator.serving().server.master.sync(), 10);
}

#[test]
fn mail_3_0_takes_nothing_of_an_attachment_that_breaks_off() {
    let mut operator = Operator::at_work(&postoffices(&["HUB", "SALES"]));
    let mail = broken(&mut operator);
    begin(&mut operator, "srvmain-3.0", &[]);
    let now = operator.lab.now();
    let serving = operator.lab.postoffices[0].serving.as_mut().unwrap();
    let note = serving.server.receive(now, &mail).unwrap_err();
    assert_eq!(note.what, What::BrokenAttachment);
    assert_eq!(operator.known("SALES").numbers.req_sync, 0);
}
