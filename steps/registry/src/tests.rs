//! The kind in a little world.

use runsheet_site::registry::entry;
use runsheet_site::rehearsal::{Rehearsal, faults, input, told};
use runsheet_step::{Answer, Form, Input, Moment, Piece, Secret, Step, Turn, Value};

use crate::Kind;

const KEY: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX";
const VALUE: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX:PauseKicksDX";

fn pause(data: Value) -> Input {
    input([
        ("key", Value::text(KEY)),
        ("value", "PauseKicksDX".into()),
        ("type", "dword".into()),
        ("data", data),
    ])
}

fn key() -> Value {
    Value::map([("written", Value::from(Moment(0)))])
}

#[test]
fn a_missing_value_is_made_and_read_back() {
    let mut world = Rehearsal::default().has("registry", KEY, key());
    let turn = world.drive(&Kind, &pause(1.into()));
    assert_eq!(
        told(turn),
        "{written: (at run time), previous: null, data: 1} changed=true"
    );
    let get = format!("get {VALUE}");
    let put = format!("set {VALUE} = dword 1");
    assert_eq!(world.asked(), [get.clone(), put, get]);
}

#[test]
fn a_value_that_is_there_is_left_alone() {
    let mut world = Rehearsal::default().has("registry", VALUE, entry("dword", 1, Moment(0)));
    let turn = world.drive(&Kind, &pause(1.into()));
    assert_eq!(
        told(turn),
        "{written: 1970-01-01 00:00:00, previous: 1, data: 1} changed=false"
    );
    assert_eq!(world.asked().len(), 1);
}

#[test]
fn a_missing_key_is_a_failure_unless_it_may_be_made() {
    let turn = Rehearsal::default().drive(&Kind, &pause(1.into()));
    let Turn::Failed(failure) = turn else {
        panic!("there is no such key")
    };
    assert_eq!(failure.form, Form::code("no-such-key"));
    assert!(failure.help.is_some_and(|help| help.contains("create_key")));
    let mut with = pause(1.into());
    let Value::Map(fields) = &with.with else {
        unreachable!("it is a map")
    };
    let mut fields = (**fields).clone();
    fields.insert("create_key".into(), true.into());
    with.with = Value::Map(fields.into());
    let turn = Rehearsal::default().drive(&Kind, &with);
    assert!(told(turn).ends_with("changed=true"));
}

#[test]
fn data_that_a_plan_does_not_know_is_handed_on() {
    let mut world = Rehearsal::default().has("registry", KEY, key()).has(
        "registry",
        VALUE,
        entry("dword", 0, Moment(0)),
    );
    let turn = world.drive(&Kind, &pause(Value::unknown("`count`")));
    assert_eq!(
        told(turn),
        "{written: (at run time), previous: 0, data: (known after `count`)} changed=true"
    );
}

#[test]
fn a_value_that_reads_otherwise_than_it_was_set_is_a_failure() {
    let mut world = Rehearsal::default()
        .has("registry", VALUE, entry("dword", 0, Moment(0)))
        .answers("put", "registry", VALUE, Answer::Absent);
    let turn = world.drive(&Kind, &pause(1.into()));
    assert_eq!(
        told(turn),
        format!("not-written: {VALUE} was set to dword 1 and reads dword 0")
    );
}

/// `Password=` and a secret.
fn secret() -> Value {
    let pieces = [
        Piece::Plain("Password=".into()),
        Piece::Reference("pw".into()),
    ];
    Value::Secret(Secret::text(pieces).into())
}

#[test]
fn a_secret_is_written_and_is_read_back_as_hidden() {
    for (kind, data, hidden) in [
        ("sz", secret(), Value::text("Password=***")),
        (
            "multi_sz",
            Value::list(["a".into(), secret()]),
            Value::list(["a".into(), "Password=***".into()]),
        ),
    ] {
        let there = entry(kind, hidden.clone(), Moment(0));
        let mut world = Rehearsal::default().has("registry", VALUE, there).answers(
            "put",
            "registry",
            VALUE,
            Answer::Absent,
        );
        // Nobody knows whether what is hidden there is this secret.
        let turn = world.drive(&Kind, &value_of("PauseKicksDX", kind, data));
        let told = told(turn);
        assert!(told.ends_with("changed=true"), "{told}");
        assert_eq!(world.asked().len(), 3);
    }
    let mut world = Rehearsal::default()
        .has("registry", VALUE, entry("sz", "other", Moment(0)))
        .answers("put", "registry", VALUE, Answer::Absent);
    let turn = world.drive(&Kind, &value_of("PauseKicksDX", "sz", secret()));
    assert!(told(turn).starts_with("not-written: "));
}

#[test]
fn only_texts_are_secret_and_only_to_write() {
    for kind in ["multi_sz", "dword", "binary"] {
        let told = faults(&Kind, &value_of("PauseKicksDX", kind, secret()));
        let why = format!("a {kind} is no text, and this is secret `Password=***`");
        assert_eq!(told, why);
    }
    let look = input([
        ("key", Value::text(KEY)),
        ("value", "PauseKicksDX".into()),
        ("verify", true.into()),
        ("type", "sz".into()),
        ("data", secret()),
    ]);
    assert_eq!(faults(&Kind, &look), "nobody who looks is told a secret");
}

