//! The shapes of the kinds can be read by checks, editors and people.

use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{Field, Shape};

use super::Check;
use crate::findings::Findings;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "shapes",
    about: "each kind says in its shape what it does, and what each field is for",
    nothing: "it has no kinds",
    look,
};

/// Types are not nested deeper than people follow.
const DEEPEST: usize = 16;

fn look(subject: &Subject, findings: &mut Findings) {
    for kind in &subject.kinds {
        let shape = &kind.described.shape;
        findings.hold(&kind.described.kind, well(shape), &shape.summary);
    }
}

fn well(shape: &Shape) -> Result<(), String> {
    if shape.summary.is_empty() {
        return Err("its summary is empty: say in a line what it does".to_owned());
    }
    fields(&shape.inputs, DEEPEST).map_err(|why| format!("its inputs: {why}"))?;
    fields(&shape.outputs, DEEPEST).map_err(|why| format!("its outputs: {why}"))?;
    for name in &shape.place {
        if &**name != "host" && !shape.inputs.iter().any(|field| field.name == *name) {
            return Err(format!("it arms by `{name}`, which is none of its inputs"));
        }
    }
    match shape.arms() && shape.host == HostNeed::None {
        true => Err("it arms at a host, and takes none".to_owned()),
        false => Ok(()),
    }
}

fn fields(all: &[Field], levels: usize) -> Result<(), String> {
    for (n, field) in all.iter().enumerate() {
        let name = &field.name;
        if name.is_empty() || all[..n].iter().any(|other| other.name == *name) {
            return Err(format!("the name `{name}` is empty or is there twice"));
        }
        if field.doc.is_empty() {
            return Err(format!("`{name}` does not say what it is for"));
        }
        typed(&field.kind, levels).map_err(|why| format!("`{name}`: {why}"))?;
    }
    Ok(())
}

fn typed(of: &Type, levels: usize) -> Result<(), String> {
    let Some(levels) = levels.checked_sub(1) else {
        return Err("its type is too deep to follow".to_owned());
    };
    match of {
        Type::Word(words) if words.is_empty() => Err("no word will do".to_owned()),
        Type::OneOf(types) if types.is_empty() => Err("no type will do".to_owned()),
        Type::OneOf(types) => types.iter().try_for_each(|of| typed(of, levels)),
        Type::List(of) | Type::Map(of) => typed(of, levels),
        Type::Record(all) => fields(all, levels),
        Type::Open(all, rest) => fields(all, levels).and_then(|()| typed(rest, levels)),
        _ => Ok(()),
    }
}
