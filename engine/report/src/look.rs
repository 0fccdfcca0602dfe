//! How text is drawn: with colours or without, how wide, and never by what it says itself.
//!
//! What programs and people say may hold control characters, which a terminal would obey. So
//! [`Look::paint`] only marks text, and [`drawn`] makes colours of the marks and shows every
//! control character as what it is.

/// How text is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// With colours, for a terminal.
    pub colour: bool,
    /// The columns there are.
    pub width: usize,
    /// Whether everything is shown, however much is alike.
    pub all: bool,
}

impl Default for Look {
    /// Without colours, 100 columns, like things folded.
    fn default() -> Look {
        Look {
            colour: false,
            width: 100,
            all: false,
        }
    }
}

/// The end of what is marked. It and those after it, one a tone, are no characters of any text.
const END: char = '\u{fdd0}';

/// What a piece of text is to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// A heading.
    Strong,
    /// What may be passed over.
    Faint,
    /// What is as it should be, or comes to be.
    Good,
    /// What changes, or wants a look.
    Warm,
    /// What failed, or goes.
    Bad,
    /// What acts.
    Busy,
}

impl Tone {
    const ALL: [Tone; 6] = [
        Tone::Strong,
        Tone::Faint,
        Tone::Good,
        Tone::Warm,
        Tone::Bad,
        Tone::Busy,
    ];

    /// What begins a text of this tone.
    fn mark(self) -> char {
        let place = u32::from(END) + 1 + self as u32;
        char::from_u32(place).unwrap_or(END)
    }

    /// The number of its graphic rendition (ECMA-48).
    fn rendition(self) -> u8 {
        match self {
            Tone::Strong => 1,
            Tone::Faint => 2,
            Tone::Bad => 31,
            Tone::Good => 32,
            Tone::Warm => 33,
            Tone::Busy => 36,
        }
    }
}

impl Look {
    /// The text in a tone, if there are colours; for [`drawn`].
    #[must_use]
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        format!("{}{text}{END}", tone.mark())
    }
}

/// Text as it goes to a terminal or a file: tones in their colours, and no control character but
/// the ends of lines and tabs.
#[must_use]
pub fn drawn(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match Tone::ALL.into_iter().find(|tone| tone.mark() == c) {
            Some(tone) => out.push_str(&format!("\u{1b}[{}m", tone.rendition())),
            None if c == END => out.push_str("\u{1b}[0m"),
            None if c == '\n' || c == '\t' => out.push(c),
            None => push_harmless(&mut out, c),
        }
    }
    out
}

/// Text on one line, whatever is in it.
#[must_use]
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    text.chars().for_each(|c| push_harmless(&mut out, c));
    out
}

fn push_harmless(out: &mut String, c: char) {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if c.is_control() || turns {
        out.extend(c.escape_default());
    } else {
        out.push(c);
    }
}

/// As much of an unpainted line as fits into so many columns.
#[must_use]
pub fn clipped(line: &str, width: usize) -> String {
    if line.chars().count() <= width {
        return line.to_owned();
    }
    let kept: String = line.chars().take(width.saturating_sub(1)).collect();
    kept + "…"
}

#[cfg(test)]
mod tests {
    use super::{Look, Tone, clipped, drawn, one_line};

    #[test]
    fn colours_are_drawn_only_where_there_are_any() {
        let bright = Look {
            colour: true,
            ..Look::default()
        };
        let no = bright.paint(Tone::Bad, "no");
        assert_eq!(drawn(&no), "\u{1b}[31mno\u{1b}[0m");
        assert_eq!(drawn(&Look::default().paint(Tone::Bad, "no")), "no");
    }

    #[test]
    fn a_terminal_obeys_nothing_that_a_program_says() {
        let said = "\u{1b}[2J\u{1b}[31mred\r\0\u{9b}1A\u{202e}\n";
        let shown = "\\u{1b}[2J\\u{1b}[31mred\\r\\u{0}\\u{9b}1A\\u{202e}";
        assert_eq!(drawn(said), format!("{shown}\n"));
        assert_eq!(one_line(said), format!("{shown}\\n"));
    }

    #[test]
    fn a_line_is_cut_by_letters() {
        assert_eq!(clipped("größer", 6), "größer");
        assert_eq!(clipped("größer", 4), "grö…");
    }
}
