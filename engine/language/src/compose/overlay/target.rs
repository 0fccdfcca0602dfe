//! An overlay that says itself that it is for another workflow.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::Name;

use super::{OVERLAY_FOR_ANOTHER, Overlay};
use crate::spanned::Spanned;

impl Overlay {
    /// Tells that it is not for a workflow with these names, its own and those of its bases.
    pub(super) fn is_for(&self, names: &[&str], found: &mut Vec<Diagnostic>) -> bool {
        let fits = |wanted: &Spanned<Name>| names.contains(&&*wanted.value);
        let (Some(first), false) = (self.applies_to.first(), self.applies_to.iter().any(fits))
        else {
            return true;
        };
        let own = names.first().copied().unwrap_or_default();
        let message = format!("the overlay `{}` is not for `{own}`", self.name);
        let told = Diagnostic::error(&OVERLAY_FOR_ANOTHER, message).at(first.span, "is for this");
        let near = |name| suggest::nearest(name, names.iter().copied());
        found.push(match (near(&first.value), stem(&first.value)) {
            (Some(near), _) => told.did_you_mean(near, first.span),
            (None, Some(stem)) => by_its_file(told, first, near(stem), own),
            (None, None) => {
                let wanted = self.applies_to.iter().map(|name| &*name.value);
                let wanted = words::or_list(wanted);
                told.help(format!("it is for {wanted} and what extends that"))
            }
        });
        false
    }
}

/// What a file is called without its folder and its ending, if a text is the name of one.
fn stem(name: &str) -> Option<&str> {
    let stem = name
        .strip_suffix(".yaml")
        .or_else(|| name.strip_suffix(".yml"))?;
    stem.rsplit('/').next()
}

/// A file is named in place of a workflow: the one whose name is near, or perhaps the only one.
fn by_its_file(
    told: Diagnostic,
    first: &Spanned<Name>,
    near: Option<&str>,
    own: &str,
) -> Diagnostic {
    let meant = near.unwrap_or(own);
    let fix = Fix::replace(format!("change to `{meant}`"), first.span, meant);
    let said = "a workflow is called by its `name:` here, not by its file";
    match near {
        Some(near) => told
            .help(format!("{said}: did you mean `{near}`?"))
            .fix(fix),
        None => told
            .help(format!("{said}: this one is `{own}`"))
            .fix(fix.by_choice()),
    }
}
