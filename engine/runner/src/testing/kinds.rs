//! The kinds of the small site.

use std::sync::LazyLock;

use runsheet_step::request::{Act, Cursor, Verb, Wait};
use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{
    Answer, Catalogue, Failure, Field, Form, Input, Map, Outcome, Request, Shape, Step, Stop,
    Value, World,
};

use super::facilities::{Lamp, Log, Store, Tool};

/// All kinds and facilities of the small site.
pub(crate) fn catalogue() -> Catalogue {
    Catalogue::default()
        .facility(Log)
        .facility(Store)
        .facility(Tool)
        .facility(Lamp)
        .step(kind("act", true, act))
        .step(kind("slow", true, slow))
        .step(kind("read", false, read))
        .step(kind("set", true, set))
        .step(kind("lamp", true, lamp))
        .step(kind("flaky", false, flaky))
        .step(kind("give", false, give))
        .step(kind("greedy", false, greedy))
        .step(arming("wait", false, wait))
        .step(arming("kick", true, kick))
        .step(arming("both", true, both))
}

type Run = fn(&Input, &World<'_>) -> Result<Outcome, Stop>;

struct Kind {
    name: &'static str,
    acts: bool,
    arms: bool,
    run: Run,
}

fn kind(name: &'static str, acts: bool, run: Run) -> Kind {
    Kind {
        name,
        acts,
        arms: false,
        run,
    }
}

fn arming(name: &'static str, acts: bool, run: Run) -> Kind {
    Kind {
        arms: true,
        ..kind(name, acts, run)
    }
}

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let text = |name: &str| Field::new(name, Type::Text, "");
    let any = |name: &str| Field::new(name, Type::Any, "").takes_secret();
    let int = |name: &str| Field::new(name, Type::Int, "");
    let texts = ["run", "log", "key", "name", "to"].map(text);
    let anys = ["emits", "until", "abort", "value"].map(any);
    let ints = ["takes", "fails", "count", "faults"].map(int);
    texts.into_iter().chain(anys).chain(ints).collect()
});

static PLAIN: LazyLock<Shape> = LazyLock::new(|| shape().outputs(outputs()));
static ARMING: LazyLock<Shape> = LazyLock::new(|| shape().outputs(outputs()).armed_by(&["log"]));

fn shape() -> Shape {
    Shape::new("for tests")
        .host(HostNeed::Optional)
        .inputs(FIELDS.clone())
}

fn outputs() -> Vec<Field> {
    let any = |name: &str| Field::new(name, Type::Any, "");
    ["value", "items", "n", "places"].map(any).to_vec()
}

impl Step for Kind {
    fn kind(&self) -> &str {
        self.name
    }

    fn shape(&self) -> &Shape {
        if self.arms { &ARMING } else { &PLAIN }
    }

    fn acts(&self, _: &Input) -> bool {
        self.acts
    }

    fn arm(&self, input: &Input) -> Result<Vec<Request>, Stop> {
        if !self.arms {
            return Ok(Vec::new());
        }
        let logs = log_of(input);
        let logs = logs.split('+').filter(|log| !log.is_empty());
        logs.map(|log| ask(input, "log", log, Verb::Mark)).collect()
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        (self.run)(input, world)
    }
}

/// The log that is waited on: `app` unless said, several with `+` between, none with `+` alone.
fn log_of(input: &Input) -> String {
    text(input, "log").unwrap_or_else(|| "app".to_owned())
}

fn text(input: &Input, name: &str) -> Option<String> {
    input.with.get(name).as_text().map(|text| text.to_string())
}

fn int(input: &Input, name: &str) -> i64 {
    input.with.get(name).as_int().unwrap_or_default()
}

fn ask(input: &Input, facility: &str, resource: &str, verb: Verb) -> Result<Request, Stop> {
    Ok(Request {
        host: input.host_name()?,
        facility: facility.into(),
        resource: resource.into(),
        verb,
    })
}

fn started(
    input: &Input,
    name: &str,
    effects: Option<Vec<runsheet_step::request::Effect>>,
) -> Verb {
    Verb::Act(Act {
        name: name.into(),
        args: input.with.clone(),
        effects,
    })
}

fn value(answer: &Answer) -> Result<Value, Stop> {
    match answer {
        Answer::Value(value) | Answer::Raced(value) => Ok(value.clone()),
        Answer::Fault(fault) => Err(fault.clone().into()),
        _ => Ok(Value::Null),
    }
}

fn one(name: &'static str, value: Value) -> Outcome {
    Outcome::changed([(name, value)])
}

