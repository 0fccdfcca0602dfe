//! A name or a piece of text that is shared rather than copied.

use std::fmt;
use std::sync::Arc;

use serde::de::{Deserializer, Error, Visitor};

/// A name or text: cheap to clone, compared by its characters.
pub type Name = Arc<str>;

/// Reads a name straight from the text it stands in: what is derived copies it once more, and names
/// are most of a question.
pub(crate) fn read<'de, D: Deserializer<'de>>(from: D) -> Result<Name, D::Error> {
    struct Text;

    impl Visitor<'_> for Text {
        type Value = Name;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Name, E> {
            Ok(text.into())
        }
    }

    from.deserialize_str(Text)
}
