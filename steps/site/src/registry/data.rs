//! The types of registry values, and the one form in which the data of each is written, so that
//! equal data is equal to a person, a plan and a driver.

use runsheet_step::Value;

/// What the data of a type looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataForm {
    /// A whole number of at most so many bits.
    Number(u32),
    /// A text.
    Text,
    /// A list of texts.
    Texts,
    /// Bytes, as pairs of hexadecimal digits: `de ad be ef`.
    Bytes,
}

/// The types by the names that workflows use, in the order of their numbers in Windows NT.
const ROWS: &[(&str, DataForm)] = &[
    ("none", DataForm::Bytes),
    ("sz", DataForm::Text),
    ("expand_sz", DataForm::Text),
    ("binary", DataForm::Bytes),
    ("dword", DataForm::Number(32)),
    ("dword_be", DataForm::Number(32)),
    ("link", DataForm::Text),
    ("multi_sz", DataForm::Texts),
    ("resource_list", DataForm::Bytes),
    ("full_resource_descriptor", DataForm::Bytes),
    ("resource_requirements_list", DataForm::Bytes),
    ("qword", DataForm::Number(64)),
];

/// The names of the types.
pub const TYPES: &[&str] = &[
    "dword",
    "sz",
    "expand_sz",
    "multi_sz",
    "binary",
    "qword",
    "dword_be",
    "link",
    "none",
    "resource_list",
    "full_resource_descriptor",
    "resource_requirements_list",
];

/// Why data is none of a type, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// What the data of a type looks like; nothing where there is no such type.
#[must_use]
pub fn form(kind: &str) -> Option<DataForm> {
    let row = ROWS.iter().find(|(name, _)| *name == kind);
    row.map(|(_, form)| *form)
}

/// Data in the form in which equal data is equal. What is a secret or not known yet stays as it is.
///
/// # Errors
/// Data that is none of the type, or a type that there is not.
pub fn canonical(kind: &str, data: &Value) -> Result<Value, Misfit> {
    match (form(kind), data) {
        (_, Value::Unknown(_)) | (Some(DataForm::Text), Value::Secret(_)) => Ok(data.clone()),
        (Some(_), Value::Secret(_)) => Err(misfit(kind, "no text", data).help(
            "a secret can be the data of `sz`, `expand_sz` and `link`, and an item of `multi_sz`"
                .to_owned(),
        )),
        (Some(DataForm::Number(bits)), Value::Int(number)) => fitting(kind, bits, *number),
        (Some(DataForm::Number(bits)), other) => big(kind, bits, other),
        (Some(DataForm::Text), Value::Text(_)) => Ok(data.clone()),
        (Some(DataForm::Text), other) => {
            Err(misfit(kind, "a text", other).help(format!("write it in quotes: \"{other}\"")))
        }
        (Some(DataForm::Texts), Value::List(_)) => texts(kind, data),
        (Some(DataForm::Texts), other) => Err(misfit(kind, "a list of texts", other)
            .help(format!("write it as a list: [\"{other}\"]"))),
        (Some(DataForm::Bytes), Value::Null) if kind == "none" => Ok("".into()),
        (Some(DataForm::Bytes), Value::Text(text)) => hex(kind, text),
        (Some(DataForm::Bytes), other) => Err(misfit(kind, "hexadecimal digits as a text", other)
            .help(format!("write it in quotes: \"{other}\""))),
        (None, _) => Err(Misfit {
            message: format!("there is no registry type {kind}"),
            help: format!("use one of {}", TYPES.join(", ")),
        }),
    }
}

impl Misfit {
    fn help(self, help: String) -> Misfit {
        Misfit { help, ..self }
    }
}

/// `a dword`, `an sz`: how the name of a type is read aloud.
fn a(kind: &str) -> String {
    match kind.starts_with(['e', 's']) && kind != "e" {
        true => format!("an {kind}"),
        false => format!("a {kind}"),
    }
}

fn misfit(kind: &str, wanted: &str, found: &Value) -> Misfit {
    Misfit {
        message: format!(
            "{} is {wanted}, and this is {} `{found}`",
            a(kind),
            found.kind()
        ),
        help: String::new(),
    }
}

fn greatest(bits: u32) -> u64 {
    u64::MAX >> (64 - bits)
}

