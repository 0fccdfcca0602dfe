//! The line to a plugin, whatever it is made of.

use std::fmt;

use runsheet_messages::method::Method;
use runsheet_step::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest answer that is taken, in bytes.
pub const LONGEST_ANSWER: usize = 64 << 20;

/// A line to one plugin. Several threads may speak over it at once; whether their messages are
/// answered at the same time or one after the other is up to the line.
pub trait Line: Send + Sync {
    /// Whether the plugin answers such messages itself.
    fn answers(&self, method: Method) -> bool;

    /// One message, whose answer is heard where it stands: once, and before this returns. What
    /// hears it sends nothing over the same line.
    ///
    /// # Errors
    /// Why there is no answer; nothing is heard then.
    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble>;

    /// One message, one answer.
    ///
    /// # Errors
    /// As [`Line::hear`].
    fn say(&self, method: Method, message: &[u8]) -> Result<Vec<u8>, Trouble> {
        let mut text = Vec::new();
        self.hear(method, message, &mut |answer| {
            text.extend_from_slice(answer);
        })?;
        Ok(text)
    }
}

/// Why a plugin did not answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// It has no such method.
    Unsupported,
    /// It could not make sense of the message, and says why.
    Refused(String),
    /// It has a fault of its own.
    Panicked(String),
    /// It answered what no such message is answered with.
    Nonsense(String),
    /// It answered the same message in two ways.
    Wavered(String),
    /// It is gone, or had to be ended.
    Gone(String),
    /// It was not let think to its end, or not at all: somebody wants the run to stop.
    Stopped,
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Unsupported => out.write_str("it has no such method"),
            Trouble::Refused(why) => write!(out, "it refused the message: {why}"),
            Trouble::Panicked(why) => write!(out, "it panicked: {why}"),
            Trouble::Nonsense(why) => write!(out, "its answer makes no sense: {why}"),
            Trouble::Wavered(why) | Trouble::Gone(why) => out.write_str(why),
            Trouble::Stopped => out.write_str("it was ended, since the run is to stop"),
        }
    }
}

impl Trouble {
    /// The failure of a step whose plugin is in trouble; that of one that was stopped is
    /// [`Failure::stopped`].
    #[must_use]
    pub fn failure(&self, plugin: &str) -> Failure {
        let code = match self {
            Trouble::Unsupported | Trouble::Refused(_) | Trouble::Nonsense(_) => "plugin-answer",
            Trouble::Panicked(_) => "plugin-panic",
            // As the guest calls it where it finds out by itself.
            Trouble::Wavered(_) => "nondeterministic-step",
            Trouble::Gone(_) => "plugin-gone",
            Trouble::Stopped => return Failure::stopped(format!("the plugin {plugin}: {self}")),
        };
        let help = format!(
            "tell the author of {plugin}; `runsheet plugin test FILE`, of its library, shows more"
        );
        Failure::code(code, format!("the plugin {plugin}: {self}")).help(help)
    }
}

/// Sends a message and reads the answer.
///
/// # Errors
/// As [`Line::say`], and an answer of another form.
pub fn ask<A: DeserializeOwned>(
    line: &dyn Line,
    method: Method,
    message: &impl Serialize,
) -> Result<A, Trouble> {
    let nonsense = |error: serde_json::Error| Trouble::Nonsense(error.to_string());
    let message = serde_json::to_vec(message).map_err(nonsense)?;
    let answer = line.say(method, &message)?;
    serde_json::from_slice(&answer).map_err(|error| {
        let behind = behind(&answer, error.line(), error.column());
        Trouble::Nonsense(format!("{error}{behind}"))
    })
}

/// What stands before the place of a mistake: an answer is mostly one long line, in which nobody
/// finds a column.
fn behind(answer: &[u8], line: usize, column: usize) -> String {
    let text = answer.split(|byte| *byte == b'\n').nth(line.max(1) - 1);
    let text = text.and_then(|text| text.get(..column));
    let shown = String::from_utf8_lossy(text.unwrap_or_default());
    let last = shown.char_indices().rev().take(40).last();
    match last {
        None => String::new(),
        Some((begin, _)) => format!(", behind `{}`", &shown[begin..]),
    }
}

#[cfg(test)]
mod tests {
    use super::behind;

    #[test]
    fn the_place_of_a_mistake_in_an_answer_is_told_by_what_stands_before_it() {
        let answer = br#"{"name": "greet", "inputs": [{"name": "who", "kind": "integer"}]}"#;
        let told = behind(answer, 1, 62);
        assert_eq!(
            told,
            r#", behind `uts": [{"name": "who", "kind": "integer"`"#
        );
        assert_eq!(behind(b"{", 1, 1), ", behind `{`");
        assert_eq!(behind("{\nä!".as_bytes(), 2, 2), ", behind `ä`");
        assert_eq!(behind(b"", 1, 0), "");
    }
}
