//! What a kind takes and gives: enough for checks, completion, schema and help without running it.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Name;
use crate::bounds::Bounds;

/// The type of a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Type {
    /// Anything.
    Any,
    /// Nothing.
    Null,
    /// True or false.
    Bool,
    /// A whole number.
    Int,
    /// A number.
    Number,
    /// Text; a scalar of any look keeps its source text.
    Text,
    /// A path in the host's own notation.
    Path,
    /// A text pattern, see [`crate::pattern::Pattern`].
    Pattern,
    /// A length of time.
    Duration,
    /// A dotted version.
    Version,
    /// A point in time.
    Moment,
    /// A text that is a secret.
    Secret,
    /// A host of the site.
    Host,
    /// One of these words.
    Word(Vec<Name>),
    /// Text of which these are well-known forms: a near miss of one is taken for a mistake.
    Known(Vec<Name>),
    /// A list of these.
    List(Box<Type>),
    /// Any names to values of one type.
    Map(Box<Type>),
    /// A map of these fields and no others.
    Record(Vec<Field>),
    /// A map of any names, of which these are well known; the others have the type given.
    Open(Vec<Field>, Box<Type>),
    /// One of these.
    OneOf(Vec<Type>),
}

impl Type {
    /// One of these words.
    #[must_use]
    pub fn word(words: &[&str]) -> Type {
        Type::Word(words.iter().map(|word| Name::from(*word)).collect())
    }

    /// Text, with well-known forms.
    #[must_use]
    pub fn known(words: &[&str]) -> Type {
        Type::Known(words.iter().map(|word| Name::from(*word)).collect())
    }

    /// A list of these.
    #[must_use]
    pub fn list(of: Type) -> Type {
        Type::List(Box::new(of))
    }

    /// Any names to values of this type.
    #[must_use]
    pub fn map(of: Type) -> Type {
        Type::Map(Box::new(of))
    }
}

impl fmt::Display for Type {
    /// As a workflow writes it or a message says it: `list<host>`, ``one of `start`, `stop` ``.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Type::Any => "any value",
            Type::Null => "null",
            Type::Bool => "bool",
            Type::Int => "int",
            Type::Number => "number",
            Type::Text | Type::Known(_) => "text",
            Type::Path => "path",
            Type::Pattern => "pattern",
            Type::Duration => "duration",
            Type::Version => "version",
            Type::Moment => "time",
            Type::Secret => "secret",
            Type::Host => "host",
            Type::Map(_) | Type::Record(_) | Type::Open(..) => "map",
            Type::List(of) => return write!(out, "list<{of}>"),
            Type::Word(words) => return write!(out, "one of {}", tick_all(words)),
            Type::OneOf(types) => {
                let words: Vec<_> = types.iter().map(Type::to_string).collect();
                return out.write_str(&words.join(" or "));
            }
        };
        out.write_str(word)
    }
}

fn tick_all(words: &[Name]) -> String {
    words
        .iter()
        .map(|word| format!("`{word}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// One named part of an input or an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// Its key.
    pub name: Name,
    /// What it may hold.
    pub kind: Type,
    /// Whether it must be there.
    #[serde(default)]
    pub required: bool,
    /// Whether a secret may stand in it (its own type aside).
    #[serde(default)]
    pub takes_secret: bool,
    /// Between what its numbers lie.
    #[serde(flatten)]
    pub bounds: Bounds,
    /// One line for help and completion.
    #[serde(default)]
    pub doc: Name,
}

impl Field {
    /// A field that may be left out.
    pub fn new(name: impl Into<Name>, kind: Type, doc: impl Into<Name>) -> Field {
        Field {
            name: name.into(),
            kind,
            required: false,
            takes_secret: false,
            bounds: Bounds::default(),
            doc: doc.into(),
        }
    }

    /// It must be there.
    #[must_use]
    pub fn required(mut self) -> Field {
        self.required = true;
        self
    }

    /// What it may hold, as help says it: `int from 0 to 255`.
    #[must_use]
    pub fn holds(&self) -> String {
        format!("{}{}", self.kind, self.bounds.words())
    }

    /// Its numbers are not less and not more.
    #[must_use]
    pub fn within(mut self, least: Option<i64>, most: Option<i64>) -> Field {
        self.bounds = Bounds { least, most };
        self
    }

    /// A secret may stand in it.
    #[must_use]
    pub fn takes_secret(mut self) -> Field {
        self.takes_secret = true;
        self
    }
}

/// Whether a kind acts at a host.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HostNeed {
    /// It must be told where.
    #[default]
    Required,
    /// It may be told where.
    Optional,
    /// It happens nowhere.
    None,
}

/// What a kind takes and gives.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shape {
    /// One line: what the kind does.
    pub summary: Name,
    /// Whether it needs a host.
    #[serde(default)]
    pub host: HostNeed,
    /// The fields of `with:`.
    #[serde(default)]
    pub inputs: Vec<Field>,
    /// What it gives when it ends well.
    #[serde(default)]
    pub outputs: Vec<Field>,
    /// The inputs that say where it arms, `host` being one by itself; empty: it does not arm.
    #[serde(default)]
    pub place: Vec<Name>,
    /// A step of this kind in YAML, as `explain` shows it; checked by a test.
    #[serde(default)]
    pub example: Name,
}

impl Shape {
    /// A shape with nothing in it but what the kind does.
    pub fn new(summary: impl Into<Name>) -> Shape {
        Shape {
            summary: summary.into(),
            ..Shape::default()
        }
    }

    /// These inputs.
    #[must_use]
    pub fn inputs(mut self, fields: impl IntoIterator<Item = Field>) -> Shape {
        self.inputs = fields.into_iter().collect();
        self
    }

    /// These outputs.
    #[must_use]
    pub fn outputs(mut self, fields: impl IntoIterator<Item = Field>) -> Shape {
        self.outputs = fields.into_iter().collect();
        self
    }

    /// The inputs that say where it arms.
    #[must_use]
    pub fn armed_by(mut self, inputs: &[&str]) -> Shape {
        self.place = inputs.iter().map(|name| Name::from(*name)).collect();
        self
    }

    /// Whether it is told where it acts.
    #[must_use]
    pub fn host(mut self, need: HostNeed) -> Shape {
        self.host = need;
        self
    }

    /// A step of this kind in YAML.
    #[must_use]
    pub fn example(mut self, yaml: &str) -> Shape {
        self.example = yaml.into();
        self
    }

    /// Whether it arms at all.
    #[must_use]
    pub fn arms(&self) -> bool {
        !self.place.is_empty()
    }
}
