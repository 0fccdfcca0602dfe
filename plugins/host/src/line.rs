//! The line to a plugin, whatever it is made of.

use std::fmt;

use runsheet_messages::method::Method;
use runsheet_step::Failure;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The longest answer that is taken, in bytes.
pub const LONGEST_ANSWER: usize = 64 << 20;

/// A line to one plugin. Several messages may be under way at the same time.
pub trait Line: Send + Sync {
    /// Whether the plugin answers such messages itself.
    fn answers(&self, method: Method) -> bool;

    /// One message, one answer.
    ///
    /// # Errors
    /// Why there is no answer.
    fn say(&self, method: Method, message: &[u8]) -> Result<Vec<u8>, Trouble>;

    /// One message, whose answer is heard where it stands: once, and before this returns. What
    /// hears it sends nothing over the same line.
    ///
    /// # Errors
    /// As [`Line::say`]; nothing is heard then.
    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        hears(&self.say(method, message)?);
        Ok(())
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
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::Unsupported => out.write_str("it has no such method"),
            Trouble::Refused(why) => write!(out, "it refused the message: {why}"),
            Trouble::Panicked(why) => write!(out, "it panicked: {why}"),
            Trouble::Nonsense(why) => write!(out, "its answer makes no sense: {why}"),
            Trouble::Wavered(why) | Trouble::Gone(why) => out.write_str(why),
        }
    }
}

impl Trouble {
    /// The failure of a step whose plugin is in trouble.
    #[must_use]
    pub fn failure(&self, plugin: &str) -> Failure {
        let code = match self {
            Trouble::Unsupported | Trouble::Refused(_) | Trouble::Nonsense(_) => "plugin-answer",
            Trouble::Panicked(_) => "plugin-panic",
            // As the guest calls it where it finds out by itself.
            Trouble::Wavered(_) => "nondeterministic-step",
            Trouble::Gone(_) => "plugin-gone",
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
    serde_json::from_slice(&answer).map_err(nonsense)
}
