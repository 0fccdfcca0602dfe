//! The dry run: the same schedule and the same steps, against what would be.
//!
//! Reads come from the overlay of predicted changes, then from the site's readers. Writes become
//! predicted changes; what only a run can see is unknown. Nothing that can have an effect is
//! reachable from here: all it is given is a [`Readers`].

mod close;
mod conflicts;
mod deed;
mod imagine;
mod overlay;
mod restore;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;
use std::collections::HashMap;
use std::sync::Arc;

use runsheet_language::bound::Bound;
use runsheet_language::workflow::StepId;
use runsheet_language::workflow::order::Order;
use runsheet_record::event::{Armed, Ended, Event, Expanded, RunEnded, Started, What};
use runsheet_record::plan::{End, Plan, Row, VERSION};
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_record::{State, Status};
use runsheet_step::fact::Change;
use runsheet_step::{
    Answer, Catalogue, Cursor, Entry, Failure, Input, Name, Outcome, TURN_CAP, Turn, Unknown, Value,
};

use crate::arming::{self, marks_of};
use crate::command::Command;
use crate::drivers::Readers;
use crate::input::input;
use crate::items;
use crate::judge::{self, Changed};
use crate::schedule::{Limit, schedule};
use conflicts::Writers;
use overlay::Overlay;

/// Plans a run.
pub async fn plan(bound: Arc<Bound>, catalogue: &Catalogue, readers: &dyn Readers) -> Plan {
    let mut state = State::new(bound.clone());
    state.planning = true;
    let mut planner = Planner {
        state,
        catalogue,
        readers,
        overlay: Overlay::default(),
        order: Order::of(&bound.workflow),
        writers: Writers::default(),
        rows: Vec::new(),
        temporary: BTreeMap::new(),
        warnings: Vec::new(),
    };
    while planner.state.ended.is_none() {
        let commands = schedule(&planner.state, readers.now(), Limit(usize::MAX));
        if commands.is_empty() {
            planner
                .warnings
                .push("some steps could not be planned".into());
            break;
        }
        for command in commands {
            planner.carry_out(command).await;
        }
    }
    planner.sort_rows();
    let mut restores = planner.restores();
    planner.warnings.extend(planner.not_restorable());
    let rows = planner.rows.into_iter().map(|(_, row)| row);
    let mut rows: Vec<Row> = rows.collect();
    words::write_down(&mut rows, catalogue);
    words::write_down(&mut restores, catalogue);
    Plan {
        version: VERSION,
        bound,
        rows,
        restores,
        warnings: planner.warnings,
    }
}

struct Planner<'p> {
    state: State,
    catalogue: &'p Catalogue,
    readers: &'p dyn Readers,
    overlay: Overlay,
    order: Order,
    writers: Writers,
    /// In the order in which they were planned, each instance once.
    rows: Vec<(InstanceId, Row)>,
    /// What steps would change that are taken back at the end.
    temporary: BTreeMap<InstanceId, Vec<Change>>,
    warnings: Vec<Name>,
}

