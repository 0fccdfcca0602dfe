//! What was said once is said again to a plugin that the system watches: whoever then dies has
//! asked the system for what thinking does without.

use std::sync::Arc;

use runsheet_host::line::{Line, Trouble};
use runsheet_messages::method::Method;
use serde_json::Value;

use crate::findings::Findings;
use crate::report::Outcome;

/// Starts a plugin, which may be ended by calls.
pub type Start<'w> = dyn Fn(Option<&str>) -> Result<Arc<dyn Line>, String> + 'w;

/// A way to start the plugin so that the system watches it.
pub struct Watch<'w> {
    /// Which calls can be told from others, and what a person calls what they do.
    pub calls: &'w [(&'w str, &'w str)],
    /// Starts it: it is ended where it makes the call of this name, or, where none is given, any
    /// that thinking does without.
    ///
    /// # Errors
    /// Why it cannot be watched.
    pub start: &'w Start<'w>,
}

/// The name of the check.
pub(crate) const NAME: &str = "system-calls";
/// What it asks for.
pub(crate) const ABOUT: &str =
    "while it thinks it opens no file, asks no clock and no network, and starts nothing";

/// So many messages after which it dies are looked into.
const MOST: usize = 20;

impl Watch<'_> {
    /// What it finds, in messages that were answered before.
    pub(crate) fn made(&self, messages: &[(Method, Vec<u8>)]) -> Outcome {
        let mut findings = Findings::default();
        let nothing = self.look(messages, &mut findings).err();
        Outcome {
            check: NAME,
            about: ABOUT,
            verdict: findings.verdict(&nothing.unwrap_or_default()),
        }
    }

    fn look(&self, messages: &[(Method, Vec<u8>)], findings: &mut Findings) -> Result<(), String> {
        let mut line = (self.start)(None)?;
        let mut died = 0;
        for (method, message) in messages {
            if !is_gone(&*line, *method, message) {
                findings.case();
                continue;
            }
            let why = self.named(*method, message);
            let message = shown(message);
            findings.broken(&of(&message), why, &(method.name(), message));
            died += 1;
            if died == MOST {
                return Ok(());
            }
            line = (self.start)(None)?;
        }
        Ok(())
    }

    /// What it does: the call without which it dies no more.
    fn named(&self, method: Method, message: &[u8]) -> String {
        let guilty = self.calls.iter().find(|(call, _)| {
            let line = (self.start)(Some(call));
            line.is_ok_and(|line| is_gone(&*line, method, message))
        });
        match guilty {
            Some((call, what)) => format!("in `{method}` it {what} (`{call}`)"),
            None => format!("in `{method}` it asks the system for what thinking does without"),
        }
    }
}

fn is_gone(line: &dyn Line, method: Method, message: &[u8]) -> bool {
    matches!(line.say(method, message), Err(Trouble::Gone(_)))
}

/// The message as the JSON that it is.
fn shown(message: &[u8]) -> Value {
    serde_json::from_slice(message).unwrap_or_default()
}

/// The kind or facility that a message is to.
fn of(message: &Value) -> String {
    let name = message["kind"].as_str().or(message["facility"].as_str());
    name.unwrap_or("plugin").to_owned()
}
