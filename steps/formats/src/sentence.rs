//! A line that says one of a few known things: a form of a table with its arguments.

use std::fmt;

use crate::form::Form;
use crate::log::squeezed;

/// Longer texts are not compared letter by letter with what they may be meant to say.
const LONGEST: usize = 120;

/// A form of a table, filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// What is said.
    pub form: Form,
    /// About what.
    pub arguments: Vec<String>,
}

impl Sentence {
    /// A form with its arguments.
    #[must_use]
    pub fn new(form: Form, arguments: &[&str]) -> Self {
        let arguments = arguments.iter().map(|it| (*it).to_owned()).collect();
        Self { form, arguments }
    }

    /// Reads a text that follows one of the forms.
    ///
    /// # Errors
    /// Names the form that it nearly follows, or says that it follows none.
    pub fn read(forms: &[Form], text: &str) -> Result<Self, String> {
        let found = forms
            .iter()
            .find_map(|form| Some((*form, form.read(text)?)));
        if let Some((form, arguments)) = found {
            return Ok(Self::new(form, &arguments));
        }
        let text = squeezed(text);
        let short = text.len() <= LONGEST;
        match forms.iter().find(|form| short && form.nearly(&text)) {
            Some(form) => Err(format!("`{text}` is nearly, but not, `{}`", form.0)),
            None => Err(format!("`{text}` is none of the known texts")),
        }
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.form.print(&self.arguments))
    }
}
