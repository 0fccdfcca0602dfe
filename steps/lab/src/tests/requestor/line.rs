//! Mail that is lost, comes twice or comes late.

use super::super::{MINUTE, Operator, blueprint, is_reply};

fn prepared() -> Operator {
    let mut operator = Operator::prepared(&blueprint(&["SALES", "PLANT"]));
    operator.export();
    operator.cycle();
    operator
}

#[test]
fn a_request_that_is_lost_is_sent_again_with_the_same_numbers() {
    let mut operator = prepared();
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    operator.fault("drop-message", &[("host", "SALES"), ("which", "request")]);
    operator.cycle();
    assert_eq!(operator.at("SALES").numbers.req_sync, 5);
    assert_eq!(operator.knows("PLANT", "NORTH/SALES/ZOE"), None);
    operator.cycle();
    assert_eq!(operator.at("SALES").numbers.req_sync, 6);
    assert!(operator.knows("PLANT", "NORTH/SALES/ZOE").is_some());
}

#[test]
fn a_request_that_comes_twice_is_taken_in_once() {
    let mut operator = prepared();
    let sync = operator.server().dx.server.master.sync();
    operator.run("SALES", "admin create ZOE Zorn, Zoe -dM");
    operator.fault(
        "duplicate-message",
        &[("host", "SALES"), ("which", "request")],
    );
    operator.cycle();
    assert_eq!(operator.server().dx.server.master.sync(), sync + 1);
    assert_eq!(operator.at("SALES").numbers.req_sync, 6);
}

#[test]
fn the_second_reply_is_lost_if_the_second_is_meant() {
    let mut operator = prepared();
    let second = [("host", "PLANT"), ("which", "reply"), ("nth", "2")];
    operator.fault("drop-message", &second);
    let mut came = || {
        operator.t1();
        operator.t2();
        let came = operator.at("PLANT").system.iter().any(|it| is_reply(it));
        operator.t3();
        came
    };
    assert_eq!([came(), came(), came()], [true, false, true]);
}

#[test]
fn late_mail_comes_when_it_comes_in_either_direction() {
    for (which, until_t2) in [("request", 0), ("reply", 0)] {
        let mut operator = prepared();
        let late = [("host", "SALES"), ("which", which), ("by", "30m")];
        operator.fault("delay-message", &late);
        operator.t1();
        operator.t2();
        assert_eq!(operator.at("SALES").system.len(), until_t2, "{which}");
        operator.lab.advance(30 * MINUTE);
        operator.t2();
        assert_eq!(operator.at("SALES").system.len(), 1, "{which}");
    }
}
