//! A question as one thing that a step would do.

use runsheet_language::workflow::Undo;
use runsheet_record::plan::{Deed, Grasp, Sign};
use runsheet_step::fact::{Change, Fact};
use runsheet_step::request::{Request, Verb};
use runsheet_step::{Access, Facility, Name, Prediction, Value};

/// A wait.
pub(super) fn wait(facility: &dyn Facility, request: &Request) -> Deed {
    Deed {
        sign: Sign::Wait,
        grasp: Grasp::Nothing,
        ..plain(facility, request)
    }
}

/// A write or an act, with what is known of its effects.
pub(super) fn write(
    facility: &dyn Facility,
    request: &Request,
    access: Access,
    prediction: &Prediction,
) -> Deed {
    let deed = Deed {
        grasp: grasp(access, prediction),
        ..plain(facility, request)
    };
    match &request.verb {
        Verb::Put(value) => {
            let change = prediction.changes.first();
            Deed {
                sign: change.map_or(Sign::Change, |change| sign(facility, change)),
                change: change.map(|change| match value.holds_secret() {
                    // What was there before is most likely a secret too.
                    true => ("***".into(), "***".into()),
                    false => shown(facility, change),
                }),
                value: value.clone(),
                ..deed
            }
        }
        Verb::Delete => {
            let change = prediction
                .changes
                .first()
                .map(|change| shown(facility, change));
            Deed {
                sign: Sign::Delete,
                change,
                ..deed
            }
        }
        Verb::Act(act) => Deed {
            sign: Sign::Act,
            effects: prediction.changes.clone(),
            secret: act.args.holds_secret(),
            ..deed
        },
        _ => deed,
    }
}

/// What a step's own keys add to a deed.
pub(super) struct Marks {
    pub(super) undo: Undo,
    /// Whether it destroys what nobody can bring back.
    pub(super) destructive: bool,
}

impl Marks {
    /// Whether it can be undone: by an inverse of each of its changes, unless the workflow says
    /// not.
    pub(super) fn on(&self, deed: Deed, facility: &dyn Facility, access: Access) -> Deed {
        let lost = match deed.sign {
            Sign::Act if access == Access::Opaque => true,
            Sign::Act => deed
                .effects
                .iter()
                .any(|change| facility.inverse(change).is_none()),
            _ => deed.value.holds_secret(),
        };
        Deed {
            irreversible: lost || self.destructive || self.undo == Undo::None,
            ..deed
        }
    }
}

fn plain(facility: &dyn Facility, request: &Request) -> Deed {
    Deed {
        sign: Sign::Act,
        key: request.key(),
        phrase: facility.phrase(request).into(),
        change: None,
        value: Value::Null,
        effects: Vec::new(),
        in_words: Vec::new(),
        grasp: Grasp::Nothing,
        irreversible: false,
        secret: false,
    }
}

fn grasp(access: Access, prediction: &Prediction) -> Grasp {
    let known = |change: &Change| !matches!(change.after, Fact::Unknown(_));
    match access {
        Access::Opaque => Grasp::Opaque,
        Access::Read => Grasp::Nothing,
        Access::Write if prediction.changes.is_empty() => Grasp::Nothing,
        Access::Write if prediction.changes.iter().all(known) => Grasp::Exact,
        Access::Write => Grasp::Bounded,
    }
}

pub(super) fn sign(facility: &dyn Facility, change: &Change) -> Sign {
    match (&change.before, &change.after) {
        (Fact::Absent, _) => Sign::Create,
        (_, Fact::Absent) => Sign::Delete,
        (Fact::Known(before), Fact::Known(after)) if facility.same(before, after) => Sign::Same,
        _ => Sign::Change,
    }
}

/// A change as a reader sees it.
pub(super) fn shown(facility: &dyn Facility, change: &Change) -> (Name, Name) {
    let show = |fact: &Fact| match fact {
        Fact::Known(value) => facility.show(value).into(),
        Fact::Absent => "(absent)".into(),
        Fact::Unknown(why) => format!("(known after {why})").into(),
    };
    (show(&change.before), show(&change.after))
}
