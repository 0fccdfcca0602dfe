//! A plan as a reader sees it: every step in order, what it would do, and how sure that is.

mod deed;
mod fold;
mod foreseen;
mod legend;
mod outline;
mod question;
mod row;
mod summary;

use runsheet_diagnostics::words;
use runsheet_record::plan::{End, Plan};

use crate::look::{Look, Tone, drawn};
pub use foreseen::foreseen;
use outline::Branch;
use row::Columns;
pub use summary::summary;

/// The whole plan.
#[must_use]
pub fn plan(plan: &Plan, look: Look) -> String {
    let page = Page { look, asks: true };
    let mut text = page.header(plan);
    let steps = Branch::of(&plan.rows, &plan.bound.workflow);
    page.branches(&steps.children, 0, Columns::default(), &mut text);
    if !plan.restores.is_empty() {
        let heading = look.paint(Tone::Strong, "taken back at the end");
        text.push_str(&format!("\n{heading}\n"));
        let restores = Branch::of(&plan.restores, &plan.bound.workflow);
        let page = Page { look, asks: false };
        page.branches(&restores.children, 1, Columns::default(), &mut text);
    }
    for warning in &plan.warnings {
        let word = look.paint(Tone::Warm, "warning");
        text.push_str(&format!("\n{word}: {warning}\n"));
    }
    text.push_str(&format!("\n{}\n", legend::coverage(plan)));
    text.push_str(&look.paint(Tone::Faint, &legend::legend(plan, look.width)));
    text.push('\n');
    drawn(&text)
}

/// What every part of the text is drawn with.
struct Page {
    look: Look,
    /// Whether people are asked before what is shown.
    asks: bool,
}

impl Page {
    fn header(&self, plan: &Plan) -> String {
        let workflow = self.look.paint(Tone::Strong, &plan.bound.workflow.name);
        let steps = plan.rows.iter().filter(|row| row.end != End::Skipped);
        let (site, steps) = (&plan.bound.site, words::count("step", steps.count()));
        let real = if plan.bound.real { ", a real site" } else { "" };
        format!("plan of {workflow} at {site}{real}: {steps}; nothing is changed by planning\n\n")
    }

    /// Steps and groups that stand side by side, in columns of at least this width.
    fn branches(&self, branches: &[Branch<'_>], depth: usize, least: Columns, text: &mut String) {
        let columns = Columns::of(branches).and(least);
        let mut guard = None;
        for (n, branch) in branches.iter().enumerate() {
            let is_apart = !branch.is_step() || n > 0 && !branches[n - 1].is_step();
            if depth == 0 && n > 0 && is_apart {
                text.push('\n');
            }
            if branch.is_step() {
                let own = branch.row.and_then(|row| row.guard.as_deref());
                self.step(branch, columns, depth, own.filter(|_| own != guard), text);
                guard = own;
            } else {
                self.group(branch, depth, Columns::default(), text);
            }
        }
    }

    fn group(&self, group: &Branch<'_>, depth: usize, least: Columns, text: &mut String) {
        let indent = "  ".repeat(depth);
        let name = self.look.paint(Tone::Strong, group.name);
        let mut about: Vec<String> = Vec::new();
        if group.is_fan() {
            about.push(words::count("item", group.children.len()));
        }
        about.extend(group.doc.map(str::to_owned).filter(|doc| !doc.is_empty()));
        about.extend(group.row.and_then(|row| row::remark(row, group)));
        let about = self.look.paint(Tone::Faint, &about.join("; "));
        text.push_str(format!("{indent}{name}  {about}").trim_end());
        text.push('\n');
        self.question(group, depth, text);
        if group.is_fan() {
            self.items(&group.children, depth + 1, text);
        } else {
            self.branches(&group.children, depth + 1, least, text);
        }
    }
}
