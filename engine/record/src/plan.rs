//! A plan: what a run would do, as far as that can be known, and what it may do.

use std::sync::Arc;

use runsheet_language::bound::Bound;
use runsheet_step::fact::{Change, Fact, Key};
use runsheet_step::{Failure, Name, Unknown, Value};
use serde::{Deserialize, Serialize};

use crate::event::Told;

/// The version of the format.
pub const VERSION: u32 = 2;

/// What a run would do. It stands alone: applying it reads no workflow file again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Plan {
    /// The version of the format.
    #[serde(rename = "runsheet-plan")]
    pub version: u32,
    /// The workflow with its inputs and site.
    pub bound: Arc<Bound>,
    /// What each step would do, in order.
    pub rows: Vec<Row>,
    /// What would be taken back at the end.
    pub restores: Vec<Row>,
    /// What the planner wants to be told: empty lists, conflicts, failures foreseen.
    pub warnings: Vec<Name>,
}

/// What one step would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The step, by its address.
    pub address: Name,
    /// Its kind; empty for groups and `foreach`es that have something to say.
    pub kind: Name,
    /// The host it acts at, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host: Option<Name>,
    /// What it would do, in order; nothing to do: empty.
    pub deeds: Vec<Deed>,
    /// How its planning ended.
    pub end: End,
    /// Where it is written, `runbook.yaml:12:5`, if it would fail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Name>,
    /// What it means that it would fail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub causes: Vec<Told>,
    /// Whether it may not run at all, and the guard that decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guard: Option<Name>,
    /// Whether it assumes that an opaque act before it changed nothing here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub assumes: bool,
}

/// How the planning of a step ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    /// All it would do is known.
    Known,
    /// It goes on after something that only a run can see.
    Open(Unknown),
    /// It would not run.
    Skipped,
    /// It would fail.
    Fails(Box<Failure>),
}

/// One thing a step would do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deed {
    /// What kind of thing.
    pub sign: Sign,
    /// At which resource.
    pub key: Key,
    /// The question in a reader's words: a command line, `pause MSExchangeDX`.
    pub phrase: Name,
    /// The change before -> after, as a reader sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<(Name, Name)>,
    /// The value it writes, if it writes one that is known.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub value: Value,
    /// What else would change by it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub effects: Vec<Change>,
    /// These before and after in the words of their facilities; empty where they are as
    /// [`in_plain_words`] has them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub in_words: Vec<(Name, Name)>,
    /// How much of its effect is known.
    pub grasp: Grasp,
    /// Whether it cannot be undone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub irreversible: bool,
    /// Whether a secret stands in an argument.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub secret: bool,
}

/// The sign a row begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sign {
    /// Something comes to be.
    Create,
    /// Something changes.
    Change,
    /// Something goes.
    Delete,
    /// An act.
    Act,
    /// A wait.
    Wait,
    /// Nothing to do.
    Same,
}

impl Sign {
    /// The character for it.
    #[must_use]
    pub fn character(self) -> char {
        match self {
            Sign::Create => '+',
            Sign::Change => '~',
            Sign::Delete => '-',
            Sign::Act => '>',
            Sign::Wait => '@',
            Sign::Same => '=',
        }
    }
}

/// How much of an effect a plan knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Grasp {
    /// It changes nothing.
    Nothing,
    /// Resources and values are known.
    Exact,
    /// Resources are known, values are not.
    Bounded,
    /// It may change anything on its host.
    Opaque,
}

/// The effects of a plan, counted by how much is known of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// Resources and values are known.
    pub exact: usize,
    /// Resources are known, values are not.
    pub bounded: usize,
    /// Nothing is known of them.
    pub opaque: usize,
}

/// A change as a reader sees it who knows nothing of its facility.
#[must_use]
pub fn in_plain_words(change: &Change) -> (Name, Name) {
    let show = |fact: &Fact| match fact {
        Fact::Known(value) => value.to_string().into(),
        Fact::Absent => "(absent)".into(),
        Fact::Unknown(_) => "(known in the run)".into(),
    };
    (show(&change.before), show(&change.after))
}

impl Plan {
    /// Reads a plan that was kept as JSON.
    ///
    /// # Errors
    /// In words, that it is none, or one of another version of the format.
    pub fn read(json: &[u8]) -> Result<Plan, String> {
        #[derive(Deserialize)]
        struct Header {
            #[serde(rename = "runsheet-plan")]
            version: u32,
        }
        let header: Header = serde_json::from_slice(json).map_err(|why| why.to_string())?;
        if header.version != VERSION {
            let version = header.version;
            return Err(format!("it is of format {version}, and {VERSION} is read"));
        }
        serde_json::from_slice(json).map_err(|why| why.to_string())
    }

    /// Its effects, counted.
    #[must_use]
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::default();
        for deed in self
            .rows
            .iter()
            .chain(&self.restores)
            .flat_map(|row| &row.deeds)
        {
            match deed.grasp {
                Grasp::Nothing => {}
                Grasp::Exact => coverage.exact += 1,
                Grasp::Bounded => coverage.bounded += 1,
                Grasp::Opaque => coverage.opaque += 1,
            }
        }
        coverage
    }

    /// Whether it would change nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.coverage() == Coverage::default()
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    #[test]
    fn a_plan_of_another_format_is_refused_in_words() {
        let why = |json: &str| Plan::read(json.as_bytes()).unwrap_err();
        let older = r#"{"runsheet-plan": 1, "rows": [], "anything": {}}"#;
        assert_eq!(why(older), "it is of format 1, and 2 is read");
        assert!(why("{}").contains("runsheet-plan"), "{}", why("{}"));
        assert!(why("{\"runsheet-plan\": 2}").contains("missing field"));
    }
}
