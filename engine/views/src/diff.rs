//! What tells two workflows from each other: steps that came, went, moved or have another name,
//! and every value that is another, with the places of both.
//!
//! What the files extend, include and call is worked in first, so lines and files do not matter,
//! nor do comments, the order of keys and keys that begin with `x-`. Steps are held against each
//! other within their list: those that both come from one step of one file, then by their ids. Where
//! an id is gone and another has come, and most of what the two steps say is the same, the step has
//! another name, and those that say the same come before those that are only near to it; references
//! that follow such a name are no difference.
//!
//! Start at [`Outline::of`], which makes a workflow comparable, then [`Difference::between`].

mod alike;
mod count;
mod matching;
mod names;
mod outline;
mod said;
mod table;
mod text;
mod values;

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::Overlay;
use runsheet_language::parts::Parts;
use runsheet_language::provenance::secrets::Secrets;
use runsheet_language::site::Site;
use runsheet_step::Catalogue;
use serde::Serialize;

use matching::{Around, Block};
use names::Names;
pub use said::Place;
use said::Veiled;
pub use table::table;
pub use values::Change;

/// A workflow, ready to be held against others.
#[derive(Clone, Debug)]
pub struct Outline {
    name: String,
    whole: Block,
}

impl Outline {
    /// The outline of a workflow. The parts are to be those of one that can be read without a
    /// mistake, and the sources those that they were read from. The name is what people call it.
    #[must_use]
    pub fn of(name: &str, parts: &Parts, sources: &Sources, catalogue: &Catalogue) -> Outline {
        Outline {
            name: name.to_owned(),
            whole: outline::whole(parts, sources, catalogue),
        }
    }

    /// With what the overlays, which are worked in already, say of hosts and sites besides. Of secrets
    /// that they write out is told only that they differ.
    #[must_use]
    pub fn with(mut self, overlays: &[Overlay], secrets: &Secrets, sources: &Sources) -> Outline {
        let veiled = Veiled { secrets, sources };
        for entry in overlays.iter().flat_map(Overlay::of_sites) {
            outline::lay_over(&mut self.whole, entry, veiled);
        }
        self
    }
}

impl Outline {
    /// With the variables that each host of a site has in the end, in place of what overlays say of
    /// hosts and groups. The site is to be read under the same overlays.
    #[must_use]
    pub fn at(mut self, site: &Site, secrets: &Secrets, sources: &Sources) -> Outline {
        outline::settle(&mut self.whole, site, Veiled { secrets, sources });
        self
    }
}

/// What tells one workflow from another.
#[derive(Clone, Debug, Serialize)]
pub struct Difference {
    /// What the one is called.
    pub before: String,
    /// What the other is called.
    pub after: String,
    /// What stands outside of steps.
    pub values: Vec<Change>,
    /// The steps that are not the same, in the order of the workflow after.
    pub steps: Vec<Step>,
}

/// How a step is other than before.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Its address in the workflow after; of a step that is gone, before: `t1.send`.
    pub address: String,
    /// Its address before.
    #[serde(skip)]
    base: Option<String>,
    /// Its address before, where its own id was another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub was: Option<String>,
    /// Whether it is there before and after.
    pub fate: Fate,
    /// Behind which step of its list it stands now, if it stands elsewhere; nothing: first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Behind>,
    /// How many steps it holds, if they came or went with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holds: Option<usize>,
    /// Its values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Change>,
    /// Where it stood.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before_at: Option<Place>,
    /// Where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_at: Option<Place>,
}

/// Whether a step is there before and after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fate {
    /// After only.
    Added,
    /// Before only.
    Removed,
    /// Both.
    Kept,
}

/// The step before a step in its list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Behind {
    /// Its id; nothing for what is first.
    pub behind: Option<String>,
}

impl Difference {
    /// What tells the second from the first.
    #[must_use]
    pub fn between(before: &Outline, after: &Outline) -> Difference {
        let names = Names::of(&before.whole, &after.whole);
        let mut difference = Difference {
            before: before.name.clone(),
            after: after.name.clone(),
            values: values::of_blocks(&before.whole, &after.whole, Some(&names), None),
            steps: Vec::new(),
        };
        let around = Around {
            outer: ["", ""],
            names: &names,
            scope: None,
        };
        matching::steps(&before.whole, &after.whole, around, &mut difference.steps);
        difference
    }

    /// Whether nothing tells them apart.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.steps.is_empty()
    }

    /// In words, for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        text::text(self)
    }
}

impl Step {
    /// What happened to it, in a word or a few.
    fn words(&self) -> Vec<&'static str> {
        let mut words = Vec::new();
        match self.fate {
            Fate::Added => words.push("added"),
            Fate::Removed => words.push("removed"),
            Fate::Kept => {}
        }
        words.extend(self.was.is_some().then_some("renamed"));
        words.extend(self.moved.is_some().then_some("moved"));
        words.extend((!self.values.is_empty()).then_some("changed"));
        words
    }
}

/// Differences as JSON: the version of its form, and each of them.
#[must_use]
pub fn json(differences: &[Difference]) -> String {
    #[derive(Serialize)]
    struct View<'d> {
        #[serde(rename = "runsheet-diff")]
        version: u32,
        differences: &'d [Difference],
    }
    let view = View {
        version: 1,
        differences,
    };
    // Texts and lists can be written; there is no case in which they cannot.
    serde_json::to_string(&view).unwrap_or_default() + "\n"
}

#[cfg(test)]
#[path = "tests/composed.rs"]
mod composed;
#[cfg(test)]
#[path = "tests/diff.rs"]
mod tests;