#[test]
fn a_value_that_is_to_be_absent_is_deleted_once() {
    let absent = input([
        ("key", Value::text(KEY)),
        ("value", "PauseKicksDX".into()),
        ("state", "absent".into()),
    ]);
    let mut world = Rehearsal::default().has("registry", VALUE, entry("dword", 1, Moment(0)));
    let gone = "{written: null, previous: 1, data: null} changed=true";
    assert_eq!(told(world.drive(&Kind, &absent)), gone);
    let gone = "{written: null, previous: null, data: null} changed=false";
    assert_eq!(told(world.drive(&Kind, &absent)), gone);
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |input: &Input| faults(&Kind, input);
    assert_eq!(check(&pause(1.into())), "");
    assert_eq!(check(&pause(Value::unknown("x"))), "");
    assert_eq!(check(&pause((-1).into())), "-1 does not fit into a dword");
    assert_eq!(
        check(&pause("1".into())),
        "a dword is a whole number, and this is text `1`"
    );
    assert_eq!(
        check(&pause(Value::Null)),
        "a value that is to be there needs its data"
    );
    let nowhere = input([
        ("key", Value::text(r"SYSTEM\Foo")),
        ("value", "Bar".into()),
        ("state", "absent".into()),
        ("data", 1.into()),
    ]);
    assert_eq!(
        check(&nowhere),
        r"`SYSTEM\Foo` does not begin with a hive; a value that is to be absent has no data"
    );
}

#[test]
fn a_look_tells_what_differs_and_writes_nothing() {
    let look = |field: (&'static str, Value), other: (&'static str, Value)| {
        input([
            ("key", Value::text(KEY)),
            ("value", "PauseKicksDX".into()),
            ("verify", true.into()),
            field,
            other,
        ])
    };
    let present = look(("type", "dword".into()), ("data", 1.into()));
    let absent = look(("state", "absent".into()), ("create_key", false.into()));
    assert!(!Kind.acts(&present));
    let cases = [
        (&present, 0, "is dword 0, and is to be dword 1"),
        (&absent, 1, "is dword 1, and is to be absent"),
    ];
    for (look, data, found) in cases {
        let there = entry("dword", data, Moment(0));
        let mut world = Rehearsal::default().has("registry", VALUE, there);
        assert_eq!(
            told(world.drive(&Kind, look)),
            format!("differs: {VALUE} {found}")
        );
        assert_eq!(world.asked(), [format!("get {VALUE}")]);
    }
}

fn value_of(name: &str, kind: &str, data: Value) -> Input {
    input([
        ("key", Value::text(KEY)),
        ("value", name.into()),
        ("type", kind.into()),
        ("data", data),
    ])
}

#[test]
fn a_list_of_texts_is_written_and_told_as_one() {
    let names = Value::list(["SALES".into(), "PLANT".into()]);
    let resync = value_of("ResyncConnectionRDNs", "multi_sz", names);
    let mut world = Rehearsal::default().has("registry", KEY, key());
    let done = told(world.drive(&Kind, &resync));
    assert!(
        done.ends_with("data: [SALES, PLANT]} changed=true"),
        "{done}"
    );
    assert_eq!(
        world.asked()[1],
        format!(r#"set {KEY}:ResyncConnectionRDNs = multi_sz ["SALES", "PLANT"]"#)
    );
    let again = told(world.drive(&Kind, &resync));
    assert!(again.ends_with("changed=false"), "{again}");
}

#[test]
fn bytes_are_the_same_however_they_are_written() {
    let resource = format!("{KEY}:Layout");
    let there = entry("binary", "de ad", Moment(0));
    let mut world = Rehearsal::default().has("registry", &resource, there);
    let done = |world: &mut Rehearsal, data: &str| {
        told(world.drive(&Kind, &value_of("Layout", "binary", data.into())))
    };
    assert!(done(&mut world, "hex:DE,AD").ends_with("changed=false"));
    assert!(done(&mut world, "BEEF").ends_with("previous: de ad, data: be ef} changed=true"));
    let nothing = input([
        ("key", Value::text(KEY)),
        ("value", "Layout".into()),
        ("type", "none".into()),
    ]);
    assert_eq!(faults(&Kind, &nothing), "");
    assert!(told(world.drive(&Kind, &nothing)).ends_with("changed=true"));
}

#[test]
fn data_of_another_type_is_told_beforehand() {
    let check = |kind: &str, data: Value| faults(&Kind, &value_of("X", kind, data));
    assert_eq!(check("qword", 1.into()), "");
    assert_eq!(
        check("multi_sz", "A".into()),
        "a multi_sz is a list of texts, and this is text `A`"
    );
    assert_eq!(
        check("binary", "x1".into()),
        "a binary is bytes in hexadecimal digits, and `x1` has `x`"
    );
    assert_eq!(
        check("sz", 1.into()),
        "an sz is a text, and this is int `1`"
    );
    assert_eq!(
        check("link", Value::Null),
        "a value that is to be there needs its data"
    );
}

#[test]
fn without_data_a_look_only_reads() {
    let read = input([
        ("key", Value::text(KEY)),
        ("value", "PauseKicksDX".into()),
        ("verify", true.into()),
    ]);
    assert_eq!(faults(&Kind, &read), "");
    let there = entry("dword", 1, Moment(0));
    let mut world = Rehearsal::default().has("registry", VALUE, there);
    assert_eq!(
        told(world.drive(&Kind, &read)),
        "{written: 1970-01-01 00:00:00, previous: 1, data: 1} changed=false"
    );
    assert_eq!(
        told(Rehearsal::default().drive(&Kind, &read)),
        "{written: null, previous: null, data: null} changed=false"
    );
}
