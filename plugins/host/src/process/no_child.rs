//! Where there is no `poll`, no plugin has a process of its own yet.

use std::path::Path;

use runsheet_messages::method::Method;

use crate::frame::{Broken, Hello};
use crate::interrupt::{Interrupt, Who};
use crate::line::Trouble;
use crate::process::{Limits, Program};

/// There is none.
pub(crate) enum Child {}

impl Child {
    pub(crate) fn start(
        _: &Program,
        _: &Path,
        _: &Limits,
        _: &Interrupt,
    ) -> Result<(Child, Hello), Trouble> {
        let why = "a process of its own is not to be had on this system yet";
        Err(Trouble::Gone(why.to_owned()))
    }

    pub(crate) fn who(&self) -> Who {
        match *self {}
    }

    pub(crate) fn say(&mut self, _: Method, _: &[u8]) -> Result<(u8, &[u8]), Broken> {
        match *self {}
    }

    pub(crate) fn end(&mut self, _: &Broken) -> String {
        match *self {}
    }
}
