//! One step of a plan: its first deed on the line with its name, further ones below.

use runsheet_record::plan::{End, Row};

use super::outline::Branch;
use super::{Page, deed};
use crate::causes;
use crate::look::Tone;

/// How wide names and hosts are among steps that stand side by side.
#[derive(Clone, Copy, Default)]
pub(super) struct Columns {
    name: usize,
    host: usize,
}

impl Columns {
    pub(super) fn of(branches: &[Branch<'_>]) -> Columns {
        let steps = || branches.iter().filter(|branch| branch.is_step());
        let width = |text: &str| text.chars().count();
        let host = |branch: &Branch<'_>| branch.row.and_then(|row| row.host.as_deref().map(width));
        Columns {
            name: steps().map(|step| width(step.name)).max().unwrap_or(0),
            host: steps().filter_map(host).max().unwrap_or(0),
        }
    }
}

/// A line of a step before it is written: its sign and flags, and what it says.
struct Line {
    tone: Option<Tone>,
    sign: String,
    text: String,
}

impl Columns {
    /// Wide enough for both.
    pub(super) fn and(self, other: Columns) -> Columns {
        Columns {
            name: self.name.max(other.name),
            host: self.host.max(other.host),
        }
    }

    /// Wide enough for the steps in each of these groups, so that items stand in line.
    pub(super) fn inside(groups: &[Branch<'_>]) -> Columns {
        let each = groups.iter().map(|group| Columns::of(&group.children));
        each.fold(Columns::default(), Columns::and)
    }
}

impl Page {
    /// A step; its guard is told where it is not that of the step before.
    pub(super) fn step(
        &self,
        step: &Branch<'_>,
        columns: Columns,
        depth: usize,
        guard: Option<&str>,
        text: &mut String,
    ) {
        let Some(row) = step.row else { return };
        let indent = "  ".repeat(depth);
        if let Some(guard) = guard {
            let only = self.look.paint(Tone::Faint, &format!("only if {guard}:"));
            text.push_str(&format!("{indent}      {only}\n"));
        }
        self.question(step, depth, text);
        let host = row.host.as_deref().unwrap_or("");
        let (wide, far) = (columns.name, columns.host);
        for (n, line) in self.lines(step, row).into_iter().enumerate() {
            let (name, host) = if n == 0 { (step.name, host) } else { ("", "") };
            let sign = format!("{:<5}", line.sign);
            let (sign, body) = match line.tone {
                Some(Tone::Faint) => (sign, self.look.paint(Tone::Faint, &line.text)),
                Some(tone) => (self.look.paint(tone, &sign), line.text),
                None => (sign, line.text),
            };
            let whole = format!("{indent}{sign} {name:<wide$}  {host:<far$}  {body}");
            text.push_str(whole.trim_end());
            text.push('\n');
        }
        for rescue in &step.children {
            self.group(rescue, depth + 1, Columns::default(), text);
        }
    }

    fn lines(&self, step: &Branch<'_>, row: &Row) -> Vec<Line> {
        let flags = flags(row);
        let mut lines: Vec<Line> = row
            .deeds
            .iter()
            .map(|deed| Line {
                tone: Some(deed::tone(deed.sign)),
                sign: format!("{}{}{flags}", deed.sign.character(), deed::flags(deed)),
                text: deed::told(deed),
            })
            .collect();
        if let Some(remark) = remark(row, step) {
            let (tone, sign) = match row.end {
                End::Fails(_) => (Tone::Bad, "x".to_owned()),
                End::Known => (Tone::Faint, format!("={flags}")),
                _ => (Tone::Faint, format!(" {flags}")),
            };
            lines.push(Line {
                tone: Some(tone),
                sign,
                text: remark,
            });
            let causes = causes::told(&row.causes);
            let causes = causes.lines().map(|line| line.trim_start().to_owned());
            lines.extend(mending(row).into_iter().chain(causes).map(|text| Line {
                tone: Some(Tone::Faint),
                sign: String::new(),
                text,
            }));
        }
        lines
    }
}

/// The flags of a whole row.
fn flags(row: &Row) -> String {
    let mut flags = String::new();
    if row.guard.is_some() {
        flags.push('?');
    }
    if row.assumes {
        flags.push('^');
    }
    flags
}

/// Where a step stands that would fail, which part of it is to blame, and what a person can do.
pub(super) fn mending(row: &Row) -> Vec<String> {
    let End::Fails(failure) = &row.end else {
        return Vec::new();
    };
    let place = row.place.iter().map(|place| format!("where:    {place}"));
    let at = (!failure.at.is_empty()).then(|| format!("at:       with.{}", failure.at.join(".")));
    let help = failure.help.iter().map(|help| format!("help:     {help}"));
    place.chain(at).chain(help).collect()
}

/// What is to be said of a row beside its deeds.
pub(super) fn remark(row: &Row, branch: &Branch<'_>) -> Option<String> {
    match &row.end {
        End::Fails(failure) => Some(format!("would fail: {}", failure.message)),
        End::Skipped => Some(skipped(branch)),
        End::Open(why) if row.deeds.is_empty() && row.assumes => Some(format!("so far: {why}")),
        End::Open(why) if row.deeds.is_empty() => Some(format!("depends on {why}")),
        End::Known if row.deeds.is_empty() => Some(idle(branch)),
        End::Open(_) | End::Known => None,
    }
}

fn skipped(branch: &Branch<'_>) -> String {
    let when = branch.node.and_then(|node| node.when.as_ref());
    match when {
        Some(when) => format!("skipped: `{when}` does not hold"),
        None => "skipped".to_owned(),
    }
}

fn idle(branch: &Branch<'_>) -> String {
    let acts = branch.node.is_none_or(|node| node.acts());
    if acts {
        "nothing to do"
    } else {
        "as it should be"
    }
    .to_owned()
}
