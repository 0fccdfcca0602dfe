//! The forms that a value under a key can have: a scalar, a list, a map.

use runsheet_step::shape::Type;

use super::{Keys, Known, Takes};
use crate::document::Node;

/// Which forms are possible.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Forms {
    pub(crate) scalar: bool,
    pub(crate) list: bool,
    pub(crate) map: bool,
}

const NONE: Forms = Forms {
    scalar: false,
    list: false,
    map: false,
};
const SCALAR: Forms = Forms {
    scalar: true,
    ..NONE
};
const LIST: Forms = Forms { list: true, ..NONE };
const MAP: Forms = Forms { map: true, ..NONE };
const ALL: Forms = Forms {
    scalar: true,
    list: true,
    map: true,
};

impl Forms {
    fn or(self, other: Forms) -> Forms {
        Forms {
            scalar: self.scalar || other.scalar,
            list: self.list || other.list,
            map: self.map || other.map,
        }
    }

    fn of_type(kind: &Type) -> Forms {
        match kind {
            Type::Any => ALL,
            Type::List(_) => LIST,
            Type::Map(_) | Type::Record(_) | Type::Open(..) => MAP,
            Type::OneOf(kinds) => kinds.iter().map(Forms::of_type).fold(NONE, Forms::or),
            _ => SCALAR,
        }
    }

    fn of(takes: &Takes) -> Forms {
        match takes {
            Takes::Value(kind) | Takes::Plain(kind) => Forms::of_type(&kind()),
            Takes::Texts | Takes::Steps => SCALAR.or(LIST),
            Takes::Keys(_)
            | Takes::Map(_)
            | Takes::With
            | Takes::Facilities(_)
            | Takes::Patch(_) => MAP,
            Takes::List(_) => LIST,
            Takes::Either(all) => all.iter().map(Forms::of).fold(NONE, Forms::or),
            Takes::Anything => ALL,
            _ => SCALAR,
        }
    }

    /// Whether a value has one of them. Nothing, a mistake and an expression may stand for any.
    pub(crate) fn fit(self, value: Node<'_>) -> bool {
        match value.text() {
            _ if value.is_null() || value.is_hole() => true,
            Some(text) => self.scalar || text.contains("${{"),
            None if value.is_list() => self.list,
            None => self.map,
        }
    }

    /// What messages call the only form there is: `a list`.
    pub(crate) fn only(self) -> Option<&'static str> {
        match self {
            LIST => Some("a list"),
            MAP => Some("a map"),
            SCALAR => Some("a single value"),
            _ => None,
        }
    }
}

impl Keys<'_> {
    /// The forms that a value under one of its keys can have.
    pub(crate) fn forms(&self, name: &str) -> Forms {
        match self.known {
            Known::Table(keys) => {
                let key = keys.iter().find(|key| key.name == name);
                key.map_or(ALL, |key| Forms::of(&key.takes))
            }
            Known::Fields(fields) => {
                let field = fields.iter().find(|field| *field.name == *name);
                field.map_or(ALL, |field| Forms::of_type(&field.kind))
            }
            Known::Names(_) => ALL,
        }
    }
}
