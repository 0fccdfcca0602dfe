//! Events in, commands out.

use runsheet_record::State;
use runsheet_record::Status;
use runsheet_record::event::{Ended, Event, Expanded, Promised, Reserved, Started, What};
use runsheet_record::state::InstanceId;
use runsheet_step::Moment;

use super::{Limit, schedule};
use crate::command::Command;
use crate::testing::bench::bound;

struct Table {
    state: State,
    now: i64,
    limit: usize,
}

impl Table {
    fn of(yaml: &str) -> Table {
        let mut table = Table {
            state: State::new(bound(yaml)),
            now: 0,
            limit: 9,
        };
        table.events(&["start "]);
        table
    }

    /// `start a`, `end a`, `fail a`, `rescue a`, `skip a`, `reserve a`, `promise a 0`, `expand a x y`, `cancel`.
    fn events(&mut self, events: &[&str]) -> &mut Table {
        for event in events {
            let what = what(event, &self.state);
            let at = Moment(self.now);
            self.state.apply(&Event { at, what });
        }
        self
    }

    fn commands(&self) -> Vec<String> {
        let commands = schedule(&self.state, Moment(self.now), Limit(self.limit));
        commands.iter().map(|command| self.tell(command)).collect()
    }

    fn name(&self, id: InstanceId) -> &str {
        &self.state.instance(id).address
    }

    fn tell(&self, command: &Command) -> String {
        let names = |ids: &[InstanceId]| {
            let names: Vec<_> = ids.iter().map(|id| self.name(*id)).collect();
            names.join(" ")
        };
        match command {
            Command::Expand(id) => format!("expand {}", self.name(*id)),
            Command::Confirm(id) => format!("confirm {}", self.name(*id)),
            Command::Arm { starters, waiters } => {
                let starters: Vec<_> = starters.iter().map(|(id, _)| *id).collect();
                format!("arm {} for {}", names(&starters), names(waiters))
            }
            Command::Start(id, locks) => format!("start {} {locks:?}", self.name(*id)),
            Command::Turn(id) => format!("turn {}", self.name(*id)),
            Command::Skip(id) => format!("skip {}", self.name(*id)),
            Command::End(id, status) => format!("end {} {status}", self.name(*id)),
            Command::Fail(id, failure) => format!("fail {} {}", self.name(*id), failure.form),
            Command::Close(id) => format!("close {}", self.name(*id)),
            Command::Restore(id) => format!("restore {}", self.name(*id)),
            Command::Block(id, failure) => format!("block {} {}", self.name(*id), failure.form),
            Command::Finish(status) => format!("finish {status}"),
        }
    }
}

fn what(text: &str, state: &State) -> What {
    let (word, rest) = text.split_once(' ').unwrap_or((text, ""));
    let mut words = rest.split(' ');
    let address: runsheet_step::Name = words.next().unwrap_or_default().into();
    let ended = |status| {
        What::Ended(Ended {
            address: address.clone(),
            status,
            ..Ended::default()
        })
    };
    match word {
        "start" => What::Started(Started {
            attempt: 1,
            locks: Vec::new(),
            deadline: (&*address == "timed").then_some(Moment(5000)),
            address,
        }),
        "rescue" => What::Rescuing(Ended {
            address,
            status: Status::Failed,
            ..Ended::default()
        }),
        "end" => ended(Status::Succeeded),
        "fail" => ended(Status::Failed),
        "skip" => ended(Status::Skipped),
        "reserve" => What::Reserved(Reserved {
            locks: Vec::new(),
            passes: false,
            address,
        }),
        "promise" => What::Promised(Promised { address, marks: 0 }),
        "expand" => What::Expanded(Expanded {
            address,
            items: words.map(|word| (word.into(), word.into())).collect(),
        }),
        "cancel" => What::CancelRequested,
        other => panic!("`{other}` at {:?}", state.ended),
    }
}

const PLAIN: &str = "
steps:
  - {id: a, uses: act, lock: x, with: {run: a}}
  - {id: b, uses: act, needs: [], lock: x, with: {run: b}}
  - {id: c, uses: read, needs: [], with: {key: K}}
  - {id: d, uses: act, when: false, with: {run: d}}
";

#[test]
fn what_may_start_does_as_far_as_locks_and_places_go() {
    let mut table = Table::of(PLAIN);
    assert_eq!(table.commands(), ["start c []", "start a [\"x\"]"]);
    table.limit = 1;
    table.events(&["start a"]);
    assert_eq!(table.commands(), ["start c []", "turn a"]);
    table.events(&["end a"]);
    assert_eq!(table.commands(), ["start c []", "start b [\"x\"]"]);
}

const POOLED: &str = "
steps:
  - {id: a, uses: act, needs: [], lock: x, pool: {p: 2}, with: {run: a}}
  - {id: b, uses: act, needs: [], pool: {p: 2, q: 1}, with: {run: b}}
  - {id: c, uses: act, needs: [], lock: x, pool: {p: 2}, with: {run: c}}
  - {id: d, uses: act, needs: [], pool: {q: 1}, with: {run: d}}
";

