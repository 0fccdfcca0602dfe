//! Whether a step that ended well counts as one that changed something: by `changed:`, or else as
//! its kind says. A plan may not know.

use runsheet_record::State;
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Outcome, Value};

use crate::schedule::bad_expression;

/// Whether something was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// It was.
    Yes,
    /// It was not.
    No,
    /// Only a run can tell.
    Unknown,
}

impl From<bool> for Changed {
    fn from(changed: bool) -> Changed {
        match changed {
            true => Changed::Yes,
            false => Changed::No,
        }
    }
}

/// What `changed:` makes of an outcome; of a group that says nothing, what stands in it.
pub(crate) fn changed(
    state: &State,
    id: InstanceId,
    outcome: &Outcome,
) -> Result<Changed, Failure> {
    let instance = state.instance(id);
    let Some(rule) = &state.workflow().node(instance.node).changed else {
        let mut inside = instance.children.iter().map(|child| state.instance(*child));
        return Ok(match outcome.changed {
            false if inside.any(|child| child.may_change) => Changed::Unknown,
            said => said.into(),
        });
    };
    let names = Names::of(state, id).with_outputs(&outcome.outputs);
    match rule.evaluate(&names) {
        Ok(Value::Bool(changed)) => Ok(changed.into()),
        Ok(Value::Unknown(_)) if state.planning => Ok(Changed::Unknown),
        Ok(other) => {
            let kind = other.kind();
            let message = format!("`changed:` gives {kind} rather than true or false");
            Err(Failure::code("bad-expression", message))
        }
        Err(trouble) => Err(bad_expression("changed", &trouble)),
    }
}
