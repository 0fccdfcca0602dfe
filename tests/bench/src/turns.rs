//! What a turn costs: of a kind that is linked, of the same kind as a library in this process, and
//! as one in a process of its own, held against the first.
//!
//! Whole steps are taken, from the first question to the end, each with an input of its own, so
//! that nobody gains from having seen it. Rounds are short, and the best one counts: what else goes
//! on at this machine is no part of the cost.

use std::env;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

use runsheet_host::library::Library;
use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_host::process::{Limits, Process, Program};
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Catalogue, Entry, Host, Input, Map, Name, Step, Turn, Value};

/// The first argument of this program when it hosts a plugin.
pub(crate) const PLUGIN_HOST: &str = "plugin-host";

/// The kind that is measured.
const KIND: &str = "service";

/// How often a turn of a library may cost what a linked one costs.
const MOST: [(&str, f64); 2] = [("loaded", 4.0), ("isolated", 15.0)];

const ROUNDS: usize = 60;
const STEPS: usize = 50;

/// One step: its input, and what it has asked and heard before each of its turns.
struct Taken {
    input: Input,
    transcripts: Vec<Vec<Entry>>,
}

/// Measures, and tells. Gives whether the bars were kept.
///
/// # Errors
/// A library that cannot be built or loaded.
pub(crate) fn measure() -> io::Result<bool> {
    let library = library()?;
    let linked = Catalogue::default().step(runsheet_service::Kind);
    let here: Arc<dyn Line> = Arc::new(Library::load(&library).map_err(io::Error::other)?);
    let program = Program::this(PLUGIN_HOST)?;
    let apart = Process::start(program, &library, Limits::default()).map_err(io::Error::other)?;
    let apart: Arc<dyn Line> = Arc::new(apart);
    let mut best = [Duration::MAX; 3];
    for round in 0..ROUNDS {
        let steps = steps(round, kind(&linked)?)?;
        // A catalogue that remembers nothing of the round before.
        let catalogues = [linked.clone(), loaded(&here)?, loaded(&apart)?];
        for (best, catalogue) in best.iter_mut().zip(&catalogues) {
            *best = took(kind(catalogue)?, &steps).min(*best);
        }
    }
    let [linked, dearer @ ..] = best;
    let mut kept = true;
    tell("linked", linked, None)?;
    for ((name, most), cost) in MOST.into_iter().zip(dearer) {
        let times = cost.as_secs_f64() / linked.as_secs_f64();
        kept &= times <= most;
        tell(name, cost, Some((times, most)))?;
    }
    Ok(kept)
}

fn tell(name: &str, cost: Duration, times: Option<(f64, f64)>) -> io::Result<()> {
    let micros = cost.as_secs_f64() * 1e6;
    let times = times.map(|(times, most)| {
        let kept = if times <= most { "kept" } else { "MISSED" };
        format!("{times:>6.1} of {most:>4} times the linked  {kept}")
    });
    writeln!(
        io::stdout(),
        "a turn, {name:<16} {micros:>6.2} us  {}",
        times.unwrap_or_default()
    )
}

fn kind(catalogue: &Catalogue) -> io::Result<&dyn Step> {
    let missing = || io::Error::other(format!("there is no kind `{KIND}`"));
    catalogue.kind(KIND).ok_or_else(missing)
}

fn loaded(line: &Arc<dyn Line>) -> io::Result<Catalogue> {
    let told = |trouble: Trouble| io::Error::other(trouble.to_string());
    let plugin = Plugin::at(line.clone()).map_err(told)?;
    Ok(plugin.fill(Catalogue::default()))
}

/// What one turn costs, on the average of all turns of these steps.
fn took(kind: &dyn Step, steps: &[Taken]) -> Duration {
    let began = Instant::now();
    let mut turns = 0;
    for step in steps {
        for transcript in &step.transcripts {
            std::hint::black_box(kind.turn(&step.input, transcript));
            turns += 1;
        }
    }
    began.elapsed() / turns
}

/// Steps that nobody has seen before, as far as the linked kind takes them.
fn steps(round: usize, kind: &dyn Step) -> io::Result<Vec<Taken>> {
    let step = |number| taken(kind, input(round * STEPS + number));
    (0..STEPS).map(step).collect()
}

fn input(number: usize) -> Input {
    let host = Host {
        name: "EXCH1".into(),
        groups: vec!["exchange".into()],
        vars: Map::from_iter([(Name::from("postoffice"), Value::from("CONTOSO/PO1"))]),
    };
    let name = format!("MSExchangeDX{number}");
    let with = [("name", Value::from(&*name)), ("control", "restart".into())];
    Input {
        host: Value::Host(host.into()),
        with: Value::map(with),
    }
}

fn taken(kind: &dyn Step, input: Input) -> io::Result<Taken> {
    let mut transcripts = vec![Vec::new()];
    let mut transcript = Vec::new();
    loop {
        match kind.turn(&input, &transcript) {
            Turn::Ask(requests) => transcript.extend(requests.into_iter().map(|request| {
                let answer = Some(answer(&request.verb));
                Entry { request, answer }
            })),
            Turn::Done(_) => return Ok(Taken { input, transcripts }),
            other => return Err(io::Error::other(format!("it ends otherwise: {other:?}"))),
        }
        transcripts.push(transcript.clone());
    }
}

/// What a service answers that does as it is told.
fn answer(verb: &Verb) -> Answer {
    let now = |state: &Value| {
        let state = [("state", state.clone()), ("started", Value::Null)];
        Value::map(state)
    };
    Answer::Value(match verb {
        Verb::Wait(wait) => Value::list([now(wait.filter.get("state"))]),
        Verb::Act(_) => Value::Null,
        _ => now(&"running".into()),
    })
}

/// The library of the kind, built as this program was.
fn library() -> io::Result<PathBuf> {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "runsheet-service",
    ]);
    cargo.args(["--example", "kind-service"]);
    let released = ["--release"]
        .into_iter()
        .filter(|_| !cfg!(debug_assertions));
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = cargo.args(released).current_dir(here).status()?;
    let name = format!(
        "{}kind_service{}",
        env::consts::DLL_PREFIX,
        env::consts::DLL_SUFFIX
    );
    let library = env::current_exe()?.with_file_name("examples").join(name);
    match built.success() && library.exists() {
        true => Ok(library),
        false => Err(io::Error::other("the library of `service` cannot be built")),
    }
}

/// Hosts a plugin: the last argument is its library, and the one before that its memory.
///
/// # Errors
/// As [`runsheet_host::serve::serve`].
pub(crate) fn host(arguments: &[String]) -> io::Result<bool> {
    let (library, memory) = match arguments {
        [_, memory, library] => (library, memory.parse().ok()),
        _ => return Err(io::Error::other("`plugin-host --memory BYTES FILE`")),
    };
    runsheet_host::serve::serve(Path::new(library), memory, None).map(|()| true)
}
