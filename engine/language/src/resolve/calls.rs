//! What calls are given and give, held against what is declared.

use std::collections::HashMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::shape::{Field, Type};

use super::expressions::Wanted;
use super::meaning::Meaning;
use super::misses::InputOf;
use super::names::{Here, Names, Position};
use super::{meaning, typing};
use crate::expression::Template;
use crate::reader::WRONG_TYPE;
use crate::workflow::{OutputDeclaration, StepId, Workflow};

/// A host that a caller has as an input of its own and hands on: what is read of it inside is read
/// of the caller's input too.
pub(super) struct Handed {
    /// The input of the caller.
    pub(super) from: InputOf,
    /// The input of the call.
    pub(super) to: InputOf,
}

/// Finds the types of all outputs of calls, the innermost first: those that callers read.
pub(super) fn types(names: &mut Names<'_>) {
    let workflow = names.workflow;
    let ids: Vec<StepId> = workflow.ids().collect();
    for step in ids.into_iter().rev() {
        let Some(call) = &workflow.node(step).call else {
            continue;
        };
        let mut fields = call.output_fields();
        for (field, output) in fields.iter_mut().zip(call.outputs.values()) {
            let here = gives(step);
            let kind = names.silently(|names| typing::kind_of(names, &output.value, here));
            let wanted = Wanted {
                kind: &output.kind,
                secret: false,
            };
            if !output.is_typed {
                field.kind = kind;
            } else if !typing::can_stand(&kind, wanted) {
                // Either the type or the value is wrong: what is read of it may be right.
                field.kind = Type::Any;
            }
        }
        if !workflow.node(step).accept.is_empty() {
            fields.push(meaning::fault());
        }
        names.outputs.insert(step, fields);
    }
}

/// Keeps the types that were found.
pub(super) fn keep_types(workflow: &mut Workflow, mut found: HashMap<StepId, Vec<Field>>) {
    for step in workflow.ids() {
        let fields = found.remove(&step).unwrap_or_default();
        if let Some(call) = &mut workflow.nodes[step.index()].call {
            for (output, field) in call.outputs.values_mut().zip(fields) {
                output.kind = field.kind;
            }
        }
    }
}

fn gives(step: StepId) -> Here {
    Here {
        step,
        position: Position::Gives,
    }
}

/// Checks what a call is given. Gives the hosts that are handed on.
pub(super) fn given(names: &mut Names<'_>, step: StepId) -> Vec<Handed> {
    let workflow = names.workflow;
    let here = Here {
        step,
        position: Position::Start,
    };
    let mut handed = Vec::new();
    let call = workflow.node(step).call.iter();
    for (name, input) in call.flat_map(|call| &call.inputs) {
        let Some(given) = &input.given else { continue };
        let kind = &input.declared.kind;
        let wanted = Wanted {
            kind,
            secret: matches!(kind, Type::Secret | Type::Any),
        };
        typing::template(names, given, wanted, here);
        for from in hosts(names, given, here) {
            handed.push(Handed {
                from,
                to: (step, name.clone()),
            });
        }
    }
    handed
}

/// The inputs whose hosts a value is made of.
fn hosts(names: &mut Names<'_>, given: &Template, here: Here) -> Vec<InputOf> {
    if let Template::List(items) = given {
        let items = items.iter();
        return items.flat_map(|item| hosts(names, item, here)).collect();
    }
    let mut meaning = typing::meaning(names, given, here);
    while let Meaning::List(of) = meaning {
        meaning = *of;
    }
    match meaning {
        Meaning::Host(Some(input)) => vec![input],
        _ => Vec::new(),
    }
}

/// Checks what a call gives, or the whole run.
pub(super) fn outputs(names: &mut Names<'_>, step: StepId) {
    let workflow = names.workflow;
    let own = (step == StepId::MAIN).then_some(&workflow.outputs);
    let call = workflow.node(step).call.as_ref();
    let outputs = call.map(|call| &call.outputs).or(own);
    let outputs: Vec<&OutputDeclaration> =
        outputs.into_iter().flat_map(|all| all.values()).collect();
    for output in outputs {
        let wanted = Wanted {
            kind: &output.kind,
            secret: false,
        };
        let before = names.found.len();
        typing::template(names, &output.value, wanted, gives(step));
        if output.is_typed && names.found.len() > before {
            let kind = names.silently(|names| typing::kind_of(names, &output.value, gives(step)));
            for told in &mut names.found[before..] {
                other_type(told, &kind);
            }
        }
    }
}

/// An output that is not of the type declared: the type may be what is wrong.
fn other_type(told: &mut Diagnostic, kind: &Type) {
    if told.code.name != WRONG_TYPE.name {
        return;
    }
    let fixes = std::mem::take(&mut told.fixes).into_iter();
    told.fixes = fixes.map(Fix::by_choice).collect();
    let name = kind.to_string();
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '<' | '>');
    if name.chars().all(is_name) {
        told.help = Some(match told.help.take() {
            Some(help) => format!("{help}, or declare it with `type: {name}`"),
            None => format!("declare it with `type: {name}`, or give another value"),
        });
    }
}
