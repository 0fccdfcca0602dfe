//! A plan changes nothing: whatever the workflow, no question that could reach a driver is one
//! that acts, and the site is the same before and after.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use runsheet_kit::recorder::{Notes, Recorder};
use runsheet_lab::bench::Bench;
use runsheet_lab::lab::Lab;
use runsheet_lab::{drivers, options};
use runsheet_language::bound::{Bound, Given, bind};
use runsheet_record::plan::{End, Plan};
use runsheet_runner::drivers::{Drivers, OnlyReads};
use runsheet_runner::planner;
use runsheet_runner::vault::Vault;
use runsheet_step::driver::{Clock, Driver};
use runsheet_step::request::Verb;
use runsheet_step::{Host, Value};

use crate::product::{self, CATALOGUE};
use crate::repository::read;

/// A lab whose drivers take notes.
struct NotedLab {
    bench: Arc<Bench>,
    drivers: BTreeMap<&'static str, Arc<dyn Driver>>,
    notes: Notes,
}

impl NotedLab {
    fn of(site_text: &str, bound: &Bound) -> NotedLab {
        let (site, _) = product::site(site_text);
        let hosts: Vec<Host> = bound.hosts.values().map(|host| Host::clone(host)).collect();
        let blueprint = options::blueprint(&site.lab.unwrap_or(Value::Null), &hosts);
        let bench = Bench::new(Lab::build(&blueprint.expect("the lab's options are right")));
        let notes = Notes::default();
        let noted = |(name, driver)| {
            let recorder: Arc<dyn Driver> = Arc::new(Recorder::before(driver, &notes));
            (name, recorder)
        };
        let drivers = drivers::all(&bench).into_iter().map(noted).collect();
        NotedLab {
            bench,
            drivers,
            notes,
        }
    }

    /// Everything there is in the lab, as text.
    fn contents(&self) -> String {
        self.bench.look(|lab| format!("{lab:?}"))
    }
}

impl Drivers for NotedLab {
    fn driver(&self, _host: &str, facility: &str) -> Option<Arc<dyn Driver>> {
        self.drivers.get(facility).cloned()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.bench.clone()
    }
}

/// What a future gives that has nothing to wait for.
#[track_caller]
fn at_once<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        Poll::Ready(done) => done,
        Poll::Pending => panic!("it waits for something"),
    }
}

fn flagship_in_lab() -> (Arc<Bound>, Arc<NotedLab>) {
    flagship_on(&read(product::LAB))
}

fn flagship_on(site_text: &str) -> (Arc<Bound>, Arc<NotedLab>) {
    let workflow = product::workflow(product::FLAGSHIP, &read(product::FLAGSHIP)).workflow;
    let (bound, found) = bind(&workflow, &product::site(site_text).0, &Given::default());
    let bound = Arc::new(bound.unwrap_or_else(|| panic!("{found:?}")));
    let lab = NotedLab::of(site_text, &bound);
    (bound, Arc::new(lab))
}

fn planned(bound: &Arc<Bound>, lab: &Arc<NotedLab>) -> Plan {
    at_once(planner::plan(
        bound.clone(),
        &CATALOGUE,
        &OnlyReads::new(lab.clone(), Vault::default()),
    ))
}

#[test]
fn a_plan_asks_nothing_that_acts_and_leaves_the_site_as_it_was() {
    let (bound, lab) = flagship_in_lab();
    let before = lab.contents();
    let plan = planned(&bound, &lab);
    assert!(plan.rows.len() > 20, "the whole runbook was planned");
    assert!(
        lab.contents() == before,
        "something in the lab is another than before"
    );
    let asked = lab.notes.all();
    assert!(!asked.is_empty(), "the planner has looked");
    let acted = asked.iter().find(|note| !note.looked);
    assert_eq!(acted, None, "a planner has nothing but readers");
    let only_looks = |verb: &Verb| matches!(verb, Verb::Get | Verb::List(_));
    let other = asked.iter().find(|note| !only_looks(&note.request.verb));
    assert_eq!(other, None, "and readers are asked nothing but to look");
}

#[test]
fn the_same_site_gives_the_same_plan() {
    let (bound, lab) = flagship_in_lab();
    let plans = [planned(&bound, &lab), planned(&bound, &lab)];
    let [first, second] = plans.map(|plan| serde_json::to_string(&plan).expect("a plan is JSON"));
    assert_eq!(first, second);
}

#[test]
fn nothing_in_the_flagship_is_foreseen_to_fail() {
    let (bound, lab) = flagship_in_lab();
    let plan = planned(&bound, &lab);
    let fails = plan
        .rows
        .iter()
        .filter(|row| matches!(row.end, End::Fails(_)));
    assert_eq!(fails.collect::<Vec<_>>(), Vec::<&_>::new());
}

#[test]
fn no_secret_stands_in_a_plan() {
    let (bound, lab) = flagship_in_lab();
    let plan = serde_json::to_string(&planned(&bound, &lab)).expect("a plan is JSON");
    for host in bound.hosts.keys() {
        let password = runsheet_lab::password::of(host);
        assert!(!plan.contains(&password), "the password of {host}");
    }
}
