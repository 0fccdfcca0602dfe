//! The fields of `with:`, and what may be wrong with them beyond their types.

use runsheet_step::{Failure, Value};
use serde::Deserialize;

pub(crate) const CONTROLS: &[&str] = &["start", "stop", "pause", "continue", "restart"];
pub(crate) const STATES: &[&str] = &["running", "stopped", "paused"];

/// The fields of `with:`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ServiceInput {
    pub(crate) name: String,
    #[serde(default)]
    pub(crate) control: Option<Wish>,
    #[serde(default)]
    pub(crate) state: Option<State>,
    /// Where it is left out, a restart has no condition; where it is null, nothing is restarted.
    pub(crate) restart_if_started_before: Option<Value>,
    #[serde(default)]
    pub(crate) verify: bool,
}

/// What a workflow tells a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Wish {
    Start,
    Stop,
    Pause,
    Continue,
    Restart,
}

/// How a workflow wants a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum State {
    Running,
    Stopped,
    Paused,
}

impl State {
    pub(crate) fn word(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Stopped => "stopped",
            State::Paused => "paused",
        }
    }

    pub(crate) fn wish(self) -> Wish {
        match self {
            State::Running => Wish::Start,
            State::Stopped => Wish::Stop,
            State::Paused => Wish::Pause,
        }
    }
}

/// What is wrong; nothing of what is not known yet.
pub(crate) fn check(with: &Value) -> Vec<Failure> {
    let given = |field: &str| !with.get(field).is_null();
    let mut faults = Vec::new();
    match (given("control"), given("state")) {
        (false, false) if with.get("verify").as_bool() == Some(true) => {}
        (false, false) => faults.push(
            Failure::code("bad-input", "neither `control` nor `state` is given")
                .help("say what to tell the service, such as `control: start`, or how it is to be, such as `state: running`"),
        ),
        (true, true) => faults.push(
            Failure::code("bad-input", "`control` and `state` cannot both be given")
                .at(&["state"])
                .help("leave one of them out"),
        ),
        _ => {}
    }
    if given("control") && with.get("verify").as_bool() == Some(true) {
        faults.push(
            Failure::code("bad-input", "who only looks tells a service nothing")
                .at(&["control"])
                .help("say how it is to be, such as `state: running`, or leave `verify` out"),
        );
    }
    let control = with.get("control");
    let restarts = control
        .as_text()
        .is_none_or(|control| &**control == "restart");
    let conditional = with
        .as_map()
        .is_some_and(|with| with.contains_key("restart_if_started_before"));
    let knows = !matches!(control, Value::Unknown(_));
    if conditional && knows && (!restarts || control.is_null()) {
        faults.push(
            Failure::code("bad-input", "this belongs to `control: restart`")
                .at(&["restart_if_started_before"])
                .help("write `control: restart`, or leave this out"),
        );
    }
    faults
}
