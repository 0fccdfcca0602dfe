//! Values of a site file as they are: what type they have is the workflow's to say.

use runsheet_step::{Name, Value};

use super::Setting;
use crate::document::{Core, Form, Node};

/// A value by the core schema of YAML.
pub(crate) fn plain(node: Node<'_>) -> Value {
    match node.form() {
        Form::Scalar(..) => match node.core() {
            None | Some(Core::Null) => Value::Null,
            Some(Core::Bool(truth)) => Value::Bool(truth),
            Some(Core::Int(number)) => Value::Int(number),
            Some(Core::Float(number)) => Value::Float(number),
            Some(Core::Text(text)) => Value::text(text),
        },
        Form::List => Value::list(node.items().map(plain)),
        Form::Map => {
            let entries = node.entries();
            Value::map(entries.map(|entry| (Name::from(entry.name()), plain(entry.value))))
        }
        Form::Hole => Value::Null,
    }
}

/// A value with its place and its source text.
pub(crate) fn setting(node: Node<'_>) -> Setting {
    Setting {
        value: plain(node),
        text: node.text().map(Name::from),
        items: node.items().map(setting).collect(),
        span: node.span(),
    }
}
