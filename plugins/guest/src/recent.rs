//! The message of `turn`, read only as far as it is new. A step is called again with all that it
//! was called with before and a few answers more, and reading is most of what a call costs.
//!
//! It rests on the text alone: what has been read before is recognized by its bytes. A message
//! whose keys stand in another order is read as any other.

use std::cell::RefCell;

use runsheet_messages::step::{NextTurn, OneStep};
use runsheet_step::{Entry, Input};

use crate::asked;

/// What the transcript stands behind, and what follows it. Neither can stand inside a JSON string,
/// and what is before the first is read as a whole, so it cannot stand deeper either.
const BEFORE: &[u8] = b",\"transcript\":[";
const AFTER: &[u8] = b"]}";

/// The longest message that is remembered, in bytes.
const LONGEST: usize = 1 << 16;

thread_local! {
    /// The step that was called last: mostly it is the next one too.
    static LAST: RefCell<Option<Recent>> = const { RefCell::new(None) };
}

/// A step, as far as it has been read.
struct Recent {
    /// The text before the transcript.
    head: Box<[u8]>,
    kind: String,
    input: Input,
    transcript: Vec<Entry>,
    /// The text of the transcript.
    text: Vec<u8>,
}

/// Reads a message and hands it over: kind, input and transcript.
pub(crate) fn read_turn<T>(
    message: &[u8],
    then: impl FnOnce(&str, &Input, &[Entry]) -> T,
) -> serde_json::Result<T> {
    // It is taken out, so that a step that calls or panics meanwhile finds nothing half done.
    let last = LAST.take().filter(|last| last.is_about(message));
    let at = match &last {
        Some(last) => Some(last.head.len()),
        None => head(message),
    };
    let text = at.and_then(|at| message[at + BEFORE.len()..].strip_suffix(AFTER));
    let (Some(at), Some(text)) = (at, text) else {
        return whole(message, then);
    };
    let Some(mut recent) = last.or_else(|| begun(&message[..at])) else {
        return whole(message, then);
    };
    if !recent.read(text) {
        return whole(message, then);
    }
    let done = then(&recent.kind, &recent.input, &recent.transcript);
    if message.len() <= LONGEST {
        LAST.set(Some(recent));
    }
    Ok(done)
}

fn whole<T>(
    message: &[u8],
    then: impl FnOnce(&str, &Input, &[Entry]) -> T,
) -> serde_json::Result<T> {
    let message: NextTurn<'_> = serde_json::from_slice(message)?;
    Ok(then(&message.kind, &message.input, &message.transcript))
}

/// How much of a message stands before the transcript.
fn head(message: &[u8]) -> Option<usize> {
    let mut commas = (0..message.len()).filter(|at| message[*at] == BEFORE[0]);
    commas.find(|at| message[*at..].starts_with(BEFORE))
}

/// A step of which nothing has been answered yet.
fn begun(head: &[u8]) -> Option<Recent> {
    let closed = [head, b"}"].concat();
    let step: OneStep<'_> = serde_json::from_slice(&closed).ok()?;
    Some(Recent {
        head: head.into(),
        kind: step.kind.into_owned(),
        input: step.input.into_owned(),
        transcript: Vec::new(),
        text: Vec::new(),
    })
}

impl Recent {
    /// Whether a message is about this step: it is not looked for the transcript then.
    fn is_about(&self, message: &[u8]) -> bool {
        let rest = message.strip_prefix(&*self.head);
        rest.is_some_and(|rest| rest.starts_with(BEFORE))
    }

