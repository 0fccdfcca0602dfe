//! RESYNC.GLB: how a requestor begins anew that no reply helps any more.

use runsheet_step::Value;

use super::faults::{after_a_cycle, begin, host};
use super::{Operator, postoffices};
use crate::password;

#[test]
fn after_a_backup_everybody_exports_and_is_resynchronized() {
    let mut operator = after_a_cycle();
    operator.cycle();
    begin(&mut operator, "backup-restored", &[]);
    operator.run("SALES", "admin create YAN Yandell, Yan -dM");
    operator.everywhere("admin export -dM");
    operator.cycle();
    resynchronize(&mut operator, "SALES");
    operator.run("HUB", "admin create XAVER Xander, Xaver -dM");
    operator.cycle();
    for (host, found) in [("SALES", "NORTH/HUB/XAVER"), ("HUB", "NORTH/SALES/YAN")] {
        assert!(operator.knows(host, found).is_some(), "{found} at {host}");
    }
    let numbers = operator.at("SALES").numbers;
    assert_eq!(numbers, operator.known("SALES").numbers);
}

/// Makes a RESYNC.GLB at the server, moves it to a requestor and imports it there.
fn resynchronize(operator: &mut Operator, host: &str) {
    let password = password::of("HUB");
    operator.run("HUB", &format!("import -s -y admin -p{password} -dM"));
    let id = operator
        .lab
        .postoffices
        .iter()
        .position(|it| &*it.host == host);
    let made = operator.lab.postoffices[0].resync.take();
    assert!(made.is_some(), "{}", operator.at("HUB").logs.dirsync);
    operator.lab.postoffices[id.unwrap()].resync = made;
    let password = password::of(host);
    operator.run(host, &format!("import admin -p{password} -q -y -dM"));
}

#[test]
fn an_import_above_the_limit_is_made_by_resynchronizing() {
    let mut operator = Operator::at_work(&postoffices(&["HUB", "SALES"]));
    let count = ("count", Value::Int(3));
    begin(&mut operator, "limit", &[host("SALES"), count]);
    operator.run("HUB", "admin export -dM");
    for _ in 0..3 {
        operator.cycle();
        assert_eq!(operator.knows("SALES", "NORTH/HUB/ADAMS"), None);
    }
    resynchronize(&mut operator, "SALES");
    assert!(operator.knows("SALES", "NORTH/HUB/ADAMS").is_some());
    operator.everywhere("admin create ZOE Zorn, Zoe -dM");
    operator.cycle();
    assert_eq!(operator.knows("SALES", "NORTH/HUB/ZOE"), Some("Zorn, Zoe"));
    assert_eq!(operator.knows("HUB", "NORTH/SALES/ZOE"), Some("Zorn, Zoe"));
}

#[test]
fn left_where_it_was_made_it_stops_the_servers_own_import() {
    let mut operator = after_a_cycle();
    let password = password::of("HUB");
    operator.run("HUB", &format!("import -s -y admin -p{password} -dM"));
    operator.run("HUB", &format!("import -q -y admin -p{password} -dM"));
    let log = &operator.at("HUB").logs.dirsync;
    assert_eq!(log.matches("Fatal  [ 14] Error processing").count(), 1);
    assert!(operator.at("HUB").resync.is_some());
}
