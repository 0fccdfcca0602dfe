//! What a step is given.

use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer, Serialize};

use crate::decode::decode;
use crate::{Failure, Host, Name, Stop, Unknown, Value};

/// The resolved input of one step. In a plan, parts of it may be unknown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Where it acts: a [`Value::Host`], null, or unknown.
    pub host: Value,
    /// Its `with:`, a map.
    pub with: Value,
}

impl Input {
    /// The fields of `with:` in the kind's own type.
    ///
    /// # Errors
    /// A failure with the path of the field that does not fit; unknown if it is not known yet.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, Stop> {
        Ok(decode(&self.with)?)
    }

    /// The host it acts at.
    ///
    /// # Errors
    /// A failure if it has none; unknown if it is not known yet.
    pub fn host(&self) -> Result<&Host, Stop> {
        match &self.host {
            Value::Host(host) => Ok(host),
            Value::Unknown(why) => Err(Stop::Unknown(Unknown::clone(why))),
            _ => Err(Failure::code("no-host", "this kind needs a `host:`").into()),
        }
    }

    /// The name of the host it acts at.
    ///
    /// # Errors
    /// As [`Input::host`].
    pub fn host_name(&self) -> Result<Name, Stop> {
        self.host().map(|host| host.name.clone())
    }
}

/// A value that a plan may not know yet. A step may hand it on; looking into it stops a plan.
#[derive(Clone, Debug, PartialEq)]
pub enum Maybe<T> {
    /// It is this.
    Known(T),
    /// It is not known yet.
    Unknown(Unknown),
}

impl<T> Maybe<T> {
    /// The value.
    ///
    /// # Errors
    /// Stops the step with the reason why it is not known.
    pub fn known(&self) -> Result<&T, Stop> {
        match self {
            Maybe::Known(value) => Ok(value),
            Maybe::Unknown(why) => Err(Stop::Unknown(why.clone())),
        }
    }
}

impl<T: Clone + Into<Value>> Maybe<T> {
    /// As a value to hand on.
    #[must_use]
    pub fn value(&self) -> Value {
        match self {
            Maybe::Known(value) => value.clone().into(),
            Maybe::Unknown(why) => Value::Unknown(why.clone().into()),
        }
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Value::deserialize(from)? {
            Value::Unknown(why) => Ok(Maybe::Unknown(Unknown::clone(&why))),
            value => decode(&value).map(Maybe::Known).map_err(D::Error::custom),
        }
    }
}
