//! Services at a command prompt: what NET prints, and how services fail to start.

use super::{MINUTE, blueprint};
use crate::clock::START;
use crate::exchange::dx::PAUSE_KICKS;
use crate::exchange::registry::{Data, service_key};
use crate::exchange::services::{Control, DX, State, Win32};
use crate::faults::{Fault, Given, Stage, When, kinds};
use crate::lab::Lab;
use crate::process::End;
use runsheet_step::Value;

fn lab() -> Lab {
    Lab::build(&blueprint(&["SALES"]))
}

/// Gives the lab a fault that begins now.
#[track_caller]
pub(super) fn fault(lab: &mut Lab, name: &str, given: &[(&'static str, Value)]) {
    let given = Value::map(given.iter().map(|(name, value)| (*name, value.clone())));
    let kind = kinds()
        .find(|it| it.name == name)
        .expect("there is such a fault");
    lab.add_fault(Fault {
        kind,
        given: Given::new(given.as_map().cloned().unwrap_or_default()),
        from: When::Opening,
        until: None,
        stage: Stage::Ahead,
    });
}

fn net(lab: &mut Lab, line: &str) -> (String, i32) {
    let argv: Vec<&str> = line.split(' ').collect();
    let ended = lab.run("EXCH1", &argv, r"C:\").unwrap();
    let Some(End::Exited(code)) = ended.end() else {
        panic!("{line} has not ended by itself");
    };
    (ended.console().to_owned(), code)
}

fn state(lab: &Lab, service: &str) -> State {
    lab.exchanges[0].services.get(service).unwrap().state
}

#[test]
fn a_pause_that_starts_a_cycle_is_told_as_a_failure() {
    let mut lab = lab();
    lab.exchanges[0].dx.pause_kicks = true;
    let (screen, code) = net(&mut lab, "net pause msexchangedx");
    assert_eq!(
        screen,
        "The Microsoft Exchange Directory Synchronization service failed to pause.\n\n\
         More help is available by typing NET HELPMSG3539.\n"
    );
    assert_ne!(code, 0);
    assert_eq!(state(&lab, DX), State::Running);
}

#[test]
fn a_service_is_stopped_and_started_by_either_of_its_names() {
    let mut lab = lab();
    let (screen, code) = net(&mut lab, "NET STOP MSExchangeDX");
    assert_eq!(code, 0);
    assert!(
        screen.ends_with("service was stopped successfully.\n"),
        "{screen}"
    );
    assert_eq!(state(&lab, DX), State::Stopped);
    let (screen, code) = net(&mut lab, "net stop msexchangedx");
    assert!(
        screen.contains("is not started.\n\nMore help is available by typing NET HELPMSG 3521.")
    );
    assert_ne!(code, 0);
    let shown = "net start Microsoft Exchange Directory Synchronization";
    assert_eq!(net(&mut lab, shown).1, 0);
    assert_eq!(state(&lab, DX), State::Running);
    assert_eq!(net(&mut lab, "net start NoSuch").1, 2);
}

#[test]
fn stopping_what_others_lean_on_is_asked_about() {
    let mut lab = lab();
    let refused = net(&mut lab, "net stop MSExchangeMTA");
    assert_eq!(refused.1, 2, "nobody was there to say yes");
    assert_eq!(state(&lab, DX), State::Running);
    let argv = ["net", "stop", "MSExchangeMTA"].map(str::to_owned);
    let mut yes = |_: &str| Some(String::new());
    let left = lab.perform("EXCH1", &argv, r"C:\", &mut yes).unwrap();
    assert_eq!(left.exit, 0, "{}", left.screen);
    assert_eq!(
        (state(&lab, DX), state(&lab, "MSExchangeMTA")),
        (State::Stopped, State::Stopped)
    );
}

#[test]
fn a_start_that_fails_with_2140_is_a_real_failure() {
    let mut lab = lab();
    fault(
        &mut lab,
        "service-start-2140",
        &[("because", "database".into())],
    );
    lab.control(0, DX, Control::Stop).unwrap();
    lab.advance(MINUTE);
    assert_eq!(lab.control(0, DX, Control::Start), Err(Win32::INTERNAL));
    assert_eq!(state(&lab, DX), State::Stopped);
    let record = lab.exchanges[0].log.records().last().unwrap();
    assert_eq!((record.id, &*record.source), (124, "ESE97"));
    let (screen, code) = net(&mut lab, "net start MSExchangeDX");
    assert!(
        screen.contains("System error 2140 has occurred."),
        "{screen}"
    );
    assert_eq!(code, 2);
    lab.end_fault(0);
    assert_eq!(lab.control(0, DX, Control::Start), Ok(()));
}

#[test]
fn a_database_to_be_defragmented_keeps_the_service_down() {
    let mut lab = lab();
    fault(&mut lab, "database-upgraded", &[]);
    lab.control(0, DX, Control::Stop).unwrap();
    lab.advance(MINUTE);
    assert_eq!(lab.control(0, DX, Control::Start), Err(Win32::INTERNAL));
    assert_eq!(lab.exchanges[0].log.records().last().unwrap().id, 249);
}

#[test]
fn a_disabled_service_does_not_start() {
    let mut lab = lab();
    lab.control(0, DX, Control::Stop).unwrap();
    lab.advance(MINUTE);
    let key = service_key(DX);
    let registry = &mut lab.exchanges[0].registry;
    registry
        .set(START, (&key, "Start"), Data::Dword(4))
        .unwrap();
    assert_eq!(lab.control(0, DX, Control::Start), Err(Win32::DISABLED));
    registry_start(&mut lab, 3);
    assert_eq!(lab.control(0, DX, Control::Start), Ok(()));
}

fn registry_start(lab: &mut Lab, start: u32) {
    let registry = &mut lab.exchanges[0].registry;
    let key = service_key(DX);
    registry
        .set(START, (&key, "Start"), Data::Dword(start))
        .unwrap();
}

#[test]
fn a_failure_may_have_a_number_of_the_service_itself() {
    let mut lab = lab();
    let given = [
        ("service", "PCMTA-HQ".into()),
        ("error", 1066.into()),
        ("number", 3.into()),
    ];
    fault(&mut lab, "service-start-fails", &given);
    net(&mut lab, "net stop PCMTA-HQ");
    let (screen, _) = net(&mut lab, "net start PCMTA-HQ");
    assert!(
        screen.contains("A service specific error occurred: 3."),
        "{screen}"
    );
}

#[test]
fn a_service_somebody_stopped_runs_again_when_the_fault_is_over() {
    let mut lab = lab();
    fault(
        &mut lab,
        "service-stopped",
        &[("service", "MSExchangeMTA".into())],
    );
    assert_eq!(
        (state(&lab, "MSExchangeMTA"), state(&lab, DX)),
        (State::Stopped, State::Stopped)
    );
    lab.end_fault(0);
    assert_eq!(state(&lab, "MSExchangeMTA"), State::Running);
}

#[test]
fn a_pause_that_was_enabled_can_be_lost_again() {
    let mut lab = lab();
    let key = service_key(DX);
    let registry = &mut lab.exchanges[0].registry;
    registry
        .set(START, (&key, PAUSE_KICKS), Data::Dword(1))
        .unwrap();
    net(&mut lab, "net stop MSExchangeDX");
    net(&mut lab, "net start MSExchangeDX");
    assert_eq!(lab.control(0, DX, Control::Pause), Err(Win32::INTERNAL));
    fault(&mut lab, "pause-not-enabled", &[]);
    assert_eq!(
        lab.control(0, DX, Control::Pause),
        Err(Win32::INVALID_CONTROL)
    );
    assert_eq!(lab.exchanges[0].registry.value(&key, PAUSE_KICKS), None);
}

#[test]
fn logging_set_back_hides_the_mail_that_moves() {
    let mut operator = super::Operator::prepared(&blueprint(&["SALES"]));
    fault(&mut operator.lab, "logging-not-maximum", &[]);
    operator.t1();
    assert_eq!(operator.server().log.newest(), 0);
}
