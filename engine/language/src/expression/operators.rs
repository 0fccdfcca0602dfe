//! The operators between two values.

use std::cmp::Ordering;
use std::fmt;

use runsheet_step::Value;
use serde::{Deserialize, Serialize};

/// An operator between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// `||`, `or`
    Or,
    /// `&&`, `and`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
    /// `in`
    In,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Operator {
    /// All of them.
    pub const ALL: [Operator; 14] = [
        Operator::Or,
        Operator::And,
        Operator::Equal,
        Operator::NotEqual,
        Operator::Less,
        Operator::LessOrEqual,
        Operator::Greater,
        Operator::GreaterOrEqual,
        Operator::In,
        Operator::Add,
        Operator::Subtract,
        Operator::Multiply,
        Operator::Divide,
        Operator::Remainder,
    ];

    /// As it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Operator::Or => "||",
            Operator::And => "&&",
            Operator::Equal => "==",
            Operator::NotEqual => "!=",
            Operator::Less => "<",
            Operator::LessOrEqual => "<=",
            Operator::Greater => ">",
            Operator::GreaterOrEqual => ">=",
            Operator::In => "in",
            Operator::Add => "+",
            Operator::Subtract => "-",
            Operator::Multiply => "*",
            Operator::Divide => "/",
            Operator::Remainder => "%",
        }
    }

    /// How tightly it binds: more is tighter.
    pub(super) fn strength(self) -> u8 {
        match self {
            Operator::Or => 1,
            Operator::And => 2,
            Operator::Add | Operator::Subtract => 5,
            Operator::Multiply | Operator::Divide | Operator::Remainder => 6,
            _ => COMPARISON,
        }
    }

    /// Whether it compares, which cannot be chained.
    pub(super) fn compares(self) -> bool {
        self.strength() == COMPARISON
    }

    /// Whether it asks for the order of two values.
    pub(super) fn orders(self) -> bool {
        self.compares() && !matches!(self, Operator::Equal | Operator::NotEqual | Operator::In)
    }
}

/// The strength of comparisons; `not` stands between them and `and`.
pub(super) const COMPARISON: u8 = 4;

impl fmt::Display for Operator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.sign())
    }
}

/// Why an operator gives nothing: the message and what to do.
pub(super) type Refusal = (String, Option<&'static str>);

/// The value of an operator on two values that are known and no secrets.
pub(super) fn apply(operator: Operator, left: &Value, right: &Value) -> Result<Value, Refusal> {
    match operator {
        Operator::Equal => equal(left, right).map(Value::Bool),
        Operator::NotEqual => equal(left, right).map(|same| Value::Bool(!same)),
        Operator::In => contains(right, left).map(Value::Bool),
        _ if operator.orders() => ordered(operator, left, right).map(Value::Bool),
        _ => calculated(operator, left, right),
    }
}

fn mixed(operator: Operator, left: &Value, right: &Value) -> Refusal {
    let (one, other) = (left.kind(), right.kind());
    let message = format!("`{operator}` is not for {one} and {other}");
    (message, hint(one, other))
}

/// What to do about two kinds that do not go together.
pub(super) fn hint(one: &str, other: &str) -> Option<&'static str> {
    let both = |a, b| (one, other) == (a, b) || (one, other) == (b, a);
    if both("version", "text") || both("version", "number") || both("version", "int") {
        return Some("make a version of it: `version(\"5.0\")`");
    }
    if both("duration", "text") || both("duration", "int") {
        return Some("make a duration of it: `duration(\"5m\")`");
    }
    if both("host", "text") {
        return Some("ask for the name of the host: `.name`");
    }
    if both("int", "text") || both("number", "text") {
        return Some("convert one side, with `int(...)` or `text(...)`");
    }
    (one == "text" && other == "text")
        .then_some("versions are compared with `version(...)`, texts are joined with `format`")
}

/// Whether two values are the same. Anything can be compared with null; otherwise both must be of
/// one kind, for a comparison that never holds is a mistake.
pub(super) fn equal(left: &Value, right: &Value) -> Result<bool, Refusal> {
    match (left, right) {
        (Value::Null, Value::Null) => Ok(true),
        (Value::Null, _) | (_, Value::Null) => Ok(false),
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => {
            Ok(numeric(left, right) == Some(Ordering::Equal))
        }
        (Value::Version(a), Value::Version(b)) => Ok(version_order(a, b) == Ordering::Equal),
        (Value::Host(a), Value::Host(b)) => Ok(a.name == b.name),
        (Value::List(a), Value::List(b)) => {
            let pairs = a.iter().zip(b.iter());
            Ok(a.len() == b.len()
                && pairs
                    .into_iter()
                    .try_fold(true, |so_far, (a, b)| Ok(so_far && equal(a, b)?))?)
        }
        _ if left.kind() == right.kind() => Ok(left == right),
        _ => Err(mixed(Operator::Equal, left, right)),
    }
}

