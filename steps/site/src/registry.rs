//! The facility `registry`.
//!
#![doc = include_str!("pages/registry.md")]

use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::request::{Act, Verb};
use runsheet_step::{
    Access, Answer, Facility, Fault, Form, Known, Moment, Name, Prediction, Repeat, Request, Stop,
    Value, World,
};

use crate::fold::folded;
use crate::reply::{act, found};

mod data;

pub use data::{DataForm, Misfit, TYPES, bytes, canonical, form, from_bytes};

/// The name of the facility.
pub const NAME: &str = "registry";

/// Values that the Directory Synchronization service and the PC MTA read (Q146738, Q150976,
/// Q215505, Q156996, Q155727, Q146676, Q140951, Q185504, Q150811, Q169319, Q277831). A value that
/// nobody reads is as good as none, so a near miss of one of these is a mistake.
pub const VALUES: &[&str] = &[
    "PauseKicksDX",
    "ResyncConnectionRDNs",
    "GlobalMaxSeqInResync",
    "RequireValidImpFrom",
    "Requestors Used To Import From",
    "Unique Display Names",
    "SMTPDomain",
    "AddressMappingFileName",
    "DXADataPath",
    "DrivesUNC",
    "DrivesWAN",
    "QueueInqueueLimit",
    "QueueLanMailbagLimit",
    "QueueLanPoLimit",
    "EnforceRetryLimits",
];

const CREATE_KEY: &str = "create-key";

const HIVES: &[(&str, &str)] = &[
    ("HKEY_LOCAL_MACHINE", "HKLM"),
    ("HKEY_CURRENT_USER", "HKCU"),
    ("HKEY_CLASSES_ROOT", "HKCR"),
    ("HKEY_USERS", "HKU"),
    ("HKEY_CURRENT_CONFIG", "HKCC"),
];

/// The resource of a value, or of a key where no value is named. Hives get their short names;
/// the spelling of the rest is kept for people, and [`crate::fold::folded`] makes it comparable.
#[must_use]
pub fn resource(key: &str, value: Option<&str>) -> Name {
    let key = key.trim().trim_end_matches('\\');
    let (hive, rest) = key.split_at(key.find('\\').unwrap_or(key.len()));
    let known = |(long, short): &&(&str, &str)| {
        hive.eq_ignore_ascii_case(long) || hive.eq_ignore_ascii_case(short)
    };
    let hive = HIVES.iter().find(known).map_or(hive, |(_, short)| short);
    match value {
        Some(value) => format!("{hive}{rest}:{value}").into(),
        None => format!("{hive}{rest}").into(),
    }
}

/// Whether a key begins with a hive.
#[must_use]
pub fn has_hive(key: &str) -> bool {
    let hive = resource(key, None);
    let hive = hive.split('\\').next().unwrap_or_default();
    HIVES.iter().any(|(_, short)| *short == hive)
}

/// Key and value name of a resource; no value name where it is a key.
#[must_use]
pub fn parts(resource: &str) -> (&str, Option<&str>) {
    match resource.split_once(':') {
        Some((key, value)) => (key, Some(value)),
        None => (resource, None),
    }
}

/// The value of a registry value: type, data, and when it was written.
pub fn entry(kind: &str, data: impl Into<Value>, written: impl Into<Value>) -> Value {
    Value::map([
        ("type", Value::text(kind)),
        ("data", data.into()),
        ("written", written.into()),
    ])
}

/// The registry as the engine needs to know it.
pub struct RegistryFacility;

