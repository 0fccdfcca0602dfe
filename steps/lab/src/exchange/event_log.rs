//! The Application log of Windows NT, as far as Exchange and the connector write it.

use std::sync::Arc;

use runsheet_step::Moment;

/// What sort of thing a record tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Type {
    /// Something went as it should.
    Information,
    /// Something may go wrong.
    Warning,
    /// Something went wrong.
    Error,
}

impl Type {
    /// The word in the Event Viewer.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Information => "Information",
            Self::Warning => "Warning",
            Self::Error => "Error",
        }
    }
}

/// One record of the Application log.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Record {
    /// Its number, counted from 1 without a gap.
    pub number: u64,
    /// When it was written.
    pub at: Moment,
    /// Who wrote it: for the MTA, the name of the instance (Q152554).
    pub source: Arc<str>,
    /// The category within the source.
    #[serde(deserialize_with = "crate::kept::word")]
    pub category: crate::kept::Word,
    /// The event's number.
    pub id: u32,
    /// Information, warning or error.
    pub kind: Type,
    /// The labelled lines of the description: FROM, TO, Message ID, Size.
    #[serde(deserialize_with = "crate::kept::labelled")]
    pub fields: Vec<(&'static str, String)>,
    /// The description above those lines.
    pub summary: String,
    /// The share it names; empty where it names none.
    pub share: String,
}

impl Record {
    /// The whole description, as the Event Viewer shows it.
    #[must_use]
    pub fn message(&self) -> String {
        let mut message = self.summary.clone();
        for (label, value) in &self.fields {
            message.push_str(&format!("\n{label}: {value}"));
        }
        message
    }

    /// The description where the source is not registered on the machine that shows it (Q152554);
    /// how the strings are parted is inferred.
    #[must_use]
    pub fn unregistered(&self) -> String {
        let values = self.fields.iter().map(|(_, value)| value.as_str());
        let share = (!self.share.is_empty()).then_some(self.share.as_str());
        let strings: Vec<_> = share.into_iter().chain(values).collect();
        format!(
            "The description for Event ID ( {} ) in Source ( {} ) could not be found. It contains \
             the following insertion string(s): {}",
            self.id,
            self.source,
            strings.join(", ")
        )
    }

    /// A labelled line of the description.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(it, _)| *it == label);
        field.map(|(_, value)| value.as_str())
    }
}

/// What is to be written; the log adds number and time.
#[derive(Debug, Clone)]
pub struct Entry {
    /// See [`Record::source`].
    pub source: Arc<str>,
    /// See [`Record::category`].
    pub category: &'static str,
    /// See [`Record::id`].
    pub id: u32,
    /// See [`Record::kind`].
    pub kind: Type,
    /// See [`Record::fields`].
    pub fields: Vec<(&'static str, String)>,
    /// See [`Record::summary`].
    pub summary: String,
    /// See [`Record::share`].
    pub share: String,
}

/// The log: records in the order they were written.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct EventLog {
    records: Vec<Record>,
}

impl EventLog {
    /// Every record.
    #[must_use]
    pub fn records(&self) -> &[Record] {
        &self.records
    }

    /// The records numbered above `number`.
    #[must_use]
    pub fn after(&self, number: u64) -> &[Record] {
        let index = usize::try_from(number).unwrap_or(usize::MAX);
        &self.records[index.min(self.records.len())..]
    }

    /// The number of the newest record; 0 for an empty log.
    #[must_use]
    pub fn newest(&self) -> u64 {
        self.records.len() as u64
    }

    /// Writes a record.
    pub fn write(&mut self, at: Moment, entry: Entry) {
        self.records.push(Record {
            number: self.newest() + 1,
            at,
            source: entry.source,
            category: entry.category,
            id: entry.id,
            kind: entry.kind,
            fields: entry.fields,
            summary: entry.summary,
            share: entry.share,
        });
    }
}
