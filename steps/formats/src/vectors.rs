//! Literal samples: a file of them, and what becomes of each when it is read and printed again.
//!
//! A row is `kb_id kind literal`, with tabs between; `\n` in the literal is a line break, every
//! other backslash is itself. Some literals are patterns: articles write `<drive>` or `R#` where a
//! real text has something else. Such a row is met by an instance.

pub mod kind;
pub mod pattern;

use pattern::Pattern;
use std::fmt;

use crate::log::squeezed;
use kind::Kind;

/// One sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1.
    pub line: usize,
    /// The article it is from.
    pub kb_id: String,
    /// What sort of text it is.
    pub kind: String,
    /// The text.
    pub literal: String,
}

/// What became of a sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It was read, and printed so.
    RoundTrips(String),
    /// It is a pattern; this instance of it was read, and printed so.
    Met {
        /// The instance.
        instance: String,
        /// What was printed.
        printed: String,
    },
    /// It was refused.
    Refused(String),
}

impl Verdict {
    /// What was printed, if anything was.
    #[must_use]
    pub fn printed(&self) -> Option<&str> {
        match self {
            Self::RoundTrips(printed) | Self::Met { printed, .. } => Some(printed),
            Self::Refused(_) => None,
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RoundTrips(_) => f.write_str("round-trips"),
            Self::Met { instance, .. } => write!(f, "met by `{}`", instance.replace('\n', "\\n")),
            Self::Refused(why) => write!(f, "refused: {why}"),
        }
    }
}

/// Reads a file of samples. A first row that names the columns is passed over, as are empty lines.
///
/// # Errors
/// Says which line has not three columns.
pub fn read(text: &str) -> Result<Vec<Row>, String> {
    let lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    let lines = lines.filter(|(_, line)| !line.trim().is_empty());
    let rows = lines.map(|(line, text)| {
        let mut columns = text.splitn(3, '\t');
        let [kb_id, kind, literal] = [columns.next(), columns.next(), columns.next()];
        let (Some(kb_id), Some(kind), Some(literal)) = (kb_id, kind, literal) else {
            return Err(format!(
                "line {line} has not the columns kb_id, kind and literal"
            ));
        };
        Ok(Row {
            line,
            kb_id: kb_id.trim().to_owned(),
            kind: kind.trim().to_owned(),
            literal: literal.replace("\\n", "\n"),
        })
    });
    let rows: Result<Vec<Row>, String> = rows.collect();
    let mut rows = rows?;
    rows.retain(|row| !(row.line == 1 && row.kind == "kind"));
    Ok(rows)
}

/// Reads a sample and prints it again.
#[must_use]
pub fn tried(kind: &str, literal: &str) -> Verdict {
    let Some(kind) = kind::named(kind) else {
        return Verdict::Refused(kind::unknown(kind));
    };
    let met = pattern::instance(literal).and_then(|instance| {
        let printed = round_trip(kind, &instance).ok()?;
        meets(literal, &printed).then_some(Verdict::Met { instance, printed })
    });
    met.unwrap_or_else(|| match round_trip(kind, literal) {
        Ok(printed) => Verdict::RoundTrips(printed),
        Err(why) => Verdict::Refused(why),
    })
}

/// Whether a verdict is what a sample of this kind should get: samples of what is wrong should be
/// refused, and all others should not.
#[must_use]
pub fn is_right(kind: &str, verdict: &Verdict) -> bool {
    let wrong = kind::named(kind).is_some_and(|kind| kind.wrong);
    matches!(verdict, Verdict::Refused(_)) == wrong
}

/// Whether two texts of a kind are equal but for runs of spaces.
#[must_use]
pub fn same(_kind: &str, one: &str, other: &str) -> bool {
    squeezed(one) == squeezed(other)
}

/// Whether a text is a literal, or an instance of one with placeholders.
#[must_use]
pub fn meets(literal: &str, text: &str) -> bool {
    Pattern::of(literal).is_met_by(text)
}

/// Reads a text and prints it; what is printed must be the text.
fn round_trip(kind: &Kind, text: &str) -> Result<String, String> {
    let printed = (kind.again)(text)?;
    match same(kind.name, text, &printed) {
        true => Ok(printed),
        false => Err(format!("it is printed as `{printed}`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_samples_is_read_with_or_without_its_header() {
        let text = "kb_id\tkind\tliteral\nQ1\tcmdline\treqmain -dM -t\n\nQ2\tadmin_notice\tNotice 40\\nM:\\x\n";
        let rows = read(text).unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(
            (rows[1].line, rows[1].literal.as_str()),
            (4, "Notice 40\nM:\\x")
        );
        assert_eq!(
            read("Q1\tcmdline"),
            Err("line 1 has not the columns kb_id, kind and literal".to_owned())
        );
    }

    #[test]
    fn a_pattern_is_met_by_an_instance() {
        let literal = "import -d<drive> admin -p<password> -q -y";
        let Verdict::Met { instance, printed } = tried("cmdline", literal) else {
            panic!("{}", tried("cmdline", literal));
        };
        assert_eq!(instance, printed);
        assert!(meets(literal, "import -dN admin -pX -q -y"));
        assert!(!meets(literal, "import -dN admin -pX -q"));
    }

    #[test]
    fn what_is_wrong_should_be_refused() {
        let bad = tried(
            "import_txn_invalid",
            "A Bad, OneX400:C=US'A=ATTMAIL;O=ATTMAIL;S=Bad",
        );
        assert!(is_right("import_txn_invalid", &bad), "{bad}");
        let unknown = tried("poem", "roses are red");
        assert!(!is_right("poem", &unknown));
    }
}
