//! The variables of hosts that calls read: whoever hands a host on has to have them.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::Name;

use super::calls::Handed;
use crate::reader::WRONG_TYPE;
use crate::workflow::{InputDeclaration, StepId, VarDeclaration, Workflow};

/// Adds what is read of hosts inside calls to the inputs they come from, the innermost first, and
/// tells where two disagree about the type of a variable.
pub(super) fn hand_up(
    workflow: &mut Workflow,
    mut handed: Vec<Handed>,
    found: &mut Vec<Diagnostic>,
) {
    disagreements(workflow, found);
    handed.sort_by_key(|one| std::cmp::Reverse(one.to.0));
    for one in handed {
        let read = workflow.input_of(one.to.0, &one.to.1);
        let read = read.map(|input| input.vars.clone()).unwrap_or_default();
        let Some(input) = input_mut(workflow, one.from.0, &one.from.1) else {
            continue;
        };
        for (name, var) in read {
            input.vars.entry(name).or_insert(var);
        }
    }
}

fn input_mut<'w>(
    workflow: &'w mut Workflow,
    scope: StepId,
    name: &str,
) -> Option<&'w mut InputDeclaration> {
    if scope == StepId::MAIN {
        return workflow.inputs.get_mut(name);
    }
    let call = workflow.nodes[scope.index()].call.as_mut()?;
    call.inputs.get_mut(name).map(|input| &mut input.declared)
}

/// A host may be handed to all of them, so a variable has one type in a workflow and all it calls.
fn disagreements(workflow: &Workflow, found: &mut Vec<Diagnostic>) {
    let scopes = workflow
        .ids()
        .filter(|step| *step == StepId::MAIN || workflow.is_call(*step));
    let inputs = scopes.flat_map(|scope| {
        let called = workflow.node(scope).call.as_ref().map(|call| call.span);
        let inputs = workflow.inputs_of(scope);
        inputs.map(move |(_, input)| (called, input))
    });
    let mut seen: BTreeMap<&Name, &VarDeclaration> = BTreeMap::new();
    for (called, input) in inputs {
        for (name, var) in &input.vars {
            let first = *seen.entry(name).or_insert(var);
            // What one file says is told where it is read.
            if let Some(called) = called.filter(|_| first.kind != var.kind) {
                found.push(disagree(name, called, first, var));
            }
        }
    }
}

fn disagree(name: &str, called: Span, first: &VarDeclaration, var: &VarDeclaration) -> Diagnostic {
    let message = format!("what is called here reads `{name}` as {}", var.kind);
    Diagnostic::error(&WRONG_TYPE, message)
        .at(called, format!("elsewhere it is {}", first.kind))
        .at(var.span, var.kind.to_string())
        .at(first.span, first.kind.to_string())
        .help("a variable of one name has one type")
}