    /// Reads on to the end of a transcript, or from its beginning if that is another. False: it is
    /// no list of entries.
    fn read(&mut self, text: &[u8]) -> bool {
        let goes_on = match text.strip_prefix(&*self.text) {
            Some(rest) => rest.is_empty() || rest[0] == b',' || self.text.is_empty(),
            None => false,
        };
        if !goes_on {
            self.transcript.clear();
            self.text.clear();
        }
        let mut waiting = asked::last();
        let mut rest = &text[self.text.len()..];
        while !rest.is_empty() {
            if !self.transcript.is_empty() {
                match rest.strip_prefix(b",") {
                    Some(entry) => rest = entry,
                    None => return false,
                }
            }
            if let Some((entry, length)) = waiting.entry(rest) {
                self.transcript.push(entry);
                rest = &rest[length..];
                continue;
            }
            let mut reader = serde_json::Deserializer::from_slice(rest).into_iter();
            match reader.next() {
                Some(Ok(entry)) => self.transcript.push(entry),
                _ => return false,
            }
            rest = &rest[reader.byte_offset()..];
        }
        self.text.clear();
        self.text.extend_from_slice(text);
        true
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    type Message = (String, Input, Vec<Entry>);

    fn read(message: &str) -> Option<Message> {
        let kept = |kind: &str, input: &Input, transcript: &[Entry]| {
            (kind.to_owned(), input.clone(), transcript.to_vec())
        };
        read_turn(message.as_bytes(), kept).ok()
    }

    /// As it is read without memory.
    fn plain(message: &str) -> Option<Message> {
        let message: NextTurn<'_> = serde_json::from_str(message).ok()?;
        let transcript = message.transcript.into_owned();
        Some((
            message.kind.into_owned(),
            message.input.into_owned(),
            transcript,
        ))
    }

    fn entry(resource: &str) -> String {
        format!(
            r#"{{"request":{{"host":"A","facility":"shelf","resource":"{resource}","verb":"get"}},"answer":null}}"#
        )
    }

    const HEAD: &str = r#"{"kind":"add-books","input":{"host":null,"with":{"count":1}}"#;

    #[test]
    fn a_transcript_that_grows_and_one_that_is_another_are_read_alike() {
        let (a, b, c) = (entry("a"), entry("b"), entry("c"));
        for entries in [
            String::new(),
            a.clone(),
            format!("{a},{b}"),
            format!("{a},{b},{c}"),
            format!("{a},{c}"),
            b.clone(),
            String::new(),
        ] {
            let message = format!(r#"{HEAD},"transcript":[{entries}]}}"#);
            assert_eq!(read(&message), plain(&message), "{message}");
            assert!(read(&message).is_some(), "{message}");
        }
    }

    #[test]
    fn what_only_looks_like_a_message_is_read_as_it_is() {
        let (a, b) = (entry("a"), entry("b"));
        for message in [
            format!(r#"{{"transcript":[{a}],"kind":"k","input":{{"host":null,"with":[1]}}}}"#),
            format!(
                r#"{{"kind":"k","input":{{"host":null,"with":{{"a":1,"transcript":[1]}}}},"transcript":[{a}]}}"#
            ),
            r#"{"kind":"k","input":{"host":null,"with":{"a":1,"transcript":[]}}}"#.to_owned(),
            format!(r#"{HEAD},"transcript":[{a}],"more":[]}}"#),
            format!(r#"{HEAD},"transcript":[{a}{b}]}}"#),
            format!(r#"{HEAD},"transcript":[,{a}]}}"#),
            format!(r#"{HEAD},"transcript":[{a},]}}"#),
            format!(r#"{HEAD},"transcript":[{a}],"transcript":[{b}]}}"#),
            format!(r#"{HEAD},"transcript":[ {a} , {b} ]}}"#),
            format!(r#"{HEAD},"transcript":[1]}}"#),
            HEAD.to_owned(),
            "]}".to_owned(),
        ] {
            for _ in 0..2 {
                assert_eq!(read(&message), plain(&message), "{message}");
            }
        }
    }

    proptest! {
        #[test]
        fn it_reads_whatever_is_read_without_memory(
            pieces in prop::collection::vec(0_usize..12, 0..12),
        ) {
            let (a, b) = (entry("a"), entry("b"));
            let words = [
                HEAD, ",\"transcript\":[", "]}", "]", "}", ",", &a, &b, "{}", "[", "null",
                "{\"kind\":\"k\",\"input\":{\"host\":null,\"with\":null}",
            ];
            let soup: String = pieces.into_iter().map(|piece| words[piece]).collect();
            let message = format!("{HEAD},\"transcript\":[{soup}]}}");
            prop_assert_eq!(read(&message), plain(&message));
            prop_assert_eq!(read(&soup), plain(&soup));
        }
    }
}
