//! What each name in an expression means, seen from the step it stands in.

mod fields;
mod hosts;
mod instances;
mod lost;
mod members;
mod seen;
mod steps;

use std::collections::{BTreeSet, HashMap};

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_diagnostics::words::or_list;
use runsheet_step::Name;
use runsheet_step::shape::{Field, Type};

use super::before::Written;
use super::lists::Lists;
use super::meaning::{self, Meaning};
use super::misses::{Definition, InputOf, Miss, Misses};

use members::unquoted;
use seen::roots;

use crate::expression::UNKNOWN_NAME;
use crate::expression::references::{Part, Reference};
use crate::spanned::Spanned;
use crate::workflow::order::Order;
use crate::workflow::{StepId, Workflow};

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// In an input's default: the inputs before it, by their number. The step is the call that is
    /// given it, or the whole run.
    Input(usize),
    /// In `defaults:`, of the call that the step is, or of the whole run.
    Inside,
    /// In an output of the call that the step is, or of the whole run: when all in it has ended.
    Gives,
    /// Where a step's own item is not known yet: the list of its `foreach`.
    Items,
    /// Before it starts.
    Start,
    /// When it has ended well.
    End,
    /// When it has failed.
    Failure,
}

/// A step and the moment at which an expression of it is looked at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Here {
    pub(super) step: StepId,
    pub(super) position: Position,
}

/// All that names are looked up in.
pub(super) struct Names<'w> {
    pub(super) workflow: &'w Workflow,
    pub(super) order: &'w Order,
    pub(super) lists: &'w Lists,
    pub(super) written: &'w Written<'w>,
    /// The outputs of steps of a known kind.
    pub(super) outputs: HashMap<StepId, Vec<Field>>,
    /// What the `foreach` of a step runs over, by item.
    pub(super) items: HashMap<StepId, Meaning>,
    /// What the instances of a step are called whose list is written out, made once asked for.
    pub(super) instances: HashMap<StepId, Option<BTreeSet<Name>>>,
    /// Where each step acts.
    pub(super) hosts: HashMap<StepId, Meaning>,
    /// Where the steps of a call act whose `defaults:` say so.
    pub(super) handed: HashMap<StepId, Meaning>,
    pub(super) misses: Misses,
    pub(super) found: Vec<Diagnostic>,
}

/// What is said of a name that nothing stands for.
const NO_NAME: &str = "there is no name";

pub(super) type Candidates = Vec<(Name, Definition)>;

