//! What is given with a fault: a host, a file, a number.

use std::time::Duration;

use runsheet_step::{Map, Value};

use crate::exchange::ExchangeId;
use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;

/// Something that a fault takes.
#[derive(Debug)]
pub struct Parameter {
    /// Its name in site files.
    pub name: &'static str,
    /// What it is.
    pub takes: Takes,
    /// Whether the fault cannot do without.
    pub needed: bool,
}

/// What a parameter of a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Takes {
    /// A host of the site that is a postoffice.
    Postoffice,
    /// A host of the site that is an Exchange server.
    Exchange,
    /// A file of a postoffice, by its path from the root: `GLB\REQCONF.GLB`.
    File,
    /// A whole number.
    Count,
    /// A length of time.
    Span,
    /// Any text.
    Text,
}

impl Parameter {
    /// Something the fault cannot do without.
    pub(super) const fn needed(name: &'static str, takes: Takes) -> Self {
        Self {
            name,
            takes,
            needed: true,
        }
    }

    /// Something that may be left out.
    pub(super) const fn optional(name: &'static str, takes: Takes) -> Self {
        Self {
            name,
            takes,
            needed: false,
        }
    }
}

/// What was given with a fault, as its parameters say.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Given(Map);

impl Given {
    /// What was given, by the names of the parameters.
    #[must_use]
    pub fn new(given: Map) -> Self {
        Self(given)
    }

    /// Everything that was given, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (&**name, value))
    }

    fn get(&self, name: &str) -> &Value {
        self.0.get(name).unwrap_or(&Value::Null)
    }

    /// A text or a file; empty where it was left out.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        match self.get(name) {
            Value::Null => String::new(),
            value => value.to_string(),
        }
    }

    /// A number, if it was given.
    #[must_use]
    pub fn count(&self, name: &str) -> Option<u32> {
        let count = self.get(name).as_int()?;
        u32::try_from(count).ok()
    }

    /// A length of time, if it was given.
    #[must_use]
    pub fn span(&self, name: &str) -> Option<Duration> {
        match self.get(name) {
            Value::Duration(span) => Some(*span),
            _ => None,
        }
    }

    /// The postoffice in `host`.
    #[must_use]
    pub fn postoffice(&self, lab: &Lab) -> Option<PostofficeId> {
        match lab.role(&self.text("host"))? {
            Role::Postoffice(id) => Some(id),
            Role::Exchange(_) | Role::Workstation(_) => None,
        }
    }

    /// The Exchange server in `host`; the first of the site where none is given.
    #[must_use]
    pub fn exchange(&self, lab: &Lab) -> Option<ExchangeId> {
        match lab.role(&self.text("host")) {
            Some(Role::Exchange(id)) => Some(id),
            Some(_) => None,
            None => (!lab.exchanges.is_empty()).then_some(0),
        }
    }
}

/// A kind of fault is kept by its name.
pub(super) mod kind {
    use serde::{Deserialize, Deserializer, Serializer, de};

    use crate::faults::{Kind, kinds};

    pub(crate) fn serialize<S: Serializer>(
        kind: &&'static Kind,
        into: S,
    ) -> Result<S::Ok, S::Error> {
        into.serialize_str(kind.name)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<&'static Kind, D::Error> {
        let name = String::deserialize(from)?;
        let kind = kinds().find(|it| it.name == name);
        kind.ok_or_else(|| de::Error::custom(format!("there is no fault `{name}`")))
    }
}
