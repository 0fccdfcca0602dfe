//! What a pause of the Directory Synchronization service does, by version and registry value.

use super::{MINUTE, blueprint};
use crate::clock::START;
use crate::exchange::Profile;
use crate::exchange::dx::PAUSE_KICKS;
use crate::exchange::registry::{Data, service_key};
use crate::exchange::services::{Control, DX, INTERCHANGE, MESSAGE_TRANSFER, State, Win32};
use crate::lab::Lab;

fn server(profile: Profile, upgraded_from_4: bool) -> Lab {
    let mut blueprint = blueprint(&["SALES"]);
    blueprint.exchanges[0].profile = profile;
    blueprint.exchanges[0].upgraded_from_4 = upgraded_from_4;
    Lab::build(&blueprint)
}

fn set_pause_kicks(lab: &mut Lab) {
    let key = service_key(DX);
    let registry = &mut lab.exchanges[0].registry;
    let put = registry.set(START, (&key, PAUSE_KICKS), Data::Dword(1));
    assert!(put.is_ok());
}

fn state(lab: &Lab, service: &str) -> State {
    lab.exchanges[0].services.get(service).unwrap().state
}

fn restart(lab: &mut Lab) {
    lab.control(0, DX, Control::Stop).unwrap();
    lab.advance(MINUTE);
    assert_eq!(state(lab, DX), State::Stopped);
    lab.control(0, DX, Control::Start).unwrap();
    assert_eq!(state(lab, DX), State::StartPending);
    lab.advance(MINUTE);
    assert_eq!(state(lab, DX), State::Running);
}

#[test]
fn exchange_4_0_does_not_know_the_control_until_the_value_is_set_and_the_service_restarted() {
    let mut lab = server(Profile::Exchange40, false);
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32(1052)));
    set_pause_kicks(&mut lab);
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32(1052)));
    restart(&mut lab);
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32(2140)));
    lab.advance(MINUTE);
    assert_eq!(state(&lab, DX), State::Running);
}

#[test]
fn later_versions_have_it_built_in() {
    for profile in [Profile::Exchange50, Profile::Exchange55] {
        let mut lab = server(profile, false);
        assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32::INTERNAL));
    }
}

#[test]
fn a_server_upgraded_from_4_0_really_pauses_without_the_value() {
    let mut lab = server(Profile::Exchange55, true);
    assert_eq!(lab.control(0, DX, Control::Pause), Ok(()));
    lab.advance(MINUTE);
    assert_eq!(state(&lab, DX), State::Paused);
    assert_eq!(lab.control(0, DX, Control::Continue), Ok(()));
    lab.advance(MINUTE);
    set_pause_kicks(&mut lab);
    restart(&mut lab);
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32::INTERNAL));
}

#[test]
fn a_paused_service_hears_nothing_until_it_continues() {
    let mut lab = server(Profile::Exchange55, true);
    lab.control(0, DX, Control::Pause).unwrap();
    lab.run("SALES", &["reqmain", "-dM", "-t"], r"M:\MAILEXE")
        .unwrap();
    lab.advance(2 * MINUTE);
    assert_eq!(
        (
            lab.exchanges[0].dx.heard.len(),
            lab.exchanges[0].dx.waiting.len()
        ),
        (0, 2)
    );
    lab.control(0, DX, Control::Continue).unwrap();
    lab.advance(MINUTE);
    assert_eq!(lab.exchanges[0].dx.heard.len(), 2);
}

#[test]
fn the_service_control_manager_refuses_what_the_state_does_not_allow() {
    let mut lab = server(Profile::Exchange55, false);
    let mut control = |service: &str, control| lab.control(0, service, control);
    assert_eq!(
        control("NoSuch", Control::Start),
        Err(Win32::NO_SUCH_SERVICE)
    );
    assert_eq!(control(DX, Control::Start), Err(Win32::ALREADY_RUNNING));
    assert_eq!(
        control(MESSAGE_TRANSFER, Control::Stop),
        Err(Win32::DEPENDENTS_RUN)
    );
    assert_eq!(
        control(INTERCHANGE, Control::Pause),
        Err(Win32::INVALID_CONTROL)
    );
    assert_eq!(control(DX, Control::Stop), Ok(()));
    assert_eq!(control(DX, Control::Stop), Err(Win32::CANNOT_ACCEPT));
    lab.advance(MINUTE);
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32::NOT_ACTIVE));
}

#[test]
fn starting_a_service_starts_the_one_it_leans_on() {
    let mut lab = server(Profile::Exchange55, false);
    for service in [DX, INTERCHANGE, MESSAGE_TRANSFER] {
        lab.control(0, service, Control::Stop).unwrap();
        lab.advance(MINUTE);
    }
    lab.control(0, DX, Control::Start).unwrap();
    lab.advance(MINUTE);
    assert_eq!(state(&lab, MESSAGE_TRANSFER), State::Running);
    assert_eq!(state(&lab, INTERCHANGE), State::Stopped);
}

#[test]
fn how_often_the_mta_looks_is_read_when_it_starts() {
    let mut lab = server(Profile::Exchange55, false);
    lab.exchanges[0].mtas[0].check_every = 5 * MINUTE;
    lab.advance(MINUTE);
    assert_eq!(lab.exchanges[0].mtas[0].polling, MINUTE);
    lab.control(0, "PCMTA-HQ", Control::Stop).unwrap();
    lab.advance(MINUTE);
    lab.control(0, "pcmta-hq", Control::Start).unwrap();
    lab.advance(MINUTE);
    assert_eq!(lab.exchanges[0].mtas[0].polling, 5 * MINUTE);
}
