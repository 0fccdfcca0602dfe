//! Which values are not to be shown: one that is written out by mistake must not be shown once
//! more.

use std::collections::BTreeSet;

use runsheet_step::shape::Type;
use runsheet_step::{Catalogue, Name};

use crate::document::Node;
use crate::site::secrets::SECRET;
use crate::workflow::Workflow;

/// In place of a secret.
pub const HIDDEN: &str = "***";

/// The names whose values are secrets, and what is hidden for their sake.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    names: BTreeSet<Name>,
}

impl Secrets {
    /// The inputs and variables of hosts that a workflow and what it calls declare as secrets or
    /// as something that holds secrets, and such inputs of kinds.
    #[must_use]
    pub fn of(workflow: &Workflow, catalogue: &Catalogue) -> Secrets {
        let mut names = BTreeSet::new();
        let inputs = workflow.ids().flat_map(|scope| workflow.inputs_of(scope));
        for (name, input) in inputs {
            names.extend(holds_secret(&input.kind).then(|| name.clone()));
            let vars = input.vars.iter();
            let vars = vars.filter(|(_, var)| holds_secret(&var.kind));
            names.extend(vars.map(|(name, _)| name.clone()));
        }
        let fields = catalogue.kinds();
        let fields = fields.flat_map(|(_, kind)| &kind.shape().inputs);
        let fields = fields.filter(|field| holds_secret(&field.kind));
        names.extend(fields.map(|field| field.name.clone()));
        Secrets { names }
    }

    /// Whether a text given by a name is hidden.
    #[must_use]
    pub fn hides(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// What is hidden of what keys lead to, from the root of a file.
    #[must_use]
    pub fn veil_at(&self, keys: &[&str]) -> Veil {
        keys.iter()
            .fold(Veil::None, |veil, key| self.veil(veil, None, key))
    }

    /// What is hidden of an entry of a map, by what is hidden of the map. Where a secret is kept is
    /// shown, and so is how one is declared, but for its default.
    #[must_use]
    pub fn veil_under(&self, veil: Veil, map: Node<'_>, key: &str) -> Veil {
        self.veil(veil, Some(map), key)
    }

    fn veil(&self, veil: Veil, map: Option<Node<'_>>, key: &str) -> Veil {
        let kind = map.and_then(|map| map.get("type")?.value.text());
        let is_shown = match kind.is_some_and(|kind| kind.contains("secret")) {
            true => key != "default",
            false => is_place(key),
        };
        match veil {
            Veil::Names => Veil::Values,
            Veil::Values if !is_shown => Veil::Values,
            _ if self.hides(key) => Veil::Values,
            _ if key == "secrets" => Veil::Names,
            _ => Veil::None,
        }
    }
}

/// What is hidden of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Veil {
    /// Nothing.
    None,
    /// All scalars, and all entries as well: the keys are names of secrets.
    Names,
    /// All scalars but those that say where a secret is kept.
    Values,
}

impl Veil {
    /// Whether a scalar is hidden.
    #[must_use]
    pub fn hides(self, text: &str) -> bool {
        self != Veil::None && !is_reference(text)
    }
}

/// Whether a key says where a secret is kept.
fn is_place(key: &str) -> bool {
    SECRET.names().any(|place| place == key)
}

/// Whether a text only says where a secret is kept.
pub(super) fn is_reference(text: &str) -> bool {
    text.starts_with("secrets.") || text.starts_with("${{") || text == "secret"
}

/// Whether values of a type are secrets or hold some.
fn holds_secret(kind: &Type) -> bool {
    match kind {
        Type::Secret => true,
        Type::List(of) | Type::Map(of) => holds_secret(of),
        Type::Record(fields) => fields.iter().any(|field| holds_secret(&field.kind)),
        Type::Open(fields, of) => {
            holds_secret(of) || fields.iter().any(|field| holds_secret(&field.kind))
        }
        Type::OneOf(kinds) => kinds.iter().any(holds_secret),
        _ => false,
    }
}
