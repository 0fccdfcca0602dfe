//! Functions of texts.

use std::sync::Arc;

use runsheet_step::pattern::Pattern;
use runsheet_step::shape::Type;
use runsheet_step::{Piece, Secret, Value};

use super::{Function, parameter, refused};
use crate::expression::infer::families::{ANY, LIST, TEXT, may_hold_secret};

/// The longest text that an expression makes, in bytes.
pub(in crate::expression) const LONGEST: usize = 1 << 20;

/// What is said of a longer one.
pub(super) const TOO_LONG: &str = "the text is longer than 1 MiB";

pub(super) static STARTS_WITH: Function = Function {
    name: "starts_with",
    parameters: &[parameter("text", TEXT), parameter("beginning", TEXT)],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Bool,
    call: |arguments| {
        let [text, beginning] = two_texts(arguments)?;
        Ok(Value::Bool(text.starts_with(beginning)))
    },
    doc: "whether a text begins with another",
    examples: &[("starts_with(\"ReqTx R=8\", \"ReqTx\")", "true")],
};

pub(super) static MATCHES: Function = Function {
    name: "matches",
    parameters: &[parameter("text", TEXT), parameter("pattern", TEXT)],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Bool,
    call: |arguments| {
        let [text, pattern] = two_texts(arguments)?;
        let pattern = Pattern::parse(pattern).map_err(|bad| bad.message)?;
        Ok(Value::Bool(pattern.matches(text, false)))
    },
    doc: "whether a whole text matches a pattern",
    examples: &[
        (
            "matches(\"ReqTx R=8 (was 5)\", \"ReqTx R={r:int} (was {was:int})\")",
            "true",
        ),
        ("matches(\"SrvTx\", \"ReqTx\")", "false"),
    ],
};

pub(super) static CAPTURE: Function = Function {
    name: "capture",
    parameters: &[parameter("text", TEXT), parameter("pattern", TEXT)],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::map(Type::Any),
    call: |arguments| {
        let [text, pattern] = two_texts(arguments)?;
        let pattern = Pattern::parse(pattern).map_err(|bad| bad.message)?;
        let nothing = || {
            let names = pattern.captures().iter();
            names.map(|(name, _)| (name.clone(), Value::Null)).collect()
        };
        let found = pattern.captured(text, false);
        Ok(Value::map(found.unwrap_or_else(nothing)))
    },
    doc: "what a pattern captures of a whole text, each null where the text does not match",
    examples: &[
        (
            "capture(\"NORTH/SALES/$SYSTEM\", \"{name:word}/$SYSTEM\").name",
            "NORTH/SALES",
        ),
        ("capture(\"SrvTx\", \"ReqTx R={r:int}\").r == null", "true"),
    ],
};

/// The steps it takes to match a text: every part of the pattern that branches may be tried at
/// every letter, of which some are a step.
pub(super) fn tries(text: &Value, pattern: &Value) -> u64 {
    let (Some(text), Some(pattern)) = (text.as_text(), pattern.as_text()) else {
        return 0;
    };
    let branches = pattern.matches(['{', '[']).count();
    (text.len() * branches / LETTERS_TRIED) as u64
}

/// How many letters are tried in one step.
const LETTERS_TRIED: usize = 8;

pub(super) static LOWER: Function = Function {
    name: "lower",
    parameters: &[parameter("text", TEXT)],
    repeats: false,
    shallow: false,
    secrets: false,
    gives: |_| Type::Text,
    call: |arguments| match arguments[0].as_text() {
        Some(text) => Ok(Value::text(text.to_lowercase())),
        None => Err(refused("text", &arguments[0])),
    },
    doc: "a text in small letters",
    examples: &[("lower(\"SALES\")", "sales")],
};