impl Facility for RegistryFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/registry.md")
    }

    fn act_access(&self, act: &Act) -> Access {
        match &*act.name {
            CREATE_KEY => Access::Write,
            _ => Access::Opaque,
        }
    }

    fn predict(&self, request: &Request, known: Known<'_>) -> Prediction {
        let before = known(&request.key());
        match &request.verb {
            Verb::Put(_) if before == Fact::Absent && known(&key_of(request)) == Fact::Absent => {
                no_such_key(request)
            }
            Verb::Put(value) => written(request, before, value),
            Verb::Delete => Prediction {
                reply: before.answer(),
                changes: vec![change(request.key(), before, Fact::Absent)],
            },
            _ => created(request, known),
        }
    }

    fn looks_at(&self, request: &Request) -> Vec<Key> {
        match &request.verb {
            Verb::Put(_) => vec![key_of(request)],
            Verb::Act(_) => keys_above(request).collect(),
            _ => Vec::new(),
        }
    }

    fn inverse(&self, change: &Change) -> Option<Request> {
        let verb = match &change.before {
            Fact::Known(value) if !value.get("type").is_null() => Verb::Put(bare(value)),
            Fact::Known(_) => act(CREATE_KEY, Value::Null),
            Fact::Absent => Verb::Delete,
            Fact::Unknown(_) => return None,
        };
        Some(change.key.request(verb))
    }

    fn repeat(&self, _: &Request) -> Repeat {
        Repeat::Safely
    }

    fn same(&self, one: &Value, other: &Value) -> bool {
        data::same(one, other)
    }

    fn show(&self, value: &Value) -> String {
        match value.get("type") {
            Value::Null => "key".to_owned(),
            _ => data::show(value),
        }
    }

    fn phrase(&self, request: &Request) -> String {
        let what = &request.resource;
        match &request.verb {
            Verb::Put(value) => format!("set {what} = {}", self.show(value)),
            Verb::Act(act) if &*act.name == CREATE_KEY => format!("create key {what}"),
            verb => format!("{} {what}", verb.word()),
        }
    }

    fn area(&self, request: &Request) -> Name {
        folded(&request.resource)
    }
}

fn change(key: Key, before: Fact, after: Fact) -> Change {
    Change { key, before, after }
}

fn bare(value: &Value) -> Value {
    Value::map([
        ("type", value.get("type").clone()),
        ("data", value.get("data").clone()),
    ])
}

fn written(request: &Request, before: Fact, value: &Value) -> Prediction {
    let after = match value {
        Value::Unknown(_) => value.clone(),
        value => Value::map([
            ("type", value.get("type").clone()),
            ("data", value.get("data").clone()),
            ("written", Moment::LATER.into()),
        ]),
    };
    Prediction {
        reply: before.answer(),
        changes: vec![change(request.key(), before, Fact::of(after))],
    }
}

fn created(request: &Request, known: Known<'_>) -> Prediction {
    let missing = keys_above(request)
        .chain([request.key()])
        .filter(|key| known(key) == Fact::Absent);
    let made = || Fact::Known(Value::map([("written", Moment::LATER.into())]));
    Prediction {
        reply: Answer::Value(Value::Null),
        changes: missing
            .map(|key| change(key, Fact::Absent, made()))
            .collect(),
    }
}

fn no_such_key(request: &Request) -> Prediction {
    let key = parts(&request.resource).0;
    let message = format!("there is no registry key {key}");
    Prediction {
        reply: Answer::Fault(Fault::new(Form::code("no-such-key"), message)),
        changes: Vec::new(),
    }
}

fn key_of(request: &Request) -> Key {
    Key {
        resource: parts(&request.resource).0.into(),
        ..request.key()
    }
}

/// The keys above a key, outermost first, its hive aside.
fn keys_above(request: &Request) -> impl Iterator<Item = Key> {
    let key = key_of(request);
    let ends: Vec<usize> = key.resource.match_indices('\\').map(|(at, _)| at).collect();
    ends.into_iter().skip(1).map(move |end| Key {
        resource: key.resource[..end].into(),
        ..key.clone()
    })
}

/// The registry of a host as a step sees it.
pub struct Registry<'w, 't> {
    world: &'w World<'t>,
    host: Name,
}

impl<'w, 't> Registry<'w, 't> {
    /// The registry at this host.
    pub fn at(world: &'w World<'t>, host: Name) -> Registry<'w, 't> {
        Registry { world, host }
    }

