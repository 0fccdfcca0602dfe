//! How text is drawn: with colours or without, and how wide.

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
    /// The text in a tone, if there are colours.
    #[must_use]
    pub fn paint(self, tone: Tone, text: &str) -> String {
        if !self.colour || text.is_empty() {
            return text.to_owned();
        }
        format!("\u{1b}[{}m{text}\u{1b}[0m", tone.rendition())
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
    use super::{Look, Tone, clipped};

    #[test]
    fn colours_are_drawn_only_where_there_are_any() {
        let bright = Look {
            colour: true,
            ..Look::default()
        };
        assert_eq!(bright.paint(Tone::Bad, "no"), "\u{1b}[31mno\u{1b}[0m");
        assert_eq!(Look::default().paint(Tone::Bad, "no"), "no");
    }

    #[test]
    fn a_line_is_cut_by_letters() {
        assert_eq!(clipped("größer", 6), "größer");
        assert_eq!(clipped("größer", 4), "grö…");
    }
}