fn fitting(kind: &str, bits: u32, number: i64) -> Result<Value, Misfit> {
    let fits = u64::try_from(number).is_ok_and(|number| number <= greatest(bits));
    match fits {
        true => Ok(number.into()),
        false => Err(too_large(kind, bits, &number.to_string())),
    }
}

fn too_large(kind: &str, bits: u32, number: &str) -> Misfit {
    Misfit {
        message: format!("{number} does not fit into {}", a(kind)),
        help: format!("{} is a whole number from 0 to {}", a(kind), greatest(bits)),
    }
}

/// A number that is no whole number of YAML: in hexadecimal digits, as the tools show it.
fn big(kind: &str, bits: u32, data: &Value) -> Result<Value, Misfit> {
    let wrong = || {
        let digits = data.as_text().filter(|text| text.parse::<u64>().is_ok());
        misfit(kind, "a whole number", data).help(match digits {
            Some(digits) => format!("write it without quotes: {digits}"),
            None => "give a whole number, or say `type: sz`".to_owned(),
        })
    };
    let text = data.as_text().ok_or_else(wrong)?;
    let digits = text.trim().to_ascii_lowercase();
    let digits = digits.strip_prefix("0x").ok_or_else(wrong)?;
    let number = u64::from_str_radix(digits, 16).map_err(|_| wrong())?;
    if number > greatest(bits) {
        return Err(too_large(kind, bits, text));
    }
    Ok(match i64::try_from(number) {
        Ok(number) => number.into(),
        Err(_) => format!("0x{number:x}").into(),
    })
}

fn texts(kind: &str, data: &Value) -> Result<Value, Misfit> {
    for (n, item) in data.items().iter().enumerate() {
        let wrong = match item {
            Value::Text(text) if text.is_empty() => "is empty, which would end the list".to_owned(),
            Value::Text(_) | Value::Secret(_) | Value::Unknown(_) => continue,
            other => format!("is {} `{other}`", other.kind()),
        };
        return Err(Misfit {
            message: format!(
                "{} is a list of texts, and its item {} {wrong}",
                a(kind),
                n + 1
            ),
            help: "write each item as a text that is not empty".to_owned(),
        });
    }
    Ok(data.clone())
}

fn hex(kind: &str, text: &str) -> Result<Value, Misfit> {
    let body = text.trim();
    let body = body.strip_prefix("hex:").unwrap_or(body);
    let gap = |c: char| c.is_whitespace() || c == ',';
    let digits: String = body.chars().filter(|c| !gap(*c)).collect();
    let wrong = |why: &str| Misfit {
        message: format!(
            "{} is bytes in hexadecimal digits, and `{text}` {why}",
            a(kind)
        ),
        help: "write two digits for each byte, such as `de ad be ef`".to_owned(),
    };
    if let Some(strange) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Err(wrong(&format!("has `{strange}`")));
    }
    let whole = |part: &str| part.len().is_multiple_of(2);
    if !body.split(gap).all(whole) {
        return Err(wrong("has half a byte"));
    }
    let digits = digits.to_ascii_lowercase();
    let pairs: Vec<&str> = (0..digits.len())
        .step_by(2)
        .map(|at| &digits[at..at + 2])
        .collect();
    Ok(pairs.join(" ").into())
}

/// The bytes of data in its one form; nothing where it is in no form of bytes.
#[must_use]
pub fn bytes(data: &Value) -> Option<Vec<u8>> {
    let text = data.as_text()?;
    let pairs = text.split_whitespace();
    pairs
        .map(|pair| u8::from_str_radix(pair, 16).ok())
        .collect()
}

/// Bytes in the form that data has.
#[must_use]
pub fn from_bytes(bytes: &[u8]) -> Value {
    let pairs: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    pairs.join(" ").into()
}

/// Whether two values `{type, data}` hold the same.
pub(super) fn same(one: &Value, other: &Value) -> bool {
    let kind = one.get("type");
    if kind != other.get("type") {
        return false;
    }
    let form = |value: &Value| {
        let kind = kind.as_text().map_or("", |kind| kind);
        canonical(kind, value.get("data")).unwrap_or_else(|_| value.get("data").clone())
    };
    form(one) == form(other)
}

