//! Steps that are not let think to their end, since the run is to stop.

use std::sync::atomic::{AtomicUsize, Ordering};

use runsheet_step::{
    Catalogue, Entry, Failure, Input, Outcome, Request, Shape, Step, Stop, Turn, World,
};

use crate::testing::bench::{Bench, bench};
use crate::testing::kinds::catalogue;
use crate::testing::world;

/// A kind that somebody stops in a run when it has so many answers, so many times: each time one
/// more wants the run to stop. Otherwise it is as it was.
struct Stopped {
    kinds: Catalogue,
    name: &'static str,
    site: world::World,
    answers: Option<usize>,
    times: AtomicUsize,
}

impl Stopped {
    fn was(&self) -> &dyn Step {
        self.kinds.kind(self.name).expect("it is one of them")
    }

    fn is_stopped(&self) -> Option<Box<Failure>> {
        let cancel = self.site.site().cancel.clone()?;
        let less = |times: usize| times.checked_sub(1);
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.times.fetch_update(set, fetch, less).ok()?;
        cancel.send(()).expect("the run is there");
        Some(Failure::stopped("somebody wants to leave").into())
    }
}

impl Step for Stopped {
    fn kind(&self) -> &str {
        self.name
    }

    fn shape(&self) -> &Shape {
        self.was().shape()
    }

    fn acts(&self, input: &Input) -> bool {
        self.was().acts(input)
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        match self.answers.is_none().then(|| self.is_stopped()).flatten() {
            Some(failure) => Err(Stop::Failed(failure)),
            None => self.was().arm(input),
        }
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        self.was().run(input, world)
    }

    fn turn(&self, input: &Input, transcript: &[Entry]) -> Turn {
        let here = self.answers == Some(transcript.len());
        match here.then(|| self.is_stopped()).flatten() {
            Some(failure) => Turn::Failed(failure),
            None => self.was().turn(input, transcript),
        }
    }
}

/// A bench on which a kind is stopped when it has so many answers, or when it arms.
fn stopping(
    name: &'static str,
    answers: impl Into<Option<usize>>,
    times: usize,
    yaml: &str,
) -> Bench {
    let bench = bench(yaml);
    let stopped = Stopped {
        kinds: catalogue(),
        name,
        site: bench.world.clone(),
        answers: answers.into(),
        times: times.into(),
    };
    bench.kinds(catalogue().step(stopped))
}

#[test]
fn a_step_that_is_stopped_before_it_has_written_is_cancelled_with_all_whose_turn_it_was() {
    let ran = stopping(
        "read",
        0,
        1,
        "
steps:
  - {id: a, uses: read, needs: [], with: {key: a}}
  - {id: b, uses: read, needs: [], with: {key: b}}
  - {id: c, uses: act, needs: [b], with: {run: c}}
finally:
  - {id: last, uses: read, with: {key: last}}
",
    )
    .run();
    assert_eq!(
        ran.ends(),
        [
            "a cancelled",
            "b cancelled",
            "c cancelled",
            "finally succeeded",
            "finally.last succeeded"
        ]
    );
    assert_eq!(ran.status().word(), "cancelled");
}

const WRITER: &str = "
steps:
  - {id: a, uses: act, with: {run: a, takes: 9}}
  - {id: later, uses: act, with: {run: later}}
";

#[test]
fn a_step_that_is_stopped_after_it_has_written_is_asked_again() {
    let ran = stopping("act", 1, 1, WRITER).run();
    assert_eq!(ran.ends(), ["a succeeded", "later cancelled"]);
    assert_eq!(ran.performed("wait"), ["1"]);
}

#[test]
fn a_step_that_is_stopped_again_is_cancelled_whatever_it_has_written() {
    let ran = stopping("act", 1, 2, WRITER).run();
    assert_eq!(ran.ends(), ["a cancelled", "later cancelled"]);
    assert_eq!(ran.status().word(), "cancelled");
}

#[test]
fn what_is_done_finally_is_asked_again_too() {
    let finally = "
steps:
  - {id: a, uses: give, with: {value: 1}}
finally:
  - {id: last, uses: read, with: {key: last}}
";
    let ran = stopping("read", 0, 1, finally).run();
    assert_eq!(ran.of("finally.last").word(), "succeeded");
    let ran = stopping("read", 0, 2, finally).run();
    assert_eq!(ran.of("finally.last").word(), "cancelled");
}

#[test]
fn a_step_that_is_stopped_while_it_arms_lets_nothing_start() {
    let ran = stopping(
        "wait",
        None,
        1,
        "
steps:
  - {id: w, uses: wait, needs: [], with: {until: {id: 1}}}
  - {id: a, uses: act, needs: [], with: {run: a}}
finally:
  - {id: last, uses: act, with: {run: last, emits: [[1, {id: 2}]]}}
  - {id: late, uses: wait, with: {until: {id: 2}}}
",
    )
    .run();
    assert_eq!(ran.of("w").word(), "cancelled");
    assert_eq!(ran.of("a").word(), "cancelled");
    assert_eq!(ran.performed("act"), ["last"]);
    assert_eq!(ran.status().word(), "cancelled");
}

#[test]
fn a_plugin_that_only_says_it_was_stopped_has_failed() {
    struct Liar(Shape);

    impl Step for Liar {
        fn kind(&self) -> &'static str {
            "greedy"
        }

        fn shape(&self) -> &Shape {
            &self.0
        }

        fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
            Err(Stop::Failed(Failure::stopped("nobody did").into()))
        }
    }

    let bench = bench("steps:\n  - {id: a, uses: greedy}\n");
    let shape = catalogue().kind("greedy").expect("there").shape().clone();
    let ran = bench.kinds(catalogue().step(Liar(shape))).run();
    assert_eq!(ran.ends(), ["a failed: stopped"]);
}
