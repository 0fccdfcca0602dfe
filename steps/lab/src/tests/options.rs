//! A `lab:` map as a site file writes it.

use std::time::Duration;

use runsheet_step::{Host, Value};

use crate::exchange::Profile;
use crate::lab::Lab;
use crate::options::blueprint;

fn host(name: &str, group: &str, vars: &[(&str, &str)]) -> Host {
    let vars = vars
        .iter()
        .map(|(name, value)| ((*name).into(), Value::text(*value)));
    Host {
        name: name.into(),
        groups: vec![group.into()],
        vars: vars.collect(),
    }
}

fn site() -> Vec<Host> {
    let exch = [
        ("address", "CONTOSO/HQ/$SYSTEM"),
        ("exchange", "5.5"),
        ("admin_mailbox", "boss"),
    ];
    vec![
        host("EXCH1", "dx", &exch),
        host("SALES", "requestors", &[("drive", "N")]),
        host("WS1", "workstations", &[]),
    ]
}

#[test]
fn hosts_become_what_their_group_and_vars_say() {
    let blueprint = blueprint(&Value::Null, &site()).unwrap();
    let server = &blueprint.exchanges[0];
    assert_eq!(server.profile, Profile::Exchange55);
    assert_eq!(
        (server.mta.as_str(), server.admin_mailbox.as_str()),
        ("PCMTA-HQ", "boss")
    );
    let sales = &blueprint.postoffices[0];
    assert_eq!(sales.address.to_string(), "LAB/SALES/$SYSTEM");
    assert_eq!((sales.drive, sales.mailexe.as_str()), ('N', r"N:\MAILEXE"));
    assert_eq!(blueprint.postoffices.len(), 1);
}

#[test]
fn options_are_read() {
    let reached = Value::map([("req", 9998.into()), ("srv", Value::Int(12_000))]);
    let options = Value::map([
        ("profile", "exchange-4.0".into()),
        ("users", 2.into()),
        ("polling", "1m".into()),
        ("reqmain_takes", Duration::from_secs(90).into()),
        ("history", true.into()),
        ("offline", Value::list(["SALES".into()])),
        ("wrong_password", Value::list(["sales".into()])),
        ("late", Value::map([("SALES", "30m".into())])),
        ("start", "1998-02-01 12:00".into()),
        ("numbers", Value::map([("SALES", reached)])),
    ]);
    let blueprint = blueprint(&options, &site()).unwrap();
    assert_eq!(blueprint.exchanges[0].profile, Profile::Exchange40);
    assert_eq!((blueprint.users, blueprint.history), (2, true));
    assert_eq!(blueprint.polling, Duration::from_secs(60));
    assert_eq!(blueprint.pace.reqmain, Duration::from_secs(90));
    assert!(blueprint.offline.contains("SALES"));
    assert!(blueprint.wrong_password.contains("sales"));
    assert_eq!(blueprint.late["SALES"], Duration::from_secs(1800));
    assert_eq!(blueprint.start.to_string(), "1998-02-01 12:00:00");
    assert_eq!(blueprint.numbers["SALES"].srv, 12_000);
}

#[test]
fn everything_wrong_is_told_at_once_with_its_place() {
    let options = Value::map([
        ("profil", "exchange-4.0".into()),
        ("users", "many".into()),
        ("disk", Value::Int(7)),
        ("seed", Value::Int(7)),
        ("start", "soon".into()),
        ("late", Value::map([("SALES", Value::Int(5))])),
        ("polling", Value::Int(5)),
        ("offline", Value::list(["NOSUCH".into()])),
    ]);
    let mut hosts = site();
    hosts.push(host("PLANT", "requestors", &[("address", "NORTH/PLANT")]));
    hosts.push(host("EXCH2", "dx", &[("exchange", "6.0")]));
    hosts.push(host(
        "DEPOT",
        "requestors",
        &[("address", "lab/sales/$system")],
    ));
    let failures = blueprint(&options, &hosts).unwrap_err();
    let told: Vec<String> = failures
        .iter()
        .map(|it| format!("{}: {}", it.at.join("."), it.message))
        .collect();
    assert_eq!(
        told,
        [
            "profil: a lab has no option `profil`",
            "seed: this lab cannot do `seed` yet",
            "users: `many` is not a whole number up to 10000",
            "polling: `5` is not a length of time such as 90s",
            "start: `soon` is not a time such as 1998-01-29 08:00",
            "disk: `7` is not the path of a directory",
            "offline.NOSUCH: `NOSUCH` is no host of the groups requestors and server",
            "late.SALES: `5` is not a length of time such as 90s",
            "PLANT.address: `NORTH/PLANT` is not NETWORK/POSTOFFICE/MAILBOX",
            "EXCH2.exchange: the lab knows no `exchange-6.0`",
            "DEPOT.address: SALES has the address LAB/SALES/$SYSTEM too",
        ]
    );
}

#[test]
fn a_site_has_one_exchange_server_that_takes_part() {
    let exchange = |name: &'static str, address| host(name, "dx", &[("address", address)]);
    let mut hosts = vec![
        exchange("EXCH1", "CONTOSO/HQ/$SYSTEM"),
        exchange("EXCH2", "CONTOSO/HQ/SYSTEM2"),
        host("SALES", "requestors", &[]),
    ];
    let made = |hosts: &[Host]| Lab::build(&blueprint(&Value::Null, hosts).unwrap());
    let lab = made(&hosts);
    let serves: Vec<bool> = lab.exchanges.iter().map(|it| it.dx.is_server()).collect();
    assert_eq!(serves, [true, false]);

    hosts.push(host("HUB", "server", &[]));
    let told = blueprint(&Value::Null, &hosts).unwrap_err();
    assert_eq!(
        &*told[0].message,
        "EXCH1 is the requestor of CONTOSO/HQ already"
    );
    hosts.remove(0);
    let address = made(&hosts).exchanges[0].address.to_string();
    assert_eq!(
        address, "CONTOSO/HQ/SYSTEM2",
        "a requestor keeps its number"
    );
}
