//! The numbered messages of the dir-sync tools, as DS_MSG.GLB and DIRSYNC.TXT hold them
//! (Q96001 to Q96004).

mod table;

use crate::form::Form;
use crate::log::Severity;

/// What IMPORT prints where its texts lack a number (Q122689).
const UNDEFINED: Form = Form("Error Message #{number} is not defined {text}");

/// One message of the catalogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub number: u16,
    /// The severities it has been seen with, the usual one first; empty where no article prints it
    /// in a log.
    pub severities: &'static [Severity],
    /// Its printings as forms, the one our tools print first.
    pub texts: &'static [&'static str],
}

/// The entry of a number.
#[must_use]
pub fn message(number: u16) -> Option<&'static Entry> {
    let index = table::ENTRIES.binary_search_by_key(&number, |entry| entry.number);
    index.ok().map(|index| &table::ENTRIES[index])
}

/// Every entry, by number.
#[must_use]
pub fn entries() -> &'static [Entry] {
    table::ENTRIES
}

impl Entry {
    fn forms(&self) -> impl Iterator<Item = Form> {
        self.texts.iter().map(|text| Form(text))
    }

    /// The severity it usually has; an error where none is documented.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severities.first().copied().unwrap_or(Severity::Error)
    }

    /// The text with its arguments in their places. An argument more than there are places follows
    /// after a colon.
    #[must_use]
    pub fn text(&self, arguments: &[&str]) -> String {
        let bare = self.forms().any(|form| form.places() == 0);
        let fits = |form: &Form| {
            let suits = !bare || form.read(&form.print(arguments)).is_some();
            form.places() == arguments.len() && suits
        };
        match (self.forms().find(fits), arguments) {
            (Some(form), _) => form.print(arguments),
            (None, [argument]) => {
                let bare = self.forms().find(|form| form.places() == 0);
                let text = bare.map_or("", |form| form.0);
                format!("{text}: {argument}")
            }
            (None, _) => Form(self.texts[0]).print(arguments),
        }
    }

    /// The arguments of a text, if it is a text of this number.
    #[must_use]
    pub fn arguments<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let whole = self.forms().find_map(|form| form.read(text));
        let mut bare = self.forms().filter(|form| form.places() == 0);
        let mut joined = || bare.find_map(|form| argument_after(&form, text));
        whole
            .or_else(|| joined().map(|argument| vec![argument]))
            .or_else(|| self.undefined(text))
    }

    /// The argument of a text that only says that this number has none.
    fn undefined<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let said = UNDEFINED.read(text)?;
        (said.first()?.parse() == Ok(self.number)).then(|| said[1..].to_vec())
    }

    /// Whether what the server reads of a message can be the arguments of this one.
    #[must_use]
    pub fn takes(&self, arguments: &str) -> bool {
        let fits = |form: Form| {
            let places: Vec<String> = form.classes().map(|it| format!("{{{it}}}")).collect();
            crate::form::matches(&places.join(" "), arguments)
        };
        let tail = !arguments.is_empty() && self.forms().any(|form| form.places() == 0);
        tail || self.forms().any(fits)
    }

    /// Whether a text is one of this message's as DIRSYNC.TXT lists it: without what comes at its end,
    /// and with `n` for a number (Q96003, Q96004).
    #[must_use]
    pub fn is_headed(&self, text: &str) -> bool {
        self.texts.iter().any(|form| {
            let Some((head, rest)) = form.split_once('{') else {
                return false;
            };
            let tail = rest.split_once('}').map_or("", |(_, tail)| tail);
            let bare = tail.is_empty() && text == head.trim_end();
            bare || (rest.starts_with("number") && text == format!("{head}n{tail}"))
        })
    }

    /// Whether a text is one of this message's with one letter wrong.
    #[must_use]
    pub fn nearly(&self, text: &str) -> bool {
        self.forms().any(|form| form.nearly(text))
    }
}

/// What follows the text of a form that has no place for it: after a colon or only a space.
fn argument_after<'t>(form: &Form, text: &'t str) -> Option<&'t str> {
    let ends = text.match_indices([' ', ':']).map(|(end, _)| end);
    let mut heads = ends.filter(|end| form.read(&text[..*end]).is_some());
    let tail = text[heads.next()?..].trim_start();
    let argument = tail.strip_prefix(':').map_or(tail, str::trim_start);
    let joined = argument.len() == tail.len() || tail.starts_with(": ");
    (joined && !argument.is_empty()).then_some(argument)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_stand_in_the_order_of_their_numbers() {
        let numbers: Vec<u16> = entries().iter().map(|entry| entry.number).collect();
        assert!(numbers.is_sorted_by(|one, next| one < next));
        assert_eq!(message(203).map(|entry| entry.number), Some(203));
        assert_eq!(message(95), None);
    }

    #[test]
    fn every_text_is_read_as_its_own_message() {
        for entry in entries() {
            for form in entry.forms() {
                let arguments: Vec<&str> = form.classes().map(example).collect();
                let text = form.print(&arguments);
                let read = entry.arguments(&text);
                assert_eq!(read, Some(arguments), "{}: {text}", entry.number);
            }
        }
    }

    #[test]
    fn an_argument_follows_where_articles_print_one() {
        let unregistered = message(158).unwrap();
        let text = unregistered.text(&["PCM:NETWORK/POSTOFFICE"]);
        assert_eq!(text, "Requestor not registered : PCM:NETWORK/POSTOFFICE");
        let gateway = message(120).unwrap();
        let text = gateway.text(&["PCM:NET/PO"]);
        assert_eq!(text, "Requestor not registered: PCM:NET/PO");
        assert_eq!(gateway.arguments(&text), Some(vec!["PCM:NET/PO"]));
        assert_eq!(
            gateway.arguments("Requestor not registered:PCM:NET/PO"),
            None
        );
        assert_eq!(
            gateway.arguments("Requestor not registerd: PCM:NET/PO"),
            None
        );
    }

    #[test]
    fn a_list_of_messages_leaves_out_what_they_are_about() {
        for (number, listed) in [
            (83, "Invalid local user token value:"),
            (105, "ReqRx received n updates"),
            (113, "Failure to send mail to"),
            (159, "Failure to send update mail to requestor"),
        ] {
            let entry = message(number).unwrap();
            assert!(entry.is_headed(listed), "{listed}");
            for at in 0..listed.len() {
                let spoilt = format!("{}{}", &listed[..at], &listed[at + 1..]);
                assert!(!entry.is_headed(&spoilt), "{spoilt}");
            }
        }
    }

    fn example(class: &str) -> &'static str {
        match class {
            "number" => "36",
            "typed" => "PCM:NORTH/SALES",
            "po" => "NORTH/SALES",
            "file" => "REQTRANS.GLB",
            _ => "any",
        }
    }
}
