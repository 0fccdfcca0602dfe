//! The kind in a little world.

use runsheet_site::rehearsal::{Rehearsal, faults, input, told};
use runsheet_site::service::status;
use runsheet_step::{Answer, Fault, Form, Input, Moment, Turn, Value};

use crate::Kind;

const DX: &str = "MSExchangeDX";

fn told_to(control: &str) -> Input {
    input([("name", Value::text(DX)), ("control", Value::text(control))])
}

fn restart_before(limit: Value) -> Input {
    input([
        ("name", Value::text(DX)),
        ("control", "restart".into()),
        ("restart_if_started_before", limit),
    ])
}

fn world(state: &str, started: impl Into<Value>) -> Rehearsal {
    Rehearsal::default().has("service", DX, status(state, started))
}

#[test]
fn a_service_that_is_stopped_is_started() {
    let mut world = world("stopped", Value::Null);
    assert_eq!(
        told(world.drive(&Kind, &told_to("start"))),
        "{state: running, started: (at run time), previous: stopped} changed=true"
    );
    assert_eq!(
        world.asked(),
        [
            "get MSExchangeDX",
            "start MSExchangeDX",
            "wait until MSExchangeDX is running"
        ]
    );
}

#[test]
fn a_service_that_is_as_wanted_is_left_alone() {
    let running = "{state: running, started: 1970-01-01 00:00:00, previous: running} changed=false";
    let wanted = input([("name", Value::text(DX)), ("state", "running".into())]);
    assert_eq!(
        told(world("running", Moment(0)).drive(&Kind, &wanted)),
        running
    );
    assert_eq!(
        told(world("running", Moment(0)).drive(&Kind, &told_to("start"))),
        running
    );
}

#[test]
fn a_restart_stops_and_starts() {
    let mut world = world("running", Moment(0));
    let turn = world.drive(&Kind, &told_to("restart"));
    assert!(told(turn).ends_with("changed=true"));
    assert_eq!(
        world.asked(),
        [
            "get MSExchangeDX",
            "stop MSExchangeDX",
            "wait until MSExchangeDX is stopped",
            "start MSExchangeDX",
            "wait until MSExchangeDX is running"
        ]
    );
}

#[test]
fn a_restart_is_due_only_if_the_service_was_started_before() {
    let restarted = |started: Value, limit: Value| {
        let turn = world("running", started).drive(&Kind, &restart_before(limit));
        match turn {
            Turn::Done(done) => done.changed.to_string(),
            other => told(other),
        }
    };
    let at = |millis| Value::Moment(Moment(millis));
    assert_eq!(restarted(at(5), at(6)), "true");
    assert_eq!(restarted(at(6), at(6)), "false");
    assert_eq!(restarted(at(5), Value::Moment(Moment::LATER)), "true");
    assert_eq!(restarted(Value::Null, at(6)), "true");
    assert_eq!(restarted(at(5), Value::Null), "false");
    assert_eq!(
        restarted(at(5), Value::unknown("`enable`")),
        "unknown: `enable`"
    );
    let later = || Value::Moment(Moment::LATER);
    assert_eq!(
        restarted(later(), later()),
        "unknown: the start of `MSExchangeDX`"
    );
    let mut stopped = world("stopped", Value::Null);
    let turn = stopped.drive(&Kind, &restart_before(at(6)));
    assert!(told(turn).ends_with("changed=false"));
}

#[test]
fn a_refused_pause_fails_with_its_windows_error_and_has_outputs_all_the_same() {
    let fault = Fault::new(Form::Win32(2140), "an internal Windows NT error occurred");
    let mut world = world("running", Moment(0)).answers("act", "service", DX, Answer::Fault(fault));
    let Turn::Failed(failure) = world.drive(&Kind, &told_to("pause")) else {
        panic!("it was refused")
    };
    assert_eq!(failure.form, Form::Win32(2140));
    assert_eq!(
        failure.outputs.to_string(),
        "{state: running, started: 1970-01-01 00:00:00, previous: running}"
    );
}

#[test]
fn a_pause_that_is_taken_ends_paused() {
    let turn = world("running", Moment(0)).drive(&Kind, &told_to("pause"));
    assert!(told(turn).starts_with("{state: paused"));
}

#[test]
fn a_service_that_there_is_not_is_told_by_its_name() {
    let turn = Rehearsal::default().drive(&Kind, &told_to("start"));
    assert_eq!(told(turn), "error 1060: there is no service `MSExchangeDX`");
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |input: &Input| faults(&Kind, input);
    assert_eq!(check(&told_to("start")), "");
    assert_eq!(check(&restart_before(Value::Null)), "");
    assert_eq!(
        check(&input([("name", Value::text(DX))])),
        "neither `control` nor `state` is given"
    );
    let both = [
        ("name", Value::text(DX)),
        ("control", "start".into()),
        ("state", "running".into()),
    ];
    assert_eq!(
        check(&input(both)),
        "`control` and `state` cannot both be given"
    );
    let odd = [
        ("name", Value::text(DX)),
        ("control", "start".into()),
        ("restart_if_started_before", Moment(0).into()),
    ];
    assert_eq!(check(&input(odd)), "this belongs to `control: restart`");
}

#[test]
fn a_look_tells_how_the_service_is_and_tells_it_nothing() {
    let look = input([
        ("name", Value::text(DX)),
        ("state", "running".into()),
        ("verify", true.into()),
    ]);
    let mut stopped = world("stopped", Value::Null);
    assert_eq!(
        told(stopped.drive(&Kind, &look)),
        "differs: MSExchangeDX is stopped, and is to be running"
    );
    assert_eq!(stopped.asked(), ["get MSExchangeDX"]);
    assert_eq!(
        told(world("running", Moment(0)).drive(&Kind, &look)),
        "{state: running, started: 1970-01-01 00:00:00, previous: running} changed=false"
    );
    let read = input([("name", Value::text(DX)), ("verify", true.into())]);
    assert_eq!(faults(&Kind, &read), "");
    assert_eq!(
        told(world("stopped", Value::Null).drive(&Kind, &read)),
        "{state: stopped, started: null, previous: stopped} changed=false"
    );
}
