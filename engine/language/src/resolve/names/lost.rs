//! Names that a patch took away, where an expression still says them.

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::Name;

use super::{Here, Names};
use crate::compose::lost::Owner;
use crate::expression::UNKNOWN_NAME;
use crate::resolve::misses::steps_of;
use crate::spanned::Spanned;
use crate::workflow::StepId;

impl Names<'_> {
    /// Tells of a name that a patch took away, if one did; gives the one that there is instead.
    pub(super) fn lost(
        &mut self,
        (owners, key): (&[Owner], &Spanned<Name>),
        code: &'static Code,
        message: &str,
    ) -> Option<Option<String>> {
        let diagnostic = Diagnostic::error(code, message).at(key.span, "unknown");
        let (told, now) = self
            .misses
            .lost((owners, &key.value), key.span, diagnostic)
            .ok()?;
        let now = now.map(str::to_owned);
        self.found.push(told);
        Some(now)
    }

    /// The steps of the lists of some groups.
    pub(super) fn steps_of(&self, groups: impl IntoIterator<Item = StepId>) -> Vec<Owner> {
        let node = |step| self.workflow.node(step);
        let groups = groups.into_iter();
        groups.map(|group| steps_of(node(group), node)).collect()
    }

    /// The same of an input, which is never called otherwise.
    pub(super) fn lost_input(&mut self, key: &Spanned<Name>, here: Here) -> bool {
        let call = self.workflow.node(self.scope(here)).call.as_ref();
        let owner = Owner::Input(call.map(|call| call.kind.to_string()));
        let message = format!("there is no input `{}`", key.value);
        let told = self.lost((&[owner], key), &UNKNOWN_NAME, &message);
        told.is_some()
    }
}
