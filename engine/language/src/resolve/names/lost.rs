//! Names that a patch took away, where an expression still says them.

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_step::Name;

use super::Names;
use crate::compose::lost::Owner;
use crate::expression::UNKNOWN_NAME;
use crate::spanned::Spanned;

impl Names<'_> {
    /// Tells of a name that a patch took away, if one did; gives the one that there is instead.
    pub(super) fn lost(
        &mut self,
        (owner, key): (Owner, &Spanned<Name>),
        code: &'static Code,
        message: &str,
    ) -> Option<Option<String>> {
        let diagnostic = Diagnostic::error(code, message).at(key.span, "unknown");
        let (told, now) = self
            .misses
            .lost((owner, &key.value), key.span, diagnostic)
            .ok()?;
        let now = now.map(str::to_owned);
        self.found.push(told);
        Some(now)
    }

    /// The same of an input, which is never called otherwise.
    pub(super) fn lost_input(&mut self, key: &Spanned<Name>) -> bool {
        let message = format!("there is no input `{}`", key.value);
        let told = self.lost((Owner::Input, key), &UNKNOWN_NAME, &message);
        told.is_some()
    }
}
