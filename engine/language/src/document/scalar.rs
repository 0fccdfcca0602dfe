//! What an unquoted scalar is by the core schema of YAML 1.2 (section 10.3).
//!
//! It is asked only where no type is known. `yes`, `NO` and `12:30:45` are text, as 1.2 has it.

use super::node::{Form, Node, Style};

/// A scalar by the core schema.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Core<'d> {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number that fits.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(&'d str),
}

impl<'d> Core<'d> {
    /// What an unquoted text is.
    pub fn of(text: &'d str) -> Self {
        match text {
            "" | "~" | "null" | "Null" | "NULL" => return Core::Null,
            "true" | "True" | "TRUE" => return Core::Bool(true),
            "false" | "False" | "FALSE" => return Core::Bool(false),
            ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => {
                return Core::Float(f64::INFINITY);
            }
            "-.inf" | "-.Inf" | "-.INF" => return Core::Float(f64::NEG_INFINITY),
            ".nan" | ".NaN" | ".NAN" => return Core::Float(f64::NAN),
            _ => {}
        }
        int(text)
            .map(Core::Int)
            .or_else(|| float(text).map(Core::Float))
            .unwrap_or(Core::Text(text))
    }

    /// Whether a text is a whole number that does not fit.
    #[must_use]
    pub fn is_too_large(text: &str) -> bool {
        let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
        let are_digits = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        are_digits && text.parse::<i64>().is_err()
    }
}

impl<'d> Node<'d> {
    /// What a scalar is by the core schema: anything quoted is text. `None` for lists and maps.
    pub fn core(self) -> Option<Core<'d>> {
        match self.form() {
            Form::Scalar(text, Style::Plain) => Some(Core::of(text)),
            Form::Scalar(text, _) => Some(Core::Text(text)),
            _ => None,
        }
    }
}

fn int(text: &str) -> Option<i64> {
    let digits = |prefix, radix| {
        let digits: &str = text.strip_prefix(prefix)?;
        let plain = digits.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.then(|| i64::from_str_radix(digits, radix).ok())?
    };
    digits("0x", 16)
        .or_else(|| digits("0o", 8))
        .or_else(|| text.parse().ok())
}

/// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
fn float(text: &str) -> Option<f64> {
    let digit = text.bytes().any(|b| b.is_ascii_digit());
    let shape = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    let first = text.bytes().next()?;
    (digit && text.bytes().all(shape) && !matches!(first, b'e' | b'E'))
        .then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::Core;

    #[test]
    fn whole_numbers_beyond_64_bits_are_too_large() {
        assert!(Core::is_too_large("9223372036854775808"));
        assert!(Core::is_too_large("-9223372036854775809"));
        for fits in ["9223372036854775807", "-9223372036854775808", "+3", "", "-"] {
            assert!(!Core::is_too_large(fits), "{fits}");
        }
        for other in ["1e99", "0x1", "12:30", "99999999999999999999a"] {
            assert!(!Core::is_too_large(other), "{other}");
        }
    }

    #[test]
    fn plain_scalars_are_what_the_core_schema_says() {
        let table = [
            ("", Core::Null),
            ("~", Core::Null),
            ("null", Core::Null),
            ("true", Core::Bool(true)),
            ("FALSE", Core::Bool(false)),
            ("0", Core::Int(0)),
            ("-19", Core::Int(-19)),
            ("+3", Core::Int(3)),
            ("0o7", Core::Int(7)),
            ("0x3A", Core::Int(58)),
            ("0777", Core::Int(777)),
            ("1.10", Core::Float(1.1)),
            (".5", Core::Float(0.5)),
            ("12e03", Core::Float(12_000.0)),
            ("-2E+05", Core::Float(-200_000.0)),
            ("-.inf", Core::Float(f64::NEG_INFINITY)),
            ("NO", Core::Text("NO")),
            ("yes", Core::Text("yes")),
            ("12:30:45", Core::Text("12:30:45")),
            ("1_000", Core::Text("1_000")),
            ("0x", Core::Text("0x")),
            ("0x-1", Core::Text("0x-1")),
            ("e5", Core::Text("e5")),
            ("inf", Core::Text("inf")),
            ("1.2.3", Core::Text("1.2.3")),
            (".", Core::Text(".")),
        ];
        for (text, wanted) in table {
            assert_eq!(Core::of(text), wanted, "{text:?}");
        }
    }
}
