//! The kind in a little world.

use runsheet_site::rehearsal::{Rehearsal, faults, input, told};
use runsheet_step::{Answer, Input, Step, Value};

use crate::Kind;

const COPY: &str = "DX Server: Copy administrator on outgoing messages";

fn copy(value: Value) -> Input {
    input([
        ("object", "DX Server".into()),
        (
            "attribute",
            "Copy administrator on outgoing messages".into(),
        ),
        ("value", value),
    ])
}

fn world(value: bool) -> Rehearsal {
    Rehearsal::default().has("settings", COPY, value.into())
}

#[test]
fn a_setting_is_set_and_read_back() {
    let mut world = world(false);
    assert_eq!(
        told(world.drive(&Kind, &copy(true.into()))),
        "{previous: false, value: true, one_shot: false} changed=true"
    );
    let get = format!("get {COPY}");
    assert_eq!(
        world.asked(),
        [get.clone(), format!("set {COPY} = true"), get]
    );
}

#[test]
fn a_setting_that_is_so_is_left_alone() {
    assert_eq!(
        told(world(true).drive(&Kind, &copy(true.into()))),
        "{previous: true, value: true, one_shot: false} changed=false"
    );
}

#[test]
fn a_setting_that_the_system_resets_is_not_read_back() {
    let name = "Remote Dir-Sync Requestor SALES: Export on Next Cycle";
    let export = input([
        ("object", "Remote Dir-Sync Requestor SALES".into()),
        ("attribute", "Export on Next Cycle".into()),
        ("value", true.into()),
    ]);
    let mut world = Rehearsal::default().has("settings", name, false.into());
    assert_eq!(
        told(world.drive(&Kind, &export)),
        "{previous: false, value: true, one_shot: true} changed=true"
    );
    assert_eq!(world.asked().len(), 2);
}

#[test]
fn a_setting_that_there_is_not_is_told_by_its_name() {
    assert_eq!(
        told(Rehearsal::default().drive(&Kind, &copy(true.into()))),
        format!("no-such-setting: there is no setting `{COPY}`")
    );
}

#[test]
fn a_setting_that_did_not_take_is_a_failure() {
    let mut world = world(false).answers("put", "settings", COPY, Answer::Absent);
    assert_eq!(
        told(world.drive(&Kind, &copy(true.into()))),
        format!("not-set: `{COPY}` was set to true and reads false")
    );
}

#[test]
fn a_value_that_a_plan_does_not_know_is_handed_on() {
    let turn = world(false).drive(&Kind, &copy(Value::unknown("`n`")));
    assert_eq!(
        told(turn),
        "{previous: false, value: (known after `n`), one_shot: false} changed=true"
    );
}

#[test]
fn an_object_with_a_colon_is_told_beforehand() {
    assert!(Kind.check(&copy(true.into())).is_empty());
    let odd = input([
        ("object", COPY.into()),
        ("attribute", "x".into()),
        ("value", true.into()),
    ]);
    assert_eq!(Kind.check(&odd).len(), 1);
}

#[test]
fn a_look_tells_what_differs_and_sets_nothing() {
    let mut with = copy(true.into());
    let fields = with.with.as_map().cloned().unwrap_or_default();
    let verify = fields.into_iter().chain([("verify".into(), true.into())]);
    with.with = Value::map(verify);
    assert!(!Kind.acts(&with));
    let mut world = world(false);
    assert_eq!(
        told(world.drive(&Kind, &with)),
        format!("differs: `{COPY}` is false, and is to be true")
    );
    assert_eq!(world.asked(), [format!("get {COPY}")]);
}

#[test]
fn without_a_value_it_is_only_read() {
    let bare = |verify: bool| {
        input([
            ("object", "DX Server".into()),
            (
                "attribute",
                "Copy administrator on outgoing messages".into(),
            ),
            ("verify", verify.into()),
        ])
    };
    assert_eq!(faults(&Kind, &bare(false)), "a setting needs its `value`");
    assert_eq!(
        told(world(false).drive(&Kind, &bare(true))),
        "{previous: false, value: false, one_shot: false} changed=false"
    );
}

const REQUESTOR: &str = "Remote Dir-Sync Requestor NORTH/SALES";

fn object(state: &str) -> Input {
    input([("object", REQUESTOR.into()), ("state", state.into())])
}

#[test]
fn an_object_is_made_where_it_is_not_there() {
    let mut world = Rehearsal::default();
    assert_eq!(
        told(world.drive(&Kind, &object("present"))),
        "{previous: false, value: true, one_shot: false} changed=true"
    );
    let get = format!("get {REQUESTOR}");
    let create = format!("create {REQUESTOR}");
    assert_eq!(world.asked(), [get.clone(), create, get]);
    assert_eq!(
        told(world.drive(&Kind, &object("present"))),
        "{previous: true, value: true, one_shot: false} changed=false"
    );
}

#[test]
fn an_object_that_is_to_go_is_deleted() {
    let mut world = Rehearsal::default().has("settings", REQUESTOR, true.into());
    assert_eq!(
        told(world.drive(&Kind, &object("absent"))),
        "{previous: true, value: false, one_shot: false} changed=true"
    );
    let look = input([
        ("object", REQUESTOR.into()),
        ("state", "present".into()),
        ("verify", true.into()),
    ]);
    assert_eq!(
        told(world.drive(&Kind, &look)),
        format!("differs: `{REQUESTOR}` is to be present, and is not")
    );
}

#[test]
fn an_attribute_of_an_object_that_was_just_made_is_set_though_nobody_knows_it_yet() {
    let export = input([
        ("object", REQUESTOR.into()),
        ("attribute", "Export on Next Cycle".into()),
        ("value", true.into()),
    ]);
    let mut world = Rehearsal::default().has("settings", REQUESTOR, true.into());
    assert_eq!(
        told(world.drive(&Kind, &export)),
        "{previous: null, value: true, one_shot: true} changed=true"
    );
}

#[test]
fn an_attribute_has_a_value_and_an_object_a_state() {
    let bare = input([("object", "DX Server".into())]);
    assert_eq!(faults(&Kind, &bare), "a setting needs its `attribute`");
    let both = input([
        ("object", "DX Server".into()),
        ("attribute", "Schedule".into()),
        ("state", "absent".into()),
    ]);
    assert_eq!(
        faults(&Kind, &both),
        "`state` is said of an object, not of an attribute"
    );
    let valued = input([
        ("object", "DX Server".into()),
        ("state", "present".into()),
        ("value", true.into()),
    ]);
    assert_eq!(
        faults(&Kind, &valued),
        "an object has no `value` of its own"
    );
}

#[test]
fn services_log_on_levels_that_there_are() {
    let log = |level: Value| {
        input([
            ("object", "Microsoft Mail Connector".into()),
            ("attribute", "Diagnostics Logging: MSExchangePCMTA".into()),
            ("value", level),
        ])
    };
    assert_eq!(faults(&Kind, &log("maximum".into())), "");
    let wrong = "`Diagnostics Logging: MSExchangePCMTA` has no level `Max`";
    assert_eq!(faults(&Kind, &log("Max".into())), wrong);
    assert!(faults(&Kind, &log(true.into())).contains("has no level"));
}
