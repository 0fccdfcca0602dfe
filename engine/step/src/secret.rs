//! A text that holds a secret: kept as references until a driver needs the characters.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;

/// A text in pieces, of which at least one is a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret {
    pieces: Vec<Piece>,
}

/// One piece of a text that holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// Text that anybody may read.
    Plain(Name),
    /// Where the secret is found, such as `SALES.admin_password`; never the secret itself.
    Reference(Name),
}

impl Secret {
    /// The secret of this reference and nothing else.
    pub fn reference(name: impl Into<Name>) -> Secret {
        Secret {
            pieces: vec![Piece::Reference(name.into())],
        }
    }

    /// A text made of these pieces, in order.
    pub fn text(pieces: impl IntoIterator<Item = Piece>) -> Secret {
        Secret {
            pieces: pieces.into_iter().collect(),
        }
    }

    /// The pieces, in order.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }
}

impl fmt::Display for Secret {
    /// What may be shown: `-p***`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Plain(text) => out.write_str(text),
            Piece::Reference(_) => out.write_str("***"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, Secret};

    #[test]
    fn a_secret_shows_its_plain_pieces_only() {
        let text = Secret::text([
            Piece::Plain("-p".into()),
            Piece::Reference("SALES.pw".into()),
        ]);
        assert_eq!(text.to_string(), "-p***");
    }
}
