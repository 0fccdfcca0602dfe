//! The steps that a call brings in: read anew for every call, told about once.

use std::collections::BTreeSet;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::{Name, Value};

use super::library::Define;
use super::step::Steps;
use super::{Draft, Needs, TOO_MANY_STEPS, call};
use crate::expression::Template;
use crate::workflow::StepId;

/// How deep calls may stand in each other.
const DEPTH: usize = 16;
/// How many steps a workflow may have. Nobody reads so many, and a few lines of calls that call each
/// other twice make any number.
const MOST: usize = 20_000;

/// What is called around the steps that are being read, and what was called already.
#[derive(Default)]
pub(super) struct Bodies<'r, 'd> {
    /// From the outermost call inward, with the place that calls it.
    around: Vec<(&'r Define<'d>, Name, Span)>,
    /// Where the definitions stand whose steps have been read.
    read: BTreeSet<Span>,
    /// Whether it has been told that there are too many.
    is_full: bool,
    /// What is not called again, and why: told whatever else is read silently.
    refused: Vec<Diagnostic>,
    /// The circles that have been told, by the definitions in them.
    circles: BTreeSet<BTreeSet<Span>>,
}

impl Bodies<'_, '_> {
    /// Tells what was refused. Gives where the definitions stand whose steps have been read.
    pub(super) fn read(self, found: &mut Vec<Diagnostic>) -> BTreeSet<Span> {
        found.extend(self.refused);
        self.read
    }

    /// Nothing around, and these read already.
    pub(super) fn after(read: BTreeSet<Span>) -> Self {
        Self {
            read,
            ..Self::default()
        }
    }
}

impl<'r, 'd> Steps<'r, 'd> {
    /// Reads the steps of what a step calls into it.
    pub(super) fn body(&mut self, define: &'r Define<'d>, number: StepId) {
        let Some(called) = &self.out.drafts[number.index()].node.call else {
            return;
        };
        let (name, span) = (called.kind.clone(), called.span);
        if let Some(refused) = self.refused(define, &name, span) {
            self.bodies.refused.extend(refused);
            self.gives_nothing_known(number);
            return;
        }
        self.bodies.around.push((define, name, span));
        let library = std::mem::replace(&mut self.library, define.library);
        let told = match self.bodies.read.insert(define.span) {
            true => None,
            false => Some(std::mem::take(self.found)),
        };
        self.lists_of(define, number);
        if let Some(told) = told {
            *self.found = told;
        }
        self.library = library;
        self.bodies.around.pop();
    }

    fn lists_of(&mut self, define: &'r Define<'d>, number: StepId) {
        self.out.drafts[number.index()].defaults = Some(define.defaults.clone());
        if let Some(steps) = define.steps {
            self.list(steps, number);
        }
        if define.finally.is_none() && !define.is_whole {
            return;
        }
        let list = self.out.next();
        let span = define.finally.map_or(define.span, |last| last.span());
        self.put(Draft::list("finally", span), number);
        if let Some(call) = &mut self.out.drafts[number.index()].node.call {
            call.finally = Some(list);
        }
        if let Some(last) = define.finally {
            self.list(last, list);
        }
    }

    /// What would be worked out from steps that are not read can be anything.
    fn gives_nothing_known(&mut self, number: StepId) {
        let call = &mut self.out.drafts[number.index()].node.call;
        for output in call.iter_mut().flat_map(|call| call.outputs.values_mut()) {
            let unread = Value::unknown("the steps that give it are not read");
            output.value = Template::literal(unread, output.span);
        }
    }

    /// Why something is not called again, if it is not; told once.
    fn refused(
        &mut self,
        define: &Define<'d>,
        name: &Name,
        span: Span,
    ) -> Option<Option<Diagnostic>> {
        let around = &self.bodies.around;
        let place = |(one, ..): &(&Define<'d>, Name, Span)| one.span == define.span;
        if let Some(at) = around.iter().position(place) {
            let mut circle: Vec<(Name, Span)> = around[at..]
                .iter()
                .map(|(_, name, span)| (name.clone(), *span))
                .collect();
            circle.push((name.clone(), span));
            let (begins, _, called) = &around[at];
            let uncalled = begins.span == *called;
            let defines = around[at..].iter().map(|(define, ..)| define.span);
            // It may be entered at several places.
            let is_new = self.bodies.circles.insert(defines.collect());
            return Some(is_new.then(|| call::cyclic(&circle, uncalled)));
        }
        if around.len() < DEPTH && self.out.drafts.len() < MOST {
            return None;
        }
        let first = !std::mem::replace(&mut self.bodies.is_full, true);
        Some(first.then(|| too_many(around.len() >= DEPTH, span)))
    }

    /// Whether there are as many steps as there may be; told once.
    pub(super) fn is_full(&mut self, next: Span) -> bool {
        let is_full = self.out.drafts.len() >= MOST;
        if is_full && !std::mem::replace(&mut self.bodies.is_full, true) {
            self.bodies.refused.push(too_many(false, next));
        }
        is_full
    }

    /// Calls everything once that nobody has called, each at a time of its own: so that all of a
    /// file is checked, used or not.
    pub(super) fn uncalled(&mut self) {
        let libraries = self.libraries;
        for (name, define) in libraries.all() {
            if self.bodies.read.contains(&define.span) {
                continue;
            }
            let number = self.out.next();
            let mut draft = Draft::list(&name, define.span);
            draft.needs = Some(Needs {
                span: define.span,
                ids: Vec::new(),
            });
            let nowhere = Value::unknown("who calls it says where");
            draft.host = Some(Template::literal(nowhere, define.span));
            draft.node.call = Some(Box::new(call::unasked(&name, define)));
            self.put(draft, StepId::MAIN);
            self.library = define.library;
            self.body(define, number);
        }
    }
}

fn too_many(deep: bool, span: Span) -> Diagnostic {
    let message = match deep {
        true => format!("calls stand more than {DEPTH} deep in each other"),
        false => format!("there are more than {MOST} steps, with those that calls make"),
    };
    Diagnostic::error(&TOO_MANY_STEPS, message)
        .at(span, "not read")
        .help("let `foreach:` repeat a call, rather than calls that call each other")
}