/// A value `{type, data}` in a line: `dword 1`, `sz "x"`, `multi_sz ["A", "B"]`.
pub(super) fn show(value: &Value) -> String {
    let (kind, data) = (value.get("type"), value.get("data"));
    let quoted = |item: &Value| match item {
        Value::Text(_) | Value::Secret(_) => format!("\"{item}\""),
        other => other.to_string(),
    };
    let form = kind.as_text().and_then(|kind| form(kind));
    match (form, data) {
        (_, Value::List(items)) => {
            let items: Vec<_> = items.iter().map(quoted).collect();
            format!("{kind} [{}]", items.join(", "))
        }
        (Some(DataForm::Bytes), Value::Null) => format!("{kind}, empty"),
        (Some(DataForm::Bytes), Value::Text(text)) if text.is_empty() => format!("{kind}, empty"),
        (Some(DataForm::Bytes | DataForm::Number(_)), data) => format!("{kind} {data}"),
        (_, data) => format!("{kind} {}", quoted(data)),
    }
}

#[cfg(test)]
mod tests {
    use super::{ROWS, TYPES, bytes, canonical, from_bytes, same, show};
    use runsheet_step::Value;

    fn told(kind: &str, data: impl Into<Value>) -> String {
        match canonical(kind, &data.into()) {
            Ok(data) => data.to_string(),
            Err(misfit) => format!("{}; {}", misfit.message, misfit.help),
        }
    }

    #[test]
    fn every_type_has_a_form() {
        assert_eq!(ROWS.len(), TYPES.len());
        assert!(TYPES.iter().all(|kind| super::form(kind).is_some()));
    }

    #[test]
    fn numbers_fit_their_type() {
        assert_eq!(told("dword", 4_294_967_295_i64), "4294967295");
        assert_eq!(
            told("dword_be", 4_294_967_296_i64),
            "4294967296 does not fit into a dword_be; a dword_be is a whole number from 0 to 4294967295"
        );
        assert_eq!(told("qword", 4_294_967_296_i64), "4294967296");
        assert_eq!(told("qword", "0xFFFFFFFFFFFFFFFF"), "0xffffffffffffffff");
        assert_eq!(told("dword", "0x10"), "16");
        assert_eq!(
            told("dword", "1"),
            "a dword is a whole number, and this is text `1`; write it without quotes: 1"
        );
    }

    #[test]
    fn bytes_are_pairs_of_digits_however_they_are_parted() {
        for data in ["de ad be ef", "DEADBEEF", "hex:de,ad,be,ef"] {
            assert_eq!(told("binary", data), "de ad be ef");
        }
        assert_eq!(
            told("resource_list", "de ad b"),
            "a resource_list is bytes in hexadecimal digits, and `de ad b` has half a byte; write two digits for each byte, such as `de ad be ef`"
        );
        assert_eq!(
            told("binary", 10),
            "a binary is hexadecimal digits as a text, and this is int `10`; write it in quotes: \"10\""
        );
        assert_eq!(told("none", Value::Null), "");
        let data = from_bytes(&[0xde, 0x0a]);
        assert_eq!(
            (data.to_string(), bytes(&data)),
            ("de 0a".into(), Some(vec![0xde, 0x0a]))
        );
    }

    #[test]
    fn a_list_of_texts_has_no_empty_one() {
        let list = |items: &[&str]| Value::list(items.iter().map(|item| Value::text(*item)));
        assert_eq!(told("multi_sz", list(&["A", "B"])), "[A, B]");
        assert_eq!(told("multi_sz", list(&[])), "[]");
        assert_eq!(
            told("multi_sz", list(&["A", ""])),
            "a multi_sz is a list of texts, and its item 2 is empty, which would end the list; write each item as a text that is not empty"
        );
        assert!(told("multi_sz", "A").ends_with("write it as a list: [\"A\"]"));
    }

    #[test]
    fn equal_data_is_equal_however_it_is_written() {
        let value =
            |kind: &str, data: Value| Value::map([("type", Value::text(kind)), ("data", data)]);
        let binary = |data: &str| value("binary", data.into());
        assert!(same(&binary("DE,AD"), &binary("de ad")));
        assert!(!same(&binary("de ad"), &binary("de ae")));
        assert!(!same(
            &value("sz", "1".into()),
            &value("expand_sz", "1".into())
        ));
        let several = Value::list(["A".into(), "B".into()]);
        assert_eq!(show(&value("multi_sz", several)), r#"multi_sz ["A", "B"]"#);
        assert_eq!(show(&binary("de ad")), "binary de ad");
        assert_eq!(show(&value("none", Value::Null)), "none, empty");
        assert_eq!(
            show(&value("expand_sz", "%x%".into())),
            r#"expand_sz "%x%""#
        );
    }
}
