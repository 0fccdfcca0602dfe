//! The Application log of Windows NT, as far as the connector writes it.

use runsheet_step::Moment;
use std::sync::Arc;

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
    /// `Information`, `Warning` or `Error`.
    #[serde(deserialize_with = "crate::kept::word")]
    pub kind: crate::kept::Word,
    /// The labelled lines of the description: FROM, TO, Message ID, Size.
    #[serde(deserialize_with = "crate::kept::labelled")]
    pub fields: Vec<(&'static str, String)>,
    /// The first line of the description.
    pub summary: String,
    /// The share that line names.
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

    /// Writes an information record.
    pub fn write(&mut self, at: Moment, entry: Entry) {
        self.records.push(Record {
            number: self.newest() + 1,
            at,
            source: entry.source,
            category: entry.category,
            id: entry.id,
            kind: "Information",
            fields: entry.fields,
            summary: entry.summary,
            share: entry.share,
        });
    }
}
