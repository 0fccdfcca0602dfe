//! A workflow on the small site: planned, run, and looked at.

use std::collections::{BTreeMap, VecDeque};
use std::future::Future;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::render;
use runsheet_diagnostics::source::Sources;
use runsheet_language::bound::{Bound, Given, bind};
use runsheet_language::compose::NoFiles;
use runsheet_language::read_workflow;
use runsheet_language::site::read_site;
use runsheet_record::event::{Event, RunStarted};
use runsheet_record::observer::Observer;
use runsheet_record::plan::Plan;
use runsheet_record::{RunId, State, Status};
use runsheet_step::driver::{CallKey, Pending, Sink};
use runsheet_step::{Catalogue, Moment, Name};
use tokio::sync::mpsc;

use super::drivers::Served;
use super::journal::Lines;
use super::kinds::catalogue;
use super::telling;
use super::world::{Happening, Site, World};
use crate::dispatcher::{Setup, run};
use crate::drivers::{Confirmation, OnlyReads, Operator};
use crate::planner::plan;
use crate::schedule::Limit;
use crate::vault::Vault;

const SITE: &str = "site: 1
name: small
groups: {dx: [dx], pos: [A, B, C]}
secrets: {pw: {env: PW}}
hosts:
  dx: {}
  A: {}
  B: {exclusive: drive-M}
  C: {exclusive: drive-M}
  nowhere: {}
";

/// A workflow and all it is run with.
pub(crate) struct Bench {
    pub(crate) bound: Arc<Bound>,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) world: World,
    pub(crate) limit: usize,
    pub(crate) lines: Lines,
    pub(crate) secrets: BTreeMap<Name, Name>,
    answers: Arc<Mutex<VecDeque<bool>>>,
    /// Kept, so that a run without a cancel is not told that nobody can cancel it.
    cancel: (
        mpsc::UnboundedSender<()>,
        Option<mpsc::UnboundedReceiver<()>>,
    ),
}

/// What came of a run.
pub(crate) struct Ran {
    pub(crate) state: State,
    pub(crate) events: Vec<Event>,
    pub(crate) world: World,
    pub(crate) journal: String,
    pub(crate) output: String,
}

/// A bench with these steps (and inputs, and `finally:`), on a site whose clock turns by itself.
pub(crate) fn bench(yaml: &str) -> Bench {
    Bench::of(yaml, true)
}

/// On a site whose clock goes whether or not anybody waits.
pub(crate) fn bench_with_own_time(yaml: &str) -> Bench {
    Bench::of(yaml, false)
}

/// Reads a workflow and binds it to the small site.
pub(crate) fn bound(yaml: &str) -> Arc<Bound> {
    match read(yaml) {
        Ok(bound) => bound,
        Err(told) => panic!("{told}"),
    }
}

/// As [`bound`], or what was wrong.
pub(crate) fn read(yaml: &str) -> Result<Arc<Bound>, String> {
    let defaults = match yaml.contains("defaults:") {
        true => "",
        false => "defaults: {host: dx}\n",
    };
    let yaml = yaml.trim_start();
    let text = format!("workflow: 1\nname: test\n{defaults}{yaml}");
    let mut sources = Sources::new();
    let source = sources.add("test.yaml", text);
    let site = sources.add("small.yaml", SITE);
    let (workflow, mut found) = read_workflow(source, &mut sources, &catalogue(), &NoFiles);
    let (site, more) = read_site(site, &sources, &catalogue());
    found.extend(more);
    let (bound, more) = bind(&Arc::new(workflow), &site, &Given::default());
    found.extend(more);
    let wrong: Vec<&Diagnostic> = found.iter().filter(|one| one.is_error()).collect();
    match bound {
        Some(bound) if wrong.is_empty() => Ok(Arc::new(bound)),
        _ => Err(wrong
            .iter()
            .map(|one| render::line(one, &sources))
            .collect()),
    }
}

impl Bench {
    fn of(yaml: &str, turns: bool) -> Bench {
        let (sender, receiver) = mpsc::unbounded_channel();
        Bench {
            bound: bound(yaml),
            catalogue: Arc::new(catalogue()),
            world: World::new(turns),
            limit: 1000,
            lines: Lines::default(),
            secrets: BTreeMap::from([("secrets.pw".into(), "hunter2-hunter2".into())]),
            answers: Arc::default(),
            cancel: (sender, Some(receiver)),
        }
    }

    /// The site is like this before the run.
    pub(crate) fn given(self, make: impl FnOnce(&mut Site)) -> Bench {
        make(&mut self.world.site());
        self
    }

    pub(crate) fn limit(self, limit: usize) -> Bench {
        Bench { limit, ..self }
    }

    /// With these kinds in place of those it was read with.
    pub(crate) fn kinds(self, catalogue: Catalogue) -> Bench {
        Bench {
            catalogue: Arc::new(catalogue),
            ..self
        }
    }

    pub(crate) fn lines(self, lines: Lines) -> Bench {
        Bench { lines, ..self }
    }

    /// Somebody cancels at this second.
    pub(crate) fn cancelled_at(self, second: i64) -> Bench {
        let site = &self.world;
        site.site().plan(second * 1000, Happening::Cancel);
        self
    }

    /// A person says this, one after the other; then nothing.
    pub(crate) fn told(self, answers: &[bool]) -> Bench {
        self.answers.lock().expect("free").extend(answers);
        self
    }