impl Planner<'_> {
    fn emit(&mut self, what: What) {
        let event = Event {
            at: self.readers.now(),
            what,
        };
        self.state.apply(&event);
    }

    /// Puts the rows into the order of the text.
    fn sort_rows(&mut self) {
        let in_order = self.state.in_order().into_iter();
        let places: HashMap<InstanceId, usize> = in_order.zip(0..).collect();
        self.rows
            .sort_by_cached_key(|(id, _)| places.get(id).copied());
    }

    async fn carry_out(&mut self, command: Command) {
        match command {
            Command::Expand(fan) => self.expand(fan),
            Command::Arm { starters, waiters } => self.arm(starters, waiters),
            Command::Start(id, locks) => self.start(id, locks),
            Command::Turn(id) => self.step(id).await,
            Command::Skip(id) => self.skip(id),
            Command::End(id, status) => self.end(id, status),
            Command::Block(id, _) => self.end(id, Status::Blocked),
            Command::Fail(id, failure) => self.fail(id, failure),
            Command::Close(id) => self.close(id),
            Command::Finish(status) => self.emit(What::RunEnded(RunEnded { status })),
            Command::Confirm(_) | Command::Restore(_) => {}
        }
    }

    fn address(&self, id: InstanceId) -> Name {
        self.state.instance(id).address.clone()
    }

    fn expand(&mut self, fan: InstanceId) {
        let address = self.address(fan);
        let list = items::list(&self.state, fan);
        if let Ok(Value::Unknown(why)) = &list {
            let mut row = self.row(fan);
            row.end = End::Open(Unknown::clone(why));
            self.rows.push((fan, row));
            self.state.mark_maybe(fan);
            if self.holds_acts(self.state.instance(fan).node) {
                self.overlay.opaque_everywhere();
            }
            return self.emit(What::Expanded(Expanded {
                address,
                items: Vec::new(),
            }));
        }
        match list.and_then(|list| items::named(&self.state, fan, &list)) {
            Ok(items) => self.emit(What::Expanded(Expanded { address, items })),
            Err(failure) => self.fail(fan, failure),
        }
    }

    /// Whether a group, or the body of a `foreach`, holds a step that can write.
    fn holds_acts(&self, group: StepId) -> bool {
        let workflow = self.state.workflow();
        let node = workflow.node(group);
        let mut inside = node.children.iter().chain(&node.rescue);
        node.acts() || inside.any(|child| self.holds_acts(*child))
    }

    fn arm(&mut self, starters: Vec<(InstanceId, Option<Vec<Name>>)>, waiters: Vec<InstanceId>) {
        for (id, locks) in starters {
            self.emit(arming::reserved(&self.state, id, locks));
        }
        let place = Cursor {
            stream: "plan".into(),
            position: Cursor::IN_THE_RUN,
        };
        let answer = Answer::Value(place.to_value());
        for waiter in waiters {
            let requests = marks_of(&self.state, self.catalogue, waiter).unwrap_or_default();
            self.emit(arming::promised(&self.state, waiter, requests.len()));
            for (n, request) in (0..).zip(requests) {
                self.emit(What::Armed(Armed {
                    request,
                    answer: answer.clone(),
                    serves: vec![(self.address(waiter), n)],
                }));
            }
        }
    }

    fn start(&mut self, id: InstanceId, locks: Vec<Name>) {
        let parent = self.state.instance(id).parent;
        let inherited = parent.is_some_and(|parent| self.state.instance(parent).maybe);
        if inherited || self.guard(id).is_some() {
            self.state.mark_maybe(id);
        }
        let address = self.address(id);
        self.emit(What::Started(Started {
            address,
            attempt: 1,
            locks,
            deadline: None,
        }));
    }

    /// The `when:` that a plan cannot decide, here or around it, or the failure that it rescues.
    fn guard(&self, id: InstanceId) -> Option<Name> {
        self.state.outward(id).find_map(|around| {
            let instance = self.state.instance(around);
            if let Some(rescued) = self.may_rescue(around) {
                return Some(rescued);
            }
            let when = self.state.workflow().node(instance.node).when.as_ref()?;
            let open = !instance.is_fan
                && matches!(
                    when.evaluate(&Names::of(&self.state, around)),
                    Ok(Value::Unknown(_))
                );
            open.then(|| when.to_string().into())
        })
    }

    /// A row with nothing in it yet.
    fn row(&self, id: InstanceId) -> Row {
        let instance = self.state.instance(id);
        let node = self.state.workflow().node(instance.node);
        let host = match Names::of(&self.state, id).host() {
            Ok(Value::Host(host)) if node.action().is_some() => Some(host.name.clone()),
            _ => None,
        };
        Row {
            address: instance.address.clone(),
            kind: node
                .action()
                .map_or_else(|| "".into(), |action| action.kind.clone()),
            host,
            deeds: Vec::new(),
            end: End::Known,
            place: None,
            causes: Vec::new(),
            guard: if instance.maybe { self.guard(id) } else { None },
            assumes: false,
        }
    }

    async fn step(&mut self, id: InstanceId) {
        let mut row = self.row(id);
        let turn = self.until_it_ends(id, &mut row).await;
        let ended = self.ended(id, turn, &mut row);
        self.rows.push((id, row));
        self.conclude(id, ended);
    }

    /// Calls a step until it ends, answering from what would be.
    async fn until_it_ends(&mut self, id: InstanceId, row: &mut Row) -> Turn {
        let workflow = self.state.bound.workflow.clone();
        let node = workflow.node(self.state.instance(id).node);
        let Some(action) = node.action() else {
            return Turn::Failed(Box::new(Failure::code(
                "unknown-kind",
                "a group has no turns",
            )));
        };
        let input = match input(&self.state, id, action) {
            Ok(input) => input,
            Err(failure) => return Turn::Failed(failure),
        };
        let mut transcript = self.state.instance(id).whole_transcript();
        for _ in 0..TURN_CAP {
            let turn = self.turn(&action.kind, &input, &transcript);
            let Turn::Ask(requests) = turn else {
                return turn;
            };
            for request in requests {
                let answer = self.imagine(id, action, &request, row).await;
                transcript.push(Entry {
                    request,
                    answer: Some(answer),
                });
            }
        }
        Turn::Failed(Box::new(Failure::code(
            "too-many-turns",
            "it asked too often",
        )))
    }

    fn turn(&self, kind: &str, input: &Input, transcript: &[Entry]) -> Turn {
        match self.catalogue.kind(kind) {
            Some(kind) => kind.turn(input, transcript),
            None => Turn::Failed(Box::new(Failure::code(
                "unknown-kind",
                "there is no such kind",
            ))),
        }
    }

    /// What the end of a step's planning means for the steps after it.
    fn ended(&self, id: InstanceId, turn: Turn, row: &mut Row) -> Ended {
        let verdict = match turn {
            Turn::Done(outcome) => Ok(outcome),
            Turn::Failed(failure) => Err(failure),
            Turn::Unknown(why) => return self.open(id, row, why),
            Turn::Ask(_) => return self.open(id, row, Unknown::because("its own questions")),
        };
        match judge::judge(&self.state, id, verdict, self.readers.now()) {
            What::Ended(ended) if ended.status == Status::Succeeded => ended,
            What::Ended(ended) if row.assumes => {
                let why = ended
                    .failure
                    .map_or_else(|| "".into(), |failure| failure.message);
                self.open(id, row, Unknown::because(why))
            }
            // If it runs, it fails; what comes after it may well find that it did not run.
            What::Ended(ended) if self.state.instance(id).maybe => {
                row.causes.clone_from(&ended.causes);
                let failure = ended.failure.unwrap_or_else(failed);
                let ended = self.open(id, row, Unknown::because(failure.message.clone()));
                row.end = End::Fails(failure.into());
                ended
            }
            What::Ended(ended) => {
                row.causes.clone_from(&ended.causes);
                row.end = End::Fails(ended.failure.clone().unwrap_or_else(failed).into());
                ended
            }
            _ => self.open(id, row, Unknown::because("how often it must be tried")),
        }
    }

    /// The end of a step of which only a run sees how it goes on.
    fn open(&self, id: InstanceId, row: &mut Row, why: Unknown) -> Ended {
        let address = self.address(id);
        let outputs = Value::Unknown(Unknown::because(format!("`{address}`")).into());
        row.end = End::Open(why);
        let outcome = Outcome {
            outputs,
            changed: true,
        };
        // That it cannot be worked out is told by the run.
        let changed = judge::changed(&self.state, id, &outcome);
        let changed = changed.unwrap_or(Changed::Unknown);
        Ended {
            address,
            status: Status::Succeeded,
            outputs: outcome.outputs,
            changed: changed == Changed::Yes,
            may_change: changed == Changed::Unknown,
            ..Ended::default()
        }
    }

    fn skip(&mut self, id: InstanceId) {
        let mut row = self.row(id);
        row.end = End::Skipped;
        self.rows.push((id, row));
        self.end(id, Status::Skipped);
    }

    fn end(&mut self, id: InstanceId, status: Status) {
        let address = self.address(id);
        self.emit(What::Ended(Ended {
            address,
            status,
            ..Ended::default()
        }));
    }

    fn fail(&mut self, id: InstanceId, failure: Box<Failure>) {
        let mut row = self.row(id);
        row.end = End::Fails(failure.clone());
        let ended = judge::failed(&self.state, id, *failure, Vec::new());
        row.causes.clone_from(&ended.causes);
        self.rows.push((id, row));
        self.conclude(id, ended);
    }
}

fn failed() -> Failure {
    Failure::code("failed", "it fails")
}
