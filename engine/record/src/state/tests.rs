//! Events in, state out.

use std::sync::{Arc, LazyLock};

use runsheet_diagnostics::source::Sources;
use runsheet_language::bound::{Given, bind};
use runsheet_language::compose::NoFiles;
use runsheet_language::read_workflow;
use runsheet_language::site::Site;
use runsheet_step::fact::Fact;
use runsheet_step::request::Verb;
use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{
    Answer, Catalogue, Failure, Fault, Field, Form, Input, Moment, Name, Outcome, Request, Shape,
    Step, Stop, Value, World,
};

use super::{Phase, State};
use crate::event::{
    Answered, Armed, Asked, Ended, Event, Expanded, Promised, Question, Restored, Retried, Started,
    What,
};
use crate::status::Status;

/// A kind that a workflow can name; here events say what its steps do.
struct Kind {
    name: &'static str,
    acts: bool,
}

static SHAPES: LazyLock<[Shape; 2]> = LazyLock::new(|| {
    let shape = Shape::new("for tests")
        .host(HostNeed::None)
        .inputs([Field::new("log", Type::Text, "")]);
    [shape.clone(), shape.armed_by(&["log"])]
});

impl Step for Kind {
    fn kind(&self) -> &str {
        self.name
    }

    fn shape(&self) -> &Shape {
        &SHAPES[usize::from(!self.acts)]
    }

    fn acts(&self, _: &Input) -> bool {
        self.acts
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        Err(Failure::code("not-here", "no step is run here").into())
    }
}

struct Run {
    state: State,
    now: i64,
}

impl Run {
    fn of(yaml: &str) -> Run {
        let kind = |name, acts| Kind { name, acts };
        let catalogue = Catalogue::default();
        let catalogue = catalogue.step(kind("act", true)).step(kind("wait", false));
        let mut sources = Sources::new();
        let text = format!("workflow: 1\nname: test\n{}", yaml.trim_start());
        let source = sources.add("test.yaml", text);
        let (workflow, found) = read_workflow(source, &mut sources, &catalogue, &NoFiles);
        let messages: Vec<_> = found.iter().map(|one| &one.message).collect();
        assert!(!found.iter().any(|one| one.is_error()), "{messages:?}");
        let (bound, _) = bind(&Arc::new(workflow), &Site::default(), &Given::default());
        let bound = bound.expect("nothing is missing");
        let mut run = Run {
            state: State::new(Arc::new(bound)),
            now: 0,
        };
        run.start("");
        run
    }

    fn event(&mut self, what: What) {
        self.now += 1;
        let at = Moment(self.now);
        self.state.apply(&Event { at, what });
    }

    fn start(&mut self, address: &str) {
        let attempt = self
            .state
            .find(address)
            .map_or(1, |id| self.state.instance(id).attempt);
        self.event(What::Started(Started {
            address: address.into(),
            attempt,
            locks: Vec::new(),
            deadline: None,
        }));
    }

    fn end(&mut self, address: &str, status: Status) {
        let failure = (status == Status::Failed).then(|| Failure::code("no", "no"));
        self.event(What::Ended(Ended {
            address: address.into(),
            status,
            failure,
            ..Ended::default()
        }));
    }

    fn retry(&mut self, address: &str) {
        let attempt = self.one(address).attempt + 1;
        self.event(What::Retried(Retried {
            address: address.into(),
            attempt,
            not_before: Moment(0),
            failure: Failure::code("no", "no"),
        }));
    }

    fn expand(&mut self, address: &str, items: &[&str]) {
        let items = items
            .iter()
            .map(|item| (Name::from(*item), Value::text(*item)));
        self.event(What::Expanded(Expanded {
            address: address.into(),
            items: items.collect(),
        }));
    }

    /// A step puts a value, and hears this.
    fn put(&mut self, address: &str, resource: &str, (before, after): (i64, i64), answer: Answer) {
        let request = request(resource, Verb::Put(after.into()));
        let before = Some(Fact::Known(before.into()));
        let (attempt, turn) = (self.one(address).attempt, self.one(address).turns);
        self.event(What::Asked(Asked {
            address: address.into(),
            attempt,
            turn,
            questions: vec![Question { request, before }],
        }));
        self.event(What::Answered(Answered {
            address: address.into(),
            attempt,
            turn,
            answers: vec![answer],
        }));
    }

