//! What the values of a registry hold.

use std::fmt;

use runsheet_site::registry::{DataForm, bytes, canonical, entry, form, from_bytes};
use runsheet_step::Value;

/// What a value holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Data {
    /// REG_DWORD.
    Dword(u32),
    /// REG_SZ.
    Sz(String),
    /// REG_EXPAND_SZ: a text with variables in it, `%SystemRoot%`.
    ExpandSz(String),
    /// REG_MULTI_SZ.
    MultiSz(Vec<String>),
    /// REG_DWORD_BIG_ENDIAN.
    DwordBe(u32),
    /// REG_QWORD.
    Qword(u64),
    /// REG_LINK.
    Link(String),
    /// Bytes that nobody looks into here.
    Raw(Raw, Vec<u8>),
}

/// The types whose data are bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Raw {
    /// REG_NONE.
    None,
    /// REG_BINARY.
    Binary,
    /// REG_RESOURCE_LIST.
    ResourceList,
    /// REG_FULL_RESOURCE_DESCRIPTOR.
    FullResourceDescriptor,
    /// REG_RESOURCE_REQUIREMENTS_LIST.
    ResourceRequirementsList,
}

const RAW: [(&str, Raw); 5] = [
    ("none", Raw::None),
    ("binary", Raw::Binary),
    ("resource_list", Raw::ResourceList),
    ("full_resource_descriptor", Raw::FullResourceDescriptor),
    ("resource_requirements_list", Raw::ResourceRequirementsList),
];

impl Raw {
    fn word(self) -> &'static str {
        let row = RAW.iter().find(|(_, raw)| *raw == self);
        row.map_or("", |(word, _)| word)
    }
}

impl Data {
    /// The type, in the words of workflows and site files.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Dword(_) => "dword",
            Self::Sz(_) => "sz",
            Self::ExpandSz(_) => "expand_sz",
            Self::MultiSz(_) => "multi_sz",
            Self::DwordBe(_) => "dword_be",
            Self::Qword(_) => "qword",
            Self::Link(_) => "link",
            Self::Raw(raw, _) => raw.word(),
        }
    }

    /// As the facility shows it, with when it was written.
    #[must_use]
    pub fn to_value(&self, written: Value) -> Value {
        let data = match self {
            Self::Dword(number) | Self::DwordBe(number) => (*number).into(),
            Self::Qword(number) => match i64::try_from(*number) {
                Ok(number) => number.into(),
                Err(_) => format!("0x{number:x}").into(),
            },
            Self::Sz(text) | Self::ExpandSz(text) | Self::Link(text) => text.as_str().into(),
            Self::MultiSz(texts) => Value::list(texts.iter().map(|it| it.as_str().into())),
            Self::Raw(_, bytes) => from_bytes(bytes),
        };
        entry(self.kind(), data, written)
    }

    /// What a put of `{type, data}` says; nothing where it is no data of that type.
    #[must_use]
    pub fn of(value: &Value) -> Option<Self> {
        let kind = value.get("type").as_text()?;
        let data = canonical(kind, value.get("data")).ok()?;
        let text = || data.as_text().map(ToString::to_string);
        let number = || match &data {
            Value::Int(number) => u64::try_from(*number).ok(),
            data => {
                let digits = data.as_text()?.strip_prefix("0x")?.to_owned();
                u64::from_str_radix(&digits, 16).ok()
            }
        };
        let small = || u32::try_from(number()?).ok();
        Some(match (&**kind, form(kind)?) {
            ("dword_be", _) => Self::DwordBe(small()?),
            ("qword", _) => Self::Qword(number()?),
            (_, DataForm::Number(_)) => Self::Dword(small()?),
            ("expand_sz", _) => Self::ExpandSz(text()?),
            ("link", _) => Self::Link(text()?),
            (_, DataForm::Text) => Self::Sz(text()?),
            (_, DataForm::Texts) => {
                Self::MultiSz(data.items().iter().map(ToString::to_string).collect())
            }
            (kind, DataForm::Bytes) => {
                let row = RAW.iter().find(|(word, _)| *word == kind);
                Self::Raw(row?.1, bytes(&data)?)
            }
        })
    }
}

impl fmt::Display for Data {
    /// The type and what it holds, as plans show it: `dword 1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value = self.to_value(Value::Null);
        write!(f, "{} {}", self.kind(), value.get("data"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_of_every_type_comes_back_as_it_was_put() {
        let all = [
            Data::Dword(1),
            Data::Sz("x".to_owned()),
            Data::ExpandSz("%SystemRoot%".to_owned()),
            Data::MultiSz(vec!["SALES".to_owned(), "PLANT".to_owned()]),
            Data::DwordBe(u32::MAX),
            Data::Qword(u64::MAX),
            Data::Link(r"\Registry\Machine".to_owned()),
            Data::Raw(Raw::Binary, vec![0xde, 0xad]),
            Data::Raw(Raw::None, Vec::new()),
            Data::Raw(Raw::ResourceList, vec![0]),
            Data::Raw(Raw::FullResourceDescriptor, vec![1]),
            Data::Raw(Raw::ResourceRequirementsList, vec![2]),
        ];
        for data in all {
            assert_eq!(Data::of(&data.to_value(Value::Null)), Some(data));
        }
        let odd = entry("binary", "d", Value::Null);
        assert_eq!(Data::of(&odd), None);
    }
}
