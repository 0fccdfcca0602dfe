//! `plugin test`: what a plugin has to keep to, in a process of its own.

use std::path::Path;
use std::sync::Arc;

use runsheet_conformance::report::{Finding, Outcome, Report, Score, Verdict};
use runsheet_conformance::{Sample, Test, Watch};
use runsheet_host::line::Line;
use runsheet_host::process::{Limits, Process, Program};
use runsheet_host::thinking;
use runsheet_report::look::{Look, Tone, drawn};
use runsheet_trust::add::{Copied, copied, keep_score};
use runsheet_trust::file;
use serde_json::json;

use crate::args::plugin::PluginTestArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::exit::Exit;

/// A plugin that falls over at every other message is still told all of it.
const DEATHS: u32 = 20;

pub(super) fn test(arguments: &PluginTestArguments, console: &Console) -> Result<Exit, Complaint> {
    let (report, copied) = tested(arguments, console)?;
    match arguments.json {
        true => console.data(&as_json(&report))?,
        false => console.data(&drawn(&screen(&report, console.look())))?,
    }
    kept(&report, &arguments.file, &copied, console);
    Ok(match report.score().is_full() {
        true => Exit::Done,
        false => Exit::Failed,
    })
}

/// Keeps the score beside the plugin, for `plugin list`.
fn kept(report: &Report, file: &Path, tested: &Copied, console: &Console) {
    let Score { held, of } = report.score();
    let number = |count| u32::try_from(count).unwrap_or(u32::MAX);
    let score = (number(held), number(of));
    match keep_score(&console.folder, file, tested, score) {
        Ok(Some(place)) => console.note(&format!("kept the score in {}", console.shown(&place))),
        Ok(None) => console.note("the score is not kept: first take it with `runsheet plugin add`"),
        Err(why) => console.note(&format!("the score is not kept: {why}")),
    }
}

/// How it came out, and of which library.
fn tested(
    arguments: &PluginTestArguments,
    console: &Console,
) -> Result<(Report, Copied), Complaint> {
    // It may be built anew meanwhile: all that is asked is asked of one and the same.
    let copied = copied(&console.shelf, &arguments.file)
        .map_err(|(why, help)| Complaint::new(why).help(help))?;
    let file = &copied.copy;
    let shown = file::of(&arguments.file);
    let no_plugin = |why: String| {
        let complaint = Complaint::new(format!("{}: {why}", shown.display()));
        complaint.help(
            "a plugin is a library that was built for this machine and this Runsheet; in Rust it \
             is a crate of type `cdylib` with `export_plugin!` in it",
        )
    };
    let samples = match &arguments.samples {
        Some(path) => samples(path, console)?,
        None => Vec::new(),
    };
    let line = started(file, None).map_err(no_plugin)?;
    let watched = |call: Option<&str>| started(file, Some(call.unwrap_or(thinking::ALL)));
    let watch = Watch {
        calls: thinking::CALLS,
        start: &watched,
    };
    let test = Test {
        line,
        beside: console.shelf.linked(),
        samples: &samples,
        seed: arguments.seed,
        watch: cfg!(target_os = "linux").then_some(watch),
    };
    let report = test.made();
    let report = report.map_err(|trouble| no_plugin(trouble.to_string()))?;
    Ok((report, copied))
}

fn samples(path: &Path, console: &Console) -> Result<Vec<Sample>, Complaint> {
    let none = |why: String| {
        let complaint = Complaint::new(format!("these are no samples: {why}")).at(path);
        complaint.help("a sample is a step and what it finds: {uses: .., host: .., with: .., finds: [{facility: .., resource: .., list: [..]}]}")
    };
    let text = disk::text(&console.resolve(path)).map_err(none)?;
    Sample::read(&text).map_err(none)
}

/// The plugin in a process of its own, which may be ended by calls of the system.
fn started(file: &Path, forbidden: Option<&str>) -> Result<Arc<dyn Line>, String> {
    let told = |error| format!("this program does not find itself: {error}");
    let mut program = Program::this("plugin-host").map_err(told)?;
    if let Some(calls) = forbidden {
        program.arguments.extend(["--forbid".into(), calls.into()]);
    }
    let limits = Limits {
        deaths: DEATHS,
        ..Limits::default()
    };
    Ok(Arc::new(Process::start(program, file, limits)?))
}

fn as_json(report: &Report) -> String {
    let score = report.score();
    let mut json = json!(report);
    json["score"] = json!({ "passed": score.held, "of": score.of });
    format!("{json:#}\n")
}

fn screen(report: &Report, look: Look) -> String {
    let wide = |outcome: &Outcome| outcome.check.len();
    let width = report.results.iter().map(wide).max().unwrap_or(0);
    let mut text = format!(
        "{} {}, seed {}\n\n",
        report.plugin, report.version, report.seed
    );
    for outcome in &report.results {
        text.push_str(&row(outcome, width, look));
    }
    let score = format!("{} checks hold", report.score());
    let tone = match report.score().is_full() {
        true => Tone::Good,
        false => Tone::Bad,
    };
    text.push_str(&format!("\n{}\n", look.paint(tone, &score)));
    text
}

fn row(outcome: &Outcome, width: usize, look: Look) -> String {
    let (tone, word, about) = match &outcome.verdict {
        Verdict::Held { .. } => (Tone::Good, "held", outcome.about),
        Verdict::Broken { .. } => (Tone::Bad, "broken", outcome.about),
        Verdict::NotApplicable { why } => (Tone::Faint, "-", &**why),
    };
    let word = look.paint(tone, &format!("{word:6}"));
    let mut text = format!("  {word}  {:width$}  {about}\n", outcome.check);
    if let Verdict::Broken { findings } = &outcome.verdict {
        for Finding { of, why, with } in findings {
            text.push_str(&format!("          {of}: {why}\n"));
            if !with.is_empty() {
                let with = look.paint(Tone::Faint, &format!("with {with}"));
                text.push_str(&format!("            {with}\n"));
            }
        }
    }
    text
}
