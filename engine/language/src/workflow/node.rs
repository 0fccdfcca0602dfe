//! One step or group as written.

use runsheet_diagnostics::span::Span;
use runsheet_step::Name;
use serde::{Deserialize, Serialize};

use super::call::Call;
use super::outcome::{Accept, Cause, Failures, InDoubt, Lock, Pool, Retry, Timeout, Undo};
use crate::expression::{Expr, Template};

/// The number of a step or group in its workflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StepId(pub u32);

impl StepId {
    /// The list of the whole run.
    pub const MAIN: StepId = StepId(0);

    /// As an index into [`super::Workflow::nodes`].
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A step or a group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Node {
    /// Its `id:`; the two lists of a workflow are called `steps` and `finally`.
    pub id: Name,
    /// Where the id stands.
    pub span: Span,
    /// What a person reads about it.
    pub doc: Name,
    /// Its place in the procedure and its sources, such as `Q147464`.
    pub see: Vec<Name>,
    /// The numbers from the outermost list to this one, itself included.
    pub path: Vec<StepId>,
    /// What is in it, in the order written.
    pub children: Vec<StepId>,
    /// The steps of its list that must have ended well before it starts.
    pub needs: Vec<StepId>,
    /// The list of the steps that run where it has failed for good, which is none of its children.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rescue: Option<StepId>,
    /// What it does.
    pub body: Body,
    /// Whether it runs.
    pub when: Option<Expr>,
    /// For which items.
    pub foreach: Option<Foreach>,
    /// Failures that are successes.
    pub accept: Vec<Accept>,
    /// What must hold of its outputs.
    pub expect: Option<Expr>,
    /// What should hold of its outputs.
    pub warn: Option<Expr>,
    /// Whether it counts as one that changed something, in place of what its kind says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<Expr>,
    /// What its failures mean: each that holds is told.
    pub causes: Vec<Cause>,
    /// How often and when it is tried again.
    pub retry: Option<Retry>,
    /// How long it may take.
    pub timeout: Option<Timeout>,
    /// What it holds while it acts.
    pub lock: Lock,
    /// The call whose caller said the lock, and in whose names it is worked out; nothing: in its
    /// own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_from: Option<StepId>,
    /// The pools that it takes a place of while it acts, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pools: Vec<Pool>,
    /// What a person confirms before it starts.
    pub confirm: Option<Confirm>,
    /// Whether it destroys what nobody can bring back.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub destructive: bool,
    /// How it is taken back.
    pub undo: Undo,
    /// What must be marked before it starts; bound from the order of acting steps.
    pub arming: Arming,
    /// Of a group: where its steps act that say nothing themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Box<At>>,
    /// Of a group: what it calls, if it is a call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call: Option<Box<Call>>,
}

/// A host that is handed down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct At {
    /// The host.
    pub host: Template,
    /// The call whose caller said it, and in whose names it is worked out; nothing: in those of
    /// whoever has it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<StepId>,
}

impl Node {
    /// The step itself, if this is no group.
    #[must_use]
    pub fn action(&self) -> Option<&Action> {
        match &self.body {
            Body::Action(action) => Some(action),
            Body::Group => None,
        }
    }

    /// Whether it is a step that can write.
    #[must_use]
    pub fn acts(&self) -> bool {
        self.action().is_some_and(|action| action.acts)
    }

    /// Whether it is a step that arms.
    #[must_use]
    pub fn arms(&self) -> bool {
        self.action().is_some_and(|action| action.arms)
    }

    /// The group or list it stands in; for the two lists, itself.
    #[must_use]
    pub fn parent(&self) -> StepId {
        self.path[self.path.len().saturating_sub(2)]
    }
}

/// What a step or group does.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// It holds others.
    Group,
    /// It is one step.
    Action(Box<Action>),
}

/// One step of a kind.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Action {
    /// Its kind.
    pub kind: Name,
    /// Where the kind is named.
    pub span: Span,
    /// Where it acts (inherited from group, then defaults).
    pub host: Option<Template>,
    /// The call whose caller said the host, and in whose names it is worked out; nothing: in its
    /// own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub host_from: Option<StepId>,
    /// Its input.
    pub with: Template,
    /// Whether it can write: by kind, input and `effects:`.
    pub acts: bool,
    /// Whether it arms.
    pub arms: bool,
    /// What the workflow says of its effects.
    pub effects: Effects,
    /// What a crash in the middle of a write means.
    pub in_doubt: InDoubt,
}

/// What a workflow says that a step changes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effects {
    /// Nothing is said: the facility's word counts.
    #[default]
    Unsaid,
    /// It changes nothing.
    None,
    /// It may change anything on its host.
    Opaque,
    /// It changes these resources of its host, to values not known.
    These(Vec<(Name, Name)>),
}

/// An instance per item.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Foreach {
    /// The name of the item.
    pub var: Name,
    /// Where the name stands.
    pub span: Span,
    /// The items.
    pub list: Template,
    /// How many at once; at least 1.
    pub parallel: u32,
    /// What names an instance, if not the item itself.
    pub key: Option<Expr>,
    /// What failures of instances mean.
    pub failures: Failures,
}

/// What a person confirms.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Confirm {
    /// The question.
    pub say: Template,
}

/// What is marked before what. Found once, from the text alone.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arming {
    /// For a step that arms: the acting steps it is armed before the first of; itself if it acts;
    /// empty: the run's start.
    pub before: Vec<StepId>,
    /// The groups whose retry takes new marks for it.
    pub renewed_by: Vec<StepId>,
    /// The steps that are armed before this one starts.
    pub armed_here: Vec<StepId>,
}