    fn mark(&mut self, address: &str) {
        self.event(What::Promised(Promised {
            address: address.into(),
            marks: 1,
        }));
        self.event(What::Armed(Armed {
            request: request("log", Verb::Mark),
            answer: Answer::Value(Value::Null),
            serves: vec![(address.into(), 0)],
        }));
    }

    fn one(&self, address: &str) -> &super::Instance {
        let id = self.state.find(address);
        self.state
            .instance(id.unwrap_or_else(|| panic!("there is no `{address}`")))
    }

    fn status(&self, address: &str) -> &'static str {
        self.one(address).status.word()
    }

    /// What may start, by address.
    fn ready(&self) -> Vec<String> {
        let ids = self.state.ready().chain(self.state.ready_to_act());
        ids.map(|id| self.state.instance(id).address.to_string())
            .collect()
    }

    /// What would be gone back to: `a K 1`.
    fn back(&mut self) -> Vec<String> {
        let mut back = Vec::new();
        while let Some(id) = self.state.next_to_restore() {
            let address = self.state.instance(id).address.clone();
            let changes = self.state.to_restore(id).into_iter().cloned();
            for change in changes.collect::<Vec<_>>() {
                let before = change
                    .before
                    .known()
                    .map(Value::to_string)
                    .unwrap_or_default();
                back.push(format!("{address} {} {before}", change.key.resource));
                self.event(What::Restored(Restored {
                    address: address.clone(),
                    request: change.key.request(Verb::Get),
                    answer: Answer::Absent,
                }));
            }
        }
        back
    }
}

fn request(resource: &str, verb: Verb) -> Request {
    Request {
        host: "h".into(),
        facility: "store".into(),
        resource: resource.into(),
        verb,
    }
}

const LIST: &str = "
steps:
  - {id: a, uses: act, undo: at-end}
  - {id: g, steps: [{id: b, uses: act, undo: at-end}, {id: c, uses: act}]}
  - {id: d, uses: act, undo: at-end}
  - {id: free, uses: act, needs: []}
";

#[test]
fn what_ends_well_sets_free_what_needs_it() {
    let mut run = Run::of(LIST);
    assert_eq!(run.ready(), ["a", "free"]);
    run.start("a");
    run.end("a", Status::Skipped);
    assert_eq!(run.ready(), ["g", "free"]);
    run.start("g");
    run.end("g.b", Status::Succeeded);
    run.end("g.c", Status::Succeeded);
    assert_eq!(run.one("g").phase, Phase::Closing);
    assert_eq!(run.status("d"), "waiting");
}

#[test]
fn what_fails_blocks_what_needs_it_with_all_that_is_in_it() {
    let mut run = Run::of(LIST);
    run.end("a", Status::Failed);
    let all = ["g", "g.b", "g.c", "d"].map(|address| run.status(address));
    assert_eq!((all, run.status("free")), (["blocked"; 4], "waiting"));
    assert_eq!(
        run.state.first_failure().map(|one| &*one.address),
        Some("a")
    );
}

#[test]
fn what_a_cancelled_step_holds_up_is_cancelled_too() {
    let mut run = Run::of(LIST);
    run.end("a", Status::Cancelled);
    assert_eq!(run.status("g.b"), "cancelled");
}

#[test]
fn events_of_another_run_change_nothing() {
    let mut run = Run::of(LIST);
    run.start("nobody");
    run.end("nobody", Status::Failed);
    run.expand("nobody", &["x"]);
    assert_eq!(run.ready(), ["a", "free"]);
    run.end("a", Status::Succeeded);
    run.end("a", Status::Failed);
    assert_eq!(run.status("a"), "succeeded", "an end is an end");
}

const FAN: &str = "
steps:
  - {id: each, uses: act, foreach: {v: [a], parallel: 2}}
";

fn fan() -> Run {
    let mut run = Run::of(FAN);
    run.expand("each", &["a", "b", "c", "d"]);
    run.start("each");
    run
}

