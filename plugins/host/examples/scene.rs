//! A run in small, for plugins that may end it: takes the turns of a step, then those of another,
//! and says on each line how it went.
//!
//! `scene none|process LIBRARY KIND`

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use runsheet_host::exits::Watch;
use runsheet_host::interrupt::Interrupt;
use runsheet_host::line::Line;
use runsheet_host::plugin::Plugin;
use runsheet_host::process::{Limits, Process, Program};
use runsheet_step::{Answer, Catalogue, Entry, Input, Step, Turn, Value};
use rustix::process::{Signal, getpid, kill_process};

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [isolation, library, kind] = &*arguments else {
        return Err("scene none|process LIBRARY KIND".to_owned());
    };
    let interrupt = Interrupt::default();
    let _watch = watch(interrupt.clone());
    let line = line(&interrupt, isolation, Path::new(library))?;
    let plugin = Plugin::at(line).map_err(|trouble| trouble.to_string())?;
    let catalogue = plugin.fill(Catalogue::default());
    // The first is the plan, the second the run.
    for kind in [&**kind, kind, "well", "well"] {
        say("asked");
        let missing = || format!("there is no {kind}");
        say(&ended(catalogue.kind(kind).ok_or_else(missing)?));
    }
    // As Ctrl-C does.
    let _ = kill_process(getpid(), Signal::INT);
    say("deaf");
    Ok(())
}

/// The code of a run in doubt, as the command line has it.
fn watch(interrupt: Interrupt) -> Watch {
    Watch::begin(move || {
        let asked = interrupt.here().asked.pop()?;
        say(&format!("ended by {asked}"));
        Some(3)
    })
}

fn line(interrupt: &Interrupt, isolation: &str, library: &Path) -> Result<Arc<dyn Line>, String> {
    if isolation == "none" {
        return interrupt.load("the plugin", library);
    }
    let me = std::env::current_exe().map_err(|error| error.to_string())?;
    let program = Program {
        path: me.with_file_name("plugin-host"),
        arguments: Vec::new(),
    };
    let limits = Limits {
        deadline: Duration::from_secs(4),
        ..Limits::default()
    };
    Ok(Arc::new(Process::start(program, library, limits)?))
}

/// How a step ends whose every question is answered with nothing.
fn ended(kind: &dyn Step) -> String {
    let mut transcript = Vec::new();
    let mut asked = 0;
    loop {
        match kind.turn(&Input::default(), &transcript) {
            Turn::Done(_) if asked == 0 => return "done".to_owned(),
            Turn::Done(_) => return format!("asked {asked} and done"),
            Turn::Failed(failure) => return format!("{}: {}", failure.form, failure.message),
            Turn::Unknown(why) => return format!("unknown: {why}"),
            Turn::Ask(requests) => transcript.extend(requests.into_iter().map(|request| {
                asked += 1;
                let answer = Some(Answer::Value(Value::Null));
                Entry { request, answer }
            })),
        }
    }
}

fn say(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}
