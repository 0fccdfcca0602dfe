//! The keys of a step and of a group, and the lists they stand in.

mod both;
mod keys;
mod mapped;
mod nameless;
mod one_host;
pub(super) mod strays;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Catalogue, Name};

use super::body::Bodies;
use super::call::Callee;
use super::library::{Define, Libraries, Library, LibraryId};
use super::prose::prose;
use super::{Draft, DraftWorkflow, NO_BODY, Needs, call, effects, foreach, gates, input};
use super::{judgement, timing, value};
use crate::document::{Entry, Node};
use crate::expression::WRONG_VALUE;
use crate::keys::Keys;
use crate::reader::{self, Reader, bare};
use crate::spanned::Spanned;
use crate::workflow::{Action, Body, Call, StepId};
use keys::STEP;
use strays::Strays;

pub(super) use keys::STEPS;

/// Reads all steps of a workflow into its drafts.
pub(super) struct Steps<'r, 'd> {
    pub(super) out: &'r mut DraftWorkflow<'d>,
    pub(super) catalogue: &'r Catalogue,
    pub(super) libraries: &'r Libraries<'d>,
    /// The file whose steps are read now.
    pub(super) library: LibraryId,
    /// What is called around here, and what was called already.
    pub(super) bodies: Bodies<'r, 'd>,
    /// The names of all kinds.
    kinds: Vec<&'r str>,
    pub(super) found: &'r mut Vec<Diagnostic>,
}

impl<'r, 'd> Steps<'r, 'd> {
    /// Nothing is read yet; it begins with the workflow's own file.
    pub(super) fn new(
        out: &'r mut DraftWorkflow<'d>,
        catalogue: &'r Catalogue,
        libraries: &'r Libraries<'d>,
        found: &'r mut Vec<Diagnostic>,
    ) -> Self {
        Self {
            out,
            catalogue,
            libraries,
            library: libraries.files.len() - 1,
            bodies: Bodies::default(),
            kinds: catalogue.kinds().map(|(name, _)| name).collect(),
            found,
        }
    }

    /// The list of the run and that of `finally:`.
    pub(super) fn lists(&mut self, steps: Option<Node<'d>>, last: Option<Node<'d>>) {
        if let Some(steps) = steps {
            self.out.drafts[0].node.span = steps.span();
            self.list(steps, StepId::MAIN);
        }
        if let Some(last) = last {
            let id = self.out.next();
            let mut list = Draft::list("finally", last.span());
            list.node.path = vec![id];
            self.out.drafts.push(list);
            self.out.finally = Some(id);
            self.list(last, id);
        }
    }

    pub(super) fn list(&mut self, node: Node<'d>, group: StepId) {
        let steps: Vec<(Node<'d>, Option<Node<'d>>)> = match mapped::is_by_id(node) {
            true => {
                self.found.push(mapped::told(node));
                let named = node.entries().map(|entry| (entry.value, Some(entry.key)));
                named.collect()
            }
            false => {
                let items = reader::items(node, self.found).into_iter().flatten();
                let mut steps = Vec::new();
                for item in items {
                    mapped::one(item, &mut steps, self.found);
                }
                steps
            }
        };
        for (step, id) in steps {
            if self.is_full(step.place()) {
                return;
            }
            self.step(step, id, group);
        }
    }

    /// Reads a step; one that stands in a map has its id as its key.
    fn step(&mut self, node: Node<'d>, id: Option<Node<'d>>, group: StepId) {
        let number = self.out.next();
        let strays = Strays::of(node, |kind| self.fields(kind));
        let elsewhere = strays.names();
        let keys = Keys {
            kinds: &self.kinds,
            elsewhere: &elsewhere,
            ..STEP
        };
        strays.tell(node, self.found);
        let before = self.found.len();
        let Some(mut reader) = Reader::new(node, keys, self.found) else {
            let help = "a step is a map of its keys: `- {id: .., uses: ..}`";
            let told = self.found.get_mut(before);
            told.into_iter()
                .for_each(|told| told.help = Some(help.to_owned()));
            return;
        };
        strays.adopt(&mut reader, id);
        nameless::adopt(&mut reader);
        let library = self.libraries.files.get(self.library);
        let out = &*self.out;
        let mut draft = head(&mut reader, library, number, &|| items_around(out, group));
        draft.host = strays.host().or(draft.host);
        draft.written = Some(node);
        let body = reader.take("steps").map(|entry| entry.value);
        let rescue = reader.take("rescue").map(|entry| entry.value);
        let mut called: Option<&'r Define<'d>> = None;
        if body.is_some() {
            both::refuse(&mut reader);
        } else {
            match call::callee(&mut reader, self.libraries, self.library, self.catalogue) {
                Callee::Define(define) => {
                    call::call(&mut reader, define, &strays, &mut draft);
                    called = Some(define);
                }
                other => action(&mut reader, &mut draft, self.catalogue, &strays, &other),
            }
        }
        self.put(draft, group);
        if let Some(body) = body {
            self.list(body, number);
        }
        if let Some(define) = called {
            self.body(define, number);
        }
        if let Some(rescue) = rescue {
            self.rescue(rescue, number);
        }
    }

