//! A small workflow on a small site, and the events of a run of it.

use std::sync::{Arc, LazyLock};

use runsheet_diagnostics::source::Sources;
use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::compose::NoFiles;
use runsheet_language::read_workflow;
use runsheet_language::site::read_site;
use runsheet_record::event::{
    Answered, Asked, Ended, Event, Expanded, Question, RunStarted, Started, What,
};
use runsheet_record::observer::Observer;
use runsheet_record::plan::{Deed, End, Grasp, Plan, Row, Sign};
use runsheet_record::{RunId, State, Status};
use runsheet_step::request::{Act, Verb};
use runsheet_step::{
    Answer, Catalogue, Facility, Input, Moment, Outcome, Request, Shape, Step, Stop, Value, World,
};

use crate::ledger::Ledger;

static SHAPE: LazyLock<Shape> = LazyLock::new(|| Shape::new("does something"));

/// A kind that acts, or that only looks.
struct Kind(&'static str);

impl Step for Kind {
    fn kind(&self) -> &str {
        self.0
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn acts(&self, _: &Input) -> bool {
        self.0 == "act"
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        Ok(Outcome::default())
    }
}

/// Programs whose phrase is their name.
struct Programs;

impl Facility for Programs {
    fn name(&self) -> &str {
        "process"
    }

    fn phrase(&self, request: &Request) -> String {
        format!("run {}", request.resource)
    }
}

const WORKFLOW: &str = "workflow: 1
name: small
steps:
  - id: each
    doc: Every host in turn
    foreach: {po: '${{ site.groups.all }}', failures: warn}
    steps:
      - id: send
        doc: Sends what there is
        uses: act
        host: ${{ po }}
      - id: heard
        doc: The reply has come
        uses: look
        host: ${{ po }}
        expect: outputs.r == 5 || outputs.sent == null
    confirm: Is ${{ po.name }} to be served now?
  - id: last
    uses: act
    host: ONE
    when: steps.each.changed
    confirm: Have all been told?
";

const SITE: &str = "site: 1
name: home
groups: {all: [ONE, TWO]}
hosts:
  ONE: {}
  TWO: {}
";

/// The stage.
pub(super) struct Stage {
    pub(super) sources: Sources,
    pub(super) state: State,
    pub(super) ledger: Ledger,
    pub(super) events: Vec<Event>,
    now: i64,
}

/// The small workflow bound to the small site.
pub(super) fn stage() -> Stage {
    let mut sources = Sources::new();
    let workflow = sources.add("small.yaml", WORKFLOW);
    let site = sources.add("home.yaml", SITE);
    let catalogue = Catalogue::default()
        .step(Kind("act"))
        .step(Kind("look"))
        .facility(Programs);
    let (workflow, _) = read_workflow(workflow, &mut sources, &catalogue, &NoFiles);
    let (site, _) = read_site(site, &sources, &catalogue);
    let (bound, found) = bind(&Arc::new(workflow), &site, &Given::default());
    let bound: Arc<Bound> = Arc::new(bound.unwrap_or_else(|| panic!("{found:?}")));
    Stage {
        sources,
        state: State::new(bound),
        ledger: Ledger::new(Arc::new(catalogue)),
        events: Vec::new(),
        now: 886_060_800_000,
    }
}

impl Stage {
    /// Time passes.
    pub(super) fn wait(&mut self, seconds: i64) {
        self.now += seconds * 1000;
    }

    /// What the clock of the site shows.
    pub(super) fn now(&self) -> Moment {
        Moment(self.now)
    }

    /// This happens.
    pub(super) fn tell(&mut self, what: What) {
        let event = Event {
            at: Moment(self.now),
            what,
        };
        self.state.apply(&event);
        self.ledger.on(&event, &self.state);
        self.events.push(event);
    }

    /// The run begins and reads its list.
    pub(super) fn begin(&mut self) {
        self.tell(What::RunStarted(RunStarted {
            run: RunId("run-1".into()),
            workflow: "small".into(),
            site: "home".into(),
            source_hash: "".into(),
            version: "0".into(),
            wall: Moment(0),
        }));
        self.start("");
        let host = |name: &str| (name.into(), Value::text(name));
        let items = vec![host("ONE"), host("TWO")];
        self.tell(What::Expanded(Expanded {
            address: "each".into(),
            items,
        }));
        self.start("each");
    }

    pub(super) fn start(&mut self, address: &str) {
        self.tell(What::Started(
            serde_json::from_value::<Started>(
                serde_json::json!({"address": address, "attempt": 1}),
            )
            .expect("it is one"),
        ));
    }

    /// A step runs a program.
    pub(super) fn act(&mut self, address: &str, host: &str, program: &str) {
        self.act_answered(address, host, program, Answer::Value(Value::Null));
    }

    /// A step runs a program, which comes to this.
    pub(super) fn act_answered(
        &mut self,
        address: &str,
        host: &str,
        program: &str,
        answer: Answer,
    ) {
        self.start(address);
        self.ask(address, act(host, program));
        self.tell(What::Answered(Answered {
            address: address.into(),
            attempt: 1,
            turn: 0,
            answers: vec![answer],
        }));
    }

    fn ask(&mut self, address: &str, request: Request) {
        let question = Question {
            request,
            before: None,
        };
        let asked = serde_json::json!({
            "address": address, "attempt": 1, "turn": 0, "questions": [question],
        });
        self.tell(What::Asked(
            serde_json::from_value::<Asked>(asked).expect("it is one"),
        ));
    }

    pub(super) fn end(&mut self, address: &str, status: Status) {
        let address = address.into();
        self.tell(What::Ended(Ended {
            address,
            status,
            ..Ended::default()
        }));
    }

    /// A plan for the bound workflow with these rows.
    pub(super) fn plan(&self, rows: Vec<runsheet_record::plan::Row>) -> Plan {
        Plan {
            version: runsheet_record::plan::VERSION,
            bound: self.state.bound.clone(),
            rows,
            restores: Vec::new(),
            warnings: Vec::new(),
        }
    }
}

/// The question that runs a program.
pub(super) fn act(host: &str, program: &str) -> Request {
    let act = Act {
        name: "start".into(),
        args: Value::Null,
        effects: None,
    };
    Request {
        host: host.into(),
        facility: "process".into(),
        resource: program.into(),
        verb: Verb::Act(act),
    }
}

/// A planned step of kind `act`.
pub(super) fn row(address: &str, host: &str, deeds: Vec<Deed>) -> Row {
    Row {
        address: address.into(),
        kind: "act".into(),
        host: Some(host.into()),
        deeds,
        end: End::Known,
        place: None,
        causes: Vec::new(),
        guard: None,
        assumes: false,
    }
}

/// The deed of running a program.
pub(super) fn runs(host: &str, program: &str) -> Deed {
    Deed {
        sign: Sign::Act,
        key: act(host, program).key(),
        phrase: format!("run {program}").into(),
        change: None,
        value: Value::Null,
        effects: Vec::new(),
        in_words: Vec::new(),
        grasp: Grasp::Opaque,
        irreversible: true,
        secret: false,
    }
}
