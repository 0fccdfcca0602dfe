//! What a step is given, evaluated from the names it sees.

use runsheet_language::workflow::Action;
use runsheet_record::State;
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Input, Value};

use crate::schedule::bad_expression;

/// The input of a step as things stand.
///
/// # Errors
/// A host that the site does not have, or an expression that cannot be worked out.
pub(crate) fn input(state: &State, id: InstanceId, action: &Action) -> Result<Input, Box<Failure>> {
    let names = Names::of(state, id);
    let host = names.host().map_err(|missing| {
        Box::new(Failure::code(
            "bad-expression",
            format!("`host:` {}", missing.message),
        ))
    })?;
    let with = action.with.evaluate(&names);
    let with = with.map_err(|trouble| Box::new(bad_expression("with", &trouble)))?;
    let with = if with.is_null() {
        Value::map::<&str>([])
    } else {
        with
    };
    Ok(Input { host, with })
}
