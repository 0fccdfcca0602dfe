//! A text that fits its place in a file.

use std::fmt;

use super::code_page;

/// A text of at most `WIDTH` characters of code page 850, none of them a zero. In a file it takes
/// one byte more.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text<const WIDTH: usize>(String);

impl<const WIDTH: usize> Text<WIDTH> {
    /// A text as it is.
    ///
    /// # Errors
    /// Says what does not fit.
    pub fn new(text: &str) -> Result<Self, String> {
        let length = text.chars().count();
        if length > WIDTH {
            return Err(format!(
                "`{text}` has {length} characters; there is place for {WIDTH}"
            ));
        }
        let fits = |it: char| it != '\0' && code_page::byte(it).is_some();
        match text.chars().find(|it| !fits(*it)) {
            Some(strange) => Err(format!("{strange:?} of `{text}` is not in code page 850")),
            None => Ok(Self(text.to_owned())),
        }
    }

    /// What fits of a text: its first characters, with a question mark for each that code page 850
    /// has not.
    #[must_use]
    pub fn cut(text: &str) -> Self {
        let fit = |it: char| match code_page::byte(it) {
            None | Some(0) => '?',
            Some(_) => it,
        };
        Self(text.chars().take(WIDTH).map(fit).collect())
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        Self(code_page::text(bytes))
    }
}

impl<const WIDTH: usize> fmt::Display for Text<WIDTH> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_or_is_cut() {
        assert!(Text::<5>::new("Zoë").is_ok());
        let long = Text::<5>::new("Zoraya").unwrap_err();
        assert_eq!(long, "`Zoraya` has 6 characters; there is place for 5");
        assert!(Text::<5>::new("漢").is_err());
        assert_eq!(Text::<5>::cut("漢Zoraya").as_str(), "?Zora");
    }
}