#[test]
fn items_start_no_earlier_than_their_foreach() {
    let mut run = Run::of(FAN);
    run.expand("each", &["a", "b"]);
    run.end("each[\"a\"]", Status::Skipped);
    assert_eq!(run.ready(), ["each"]);
}

#[test]
fn a_failed_item_stops_those_that_have_not_started() {
    let mut run = fan();
    run.start("each[\"a\"]");
    run.end("each[\"a\"]", Status::Failed);
    assert_eq!(run.status("each[\"b\"]"), "blocked");
    assert_eq!(run.one("each").phase, Phase::Closing);
}

#[test]
fn no_attempt_has_the_number_of_another() {
    let mut run = Run::of(LIST);
    run.end("a", Status::Succeeded);
    run.start("g");
    run.start("g.b");
    run.retry("g.b");
    run.start("g.b");
    run.end("g.b", Status::Failed);
    run.retry("g");
    assert_eq!(
        (run.one("g.b").attempt, run.one("g.b").attempts_before),
        (3, 2)
    );
    assert_eq!(run.one("g.c").attempt, 1, "it never started");
}

#[test]
fn what_was_there_first_is_gone_back_to_the_last_writer_first() {
    let mut run = Run::of(LIST);
    run.start("a");
    run.put("a", "K", (0, 1), Answer::Value(0.into()));
    run.put("a", "K", (1, 2), Answer::Value(1.into()));
    run.put("a", "L", (7, 8), Answer::Value(7.into()));
    run.end("a", Status::Succeeded);
    run.start("g");
    run.start("g.b");
    run.put("g.b", "K", (2, 3), Answer::Value(2.into()));
    assert_eq!(run.back(), ["g.b K 2", "a L 7", "a K 0"]);
    assert!(run.state.restored.values().all(|well| *well));
}

#[test]
fn changes_outlive_a_retry_of_the_group() {
    let mut run = Run::of(LIST);
    run.end("a", Status::Succeeded);
    run.start("g");
    run.start("g.b");
    run.put("g.b", "K", (0, 1), Answer::Value(0.into()));
    run.end("g.b", Status::Failed);
    run.retry("g");
    assert_eq!(run.back(), ["g.b K 0"]);
}

#[test]
fn a_refused_write_is_no_change_and_leaves_earlier_ones() {
    let refused = || Answer::Fault(Fault::new(Form::code("refused"), "no"));
    let mut run = Run::of(LIST);
    run.start("a");
    run.put("a", "K", (0, 1), refused());
    assert_eq!(run.one("a").changes, []);
    run.put("a", "K", (0, 1), Answer::Value(0.into()));
    run.put("a", "K", (1, 2), refused());
    assert_eq!(run.back(), ["a K 0"]);
}

#[test]
fn a_race_is_settled_by_what_the_driver_saw() {
    let mut run = Run::of(LIST);
    run.start("a");
    run.put("a", "K", (0, 1), Answer::Raced(5.into()));
    assert_eq!(run.back(), ["a K 5"]);
}

const WAITS: &str = "
steps:
  - {id: kick, uses: act}
  - id: g
    retry: 1
    steps:
      - {id: early, uses: wait, with: {log: app}}
      - {id: send, uses: act}
      - {id: late, uses: wait, with: {log: app}}
  - {id: outside, uses: wait, with: {log: app}}
";

#[test]
fn a_retried_group_forgets_the_marks_of_what_it_causes_anew() {
    let mut run = Run::of(WAITS);
    for wait in ["g.early", "g.late", "outside"] {
        run.mark(wait);
    }
    run.end("kick", Status::Succeeded);
    run.start("g");
    run.end("g.early", Status::Failed);
    run.retry("g");
    let armed = ["g.early", "g.late", "outside"].map(|wait| run.one(wait).is_armed());
    assert_eq!(armed, [true, false, false]);
}

#[test]
fn a_mark_that_was_never_answered_is_not_handed_on() {
    let mut run = Run::of(WAITS);
    run.event(What::Promised(Promised {
        address: "g.early".into(),
        marks: 1,
    }));
    run.end("kick", Status::Succeeded);
    run.start("g");
    run.retry("g");
    assert!(
        !run.one("g.early").is_promised(),
        "nobody would ever answer it"
    );
}
