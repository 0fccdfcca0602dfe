//! What the utilities of the Resource Kit list: LISTDS, LISTQ and DSSCHED (Q96060).

pub mod dssched;
pub mod listds;
pub mod listq;

use std::fmt;

use crate::form::Form;
use crate::sentence::Sentence;

/// What every one of them begins with.
const BANNER: &[Form] = &[
    Form("Microsoft Mail for the PC v{word}, ListDS v{word}"),
    Form("Microsoft Mail for the PC v{word}, LISTQ v{word}"),
    Form("Microsoft Mail for the PC v{word}, DSSched v{word}"),
    Form("(C) Microsoft Corp. {number}-{number}. All rights reserved"),
];

/// What a utility of version 3.2 says first, and the empty line that follows: its name as it writes
/// it, and its own version (Q96060).
#[must_use]
pub fn banner(tool: &str, version: &str) -> String {
    format!(
        "Microsoft Mail for the PC v3.2, {tool} v{version}\n\
         (C) Microsoft Corp. 1993-1994. All rights reserved\n"
    )
}

/// The lines of a listing; empty ones are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Listing {
    /// The lines.
    pub lines: Vec<Sentence>,
}

impl Listing {
    /// Reads a listing whose lines follow these forms.
    ///
    /// # Errors
    /// Says which line follows none, and that an empty text is no listing.
    fn read(forms: &[Form], text: &str) -> Result<Self, String> {
        let lines = text.lines().filter(|line| !line.trim().is_empty());
        let all = [BANNER, forms].concat();
        let lines: Result<Vec<_>, _> = lines.map(|line| Sentence::read(&all, line)).collect();
        let lines = lines?;
        match lines.is_empty() {
            true => Err("there is no line".to_owned()),
            false => Ok(Self { lines }),
        }
    }
}

impl fmt::Display for Listing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.lines.iter().map(ToString::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}
