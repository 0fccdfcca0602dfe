//! The facility `settings`.
//!
#![doc = include_str!("pages/settings.md")]

use runsheet_step::fact::Key;
use runsheet_step::request::Verb;
use runsheet_step::{Facility, Name, Request, Stop, Value, World};

use crate::fold::{folded, same_name};
use crate::reply::found;

/// The name of the facility.
pub const NAME: &str = "settings";

/// Attributes that directory synchronization asks for, as the pages of the Exchange Administrator
/// program name them (Q147464, Q148309, Q174741, Q156714), the raw ones among them by the names
/// they have in the directory (Q149905, Q152231). `Diagnostics Logging` is followed by the service
/// that logs.
pub const ATTRIBUTES: &[&str] = &[
    "Administrator",
    "Copy administrator on outgoing messages",
    "Forward incoming dir-sync messages to administrator",
    "Schedule",
    "Export on Next Cycle",
    "Receive updates",
    "Send updates",
    "DXA-Local-Admin",
    "DXA-Req-Seq",
    "DXA-Svr-Seq",
    "DXA-Conf-Seq",
    "DXA-Imp-Seq",
    "Check for mail every __ minute",
    "Diagnostics Logging: MSExchangeDX",
    "Diagnostics Logging: MSExchangeMSMI",
    "Diagnostics Logging: MSExchangeMTA",
    "Diagnostics Logging: MSExchangePCMTA",
];

/// What services can be told to log, from nothing to everything.
pub const LEVELS: &[&str] = &["None", "Minimum", "Medium", "Maximum"];

/// Whether an attribute takes one of [`LEVELS`].
#[must_use]
pub fn is_level(attribute: &str) -> bool {
    folded(attribute).starts_with("diagnostics logging: ")
}

/// Attributes that the system resets after it has used them once (Q147464).
const ONE_SHOT: &[&str] = &["Export on Next Cycle"];

/// Whether the system resets this attribute after it has used it once.
#[must_use]
pub fn is_one_shot(attribute: &str) -> bool {
    ONE_SHOT.iter().any(|known| same_name(known, attribute))
}

/// The resource of an attribute.
#[must_use]
pub fn resource(object: &str, attribute: &str) -> Name {
    format!("{}: {}", object.trim(), attribute.trim()).into()
}

/// Object and attribute of a resource.
#[must_use]
pub fn parts(resource: &str) -> Option<(&str, &str)> {
    resource.split_once(": ")
}

/// Settings as the engine needs to know them.
pub struct SettingsFacility;

impl Facility for SettingsFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/settings.md")
    }

    fn phrase(&self, request: &Request) -> String {
        let what = &request.resource;
        match &request.verb {
            Verb::Put(_) if parts(what).is_none() => format!("create {what}"),
            Verb::Put(value) => format!("set {what} = {value}"),
            verb => format!("{} {what}", verb.word()),
        }
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        match (one, other) {
            (Value::Text(one), Value::Text(other)) => same_name(one, other),
            _ => one == other,
        }
    }

    fn area(&self, request: &Request) -> Name {
        folded(&request.resource)
    }
}

/// A setting as a step sees it.
pub struct Setting<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

impl<'w, 't> Setting<'w, 't> {
    /// This attribute of this object at this host.
    pub fn at(world: &'w World<'t>, host: Name, object: &str, attribute: &str) -> Setting<'w, 't> {
        let key = Key {
            host,
            facility: NAME.into(),
            resource: resource(object, attribute),
        };
        Setting { world, key }
    }

    /// Its value; nothing where there is no such setting.
    ///
    /// # Errors
    /// No answer yet, unknown, or the driver's fault.
    pub fn get(&self) -> Result<Option<&'t Value>, Stop> {
        found(self.world.ask(self.key.request(Verb::Get))?)
    }

    /// Gives it this value.
    ///
    /// # Errors
    /// No answer yet, or a fault: `no-such-object`, `no-such-attribute`, `bad-value`.
    pub fn put(&self, value: Value) -> Result<(), Stop> {
        let answer = self.world.tell(self.key.request(Verb::Put(value)))?;
        answer.map_or(Ok(None), found).map(|_| ())
    }
}

/// An object as a step sees it.
pub struct Object<'w, 't> {
    world: &'w World<'t>,
    key: Key,
}

impl<'w, 't> Object<'w, 't> {
    /// This object at this host.
    pub fn at(world: &'w World<'t>, host: Name, object: &str) -> Object<'w, 't> {
        let key = Key {
            host,
            facility: NAME.into(),
            resource: object.trim().into(),
        };
        Object { world, key }
    }

    /// Whether it is there.
    ///
    /// # Errors
    /// No answer yet, unknown, or the driver's fault.
    pub fn is_there(&self) -> Result<bool, Stop> {
        found(self.world.ask(self.key.request(Verb::Get))?).map(|it| it.is_some())
    }

    /// Makes it.
    ///
    /// # Errors
    /// No answer yet, or a fault of the administrator program.
    pub fn make(&self) -> Result<(), Stop> {
        self.tell(Verb::Put(true.into()))
    }

    /// Deletes it.
    ///
    /// # Errors
    /// No answer yet, or a fault of the administrator program.
    pub fn delete(&self) -> Result<(), Stop> {
        self.tell(Verb::Delete)
    }

    fn tell(&self, verb: Verb) -> Result<(), Stop> {
        let answer = self.world.tell(self.key.request(verb))?;
        answer.map_or(Ok(None), found).map(|_| ())
    }
}

#[cfg(test)]
mod tests {
    use super::{is_one_shot, parts, resource};

    #[test]
    fn a_resource_is_an_object_and_an_attribute() {
        let name = resource("DX Server", "Copy administrator on outgoing messages");
        let both = Some(("DX Server", "Copy administrator on outgoing messages"));
        assert_eq!(parts(&name), both);
        assert_eq!(parts("Hidden Recipient MS:NORTH/SALES/$SYSTEM"), None);
    }

    #[test]
    fn an_export_is_asked_for_once() {
        assert!(is_one_shot("export on next cycle"));
        assert!(!is_one_shot("Copy administrator on outgoing messages"));
    }
}
