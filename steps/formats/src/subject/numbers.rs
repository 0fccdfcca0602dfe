//! The subject of a request or a reply, read whole or cut (Q96060, Q147464, Q162841).

use std::fmt;

use super::HEADER;
use crate::log::squeezed;

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// `ReqTx`: a requestor.
    Requestor,
    /// `SrvTx`: the server.
    Server,
}

/// The subject of a request or a reply. Numbers are absent where a header was cut, and where a
/// printing leaves them out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Who speaks.
    pub sender: Sender,
    /// The requestor's newest number; in a reply, its echo.
    pub r: Option<u32>,
    /// The number before it that was acknowledged; of a reply, the server number before.
    pub was: Option<u32>,
    /// The server's number.
    pub s: Option<u32>,
    /// The imports up to now.
    pub i: Option<u32>,
    /// The updates that come along.
    pub sent: Option<u32>,
    /// The text with `#` for each number.
    shape: String,
    /// The numbers in the order of the text.
    written: Vec<u32>,
}

/// The pieces of the text, each with its printings. An empty one may be left out.
const PIECES: [&[&str]; 10] = [
    &["$SYSTEM ", ""],
    &["Undeliverable: ", ""],
    &["ReqTx ", "REQTX ", "SrvTx "],
    &["R=#"],
    &[" (was #)", "(was #)", ""],
    &[", S=#", ", S = #", " S=#", " S = #", ", S= #", ", S =#", ""],
    &[" (was #)", "(was #)", ""],
    &[", I=#", ", I = #", " I=#", " I = #", ", I= #", ", I =#", ""],
    &[", # sent", " # sent", "....# sent"],
    &[""],
];

impl Numbers {
    /// Reads a subject. One of exactly forty characters may break off anywhere.
    ///
    /// # Errors
    /// Says where the text leaves the grammar.
    pub fn parse(text: &str) -> Result<Self, String> {
        let own = text.strip_prefix("$SYSTEM ").unwrap_or(text);
        let cut = own.chars().count() == HEADER;
        let text = squeezed(text);
        let (mut shape, mut written) = shape_of(&text)?;
        let mut chosen = Vec::new();
        if !follows(&shape, 0, cut, &mut chosen) {
            return Err(format!("`{text}` is no subject of a request or a reply"));
        }
        let broken = if cut && shape.ends_with('#') {
            written.pop()
        } else {
            None
        };
        if let Some(digits) = broken {
            shape.pop();
            shape.push_str(&digits.to_string());
        }
        let sender = if shape.contains("SrvTx") {
            Sender::Server
        } else {
            Sender::Requestor
        };
        let mut numbers = Self {
            sender,
            r: None,
            was: None,
            s: None,
            i: None,
            sent: None,
            shape,
            written: written.clone(),
        };
        let mut values = written.into_iter();
        for (piece, text) in chosen.into_iter().filter(|(_, text)| text.contains('#')) {
            let value = values.next();
            match (piece, text) {
                (3, _) => numbers.r = value,
                (5, _) => numbers.s = value,
                (7, _) => numbers.i = value,
                (8, _) => numbers.sent = value,
                _ => numbers.was = value,
            }
        }
        Ok(numbers)
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = self.shape.split('#');
        f.write_str(parts.next().unwrap_or_default())?;
        let mut numbers = self.written.iter();
        parts.try_for_each(|part| match numbers.next() {
            Some(number) => write!(f, "{number}{part}"),
            None => f.write_str(part),
        })
    }
}

/// The text with its numbers taken out.
fn shape_of(text: &str) -> Result<(String, Vec<u32>), String> {
    let mut shape = String::new();
    let mut numbers = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            shape.push(first);
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let number = rest[..digits].parse::<u32>().ok();
        let number = number.filter(|it| it.to_string().len() == digits);
        numbers.push(number.ok_or_else(|| format!("`{}` is no number", &rest[..digits]))?);
        shape.push('#');
        rest = &rest[digits..];
    }
    Ok((shape, numbers))
}

/// Whether a shape follows the pieces from `piece` on; keeps which printings it chose.
fn follows(shape: &str, piece: usize, cut: bool, chosen: &mut Vec<(usize, &'static str)>) -> bool {
    let Some(printings) = PIECES.get(piece) else {
        return shape.is_empty();
    };
    for printing in *printings {
        chosen.push((piece, printing));
        let whole = shape
            .strip_prefix(printing)
            .is_some_and(|rest| follows(rest, piece + 1, cut, chosen));
        if whole || (cut && piece > 2 && !shape.is_empty() && printing.starts_with(shape)) {
            return true;
        }
        chosen.pop();
    }
    cut && shape.is_empty() && piece > 2
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> [Option<u32>; 5] {
        let read = Numbers::parse(text).unwrap();
        assert_eq!(read.to_string(), text);
        [read.r, read.was, read.s, read.i, read.sent]
    }

    #[test]
    fn every_printing_is_read_and_printed_back() {
        let whole = [Some(8), Some(5), Some(40), Some(1), Some(3)];
        for text in [
            "ReqTx R=8 (was 5), S=40, I=1, 3 sent",
            "$SYSTEM ReqTx R=8 (was 5), S = 40, I = 1 3 sent",
            "ReqTx R=8 (was 5), S=40, I=1 3 sent",
        ] {
            assert_eq!(values(text), whole, "{text}");
        }
        let reply = [Some(8), Some(40), Some(53), Some(1), Some(13)];
        for text in [
            "SrvTx R=8 S=53 (was 40), I=1 13 sent",
            "$SYSTEM SrvTx R=8 S=53 (was 40) I = 1 13 sent",
        ] {
            assert_eq!(values(text), reply, "{text}");
        }
        assert_eq!(
            values("REQTX R=8(was 5)....3 sent"),
            [Some(8), Some(5), None, None, Some(3)]
        );
    }

    #[test]
    fn numbers_that_were_cut_are_absent() {
        let cut = "SrvTx R=3 S=87298 (was 0), I=2 15603 sen";
        assert_eq!(
            values(cut),
            [Some(3), Some(0), Some(87298), Some(2), Some(15603)]
        );
        let cut = "SrvTx R=100003 S=87298 (was 70000), I=12";
        assert_eq!(
            values(cut),
            [Some(100_003), Some(70_000), Some(87298), None, None]
        );
        let returned = "Undeliverable: SrvTx R=41 S=252 (was 146";
        assert_eq!(values(returned), [Some(41), None, Some(252), None, None]);
        let cut = "SrvTx R=1000000003 S=872980001 (was 7000";
        assert_eq!(
            values(cut),
            [Some(1_000_000_003), None, Some(872_980_001), None, None]
        );
    }

    #[test]
    fn a_subject_that_was_not_cut_must_be_whole() {
        for wrong in [
            "SrvTx R=3 S=87298 (was 0), I=2 15603 se",
            "SrvTx R=3 S=87298 (was 0), I=2 15603 sex",
            "SrvTx R=33 S=87298 (was 0), I=2 15603 sen",
            "SrvTx R=3 S=87298 (was 0, I=2 15603 sent",
            "ReqTx R=8 (was 05), S=40, I=1, 3 sent",
            "ReqTx R=8 (was 5), S=40, I=1",
            "ReTx R=8 (was 5), S=40, I=1, 3 sent",
        ] {
            assert!(Numbers::parse(wrong).is_err(), "{wrong}");
        }
    }
}
