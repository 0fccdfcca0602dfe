//! Progress on its three faces.

use runsheet_record::event::{Ended, RunEnded};
use runsheet_record::observer::Observer;
use runsheet_record::{Status, What};
use runsheet_step::Failure;

use super::paper::Paper;
use super::stage::{Stage, stage};
use crate::look::Look;
use crate::progress::{JsonLines, Live, Plain};

/// One host is done, the other is at work.
fn halfway() -> Stage {
    let mut stage = stage();
    stage.begin();
    stage.act("each[\"ONE\"].send", "ONE", "send");
    stage.start("each[\"TWO\"]");
    stage.wait(4);
    stage.end("each[\"ONE\"].send", Status::Succeeded);
    stage.act("each[\"TWO\"].send", "TWO", "send");
    stage
}

/// What a face has written after these events.
fn replayed(stage: &Stage, face: &mut dyn Observer) {
    let mut state = runsheet_record::State::new(stage.state.bound.clone());
    for event in &stage.events {
        state.apply(event);
        face.on(event, &state);
    }
}

#[test]
fn plain_lines_tell_when_a_step_starts_and_ends() {
    let mut out = Vec::new();
    replayed(&halfway(), &mut Plain::new(&mut out, Look::default()));
    let wanted = "\
08:00:00  run        small at home, 1998-01-29 there; run run-1
08:00:00  for each   each: 2 items
08:00:00  started    each[\"ONE\"].send at ONE
08:00:04  succeeded  each[\"ONE\"].send (4s)
08:00:04  started    each[\"TWO\"].send at TWO
";
    assert_eq!(String::from_utf8_lossy(&out), wanted);
}

#[test]
fn who_cancels_is_told_what_comes_of_it_and_of_once_more() {
    let mut stage = halfway();
    stage.tell(What::CancelRequested);
    stage.tell(What::CancelRequested);
    let mut out = Vec::new();
    replayed(&stage, &mut Plain::new(&mut out, Look::default()));
    let wanted = "\
08:00:04  cancel     nothing more starts, and what acts comes to its end; once more interrupts it
08:00:04  cancel     what acts is interrupted, and is then in doubt; once more leaves at once
";
    let text = String::from_utf8_lossy(&out);
    assert!(text.ends_with(wanted), "{text}");
}

/// The screen that has seen these events, before it is drawn at some moment.
fn live(stage: &Stage) -> (Paper, Live) {
    let (paper, screen) = Paper::screen();
    let mut live = Live::new(screen, Look::default(), stage.state.bound.clone());
    replayed(stage, &mut live);
    (paper, live)
}

#[test]
fn a_screen_has_one_line_for_many_instances() {
    let stage = halfway();
    let (paper, mut live) = live(&stage);
    live.draw(stage.now());
    let wanted = "\u{1b}[2Krunning    each (4s): 1 running, 1 to come ([\"TWO\"].send)\n\
                  \u{1b}[2Kwaiting    last\n\u{1b}[0J";
    let text = paper.text();
    assert!(text.ends_with(wanted), "{text:?}");
}

#[test]
fn time_passes_on_a_screen_though_nothing_happens() {
    let mut stage = halfway();
    let (paper, mut live) = live(&stage);
    live.draw(stage.now());
    stage.wait(60);
    live.draw(stage.now());
    assert!(paper.text().contains("each (1m4s): "), "{:?}", paper.text());
}

#[test]
fn what_a_program_says_stays_on_its_line() {
    let mut stage = halfway();
    stage.tell(What::Ended(Ended {
        address: "each[\"TWO\"].send".into(),
        status: Status::Failed,
        failure: Some(Failure::code("x", "\u{1b}[2Jboo\nsucceeded  all")),
        ..Ended::default()
    }));
    let mut out = Vec::new();
    replayed(&stage, &mut Plain::new(&mut out, Look::default()));
    let wanted = "failed     each[\"TWO\"].send: \\u{1b}[2Jboo\\nsucceeded  all\n";
    let text = String::from_utf8_lossy(&out);
    assert!(text.ends_with(wanted), "{text}");
}

#[test]
fn a_screen_is_gone_when_the_run_has_ended() {
    let mut stage = halfway();
    let (paper, mut live) = live(&stage);
    live.draw(stage.now());
    stage.tell(What::RunEnded(RunEnded {
        status: Status::Cancelled,
    }));
    live.on(stage.events.last().unwrap(), &stage.state);
    let text = paper.text();
    assert!(text.ends_with("\u{1b}[2A\r\u{1b}[0J"), "{text:?}");
}

#[test]
fn every_event_is_a_line_of_json_with_its_version() {
    let stage = halfway();
    let mut out = Vec::new();
    replayed(&stage, &mut JsonLines::new(&mut out));
    let text = String::from_utf8_lossy(&out);
    assert_eq!(text.lines().count(), stage.events.len());
    assert!(
        text.lines()
            .all(|line| line.starts_with("{\"runsheet-event\":1,\"at\":")),
        "{text}"
    );
}
