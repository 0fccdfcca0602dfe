//! Names that patches took away: of steps and inputs that were taken out, and of steps that have
//! other names since. Whoever still says such a name is told which file took it away, and where.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;

use crate::document::{Document, Node};
use crate::reader::bare;

/// Whose name it was.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Owner {
    /// A step or group of the list that these ids lead to, of which `finally` and `rescue` are some,
    /// from the workflow or definition that it stands in.
    Step(Vec<String>),
    /// An input of a definition, or of the workflow.
    Input(Option<String>),
}

impl Owner {
    /// A step of the list that keys and ids lead to: `steps`, `t1`, `rescue`.
    pub(super) fn step_of(path: &[String]) -> Owner {
        let defined = path.first().is_some_and(|key| key == "define");
        let path = path.get(2..).filter(|_| defined).unwrap_or(path);
        let is_said = |(at, part): &(usize, &String)| at % 2 == 1 || *part != "steps";
        let said = path.iter().enumerate().filter(is_said);
        Owner::Step(said.map(|(_, part)| part.clone()).collect())
    }

    /// The input that keys lead to; nothing where that is none.
    pub(super) fn input_at(path: &[String]) -> Option<Owner> {
        match path {
            [inputs, _] if inputs == "inputs" => Some(Owner::Input(None)),
            [define, kind, inputs, _] if define == "define" && inputs == "inputs" => {
                Some(Owner::Input(Some(kind.clone())))
            }
            _ => None,
        }
    }
}

/// The names that were taken away.
#[derive(Clone, Debug, Default)]
pub(crate) struct LostNames {
    names: BTreeMap<(Owner, String), Fate>,
    /// Where it is said that a step stands elsewhere than before, by its id.
    moved: BTreeMap<Span, Span>,
    /// How many of the document are taken up.
    known: usize,
}

/// What became of a name.
#[derive(Clone, Debug)]
struct Fate {
    by: Span,
    /// What the step is called since.
    now: Option<String>,
}

impl LostNames {
    /// Those of some documents.
    pub(crate) fn of<'d>(documents: impl Iterator<Item = &'d Document>) -> Self {
        let mut lost = LostNames::default();
        for document in documents {
            lost.known = 0;
            lost.take_up(document);
            let span = |place| bare(document.at(place));
            let moved = document.moved().iter();
            lost.moved
                .extend(moved.map(|(id, by)| (span(*id), span(*by))));
        }
        lost
    }

    /// Where it is said that a step, whose id stands here, stands elsewhere than before.
    pub(crate) fn moved(&self, id: Span) -> Option<Span> {
        self.moved.get(&id).copied()
    }

    /// Takes up those of a document that came since the last time.
    pub(super) fn take_up(&mut self, document: &Document) {
        for (owner, name, by) in &document.lost()[self.known..] {
            let (name, by) = (document.at(*name), document.at(*by));
            let Some(name) = name.text() else { continue };
            let fate = Fate {
                by: place(by),
                now: by.text().map(str::to_owned),
            };
            self.names.insert((owner.clone(), name.to_owned()), fate);
        }
        self.known = document.lost().len();
    }

    /// Says where a name of one of these was taken away, if it was, and gives the name that the step has now, which
    /// `written` turns into the text that belongs at `span`. `remedy` is for what is gone.
    pub(crate) fn told(
        &self,
        (owners, name): (&[Owner], &str),
        diagnostic: Diagnostic,
        (span, written): (Span, &dyn Fn(&str) -> String),
        remedy: &str,
    ) -> Result<(Diagnostic, Option<&str>), Diagnostic> {
        let mut found = owners.iter();
        let found = found.find_map(|owner| Some((owner, self.fate(owner, name)?)));
        let Some((owner, first)) = found else {
            return Err(diagnostic);
        };
        let mut last = first;
        // Two steps may have taken each other's name.
        for _ in 0..self.names.len() {
            let next = last.now.as_deref().and_then(|now| self.fate(owner, now));
            let Some(next) = next else { break };
            last = next;
        }
        Ok(match &last.now {
            Some(now) => {
                let told = diagnostic.at(first.by, format!("`{name}` has another name since here"));
                (told.did_you_mean(&written(now), span), Some(now))
            }
            None => (gone(diagnostic, last.by, remedy), None),
        })
    }

    fn fate(&self, owner: &Owner, name: &str) -> Option<&Fate> {
        self.names.get(&(owner.clone(), name.to_owned()))
    }
}

/// Says where something was taken out that a patch is to change.
pub(super) fn taken_out(diagnostic: Diagnostic, by: Node<'_>, remedy: &str) -> Diagnostic {
    gone(diagnostic, place(by), remedy)
}

fn gone(diagnostic: Diagnostic, by: Span, remedy: &str) -> Diagnostic {
    let told = diagnostic.at(by, "taken out here");
    told.help(format!("keep it there, or {remedy}"))
}

/// Where patches of a document took inputs out, of one of these definitions or of the workflow.
pub(crate) fn lost_inputs(document: &Document, kinds: &[Option<&str>]) -> BTreeMap<String, Span> {
    let is_meant = |owner: &Owner| match owner {
        Owner::Input(kind) => kinds.contains(&kind.as_deref()),
        Owner::Step(_) => false,
    };
    let lost = document.lost().iter().filter(|(owner, ..)| is_meant(owner));
    let named = lost.filter_map(|(_, name, by)| {
        let name = document.at(*name).text()?;
        Some((name.to_owned(), place(document.at(*by))))
    });
    named.collect()
}

/// Where it is said: the new name, or the word that takes something out.
fn place(by: Node<'_>) -> Span {
    by.get("$delete")
        .map_or_else(|| by.place(), |word| bare(word.key))
}