/// Whether a list, a text or the keys of a map hold a value.
pub(super) fn contains(holder: &Value, value: &Value) -> Result<bool, Refusal> {
    match (holder, value) {
        (Value::List(items), value) => {
            for item in items.iter() {
                if equal(item, value)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        (Value::Text(text), Value::Text(part)) => Ok(text.contains(&**part)),
        (Value::Map(map), Value::Text(key)) => Ok(map.contains_key(key)),
        _ => Err(mixed(Operator::In, value, holder)),
    }
}

fn ordered(operator: Operator, left: &Value, right: &Value) -> Result<bool, Refusal> {
    let order = match (left, right) {
        (Value::Version(a), Value::Version(b)) => Some(version_order(a, b)),
        (Value::Duration(a), Value::Duration(b)) => Some(a.cmp(b)),
        (Value::Moment(a), Value::Moment(b)) => Some(a.cmp(b)),
        (Value::Int(_) | Value::Float(_), Value::Int(_) | Value::Float(_)) => numeric(left, right),
        _ => return Err(mixed(operator, left, right)),
    };
    Ok(order.is_some_and(|order| match operator {
        Operator::Less => order.is_lt(),
        Operator::LessOrEqual => order.is_le(),
        Operator::Greater => order.is_gt(),
        _ => order.is_ge(),
    }))
}

/// Versions part by part, numbers as numbers: `5.10` is later than `5.5`, and `5` is `5.0`.
pub(super) fn version_order(a: &str, b: &str) -> Ordering {
    let parts = |version: &str| -> Vec<u64> {
        version
            .split('.')
            .map(|part| part.parse().unwrap_or(0))
            .collect()
    };
    let (mut a, mut b) = (parts(a), parts(b));
    let length = a.len().max(b.len());
    a.resize(length, 0);
    b.resize(length, 0);
    a.cmp(&b)
}

fn float(value: &Value) -> Option<f64> {
    match value {
        #[expect(
            clippy::cast_precision_loss,
            reason = "an int beside another number is one"
        )]
        Value::Int(number) => Some(*number as f64),
        Value::Float(number) => Some(*number),
        _ => None,
    }
}

fn numeric(left: &Value, right: &Value) -> Option<Ordering> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        _ => float(left)?.partial_cmp(&float(right)?),
    }
}

fn calculated(operator: Operator, left: &Value, right: &Value) -> Result<Value, Refusal> {
    match (left, right) {
        (Value::Int(a), Value::Int(b)) => whole(operator, *a, *b),
        (Value::Duration(a), Value::Duration(b)) if operator == Operator::Add => {
            let sum = a.checked_add(*b).map(Value::from);
            sum.ok_or_else(|| ("the duration is too long".to_owned(), None))
        }
        (Value::Duration(a), Value::Duration(b)) if operator == Operator::Subtract => {
            Ok(a.saturating_sub(*b).into())
        }
        (Value::Moment(a), Value::Moment(b)) if operator == Operator::Subtract => {
            Ok(a.since(*b).into())
        }
        (Value::Moment(a), Value::Duration(b)) if operator == Operator::Add => {
            Ok(a.after(*b).into())
        }
        (Value::Moment(a), Value::Duration(b)) if operator == Operator::Subtract => {
            Ok(a.before(*b).into())
        }
        _ => match (float(left), float(right)) {
            (Some(a), Some(b)) => floating(operator, a, b),
            _ => Err(mixed(operator, left, right)),
        },
    }
}

fn whole(operator: Operator, a: i64, b: i64) -> Result<Value, Refusal> {
    if b == 0 && matches!(operator, Operator::Divide | Operator::Remainder) {
        return Err(by_zero());
    }
    let result = match operator {
        Operator::Add => a.checked_add(b),
        Operator::Subtract => a.checked_sub(b),
        Operator::Multiply => a.checked_mul(b),
        Operator::Divide => a.checked_div(b),
        _ => a.checked_rem(b),
    };
    result.map(Value::Int).ok_or_else(too_large)
}

fn floating(operator: Operator, a: f64, b: f64) -> Result<Value, Refusal> {
    if b == 0.0 && matches!(operator, Operator::Divide | Operator::Remainder) {
        return Err(by_zero());
    }
    let result = match operator {
        Operator::Add => a + b,
        Operator::Subtract => a - b,
        Operator::Multiply => a * b,
        Operator::Divide => a / b,
        _ => a % b,
    };
    match result.is_finite() {
        true => Ok(Value::Float(result)),
        false => Err(too_large()),
    }
}

fn by_zero() -> Refusal {
    ("this divides by zero".to_owned(), None)
}

fn too_large() -> Refusal {
    ("the number is too large".to_owned(), None)
}
