//! What a step is given, evaluated from the names it sees.

use runsheet_language::expression::Template;
use runsheet_language::spanned::Spanned;
use runsheet_language::workflow::Action;
use runsheet_record::State;
use runsheet_record::scope::Names;
use runsheet_record::state::InstanceId;
use runsheet_step::{Failure, Input, Name, Shape, Value};

use crate::schedule::bad_expression;

/// The input of a step as things stand.
///
/// # Errors
/// A host that the site does not have, or an expression that cannot be worked out.
pub(crate) fn input(state: &State, id: InstanceId, action: &Action) -> Result<Input, Box<Failure>> {
    of(&Names::of(state, id), &action.with)
}

/// As much of the input of a step as says where it arms. The rest may not be known yet.
///
/// # Errors
/// As [`input`].
pub(crate) fn place(
    state: &State,
    id: InstanceId,
    action: &Action,
    shape: &Shape,
) -> Result<Input, Box<Failure>> {
    let names = Names::of(state, id);
    let Template::Map(entries) = &action.with else {
        return of(&names, &action.with);
    };
    let says_where = |(name, _): &&(Spanned<Name>, Template)| shape.place.contains(&name.value);
    let place = entries.iter().filter(says_where).cloned().collect();
    of(&names, &Template::Map(Spanned::new(place, entries.span)))
}

fn of(names: &Names<'_>, with: &Template) -> Result<Input, Box<Failure>> {
    let host = names.host().map_err(|missing| {
        Box::new(Failure::code(
            "bad-expression",
            format!("`host:` {}", missing.message),
        ))
    })?;
    let with = with.evaluate(names);
    let with = with.map_err(|trouble| Box::new(bad_expression("with", &trouble)))?;
    let with = if with.is_null() {
        Value::map::<&str>([])
    } else {
        with
    };
    Ok(Input { host, with })
}
