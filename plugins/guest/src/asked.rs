//! What a step asked in its last turn, and the text it was written as: the next message brings it
//! back with its answer, and what is recognized by its text is not read again.

use std::cell::RefCell;

use runsheet_step::{Answer, Entry, Request, Turn};

const ASK: &[u8] = b"{\"ask\":[";
const REQUEST: &[u8] = b"{\"request\":";
const ANSWER: &[u8] = b",\"answer\":";

/// The longest answer that is remembered, in bytes.
const LONGEST: usize = 1 << 16;

thread_local! {
    static LAST: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// A question as it was asked.
struct Asked {
    request: Request,
    text: Box<[u8]>,
}

/// Questions that wait for the entries that answer them.
pub(crate) struct Waiting(std::vec::IntoIter<Asked>);

/// The turn as an answer. What it asks is remembered.
pub(crate) fn write(turn: Turn) -> serde_json::Result<Vec<u8>> {
    let mut text = Vec::with_capacity(512);
    let Turn::Ask(requests) = turn else {
        serde_json::to_writer(&mut text, &turn)?;
        return Ok(text);
    };
    let mut asked = Vec::with_capacity(requests.len());
    text.extend_from_slice(ASK);
    for request in requests {
        if !asked.is_empty() {
            text.push(b',');
        }
        let begin = text.len();
        serde_json::to_writer(&mut text, &request)?;
        let text = text[begin..].into();
        asked.push(Asked { request, text });
    }
    text.extend_from_slice(b"]}");
    if text.len() <= LONGEST {
        LAST.set(asked);
    }
    Ok(text)
}

/// What was asked last.
pub(crate) fn last() -> Waiting {
    Waiting(LAST.take().into_iter())
}

impl Waiting {
    /// The entry that a text begins with, and its length, if it answers the next question. Another
    /// one, and one that is written in another way, has to be read as a whole.
    pub(crate) fn entry(&mut self, text: &[u8]) -> Option<(Entry, usize)> {
        let asked = self.0.as_slice().first()?;
        let rest = text.strip_prefix(REQUEST)?.strip_prefix(&*asked.text)?;
        let rest = rest.strip_prefix(ANSWER)?;
        let mut reader = serde_json::Deserializer::from_slice(rest).into_iter::<Option<Answer>>();
        let answer = reader.next()?.ok()?;
        let rest = rest[reader.byte_offset()..].strip_prefix(b"}")?;
        let request = self.0.next()?.request;
        Some((Entry { request, answer }, text.len() - rest.len()))
    }
}

#[cfg(test)]
mod tests {
    use runsheet_step::Value;
    use runsheet_step::request::Verb;

    use super::*;

    fn request(resource: &str) -> Request {
        Request {
            host: "A".into(),
            facility: "shelf".into(),
            resource: resource.into(),
            verb: Verb::Put(Value::map([("pages", 3.into())])),
        }
    }

    #[test]
    fn a_turn_is_written_as_ever() {
        let ask = |names: &[&str]| Turn::Ask(names.iter().copied().map(request).collect());
        for turn in [
            ask(&[]),
            ask(&["a"]),
            ask(&["a", "b"]),
            Turn::Done(Default::default()),
        ] {
            let plain = serde_json::to_vec(&turn).expect("a turn is JSON");
            assert_eq!(write(turn).expect("a turn is JSON"), plain);
        }
    }

    #[test]
    fn what_was_asked_is_recognized_once_and_in_its_order() {
        let asked = ["a", "b"].map(request);
        write(Turn::Ask(asked.to_vec())).expect("a turn is JSON");
        let mut waiting = last();
        let text = |request: &Request, answer| {
            let request = request.clone();
            let entry = Entry { request, answer };
            let text = serde_json::to_string(&entry).expect("an entry is JSON");
            (entry, text)
        };
        let (_, early) = text(&asked[1], None);
        assert_eq!(waiting.entry(early.as_bytes()), None);
        let answers = [Some(Answer::Absent), Some(Answer::Value(Value::from(1)))];
        for (request, answer) in asked.iter().zip(answers) {
            let (entry, text) = text(request, answer);
            let more = format!("{text},{text}");
            assert_eq!(waiting.entry(more.as_bytes()), Some((entry, text.len())));
            assert_eq!(waiting.entry(more.as_bytes()), None);
        }
        assert_eq!(last().0.len(), 0);
    }

    #[test]
    fn an_entry_that_is_written_in_another_way_is_left_to_be_read() {
        let asked = request("a");
        write(Turn::Ask(vec![asked.clone()])).expect("a turn is JSON");
        let mut waiting = last();
        let request = serde_json::to_string(&asked).expect("a request is JSON");
        for text in [
            format!(r#"{{"answer":null,"request":{request}}}"#),
            format!(r#"{{ "request":{request},"answer":null}}"#),
            format!(r#"{{"request":{request},"answer":null,"more":1}}"#),
            format!(r#"{{"request":{request},"answer":1}}"#),
            format!(r#"{{"request":{request},"answer":null"#),
            format!(r#"{{"request":{request}"#),
        ] {
            assert_eq!(waiting.entry(text.as_bytes()), None, "{text}");
        }
    }
}