#[test]
fn what_waits_for_a_lock_or_a_pool_holds_nothing_meanwhile() {
    let mut table = Table::of(POOLED);
    assert_eq!(table.commands(), ["start a [\"x\"]", "start b []"]);
    table.events(&["start b"]);
    assert_eq!(table.commands(), ["start a [\"x\"]", "turn b"]);
    table.events(&["end b"]);
    assert_eq!(table.commands(), ["start a [\"x\"]", "start d []"]);
    table.events(&["start a", "end a"]);
    assert_eq!(table.commands(), ["start c [\"x\"]", "start d []"]);
}

#[test]
fn a_list_closes_when_all_in_it_has_ended() {
    let mut table = Table::of(PLAIN);
    table.events(&["end a", "end b", "end c"]);
    assert_eq!(table.commands(), ["skip d"]);
    table.events(&["skip d"]);
    assert_eq!(table.commands(), ["close "]);
    table.events(&["end "]);
    assert_eq!(table.commands(), ["finish succeeded"]);
}

#[test]
fn after_a_cancel_what_is_ready_ends() {
    let mut table = Table::of(PLAIN);
    table.limit = 1;
    table.events(&["start a", "cancel"]);
    assert_eq!(
        table.commands(),
        ["end c cancelled", "end b cancelled", "turn a"]
    );
}

const ARMED: &str = "
steps:
  - {id: send, uses: act, with: {run: a}}
  - {id: one, uses: wait, with: {until: {id: 1}}}
  - {id: two, uses: wait, with: {until: {id: 2}}}
";

#[test]
fn waits_are_armed_before_the_act_starts_and_it_waits_for_their_marks() {
    let mut table = Table::of(ARMED);
    assert_eq!(table.commands(), ["arm send for one two"]);
    table.events(&["reserve send"]);
    assert_eq!(table.commands(), [""; 0]);
    table.events(&["promise one 0"]);
    assert_eq!(table.commands(), ["arm send for two"]);
    table.events(&["promise two 0"]);
    assert_eq!(table.commands(), ["start send []"]);
}

const FAN: &str = "
steps:
  - id: each
    foreach: {v: [a, b, c], parallel: 2}
    steps:
      - {id: x, uses: act, with: {run: x}}
  - {id: after, uses: read, with: {key: K}}
";

#[test]
fn items_are_read_then_started_as_many_as_may_run() {
    let mut table = Table::of(FAN);
    assert_eq!(table.commands(), ["expand each"]);
    table.events(&["expand each a b c"]);
    assert_eq!(table.commands(), ["start each []"]);
    table.events(&["start each"]);
    assert_eq!(
        table.commands(),
        ["start each[\"a\"] []", "start each[\"b\"] []"]
    );
    table.events(&["end each[\"a\"]"]);
    assert_eq!(
        table.commands(),
        ["start each[\"b\"] []", "start each[\"c\"] []"]
    );
    table.events(&["fail each[\"b\"]"]);
    assert_eq!(table.commands(), ["close each"]);
}

#[test]
fn an_empty_list_closes_at_once() {
    let mut table = Table::of(FAN);
    table.events(&["expand each"]);
    let fan = table.state.find("each").expect("it is there");
    assert_eq!(table.state.instance(fan).children.len(), 0);
    assert_eq!(table.commands(), ["start each []"]);
    table.events(&["start each"]);
    assert_eq!(table.commands(), ["close each"]);
}

#[test]
fn nothing_starts_in_a_group_out_of_time() {
    let mut table =
        Table::of("steps:\n  - {id: timed, steps: [{id: x, uses: act, with: {run: x}}]}\n");
    table.events(&["start timed"]);
    assert_eq!(table.commands(), ["start timed.x []"]);
    table.now = 5000;
    assert_eq!(table.commands(), ["fail timed.x timeout"]);
}

#[test]
fn a_person_is_asked_before_anything_is_armed() {
    let yaml = ARMED.replace("uses: act,", "uses: act, confirm: Sure?,");
    assert_eq!(Table::of(&yaml).commands(), ["confirm send"]);
}

#[test]
fn finally_comes_last_and_whatever_happened() {
    let yaml = "steps:\n  - {id: a, uses: read}\nfinally:\n  - {id: b, uses: read}\n  - {id: c, uses: read}\n";
    let mut table = Table::of(yaml);
    table.events(&["fail a", "fail "]);
    assert_eq!(table.commands(), ["start finally []"]);
    table.events(&["start finally", "fail finally.b"]);
    assert_eq!(table.commands(), ["start finally.c []"]);
    table.events(&["end finally.c", "fail finally"]);
    assert_eq!(table.commands(), ["finish failed"]);
}

#[test]
fn a_rescue_goes_on_wherever_its_events_break_off() {
    let events = ["start a", "rescue a", "start a.rescue", "start a.rescue.x"];
    let more = ["end a.rescue.x", "end a.rescue", "end a", "start b"];
    let next = [
        "start a [\"l\"]",
        "turn a",
        "start a.rescue []",
        "start a.rescue.x [\"l\"]",
        "turn a.rescue.x",
        "close a.rescue",
        "close a",
        "start b []",
        "turn b",
    ];
    let yaml = "
steps:
  - {id: a, uses: act, lock: l, with: {run: a}, rescue: [{id: x, uses: act, with: {run: x}}]}
  - {id: b, uses: read, with: {key: K}}
";
    let all = [events, more].concat();
    for (count, wanted) in next.iter().enumerate() {
        let mut table = Table::of(yaml);
        table.events(&all[..count]);
        assert_eq!(table.commands(), [*wanted], "after {count} events");
    }
}
