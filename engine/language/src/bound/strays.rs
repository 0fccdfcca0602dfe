//! Variables that the command line or an overlay gives and that are nearly called as others are:
//! slips of the pen, which nothing would ever read.

use std::collections::BTreeMap;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::Name;

use super::given::Given;
use crate::expression::UNKNOWN_NAME;
use crate::site::Site;
use crate::workflow::{StepId, Workflow};

/// Tells of them. What is like no other name is left alone: a lab may read it.
pub(super) fn strays(workflow: &Workflow, site: &Site, given: &Given) -> Vec<Diagnostic> {
    let known = known(workflow, site);
    let near = |name: &Name| {
        let names = known
            .keys()
            .copied()
            .filter(|_| !known.contains_key(&**name));
        suggest::nearest(name, names)
    };
    let mut found = Vec::new();
    for own in site.overlays.iter().flat_map(|overlay| overlay.values()) {
        for (name, span) in &own.keys {
            if let Some(near) = near(name) {
                let message = format!("no host has a variable `{name}`, and nothing reads it");
                let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message);
                found.push(
                    diagnostic
                        .at(*span, "unknown variable")
                        .did_you_mean(near, *span),
                );
            }
        }
    }
    for var in &given.vars {
        if let Some(near) = near(&var.name) {
            let (owner, name) = (&var.owner, &var.name);
            let message =
                format!("`--set-var {owner}.{name}=..`: nothing reads a variable `{name}`");
            let diagnostic = Diagnostic::error(&UNKNOWN_NAME, message);
            let diagnostic = diagnostic.at(known[near], "is what another is called");
            found.push(diagnostic.help(format!("did you mean `{near}`?")));
        }
    }
    found
}

/// The variables that hosts have or are read for, and where they are.
fn known<'w>(workflow: &'w Workflow, site: &'w Site) -> BTreeMap<&'w str, Span> {
    let calls = workflow
        .ids()
        .filter(|it| *it == StepId::MAIN || workflow.is_call(*it));
    let inputs = calls.flat_map(|scope| workflow.inputs_of(scope));
    let declared = inputs.flat_map(|(_, input)| &input.vars);
    let declared = declared.map(|(name, var)| (&**name, var.span));
    let groups = site.group_vars.values().flatten();
    let hosts = site.hosts.values().flat_map(|host| &host.vars);
    let said = site.vars.iter().chain(groups).chain(hosts);
    let said = said.map(|(name, setting)| (&**name, setting.span));
    said.chain(declared).collect()
}
