//! A plugin for the tests whose kinds misbehave, each in its own way, as Rust lets them.

use std::hint::black_box;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::{process, thread};

use runsheet_guest::step::request::{Request, Verb};
use runsheet_guest::step::{Input, Outcome, Shape, Step, Stop, World};

/// What a turn of a kind does.
type Deed = fn(&World<'_>) -> Result<Outcome, Stop>;

struct Kind {
    name: &'static str,
    shape: Shape,
    deed: Deed,
}

impl Kind {
    fn new(name: &'static str, deed: Deed) -> Kind {
        let shape = Shape::new("it misbehaves");
        Kind { name, shape, deed }
    }
}

impl Step for Kind {
    fn kind(&self) -> &str {
        self.name
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn run(&self, _: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        (self.deed)(world)
    }
}

fn question(number: u32) -> Request {
    Request {
        host: "A".into(),
        facility: "shelf".into(),
        resource: format!("book {number}").into(),
        verb: Verb::Get,
    }
}

fn done() -> Outcome {
    Outcome::same([("well", true.into())])
}

fn abort(_: &World<'_>) -> Result<Outcome, Stop> {
    process::abort()
}

fn exit(_: &World<'_>) -> Result<Outcome, Stop> {
    process::exit(0)
}

fn endless_loop(_: &World<'_>) -> Result<Outcome, Stop> {
    loop {
        black_box(());
    }
}

/// A lock, held while something is dropped that wants it.
struct Guarded;

static LOCK: Mutex<()> = Mutex::new(());

impl Drop for Guarded {
    fn drop(&mut self) {
        drop(LOCK.lock());
    }
}

fn deadlock_in_drop(_: &World<'_>) -> Result<Outcome, Stop> {
    let _held = LOCK.lock().unwrap_or_else(PoisonError::into_inner);
    drop(Guarded);
    Ok(done())
}

fn stack_overflow(_: &World<'_>) -> Result<Outcome, Stop> {
    fn deeper(above: u64) -> u64 {
        let here = black_box([above; 256]);
        match black_box(here[1] == above) {
            true => deeper(here[0] + 1) + here[255],
            false => 0,
        }
    }
    Ok(Outcome::same([("deep", deeper(0).to_string().into())]))
}

/// Set where something waits in ambush for the next step.
static WAITS: AtomicBool = AtomicBool::new(false);
static COMES: AtomicBool = AtomicBool::new(false);

fn thread_that_outlives(_: &World<'_>) -> Result<Outcome, Stop> {
    WAITS.store(true, Ordering::SeqCst);
    thread::spawn(|| {
        while !COMES.load(Ordering::SeqCst) {
            thread::yield_now();
        }
        process::abort()
    });
    Ok(done())
}

/// It is told to stop until there is an answer, and goes on.
fn swallowed_stop(world: &World<'_>) -> Result<Outcome, Stop> {
    let _ = world.ask(question(0));
    Ok(done())
}

fn changed_question(world: &World<'_>) -> Result<Outcome, Stop> {
    static TIMES: AtomicU32 = AtomicU32::new(0);
    world.ask(question(TIMES.fetch_add(1, Ordering::SeqCst)))?;
    Ok(done())
}

fn well(_: &World<'_>) -> Result<Outcome, Stop> {
    if WAITS.load(Ordering::SeqCst) {
        COMES.store(true, Ordering::SeqCst);
        loop {
            thread::park();
        }
    }
    Ok(done())
}

runsheet_guest::export_plugin! {
    name: "misbehaving-rust",
    summary: "its kinds misbehave",
    steps: [
        Kind::new("abort", abort),
        Kind::new("exit", exit),
        Kind::new("endless-loop", endless_loop),
        Kind::new("deadlock-in-drop", deadlock_in_drop),
        Kind::new("stack-overflow", stack_overflow),
        Kind::new("thread-that-outlives", thread_that_outlives),
        Kind::new("swallowed-stop", swallowed_stop),
        Kind::new("changed-question", changed_question),
        Kind::new("well", well),
    ],
}