    /// What there is: `{type, data, written}` of a value, `{written}` of a key.
    ///
    /// # Errors
    /// No answer yet, unknown, or the driver's fault.
    pub fn get(&self, resource: &Name) -> Result<Option<&'t Value>, Stop> {
        found(self.world.ask(self.request(resource, Verb::Get))?)
    }

    /// Sets a value.
    ///
    /// # Errors
    /// No answer yet, or a fault: `no-such-key`.
    pub fn put(&self, resource: &Name, kind: &str, data: Value) -> Result<(), Stop> {
        let value = Value::map([("type", Value::text(kind)), ("data", data)]);
        self.tell(resource, Verb::Put(value))
    }

    /// Lets a value, or an empty key, not be there.
    ///
    /// # Errors
    /// No answer yet, or a fault: `key-not-empty`.
    pub fn delete(&self, resource: &Name) -> Result<(), Stop> {
        self.tell(resource, Verb::Delete)
    }

    /// Makes a key and those above it.
    ///
    /// # Errors
    /// No answer yet, or the driver's fault.
    pub fn create_key(&self, key: &Name) -> Result<(), Stop> {
        self.tell(key, act(CREATE_KEY, Value::Null))
    }

    fn tell(&self, resource: &Name, verb: Verb) -> Result<(), Stop> {
        let answer = self.world.tell(self.request(resource, verb))?;
        answer.map_or(Ok(None), found).map(|_| ())
    }

    fn request(&self, resource: &Name, verb: Verb) -> Request {
        let key = Key {
            host: self.host.clone(),
            facility: NAME.into(),
            resource: resource.clone(),
        };
        key.request(verb)
    }
}

#[cfg(test)]
mod tests {
    use super::{RegistryFacility, act, entry, parts, resource};
    use runsheet_step::fact::{Fact, Key};
    use runsheet_step::request::Verb;
    use runsheet_step::{Answer, Facility, Form, Moment, Prediction, Value};

    const DX: &str = r"HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX";

    fn predict(resource: &str, verb: Verb, known: &dyn Fn(&Key) -> Fact) -> Prediction {
        let key = Key {
            host: "EXCH1".into(),
            facility: "registry".into(),
            resource: resource.into(),
        };
        RegistryFacility.predict(&key.request(verb), known)
    }

    fn one() -> Value {
        entry("dword", 1, Moment(0))
    }

    #[test]
    fn a_resource_is_a_key_and_a_value_name() {
        let long = r"hkey_local_machine\SYSTEM\CurrentControlSet\Services\MSExchangeDX\";
        let pause = resource(long, Some("PauseKicksDX"));
        assert_eq!(&*pause, format!("{DX}:PauseKicksDX"));
        assert_eq!(parts(&pause), (DX, Some("PauseKicksDX")));
        assert_eq!(parts(DX), (DX, None));
    }

    #[test]
    fn a_value_that_is_put_is_written_later() {
        let known = |_: &Key| Fact::Known(entry("dword", 0, Moment(0)));
        let pause = resource(DX, Some("PauseKicksDX"));
        let put = predict(&pause, Verb::Put(one()), &known);
        let change = &put.changes[0];
        let after = change.after.known().expect("it is known");
        assert_eq!(after.get("written"), &Value::Moment(Moment::LATER));
        assert!(RegistryFacility.same(after, &one()));
        let inverse = RegistryFacility.inverse(change).expect("it was there");
        assert_eq!(
            RegistryFacility.phrase(&inverse),
            format!("set {DX}:PauseKicksDX = dword 0")
        );
    }

    #[test]
    fn a_value_cannot_be_put_under_a_key_that_there_is_not() {
        let pause = resource(DX, Some("PauseKicksDX"));
        let put = predict(&pause, Verb::Put(one()), &|_| Fact::Absent);
        let Answer::Fault(fault) = put.reply else {
            panic!("there is no such key")
        };
        assert_eq!(fault.form, Form::code("no-such-key"));
        assert_eq!(put.changes, Vec::new());
    }

    #[test]
    fn the_keys_above_are_made_too() {
        let known = |key: &Key| match &*key.resource {
            r"HKLM\SYSTEM" => Fact::Known(Value::Null),
            _ => Fact::Absent,
        };
        let made = predict(r"HKLM\SYSTEM\A\B", act("create-key", Value::Null), &known);
        let names: Vec<_> = made
            .changes
            .iter()
            .map(|made| &*made.key.resource)
            .collect();
        assert_eq!(names, [r"HKLM\SYSTEM\A", r"HKLM\SYSTEM\A\B"]);
    }
}