    /// What a kind or a definition of this name takes.
    fn fields(&self, kind: &str) -> Option<Vec<Field>> {
        if let Some(kind) = self.catalogue.kind(kind) {
            return Some(kind.shape().inputs.clone());
        }
        let define = self.libraries.define(self.library, kind)?;
        Some(Call::fields(&define.inputs))
    }

    /// The list that rescues a step or group: it stands beside what is in it.
    fn rescue(&mut self, list: Node<'d>, rescued: StepId) {
        if list.is_list() && list.items().next().is_none() {
            let diagnostic = Diagnostic::error(&WRONG_VALUE, "this rescue does nothing")
                .at(list.span(), "no steps")
                .help("name the failures that are none in `accept:`, or say what is to be done");
            self.found.push(diagnostic);
            return;
        }
        let id = self.out.next();
        let mut draft = Draft::list("rescue", list.span());
        let owner = &mut self.out.drafts[rescued.index()].node;
        owner.rescue = Some(id);
        draft.node.path = owner.path.clone();
        draft.node.path.push(id);
        self.out.drafts.push(draft);
        self.list(list, id);
    }

    /// Puts a draft into the arena as the next of its list.
    pub(super) fn put(&mut self, mut draft: Draft<'d>, group: StepId) {
        let number = self.out.next();
        draft.node.path = self.out.drafts[group.index()].node.path.clone();
        draft.node.path.push(number);
        self.out.drafts[group.index()].node.children.push(number);
        self.out.drafts.push(draft);
    }
}

/// The items of the loops that a step of a group stands in.
fn items_around(out: &DraftWorkflow<'_>, group: StepId) -> Vec<Name> {
    let path = out.drafts[group.index()].node.path.iter();
    let loops = path.filter_map(|step| out.drafts[step.index()].node.foreach.as_ref());
    loops.map(|one| one.var.clone()).collect()
}

/// What a step and a group have in common.
fn head<'d>(
    reader: &mut Reader<'d, '_>,
    library: Option<&Library<'d>>,
    number: StepId,
    around: &dyn Fn() -> Vec<Name>,
) -> Draft<'d> {
    let id = id(reader);
    let name: Name = match &id {
        Some(id) => id.value.into(),
        None => format!("step-{}", number.0).into(),
    };
    let place = reader.node().span();
    let span = id.map_or(
        Span {
            end: place.start + 1,
            ..place
        },
        |id| id.span,
    );
    let mut draft = Draft::list(&name, span);
    let step = &mut draft.node;
    step.doc = prose(reader, "doc").map_or("".into(), |doc| doc.value.into());
    step.see = super::names(reader, "see");
    step.when = value::condition_of(reader, "when");
    step.foreach = foreach::foreach(reader, around);
    judgement::judgement(reader, library, step);
    step.retry = timing::retry(reader);
    step.timeout = timing::timeout(reader);
    step.confirm = gates::confirm(reader);
    step.destructive = reader.boolean("destructive").is_some_and(|said| *said);
    draft.lock = gates::lock(reader);
    draft.pools = gates::pools(reader);
    draft.host = value::of(reader, "host", &Type::Host);
    draft.needs = needs(reader);
    draft.since = reader
        .text("since")
        .map(|since| Spanned::new(since.value, since.span));
    draft
}

