//! Templates: what an address list tells of its users beyond names (Q118447, Q196892).

use std::fmt;
use std::sync::Arc;

use super::entry::Layout;
use super::refusal::Refusal;

/// How an information line may begin; a space before the hyphen only in articles.
const LEADS: [&str; 4] = [" - ", " -", "- ", "-"];

/// What a template tells of one user: `- Phone:/(206) 635-7022`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Information {
    /// The prompt of the template, with its colon. A slash in it is doubled where it is written.
    pub prompt: Arc<str>,
    /// The answer.
    pub value: Arc<str>,
    lead: &'static str,
}

impl Information {
    /// An answer to a prompt. One that begins with a slash cannot be told from a slash of the
    /// prompt: the format has no way to write it (Q196892).
    #[must_use]
    pub fn new(prompt: &str, value: &str) -> Self {
        Self {
            prompt: prompt.into(),
            value: value.into(),
            lead: "- ",
        }
    }

    /// Whether a line is such a line, right or wrong.
    #[must_use]
    pub fn is(line: &str, layout: Layout) -> bool {
        let line = match layout {
            Layout::Strict => line,
            Layout::Printed => line.trim_start(),
        };
        line.starts_with('-')
    }

    /// Reads a line.
    ///
    /// # Errors
    /// Message 22 if no slash parts prompt and answer.
    pub fn parse(line: &str) -> Result<Self, Refusal> {
        let lead = LEADS.into_iter().find(|lead| line.starts_with(lead));
        let wrong = || Refusal::new(22, line);
        let lead = lead.ok_or_else(wrong)?;
        let text = line[lead.len()..].trim_start();
        let end = single_slash(text).ok_or_else(wrong)?;
        let prompt = text[..end].replace("//", "/");
        if prompt.trim().is_empty() {
            return Err(wrong());
        }
        Ok(Self {
            prompt: prompt.into(),
            value: text[end + 1..].into(),
            lead,
        })
    }
}

impl fmt::Display for Information {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let prompt = self.prompt.replace('/', "//");
        write!(f, "{}{prompt}/{}", self.lead, self.value)
    }
}

/// Where the first slash stands that is not doubled.
fn single_slash(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = text[at..].find('/') {
        at += next;
        if bytes.get(at + 1) != Some(&b'/') {
            return Some(at);
        }
        at += 2;
    }
    None
}

/// One prompt of a template: `Division:~15~25~A~~`.
///
/// That the numbers are the width of the prompt and the most characters of the answer, and the
/// letters what may be typed, is inferred.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Definition {
    /// The prompt, with its colon.
    pub prompt: Arc<str>,
    /// The width of the prompt.
    pub width: u8,
    /// The most characters of an answer.
    pub most: u8,
    /// What may be typed: `A` anything, `N` numbers, `P` phone numbers.
    pub letters: Arc<str>,
    /// Two fields that every known sample leaves empty.
    pub rest: [Arc<str>; 2],
}

impl Definition {
    /// Reads a line, without the space it begins with.
    ///
    /// # Errors
    /// Message 21 if it has not six fields, or no number where one is due.
    pub fn parse(line: &str) -> Result<Self, Refusal> {
        let wrong = || Refusal::new(21, line);
        let fields: Vec<&str> = line.trim().split('~').collect();
        let [prompt, width, most, letters, first, second] = fields[..] else {
            return Err(wrong());
        };
        let number = |text: &str| {
            let number = text.parse::<u8>().ok().filter(|it| *it > 0);
            number.filter(|it| it.to_string() == text).ok_or_else(wrong)
        };
        let known = ["A", "N", "P", "NP", "AN", "ANP"].contains(&letters);
        if prompt.trim().is_empty() || !known {
            return Err(wrong());
        }
        Ok(Self {
            prompt: prompt.into(),
            width: number(width)?,
            most: number(most)?,
            letters: letters.into(),
            rest: [first.into(), second.into()],
        })
    }
}

impl fmt::Display for Definition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            prompt,
            width,
            most,
            letters,
            rest: [first, second],
        } = self;
        write!(f, "{prompt}~{width}~{most}~{letters}~{first}~{second}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slash_in_a_prompt_is_doubled() {
        let line = "- City//ST//Zip:/Any City, Any State, 12345";
        let read = Information::parse(line).unwrap();
        assert_eq!(&*read.prompt, "City/ST/Zip:");
        assert_eq!(&*read.value, "Any City, Any State, 12345");
        assert_eq!(read.to_string(), line);
        assert_eq!(Information::parse("- Phone:").unwrap_err().number, 22);
    }

    #[test]
    fn a_definition_has_six_fields() {
        for line in ["Division:~15~25~A~~", "Phone #:~15~23~NP~~"] {
            assert_eq!(Definition::parse(line).unwrap().to_string(), line);
        }
        for wrong in [
            "Division:~15~25~A~",
            "Division:~15~2x~A~~",
            "Division:~15~25~Q~~",
            "~1~2~A~~",
        ] {
            assert!(Definition::parse(wrong).is_err(), "{wrong}");
        }
    }
}
