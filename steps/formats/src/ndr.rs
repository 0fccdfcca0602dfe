//! Why mail was returned: the numbered reasons of the MTAs (Q119884, Q136004, Q162841, Q163020).

use std::fmt;

use crate::form::Form;
use crate::log::squeezed;
use crate::sentence::Sentence;

/// The reasons with their numbers; Q264331, Q127919, Q162841, Q136004, Q119884, Q163020, Q121733,
/// Q103960 and Q165396 print them.
const REASONS: &[Form] = &[
    Form("[001] unable to deliver."),
    Form("[001] Unable to deliver."),
    Form("[002] Mail was received that was addressed to unknown addresses."),
    Form("[004] Message circular route detected."),
    Form("[005] Mail retry count exceeded sending to: {pair}"),
    Form("[005] Mail Retry count exceeded sending to: {pair}"),
    Form("[005] Mail Retry count exceeded sending to: ..."),
    Form("[008] Failure delivering user mail due to mailbag contention."),
    Form("[012] This corrupt message cannot be delivered. Contact your administrator."),
    Form("[016] Message was not sent due to missing message file."),
    Form("[021] Message was not delivered due to missing routing file."),
    Form("Error: [021] Message was not delivered due to missing routing file."),
    Form("[030] Message contains duplicated Email address."),
];

/// What may follow a reason.
const DETAILS: &[Form] = &[
    Form(""),
    Form("Mail item was not delivered to:"),
    Form("Mail item was not delivered to: {text}"),
    Form("Missing mailbag when sending to {text}"),
    Form("Missing file is {path}."),
    Form(
        "Message followed the following route: {text} Attempted to send to the following addresses: {text}",
    ),
    Form("Attempted to send to the following addresses: {text}"),
];

/// A reason, and what is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The reason.
    pub reason: Sentence,
    /// What is said of it; may be nothing.
    pub detail: Sentence,
}

impl Reason {
    /// Reads a reason with its number.
    ///
    /// # Errors
    /// Says which reason it nearly is, or that number and text do not agree.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = squeezed(text);
        let whole = Sentence::read(REASONS, &text);
        let Err(why) = whole else {
            let detail = Sentence::new(DETAILS[0], &[]);
            return whole.map(|reason| Self { reason, detail });
        };
        let mut ends = text.match_indices(' ').map(|(at, _)| at);
        let found = ends.find_map(|at| {
            let reason = Sentence::read(REASONS, &text[..at]).ok()?;
            let detail = Sentence::read(DETAILS, &text[at..]).ok()?;
            Some(Self { reason, detail })
        });
        found.ok_or(why)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{} {}", self.reason, self.detail);
        f.write_str(text.trim_end())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_printed_as_they_were_read() {
        for text in [
            "[008] Failure delivering user mail due to mailbag contention.",
            "[005] Mail retry count exceeded sending to: MAILNET /MAILPO",
            "[016] Message was not sent due to missing message file. Missing file is O:MAI\\MA4\\0006A044.MAI.",
            "[004] Message circular route detected. Message followed the following route: ANZAUDCU \
             /MEL227TRK K / Attempted to send to the following addresses: ANZAUDCU/MEL227TRK/SYSTEM1",
            "[030] Message contains duplicated Email address. Mail item was not delivered to: NET/PO/USER",
        ] {
            assert_eq!(Reason::parse(text).unwrap().to_string(), text);
        }
        for wrong in [
            "[007] Failure delivering user mail due to mailbag contention.",
            "[008] Failure delivering user mail due to mailbag contention. Sorry.",
            "[005] Mail retry count exceeded sending to: MAILNET",
            "[0008] Failure delivering user mail due to mailbag contention.",
        ] {
            assert!(Reason::parse(wrong).is_err(), "{wrong}");
        }
    }
}