/// An id is part of addresses, so it has no dots, brackets or blanks.
fn id<'d>(reader: &mut Reader<'d, '_>) -> Option<Spanned<&'d str>> {
    let Some(entry) = reader.take("id") else {
        nameless::tell(reader);
        return None;
    };
    let id = Spanned::new(reader.text("id")?.value, bare(entry.value));
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    if !id.chars().all(plain) || !id.starts_with(char::is_alphabetic) {
        let message = format!("`{}` cannot be an id", id.value);
        let help = "an id is a letter, then letters, digits, `-` and `_`";
        let diagnostic = Diagnostic::error(&WRONG_VALUE, message).at(id.span, "not an id");
        let possible = possible_id(id.value);
        if entry.name() == "name" && !reader.has("doc") {
            named_in_words(reader, entry, &possible);
            return Some(id);
        }
        let title = format!("call it `{possible}`");
        let fix = Fix::replace(title, id.span, possible);
        reader.found().push(diagnostic.help(help).fix(fix));
    }
    Some(id)
}

/// What other tools call `name:` is a text for people; that there is no such key has been told.
fn named_in_words(reader: &mut Reader<'_, '_>, entry: Entry<'_>, id: &str) {
    let place = bare(entry.key);
    let before = entry.key.line_before();
    let meant = match before.contains(['{', '[']) {
        true => format!("id: {id}, doc"),
        false => format!("id: {id}\n{}doc", " ".repeat(before.chars().count())),
    };
    let mut found = reader.found().iter_mut().rev();
    if let Some(said) = found.find(|one| one.span() == Some(place)) {
        let help = "what people read is `doc:`, and `id:` is a short name for others to refer to";
        said.help = Some(help.to_owned());
        said.fixes = vec![Fix::replace(format!("call it `{id}`"), place, meant)];
    }
}

/// An id made of the letters and digits of a text.
fn possible_id(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '_');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let joined = words.join("-");
    match joined.starts_with(char::is_alphabetic) {
        true => joined,
        false => format!("step-{joined}").trim_end_matches('-').to_owned(),
    }
}

fn needs<'d>(reader: &mut Reader<'d, '_>) -> Option<Needs<'d>> {
    let entry = reader.take("needs")?;
    let before = reader.found().len();
    let ids = reader.texts("needs");
    if let Some(told) = reader
        .found()
        .get_mut(before)
        .filter(|_| entry.value.is_map())
    {
        told.help = Some("name the steps: `needs: [a, b]`; each must have ended well".to_owned());
        let ids: Vec<&str> = entry.value.entries().map(|entry| entry.name()).collect();
        let list = format!("[{}]", ids.join(", "));
        told.fixes = vec![Fix::replace("name the steps", entry.value.span(), list)];
    }
    Some(Needs {
        span: entry.value.span(),
        ids,
    })
}

fn action<'d>(
    reader: &mut Reader<'d, '_>,
    draft: &mut Draft<'d>,
    catalogue: &Catalogue,
    strays: &Strays<'_>,
    callee: &Callee<'_, '_>,
) {
    let effects = effects::effects(reader, catalogue);
    let in_doubt = judgement::in_doubt(reader);
    draft.with = reader.take("with");
    let Some(uses) = reader.take("uses") else {
        // What was meant stands there, under a key that has been told.
        if reader.has_lost() {
            return;
        }
        let message = format!("`{}` says neither `uses:` nor `steps:`", draft.node.id);
        let diagnostic = Diagnostic::error(&NO_BODY, message).at(draft.node.span, "does nothing");
        let help = "name a kind with `uses:`, or hold steps with `steps:`";
        reader.found().push(diagnostic.help(help));
        return;
    };
    let lost_input = draft.with.is_none() && reader.has_lost();
    let found = reader.found();
    let Some(kind) = reader::text(uses.value, found) else {
        return;
    };
    // What cannot be read has been told: what it would have brought is not missed.
    let is_told = matches!(callee, Callee::Told);
    let known = (!lost_input && !is_told).then_some(catalogue);
    let read = input::input(uses.value, kind.value, draft.with, known, strays, found);
    draft.node.body = Body::Action(Box::new(Action {
        kind: read.kind,
        span: bare(uses.value),
        host: None,
        host_from: None,
        acts: match &effects {
            crate::workflow::Effects::Unsaid => read.acts,
            crate::workflow::Effects::None => false,
            crate::workflow::Effects::Opaque => true,
            crate::workflow::Effects::These(these) => !these.is_empty(),
        },
        with: read.with,
        arms: read.arms,
        effects,
        in_doubt,
    }));
}
