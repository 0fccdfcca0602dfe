//! What happened to each step of the outermost list.

use std::time::Duration;

use crate::look::Look;
use crate::progress::{tone, word};
use crate::time;
use crate::verdict::Verdict;

pub(super) fn write(verdict: &Verdict, look: Look, text: &mut String) {
    let width = |text: &str| text.chars().count();
    let wide = verdict
        .steps
        .iter()
        .map(|step| width(&step.address))
        .max()
        .unwrap_or(0);
    let far = verdict
        .steps
        .iter()
        .map(|step| width(&step.tally))
        .max()
        .unwrap_or(0);
    for step in &verdict.steps {
        let status = look.paint(
            tone(step.status),
            &format!("{:<9}", word(step.status, step.rescued)),
        );
        let span = step
            .millis
            .filter(|millis| *millis > 0)
            .map(Duration::from_millis);
        let span = span.map(time::span).unwrap_or_default();
        let line = format!(
            "{status}  {:<wide$}  {:<far$}  {span}",
            step.address, step.tally
        );
        text.push_str(line.trim_end());
        text.push('\n');
    }
}
