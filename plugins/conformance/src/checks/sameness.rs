//! Which values are the same to a person, how they are shown, and what a filter means.

use std::borrow::Cow;

use runsheet_messages::describe::FacilityDescription;
use runsheet_messages::facility::{Matches, Subject as Of};
use runsheet_messages::method::Method;
use runsheet_step::Value;

use super::Check;
use crate::facilities::{about, asked, requests, values};
use crate::findings::Findings;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "sameness",
    about: "each value is the same as itself, in either order, and a facility can show and match any",
    nothing: "it has no facilities of its own",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    for facility in &subject.description.facilities {
        let values = values(&requests(subject, &facility.name));
        for one in &values {
            let shown = about::<String>(subject, facility, Of::Show(Cow::Borrowed(one)));
            let held = shown.map_or(Ok(()), |shown| match shown {
                Ok(_) => Ok(()),
                Err(trouble) => Err(format!("to show a value: {trouble}")),
            });
            findings.hold(&facility.name, held, one);
            for other in &values {
                let held = alike(subject, facility, one, other);
                findings.hold(&facility.name, held, &(one, other));
            }
        }
    }
}

fn alike(
    subject: &Subject,
    facility: &FacilityDescription,
    one: &Value,
    other: &Value,
) -> Result<(), String> {
    let matches = Matches {
        facility: Cow::Borrowed(&*facility.name),
        filter: Cow::Borrowed(one),
        item: Cow::Borrowed(other),
    };
    if let Some(Err(trouble)) = asked::<bool>(subject, facility, Method::Matches, &matches) {
        return Err(format!("`matches`: {trouble}"));
    }
    let same = |one, other| {
        let of = Of::Same(Cow::Borrowed(one), Cow::Borrowed(other));
        about::<bool>(subject, facility, of)
    };
    let (Some(there), Some(back)) = (same(one, other), same(other, one)) else {
        return Ok(());
    };
    let there = there.map_err(|trouble| format!("whether they are the same: {trouble}"))?;
    match back {
        Ok(back) if back != there => Err("they are the same in one order only".to_owned()),
        Ok(_) if !there && one == other => Err("a value is not the same as itself".to_owned()),
        Ok(_) => Ok(()),
        Err(trouble) => Err(format!("whether they are the same: {trouble}")),
    }
}