impl Names<'_> {
    /// What a reference means; anything at all from where it cannot be followed.
    pub(super) fn reference(&mut self, reference: &Reference, here: Here) -> Meaning {
        let next = reference.keys.first().and_then(Part::name);
        let mut meaning = self.root(&reference.root, next, here);
        for (n, key) in reference.keys.iter().enumerate() {
            meaning = match (key, &meaning) {
                (Part::Name(name) | Part::Quoted(name), Meaning::Steps) => {
                    let next = reference.keys[n + 1..].iter().find_map(Part::name);
                    self.step(&unquoted(name), next, here)
                }
                (Part::Name(name), Meaning::Step(step)) if self.is_many(*step) => {
                    let of = self.each_of(*step, reference, n, here);
                    self.field(&of, name, here)
                }
                (key, Meaning::Step(step)) if self.is_many(*step) => self.instance(*step, key),
                (Part::Name(name) | Part::Quoted(name), _) => {
                    match self.no_host(&meaning, name, (reference, n), here) {
                        Some(told) => {
                            self.found.push(told);
                            Meaning::ANY
                        }
                        None => self.field(&meaning, &unquoted(name), here),
                    }
                }
                (Part::Constant(_) | Part::Computed(_), _) => {
                    self.used_as_a_whole(&meaning, here);
                    self.indexed(&meaning, key.span())
                }
            };
        }
        self.used_as_a_whole(&meaning, here);
        meaning
    }

    /// Whoever takes all inputs, or all outputs of a step, uses each of them.
    fn used_as_a_whole(&mut self, meaning: &Meaning, here: Here) {
        match meaning {
            Meaning::Inputs => {
                let scope = self.scope(here);
                for (name, _) in self.workflow.inputs_of(scope) {
                    self.misses.used(Definition::Input((scope, name.clone())));
                }
            }
            Meaning::Outputs(step) => {
                for field in self.outputs.get(step).into_iter().flatten() {
                    self.misses
                        .used(Definition::Output(*step, field.name.clone()));
                }
            }
            _ => {}
        }
    }

    /// Looks up what is looked up, and told, elsewhere too.
    pub(super) fn silently<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> T {
        let (found, misses) = (self.found.len(), self.misses.count());
        let result = look(self);
        self.found.truncate(found);
        self.misses.forget(misses);
        result
    }

    fn root(&mut self, name: &Spanned<Name>, next: Option<&Spanned<Name>>, here: Here) -> Meaning {
        let words = roots(self.workflow, here);
        if words.contains(&&*name.value) {
            return self.word(&name.value, here);
        }
        let mut vars = self.items_seen(here);
        if let Some((_, found)) = vars.iter().find(|(var, _)| *var == name.value) {
            let found = found.clone();
            return self.defined(found, here);
        }
        let namesakes = self.namesakes(name, next, here);
        if !namesakes.is_empty() {
            return self.miss(name, NO_NAME, "", namesakes, &UNKNOWN_NAME, here);
        }
        if let Some(meant) = self.told_as_another(name, here) {
            return meant;
        }
        if let Some(told) = self.a_group_in_brackets(name) {
            self.found.push(told);
            return Meaning::ANY;
        }
        let possible = words
            .iter()
            .copied()
            .chain(vars.iter().map(|(var, _)| &**var));
        let inputs = self.inputs_seen(here);
        let near = suggest::only_nearest(&name.value, inputs.iter().map(|(name, _)| &**name));
        let help = near.map(|near| format!("did you mean `inputs.{near}`?"));
        let help = help.or_else(|| self.a_step(&name.value, here));
        // No constant is meant by what is nearly an input, or is a step.
        let constants: &[&str] = match help {
            Some(_) => &[],
            None => &["null", "true", "false"],
        };
        let help = help.or_else(|| members::absent(name));
        let help = help.unwrap_or_else(|| format!("it can be {}", or_list(possible)));
        let words = words.into_iter().chain(constants.iter().copied());
        vars.extend(words.map(|word| (word.into(), Definition::Word(word.into()))));
        let inputs = inputs.into_iter();
        vars.extend(inputs.map(|(name, input)| (format!("inputs.{name}").into(), input)));
        self.miss(name, NO_NAME, &help, vars, &UNKNOWN_NAME, here)
    }

    fn word(&self, word: &str, here: Here) -> Meaning {
        match word {
            "inputs" => Meaning::Inputs,
            "steps" => Meaning::Steps,
            "site" => Meaning::Value(meaning::site()),
            "run" => Meaning::Value(meaning::run()),
            "secrets" => Meaning::Value(Type::map(Type::Secret)),
            "failure" => Meaning::Value(meaning::failure()),
            "outputs" => Meaning::Outputs(here.step),
            "host" => self.hosts.get(&here.step).cloned().unwrap_or(Meaning::ANY),
            _ => Meaning::ANY,
        }
    }

    /// What a definition means to who refers to it by its right name.
    fn defined(&mut self, definition: Definition, here: Here) -> Meaning {
        let meaning = self.meaning(&definition, here);
        self.misses.used(definition);
        meaning
    }

    fn meaning(&self, definition: &Definition, here: Here) -> Meaning {
        match definition {
            Definition::Word(word) => self.word(word, here),
            Definition::Input(of) => self
                .workflow
                .input_of(of.0, &of.1)
                .map_or(Meaning::ANY, |input| Meaning::of_input(of, &input.kind)),
            Definition::Var(input, name) => {
                self.var(input, name).map_or(Meaning::ANY, Meaning::Value)
            }
            Definition::Step(step) => Meaning::Step(*step),
            Definition::Item(step) => self.items.get(step).cloned().unwrap_or(Meaning::ANY),
            Definition::Output(step, name) => self.output(*step, name).unwrap_or(Meaning::ANY),
        }
    }

    fn var(&self, of: &InputOf, name: &Name) -> Option<Type> {
        let input = self.workflow.input_of(of.0, &of.1)?;
        input.vars.get(name).map(|var| var.kind.clone())
    }

    fn output(&self, step: StepId, name: &str) -> Option<Meaning> {
        let fields = self.outputs.get(&step)?;
        let field = fields.iter().find(|field| *field.name == *name)?;
        Some(Meaning::of(&field.kind))
    }

    /// The one of the candidates that has the name, or the nearest, which is told.
    fn pick(
        &mut self,
        key: &Spanned<Name>,
        what: &str,
        help: &str,
        candidates: Candidates,
        code: &'static Code,
        here: Here,
    ) -> Meaning {
        let exact = candidates.iter().find(|(name, _)| *name == key.value);
        match exact.map(|(_, definition)| definition.clone()) {
            Some(definition) => self.defined(definition, here),
            None => self.miss(key, what, help, candidates, code, here),
        }
    }

    /// What was probably meant by a name that there is not.
    fn miss(
        &mut self,
        key: &Spanned<Name>,
        what: &str,
        help: &str,
        candidates: Candidates,
        code: &'static Code,
        here: Here,
    ) -> Meaning {
        let meant = self.missed(key, what, help, candidates, code);
        meant.map_or(Meaning::ANY, |meant| self.meaning(&meant, here))
    }

    fn missed(
        &mut self,
        key: &Spanned<Name>,
        what: &str,
        help: &str,
        candidates: Candidates,
        code: &'static Code,
    ) -> Option<Definition> {
        let message = format!("{what} `{}`", key.value);
        let diagnostic = Diagnostic::error(code, message).at(key.span, "unknown");
        self.misses.miss(
            Miss::new(&key.value, key.span, diagnostic, help),
            candidates,
        )
    }
}
