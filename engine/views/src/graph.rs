//! The order of a workflow as a picture: its steps, and which waits for which.
//!
//! A [`Graph`] has the lists of a workflow as people see them: groups are open or closed, and of
//! what a step waits for only that is kept which does not follow from the rest. The forms draw it:
//! text for a terminal, Mermaid and DOT for other tools, SVG for a page.

mod dot;
mod drawing;
mod item;
mod layout;
mod mermaid;
mod site;
mod svg;
mod text;

use runsheet_language::workflow::{StepId, Workflow};

use drawing::Drawing;
pub use item::{Item, List, Role};
pub use site::{AtSite, There};

/// How a graph is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A tree of lines.
    Text,
    /// A flowchart of Mermaid.
    Mermaid,
    /// A digraph of Graphviz.
    Dot,
    /// A picture.
    Svg,
}

impl Form {
    /// All of them, with their names on the command line.
    pub const ALL: [(&'static str, Form); 4] = [
        ("text", Form::Text),
        ("mermaid", Form::Mermaid),
        ("dot", Form::Dot),
        ("svg", Form::Svg),
    ];
}

/// Which groups are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// How many levels of groups are open.
    pub depth: usize,
    /// Groups that are open besides, by their addresses; all that hold them are open too.
    pub expand: Vec<String>,
    /// Groups that are closed all the same.
    pub collapse: Vec<String>,
}

/// What is drawn.
#[derive(Clone, Debug)]
pub struct Graph {
    /// The name of the workflow.
    pub name: String,
    /// The site that it is drawn for, if it is for one.
    pub site: Option<String>,
    /// What it is for.
    pub summary: String,
    /// Its steps.
    pub steps: List,
    /// What runs at the end, whatever happened.
    pub finally: Option<List>,
}

impl Graph {
    /// The graph of a workflow, with what is known of it at a site: there, every item of a
    /// `foreach` is a group of its own.
    ///
    /// # Errors
    /// An address that is to be opened or closed and is that of no group.
    pub fn of(
        workflow: &Workflow,
        open: &Open,
        site: Option<&AtSite>,
    ) -> Result<Graph, UnknownGroup> {
        let drawing = Drawing {
            workflow,
            open,
            site,
        };
        let groups = drawing.groups();
        let named = open.expand.iter().chain(&open.collapse);
        for address in named {
            if !groups.contains(address) {
                return Err(UnknownGroup {
                    address: address.clone(),
                    groups: groups.into_iter().collect(),
                });
            }
        }
        // A list of nothing is nothing to look at.
        let last = workflow.finally;
        let last = last.filter(|last| !workflow.node(*last).children.is_empty());
        Ok(Graph {
            name: workflow.name.to_string(),
            summary: workflow.summary.to_string(),
            site: site.map(|site| site.site.clone()),
            steps: drawing.list(StepId::MAIN),
            finally: last.map(|last| drawing.list(last)),
        })
    }

    /// The picture in a form.
    #[must_use]
    pub fn draw(&self, form: Form) -> String {
        match form {
            Form::Text => text::draw(self),
            Form::Mermaid => mermaid::draw(self),
            Form::Dot => dot::draw(self),
            Form::Svg => svg::draw(self),
        }
    }
}

/// An address of no group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownGroup {
    /// The address.
    pub address: String,
    /// The addresses of all groups.
    pub groups: Vec<String>,
}

#[cfg(test)]
#[path = "tests/graph.rs"]
mod tests;
