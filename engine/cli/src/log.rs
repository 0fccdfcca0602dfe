//! Tracing: what goes on inside, on the stream for talk. Secrets never come so far up that one
//! could be in it.

use std::sync::Mutex;

use tracing::subscriber::DefaultGuard;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::format::FmtSpan;

use crate::args::Arguments;
use crate::console::Console;

/// Begins to log if `-v` or `RUNSHEET_LOG` asks for it, until the guard is dropped.
pub(crate) fn begin(arguments: &Arguments, console: &Console) -> Option<DefaultGuard> {
    let level = match arguments.verbose {
        0 => None,
        1 => Some("info"),
        2 => Some("debug"),
        _ => Some("trace"),
    };
    let wanted = console.environment.get("RUNSHEET_LOG").cloned();
    let wanted = wanted.or_else(|| {
        level.map(|level| format!("runsheet_runner={level},runsheet_driver={level}"))
    })?;
    let filter = match EnvFilter::try_new(&wanted) {
        Ok(filter) => filter,
        Err(error) => {
            console.note(&format!("RUNSHEET_LOG is not understood: {error}"));
            return None;
        }
    };
    let subscriber = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_span_events(FmtSpan::NONE)
        .with_ansi(console.talk_look().colour)
        .with_writer(Mutex::new(console.talk.clone()))
        .without_time()
        .finish();
    Some(tracing::subscriber::set_default(subscriber))
}
