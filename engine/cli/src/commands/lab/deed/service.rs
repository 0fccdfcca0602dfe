//! A service that is started, stopped, paused or continued.

use runsheet_site::service::{NAME, status};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Value};

use super::{Deed, Place, misused};
use crate::complaint::Complaint;

pub(super) static DEED: Deed = Deed {
    name: "service",
    facility: NAME,
    takes: "start|stop|restart|pause|continue NAME",
    about: "controls a service, and waits until it has settled",
    remedies: &[
        (
            "no-such-host",
            "name an Exchange server: postoffices have no services",
        ),
        (
            "error 1051",
            "stop those first; `runsheet lab show services` tells what leans on what",
        ),
        (
            "error 1052",
            "few services take a pause; MSExchangeDX does if PauseKicksDX was 1 when it started \
             (Q146738)",
        ),
        ("error 1056", "restart it if it is to begin anew"),
        ("error 1060", "`runsheet lab show services` lists them"),
        ("error 1062", "start it first"),
    ],
    act,
};

const CONTROLS: [&str; 4] = ["start", "stop", "pause", "continue"];
const WORDS: [&str; 5] = ["start", "stop", "restart", "pause", "continue"];

fn act(place: &Place<'_>, words: &[&str]) -> Result<(), Complaint> {
    match words {
        ["restart", service] => {
            control(place, service, "stop")?;
            control(place, service, "start")
        }
        [word, service] if CONTROLS.contains(word) => control(place, service, word),
        _ => Err(misused(&DEED, words.first().unwrap_or(&""), &WORDS)),
    }
}

fn control(place: &Place<'_>, service: &str, word: &str) -> Result<(), Complaint> {
    place.act(&DEED, service, word)?;
    while is_on_its_way(place, service)? && place.lab.change(pass_to_next)? {}
    Ok(())
}

fn is_on_its_way(place: &Place<'_>, service: &str) -> Result<bool, Complaint> {
    let answer = place.ask(NAME, service, Verb::Get)?;
    let Answer::Value(value) = answer else {
        return Ok(false);
    };
    let state = value.get("state").to_string();
    let settled = ["stopped", "running", "paused"].map(|it| status(it, Value::Null));
    Ok(!settled
        .iter()
        .any(|it| it.get("state").to_string() == state))
}

/// Lets time pass until something happens; not where nothing will.
fn pass_to_next(lab: &mut runsheet_lab::lab::Lab) -> bool {
    let next = lab.next_due();
    if let Some(next) = next {
        lab.advance_to(next);
    }
    next.is_some()
}