    pub(crate) fn plan(&self) -> Plan {
        let vault = Vault::new(self.secrets.clone());
        let readers = OnlyReads::new(Arc::new(Served(self.world.clone())), vault);
        drive(
            &self.world,
            plan(self.bound.clone(), &self.catalogue, &readers),
        )
    }

    /// The rows of its plan as text.
    pub(crate) fn rows(&self) -> Vec<String> {
        telling::rows(&self.plan())
    }

    /// Plans and runs.
    pub(crate) fn run(self) -> Ran {
        let plan = self.plan();
        self.apply(&plan)
    }

    pub(crate) fn apply(self, plan: &Plan) -> Ran {
        let world = self.world.clone();
        match self.try_apply(plan) {
            Ok(ran) => ran,
            Err(fault) => panic!("{fault} at {}", world.site().now),
        }
    }

    pub(crate) fn try_apply(mut self, plan: &Plan) -> std::io::Result<Ran> {
        let output = Output::default();
        let setup = Setup {
            catalogue: self.catalogue.clone(),
            drivers: Arc::new(Served(self.world.clone())),
            vault: Vault::new(self.secrets.clone()),
            operator: Arc::new(Person(self.answers.clone())),
            sink: Arc::new(output.clone()),
            limit: Limit(self.limit),
            cancel: self.cancel.1.take().expect("one run a bench"),
        };
        self.world.site().lines = Some(self.lines.clone());
        self.world.site().cancel = Some(self.cancel.0.clone());
        let mut told = Told::default();
        let mut lines = self.lines.clone();
        let running = run(plan, begun(), setup, &mut lines, &mut told);
        let state = drive(&self.world, running)?;
        assert_eq!(self.world.site().unsafe_writes, Vec::<Name>::new());
        Ok(Ran {
            state,
            events: told.0,
            world: self.world.clone(),
            journal: self.lines.text(),
            output: output.text(),
        })
    }
}

fn begun() -> RunStarted {
    RunStarted {
        run: RunId("a-run".into()),
        workflow: "test".into(),
        site: "small".into(),
        source_hash: "".into(),
        version: "0".into(),
        wall: Moment(0),
    }
}

/// Runs a future to its end; where it stands still, time goes on. A run that neither acts nor
/// waits for anything hangs, which is told.
pub(crate) fn drive<T>(world: &World, future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let woken = Arc::new(Woken(AtomicBool::new(false)));
    let waker = Waker::from(woken.clone());
    let mut context = Context::from_waker(&waker);
    for _ in 0..1_000_000 {
        if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
            return done;
        }
        let again = woken.0.swap(false, Ordering::Relaxed) || world.goes_on();
        assert!(again, "nothing more can happen: it hangs");
    }
    panic!("it goes on for ever");
}

/// Whether the future wants to be asked again.
struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Ran {
    /// How every step stands.
    pub(crate) fn ends(&self) -> Vec<String> {
        telling::ends(&self.state)
    }

    pub(crate) fn status(&self) -> Status {
        self.state.ended.expect("the run has ended")
    }

    /// How one step stands.
    pub(crate) fn of(&self, address: &str) -> Status {
        self.one(address).status
    }

    pub(crate) fn one(&self, address: &str) -> &runsheet_record::state::Instance {
        let id = self.state.find(address);
        self.state
            .instance(id.unwrap_or_else(|| panic!("there is no `{address}`")))
    }

    /// All events in few words.
    pub(crate) fn told(&self) -> Vec<String> {
        self.events.iter().map(telling::event).collect()
    }

    /// Those events that hold this word.
    pub(crate) fn told_of(&self, word: &str) -> Vec<String> {
        let mut told = self.told();
        told.retain(|line| line.contains(word));
        told
    }

    /// What was performed, as `verb resource`, looks aside.
    pub(crate) fn performed(&self, verb: &str) -> Vec<String> {
        let site = self.world.site();
        let of_verb = site
            .performed
            .iter()
            .filter(|(_, request)| request.verb.word() == verb);
        of_verb
            .map(|(_, request)| request.resource.to_string())
            .collect()
    }

    pub(crate) fn marks(&self) -> usize {
        self.performed("mark").len()
    }

    /// From where a wait was told to look, at first.
    pub(crate) fn since(&self, address: &str) -> u64 {
        let site = self.world.site();
        let found = site
            .performed
            .iter()
            .find_map(|(key, request)| match &request.verb {
                runsheet_step::request::Verb::Wait(wait) if &*key.address == address => {
                    wait.since.as_ref()
                }
                _ => None,
            });
        found
            .unwrap_or_else(|| panic!("`{address}` never waited"))
            .position
    }
}

/// Keeps all events.
#[derive(Default)]
struct Told(Vec<Event>);

impl Observer for Told {
    fn on(&mut self, event: &Event, _: &State) {
        self.0.push(event.clone());
    }
}

struct Person(Arc<Mutex<VecDeque<bool>>>);

impl Operator for Person {
    fn confirm<'a>(&'a self, _: &'a str, _: &'a str) -> Pending<'a, Confirmation> {
        let said = self.0.lock().expect("free").pop_front();
        Box::pin(async move {
            match said {
                Some(yes) => Confirmation {
                    yes,
                    by: "tester".into(),
                },
                None => std::future::pending().await,
            }
        })
    }
}

/// Keeps all output.
#[derive(Clone, Default)]
struct Output(Arc<Mutex<Vec<u8>>>);

impl Output {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("free")).into_owned()
    }
}

impl Sink for Output {
    fn output(&self, _: &CallKey, chunk: &[u8]) {
        self.0.lock().expect("free").extend(chunk);
    }
}