/// Starts a tool, and waits until it has ended.
fn act(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let tool = text(input, "run").unwrap_or_default();
    let reply = value(world.ask(ask(input, "tool", &tool, started(input, "start", None))?)?)?;
    if int(input, "takes") > 0 {
        let exited = Wait {
            filter: Value::map([("exited", true)].map(|(k, v)| (k, v.into()))),
            since: None,
            count: 1,
            abort: None,
        };
        let process = reply.get("process").to_string();
        world.ask(ask(input, "tool", &process, Verb::Wait(exited))?)?;
    }
    match reply.get("exit").as_int() {
        Some(0) | None => Ok(one("n", reply.get("n").clone())),
        Some(code) => {
            let form = Form::Exit(i32::try_from(code).unwrap_or(1));
            Err(Failure::new(form, "the tool failed").outputs(reply).into())
        }
    }
}

/// A tool that is not answered for until it has ended.
fn slow(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let tool = text(input, "run").unwrap_or_default();
    let reply = world.ask(ask(input, "tool", &tool, started(input, "hold", None))?)?;
    Ok(one("n", value(reply)?))
}

fn read(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let key = text(input, "key").unwrap_or_default();
    let seen = world.ask(ask(input, "store", &key, Verb::Get)?)?;
    Ok(Outcome::same([("value", value(seen)?)]))
}

fn set(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let (key, wanted) = (
        text(input, "key").unwrap_or_default(),
        input.with.get("value").clone(),
    );
    let before = value(world.ask(ask(input, "store", &key, Verb::Get)?)?)?;
    if before == wanted {
        return Ok(Outcome::same([("value", before)]));
    }
    let verb = if wanted.is_null() {
        Verb::Delete
    } else {
        Verb::Put(wanted)
    };
    value(world.ask(ask(input, "store", &key, verb)?)?)?;
    Ok(one("value", before))
}

fn lamp(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let (name, to) = (
        text(input, "name").unwrap_or_default(),
        input.with.get("to").clone(),
    );
    let is = value(world.ask(ask(input, "lamp", &name, Verb::Get)?)?)?;
    if is == to {
        return Ok(Outcome::same([("value", to)]));
    }
    let switch = Act {
        name: "switch".into(),
        args: to.clone(),
        effects: None,
    };
    value(world.ask(ask(input, "lamp", &name, Verb::Act(switch))?)?)?;
    let until = Wait {
        filter: to.clone(),
        since: None,
        count: 1,
        abort: None,
    };
    world.ask(ask(input, "lamp", &name, Verb::Wait(until))?)?;
    Ok(one("value", to))
}

/// Fails so many times, as the site remembers.
fn flaky(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let name = text(input, "name").unwrap_or_default();
    let tried = started(input, "try", Some(Vec::new()));
    let n = value(world.ask(ask(input, "tool", &name, tried)?)?)?;
    if n.as_int().unwrap_or_default() <= int(input, "fails") {
        return Err(Failure::code("flaky", "not today")
            .outputs(Value::map([("n", n)]))
            .into());
    }
    Ok(Outcome::same([("n", n)]))
}

fn give(input: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
    Ok(Outcome::same([("value", input.with.get("value").clone())]))
}

fn greedy(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    loop {
        world.ask(ask(input, "store", "more", Verb::Get)?)?;
    }
}

fn watched(input: &Input, world: &World<'_>) -> Result<Request, Stop> {
    let wait = Wait {
        filter: input.with.get("until").clone(),
        since: match log_of(input).as_str() {
            "+" => None,
            _ => Cursor::from_value(world.armed(0)?),
        },
        count: u32::try_from(int(input, "count").max(1)).unwrap_or(1),
        abort: Some(input.with.get("abort").clone()).filter(|abort| !abort.is_null()),
    };
    let log = log_of(input);
    let log = log.split('+').next().unwrap_or_default().to_owned();
    ask(input, "log", &log, Verb::Wait(wait))
}

fn wait(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let items = value(world.ask(watched(input, world)?)?)?;
    let abort = input.with.get("abort").as_map();
    let last = items.items().last().unwrap_or(&Value::Null);
    let is = |abort: &Map| abort.iter().all(|(name, want)| last.get(name) == want);
    if abort.is_some_and(is) {
        let aborted = Failure::code("aborted", "another came first");
        return Err(aborted.outputs(Value::map([("items", items)])).into());
    }
    Ok(Outcome::same([("items", items)]))
}

/// Acts, and waits for what that caused.
fn kick(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let tool = text(input, "run").unwrap_or_default();
    value(world.ask(ask(input, "tool", &tool, started(input, "start", None))?)?)?;
    wait(input, world)
}

/// Acts and waits at the same time.
fn both(input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
    let tool = text(input, "run").unwrap_or_default();
    let hold = ask(input, "tool", &tool, started(input, "hold", None))?;
    let answers = world.ask_all([hold, watched(input, world)?])?;
    Ok(Outcome::changed([("items", value(answers[1])?)]))
}
