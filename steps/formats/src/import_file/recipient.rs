//! One address with its type: `PCM:NET1/PO1/USER1`.

use std::fmt;
use std::sync::Arc;

use super::kind::{self, Kind};
use super::refusal::Refusal;
use crate::address::Address;

/// The address of a mailbox, kept as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Its type; `PCM` if none was written (Q140944).
    pub kind: &'static Kind,
    /// All of it, with the type if that was written.
    written: Arc<str>,
}

impl Recipient {
    /// Reads an address; without a type, it is one of MS Mail.
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let (kind, address) = typed(text)?;
        kind.check(address)?;
        Ok(Self {
            kind,
            written: text.into(),
        })
    }

    /// An address that is not looked at, of a type that is known (Q156729).
    #[must_use]
    pub fn unchecked(text: &str) -> Option<Self> {
        let (kind, _) = typed(text).ok()?;
        let written = text.into();
        Some(Self { kind, written })
    }

    /// No address: that of a name which is only changed.
    pub(super) fn none() -> Self {
        Self {
            kind: kind::named("PCM").unwrap_or(&kind::KINDS[0]),
            written: "".into(),
        }
    }

    /// Whether it is as its type says.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.kind.check(self.address()).is_ok()
    }

    /// The address without its type.
    #[must_use]
    pub fn address(&self) -> &str {
        typed(&self.written).map_or("", |(_, address)| address)
    }

    /// The mailbox, if it is one of MS Mail's.
    #[must_use]
    pub fn mailbox(&self) -> Option<Address> {
        Address::parse(self.address()).ok()
    }
}

impl From<&Address> for Recipient {
    fn from(address: &Address) -> Self {
        Self {
            kind: kind::named("PCM").unwrap_or(&kind::KINDS[0]),
            written: format!("PCM:{address}").into(),
        }
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// A list of addresses: `PCM:NORTH/SALES`, or `SNADS:` for all of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The type of its addresses.
    pub kind: &'static Kind,
    written: Arc<str>,
}

impl List {
    /// Reads a list; without a type, it is one of MS Mail (Q156996).
    ///
    /// # Errors
    /// The message that IMPORT gives.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        if !text.contains([':', '/']) {
            return Err(Refusal::new(16, text));
        }
        let (kind, list) = typed(text)?;
        kind.check_list(list)?;
        Ok(Self {
            kind,
            written: text.into(),
        })
    }

    /// The list without its type: `NORTH/SALES`, or nothing.
    #[must_use]
    pub fn node(&self) -> &str {
        typed(&self.written).map_or("", |(_, list)| list)
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.written)
    }
}

/// The type a text begins with, and the rest. Some samples have a space after the colon (Q118447).
fn typed(text: &str) -> Result<(&'static Kind, &str), Refusal> {
    let (name, rest) = text.split_once(':').unwrap_or(("PCM", text));
    let kind = kind::named(name).ok_or_else(|| Refusal::new(16, text))?;
    Ok((kind, rest.trim_start()))
}
