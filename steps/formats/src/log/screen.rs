//! Messages as articles quote them, and as tools show them on the screen.

use std::fmt;

use super::Message;
use super::head::{Code, Head};
use crate::catalogue;
use crate::form::Form;
use crate::sentence::Sentence;

/// What tools say without a number: Q148771, Q105965, Q131509, Q119017, Q127752,
/// Q139033, and FORCEDOS.
const TEXTS: &[Form] = &[
    Form("Bad ID or Password"),
    Form("GAL not active on this PO"),
    Form("FORCEDOS: Program file not found."),
    Form("ERROR OS/2 ERROR CODE {number}"),
    Form("No Tasks From Requestor: {text}"),
    Form("Requestor process failed."),
    Form("Server processing failure"),
    Form("Server processing failure."),
    Form("Import is finished."),
    Form("Import is finished"),
    Form("Number of entries in GAL: {number}"),
    Form("Microsoft (R) Mail DirSync Requestor V{word}"),
    Form("Microsoft (R) Mail DirSync Server V{word}"),
    Form("Microsoft (R) Mail Import V{word}"),
    Form("Microsoft (R) Mail GAL Rebuild Utility Version {word}"),
    Form("No requestor updates to send"),
    Form("Requestor updates received: {number}"),
    Form("Server updates requested for address types: {text}"),
    // Q130064: DS_MSG.GLB, which holds the texts, is missing.
    Form("[{number}] Error Obtaining Message #: {number}"),
];

/// A message as it was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Screen {
    /// With its number: `Fatal error 14: "Error processing Resync.glb"`.
    Numbered {
        /// Severity and number, as they are set.
        head: Head,
        /// The message.
        message: Message,
        /// Whether the text stands in quotation marks (Q215505).
        quoted: bool,
    },
    /// `[120] Requestor not registered`, `[ 22] ...`, as DIRSYNC.TXT lists them, and how the number is
    /// set.
    Listed(Code, Message),
    /// Without a number.
    Plain(Sentence),
}

impl Screen {
    /// Reads a message.
    ///
    /// # Errors
    /// Says that number and text do not agree, or which message it nearly is.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = super::squeezed(text);
        let plain = Sentence::read(TEXTS, &text);
        if let Ok(sentence) = plain {
            return Ok(Self::Plain(sentence));
        }
        if let Some(message) = listed(&text) {
            return message;
        }
        let (head, number, said) = match (Head::parse(&text), plain) {
            (Ok(read), _) => read,
            (Err(_), Err(why)) => return Err(why),
            (Err(why), Ok(_)) => return Err(why),
        };
        let quoted = said.strip_prefix('"').and_then(|it| it.strip_suffix('"'));
        let message = match number.and_then(catalogue::message) {
            Some(entry) if said.is_empty() => mention(head, entry.number),
            _ => head.message(number, quoted.unwrap_or(said))?,
        };
        let quoted = quoted.is_some();
        Ok(Self::Numbered {
            head,
            message,
            quoted,
        })
    }
}

/// A message that is only named: `Warning 90` (Q134228).
fn mention(head: Head, number: u16) -> Message {
    Message {
        number: Some(number),
        ..Message::free(head.severity, "")
    }
}

/// A message of DIRSYNC.TXT: its number in brackets, then its text.
fn listed(text: &str) -> Option<Result<Screen, String>> {
    let (inside, said) = text.strip_prefix('[')?.split_once("] ")?;
    let (code, number) = Code::parse(inside).ok()?;
    let number = number?;
    let entry = catalogue::message(number)?;
    let (severity, said) = (entry.severity(), said.trim());
    let message = match entry.is_headed(said) {
        true => Ok(Message {
            number: Some(number),
            ..Message::free(severity, said)
        }),
        false => Message::read(severity, number, said),
    };
    Some(message.map(|message| Screen::Listed(code, message)))
}

impl fmt::Display for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Numbered {
                head,
                message,
                quoted,
            } => {
                let head = head.print(message.number.unwrap_or_default());
                let mark = if *quoted { "\"" } else { "" };
                let head = super::squeezed(&head);
                let line = format!("{head} {mark}{}{mark}", message.text);
                f.write_str(line.trim_end())
            }
            Self::Listed(code, message) => {
                let number = code.print(message.number.unwrap_or_default());
                write!(f, "{} {}", super::squeezed(&number), message.text)
            }
            Self::Plain(sentence) => sentence.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::squeezed;

    #[test]
    fn messages_are_printed_as_they_were_read() {
        for text in [
            "Bad ID or Password",
            "Error [138] Server sync does not exist anymore (0)",
            "[120] Requestor not registered",
            "[ 22] Expecting '/' in template information line",
            "[24] Template info not allowed for this address type",
            "Error[138] Server sync does not exist anymore (0)",
            "Fatal 166 Manual Import required for PCM:Network/Postoffice",
            "Warning [128] Could not process requestor status report",
            "Fatal [ 2] Error opening file: MSTTRANS",
            "FATAL [150] Could not append transactions to the updates file",
            "Fatal error 54 Server name could not be accessed.",
            "Fatal error 14: \"Error processing Resync.glb\"",
            "ERROR 203: GAL Rebuild problem accessing files",
            "[120] Requestor not registered",
            "[12] Error Obtaining Message #: 27",
            "Status Requestor process failed.",
            "Warning 90",
            "Fatal [161]",
        ] {
            let read = Screen::parse(text).unwrap_or_else(|why| panic!("{text}: {why}"));
            assert_eq!(squeezed(&read.to_string()), text);
        }
        for wrong in [
            "Bad ID or Pasword",
            "Error [137] Server sync does not exist anymore (0)",
            "FATAL [150 Could not append transactions to the updates file",
            "Fatl 166 Manual Import required for PCM:Network/Postoffice",
            "Fatal eror 54 Server name could not be accessed.",
            "Fatal error 54 Server name could not be accesed.",
            "[121] Requestor not registered",
            "Warning 95",
        ] {
            assert!(Screen::parse(wrong).is_err(), "{wrong}");
        }
    }
}
