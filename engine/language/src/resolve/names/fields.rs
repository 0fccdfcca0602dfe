//! What a name means that stands behind a dot: an input, an output, a part of a host.

use runsheet_diagnostics::words;
use runsheet_step::Name;
use runsheet_step::shape::{Field, Type};

use super::{Candidates, Here, Names};
use crate::expression::UNKNOWN_NAME;
use crate::expression::infer::TypeKey;
use crate::resolve::meaning::Meaning;
use crate::resolve::misses::{Definition, InputOf};
use crate::spanned::Spanned;
use crate::workflow::StepId;

impl Names<'_> {
    /// What a name means behind something.
    pub(super) fn field(&mut self, of: &Meaning, key: &Spanned<Name>, here: Here) -> Meaning {
        match of {
            Meaning::Inputs => self.input(key, here),
            Meaning::Step(step) | Meaning::Instance(step) => {
                let instance = matches!(of, Meaning::Instance(_));
                self.part_of_step(*step, instance, key, here)
            }
            Meaning::Outputs(step) => self.output_of(*step, key, here),
            Meaning::Host(input) => self.part_of_host(input, key),
            Meaning::Vars(Some(input)) => self.var_of(input, key, here),
            Meaning::Value(Type::Map(of)) => Meaning::of(of),
            Meaning::Value(Type::Record(fields)) => self.field_of(fields, key),
            Meaning::Value(Type::Open(fields, rest)) => {
                let known = fields.iter().find(|field| field.name == key.value);
                Meaning::of(known.map_or(rest, |field| &field.kind))
            }
            Meaning::Value(Type::OneOf(kinds)) => {
                let part = kinds
                    .iter()
                    .find(|kind| matches!(kind, Type::Record(_) | Type::Map(_)));
                match part {
                    Some(part) => self.field(&Meaning::of(part), key, here),
                    None => self.member(of, TypeKey::Name(&key.value), key.span),
                }
            }
            Meaning::List(_) | Meaning::Value(_) => {
                self.member(of, TypeKey::Name(&key.value), key.span)
            }
            Meaning::Steps | Meaning::Vars(None) => Meaning::ANY,
        }
    }

    fn input(&mut self, key: &Spanned<Name>, here: Here) -> Meaning {
        let candidates = self.inputs_seen(here);
        let is_there = candidates.iter().any(|(name, _)| *name == key.value);
        if !is_there && self.lost_input(key, here) {
            return Meaning::ANY;
        }
        let help = "declare it under `inputs:`";
        self.pick(
            key,
            "there is no input",
            help,
            candidates,
            &UNKNOWN_NAME,
            here,
        )
    }

    fn output_of(&mut self, step: StepId, key: &Spanned<Name>, here: Here) -> Meaning {
        let Some(fields) = self.outputs.get(&step) else {
            return Meaning::ANY;
        };
        let candidates: Candidates = fields
            .iter()
            .map(|field| {
                (
                    field.name.clone(),
                    Definition::Output(step, field.name.clone()),
                )
            })
            .collect();
        let what = format!("step `{}` has no output", self.workflow.node(step).id);
        let help = match candidates.is_empty() {
            true => "it has no outputs".to_owned(),
            false => format!(
                "it has {}",
                words::and_list(candidates.iter().map(|(name, _)| name))
            ),
        };
        self.pick(key, &what, &help, candidates, &UNKNOWN_NAME, here)
    }

    fn part_of_host(&mut self, input: &Option<InputOf>, key: &Spanned<Name>) -> Meaning {
        let part = |name: &str| match name {
            "name" => Some(Meaning::Value(Type::Text)),
            "groups" => Some(Meaning::Value(Type::list(Type::Text))),
            "vars" => Some(Meaning::Vars(input.clone())),
            _ => None,
        };
        if let Some(meaning) = part(&key.value) {
            return meaning;
        }
        let is_declared = |of: &&InputOf| self.var(of, &key.value).is_some();
        let var = input.as_ref().filter(is_declared).map(|of| {
            let way = format!("vars.{}", key.value).into();
            (way, Definition::Var(of.clone(), key.value.clone()))
        });
        let words = ["vars", "name", "groups"].into_iter();
        let words = words.map(|word| (word.into(), Definition::Word(word.into())));
        let candidates = match var {
            Some(var) => vec![var],
            None => words.collect(),
        };
        let help = format!(
            "a host has `name`, `groups` and `vars`; a variable of it is `vars.{}`",
            key.value
        );
        match self.missed(key, "a host has no", &help, candidates, &UNKNOWN_NAME) {
            Some(Definition::Word(word)) => part(&word).unwrap_or(Meaning::ANY),
            Some(Definition::Var(of, name)) => {
                let kind = self.var(&of, &name);
                kind.map_or(Meaning::ANY, Meaning::Value)
            }
            _ => Meaning::ANY,
        }
    }

    fn var_of(&mut self, input: &InputOf, key: &Spanned<Name>, here: Here) -> Meaning {
        let declared = self.workflow.input_of(input.0, &input.1);
        let declared = declared.map(|input| input.vars.keys());
        let candidates: Candidates = declared
            .into_iter()
            .flatten()
            .map(|var| (var.clone(), Definition::Var(input.clone(), var.clone())))
            .collect();
        let what = format!("input `{}` declares no variable", input.1);
        let help = format!("declare it: `vars: {{{}: text}}`", key.value);
        self.pick(key, &what, &help, candidates, &UNKNOWN_NAME, here)
    }

    fn field_of(&mut self, fields: &[Field], key: &Spanned<Name>) -> Meaning {
        let of = |name: &str| {
            let field = fields.iter().find(|field| *field.name == *name);
            field.map(|field| Meaning::of(&field.kind))
        };
        if let Some(meaning) = of(&key.value) {
            return meaning;
        }
        let names: Vec<&Name> = fields.iter().map(|field| &field.name).collect();
        let help = format!("there is {}", words::and_list(&names));
        let candidates = names
            .into_iter()
            .map(|name| (name.clone(), Definition::Word(name.clone())))
            .collect();
        match self.missed(key, "there is no field", &help, candidates, &UNKNOWN_NAME) {
            Some(Definition::Word(word)) => of(&word).unwrap_or(Meaning::ANY),
            _ => Meaning::ANY,
        }
    }
}