pub(super) static JOIN: Function = Function {
    name: "join",
    parameters: &[parameter("list", LIST), parameter("between", TEXT)],
    repeats: false,
    shallow: false,
    secrets: true,
    gives: text_of,
    call: |arguments| {
        let between = arguments[1]
            .as_text()
            .ok_or_else(|| refused("text", &arguments[1]))?;
        let mut joined = Joined::default();
        for (n, item) in arguments[0].items().iter().enumerate() {
            if n > 0 {
                joined.text(between);
            }
            joined.value(item)?;
        }
        joined.finish()
    },
    doc: "the items of a list as one text",
    examples: &[("join([\"a\", 1], \", \")", "a, 1")],
};

pub(super) static FORMAT: Function = Function {
    name: "format",
    parameters: &[parameter("text", TEXT), parameter("values", ANY)],
    repeats: true,
    shallow: false,
    secrets: true,
    gives: text_of,
    call: |arguments| {
        let text = arguments[0]
            .as_text()
            .ok_or_else(|| refused("text", &arguments[0]))?;
        let (gaps, given) = (text.matches("{}").count(), arguments.len() - 1);
        if gaps != given {
            return Err(format!(
                "the text has {gaps} `{{}}`, but {given} values are given"
            ));
        }
        let mut joined = Joined::default();
        for (n, part) in text.split("{}").enumerate() {
            if n > 0 {
                joined.value(&arguments[n])?;
            }
            joined.text(part);
        }
        joined.finish()
    },
    doc: "a text with values in place of its `{}`",
    examples: &[("format(\"R={} of {}\", 8, \"SALES\")", "R=8 of SALES")],
};

/// The type of a text that is made of such values: with a secret in it, it is one.
pub(super) fn text_of(types: &[Type]) -> Type {
    match types.iter().any(may_hold_secret) {
        true => Type::Secret,
        false => Type::Text,
    }
}

fn two_texts(arguments: &[Value]) -> Result<[&str; 2], String> {
    match (&arguments[0], &arguments[1]) {
        (Value::Text(one), Value::Text(other)) => Ok([one, other]),
        (Value::Text(_), other) | (other, _) => Err(refused("text", other)),
    }
}

/// A text in the making, which becomes a secret with the first secret in it.
#[derive(Default)]
pub(in crate::expression) struct Joined {
    pieces: Vec<Piece>,
    plain: String,
    /// The bytes of plain text there were; what is too many is not kept.
    length: usize,
    secret: bool,
}

impl Joined {
    /// Adds text that anybody may read.
    pub(in crate::expression) fn text(&mut self, text: &str) {
        self.length += text.len();
        if self.length <= LONGEST {
            self.plain.push_str(text);
        }
    }

    /// Adds a value as text.
    ///
    /// # Errors
    /// For null, lists and maps, which no text shows by accident.
    pub(in crate::expression) fn value(&mut self, value: &Value) -> Result<(), String> {
        match value {
            Value::Null => Err("null cannot be put into text: give it a `default`".to_owned()),
            Value::List(_) | Value::Map(_) => {
                let kind = value.kind();
                Err(format!(
                    "a {kind} cannot be put into text: convert it with `json` or `join`"
                ))
            }
            Value::Secret(secret) => {
                self.secret(secret);
                Ok(())
            }
            value => {
                self.text(&value.to_string());
                Ok(())
            }
        }
    }

    fn secret(&mut self, secret: &Secret) {
        self.secret = true;
        for piece in secret.pieces() {
            match piece {
                Piece::Plain(text) => self.text(text),
                reference @ Piece::Reference(_) => {
                    self.close();
                    self.pieces.push(reference.clone());
                }
            }
        }
    }

    fn close(&mut self) {
        if !self.plain.is_empty() {
            self.pieces
                .push(Piece::Plain(std::mem::take(&mut self.plain).into()));
        }
    }

    /// The text.
    ///
    /// # Errors
    /// When it is longer than 1 MiB.
    pub(in crate::expression) fn finish(mut self) -> Result<Value, String> {
        if self.length > LONGEST {
            return Err(TOO_LONG.to_owned());
        }
        if !self.secret {
            return Ok(Value::text(self.plain));
        }
        self.close();
        Ok(Value::Secret(Arc::new(Secret::text(self.pieces))))
    }
}
