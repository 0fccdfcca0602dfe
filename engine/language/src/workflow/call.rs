//! A step that calls steps written elsewhere: a `define:`d kind, or a whole workflow.
//!
//! A call is a group with a scope of its own. What stands in it sees the inputs of the call and
//! its own steps, and nothing else of its caller; the caller sees its outputs, and nothing else of
//! what stands in it.

use indexmap::IndexMap;
use runsheet_diagnostics::span::Span;
use runsheet_step::shape::{Field, Type};
use runsheet_step::{Name, Value};
use serde::{Deserialize, Serialize};

use super::{InputDeclaration, StepId};
use crate::expression::Template;

/// What a group has that is a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Call {
    /// What is called, as `uses:` names it: `send-t1`, `dx.verify`, `./pc-only.yaml`.
    pub kind: Name,
    /// Where `uses:` names it.
    pub span: Span,
    /// Where what is called declares itself.
    pub declared: Span,
    /// What it is given, in the order declared.
    pub inputs: IndexMap<Name, CallInput>,
    /// What it gives when it ends well, in the order declared.
    pub outputs: IndexMap<Name, OutputDeclaration>,
    /// Its own list of `finally:`, the last of its children. What is changed in it for the time
    /// being is taken back after that; a whole workflow has one even if it writes none.
    pub finally: Option<StepId>,
}

/// One input of a call.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CallInput {
    /// As what is called declares it.
    pub declared: InputDeclaration,
    /// What the caller gives, in the names that the caller sees; nothing: the default.
    pub given: Option<Template>,
}

/// What a called list gives when it ends well.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OutputDeclaration {
    /// Where its name stands.
    pub span: Span,
    /// Its type, as said or as found.
    pub kind: Type,
    /// Whether its type is said.
    pub is_typed: bool,
    /// What it is, in the names seen inside.
    pub value: Template,
    /// One line for help.
    pub doc: Name,
}

impl Call {
    /// The inputs as fields of a `with:`.
    #[must_use]
    pub fn fields(inputs: &[(Name, InputDeclaration)]) -> Vec<Field> {
        let field = |(name, input): &(Name, InputDeclaration)| {
            let kind = input.kind.clone();
            let field = Field::new(name.clone(), kind, input.doc.clone());
            let field = match input.default {
                Some(_) => field,
                None => field.required(),
            };
            match input.kind {
                Type::Secret => field.takes_secret(),
                _ => field,
            }
        };
        inputs.iter().map(field).collect()
    }

    /// The outputs as fields.
    #[must_use]
    pub fn output_fields(&self) -> Vec<Field> {
        let field = |(name, output): (&Name, &OutputDeclaration)| {
            Field::new(name.clone(), output.kind.clone(), output.doc.clone())
        };
        self.outputs.iter().map(field).collect()
    }
}

/// A host by its name where one stands to be, in lists of hosts too.
///
/// # Errors
/// A name that no host of the site has.
pub fn as_hosts(
    value: Value,
    kind: &Type,
    host: &dyn Fn(&Name) -> Option<Value>,
) -> Result<Value, Name> {
    match (kind, &value) {
        (Type::Host, Value::Text(name)) => host(name).ok_or_else(|| name.clone()),
        (Type::List(of), Value::List(items)) => {
            let items = items.iter().map(|item| as_hosts(item.clone(), of, host));
            Ok(Value::list(items.collect::<Result<Vec<_>, _>>()?))
        }
        _ => Ok(value),
    }
}
