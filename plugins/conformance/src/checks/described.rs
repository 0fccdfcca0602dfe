//! A plugin says what it is.

use runsheet_host::described;
use runsheet_host::line::ask;
use runsheet_messages::describe::Description;
use runsheet_messages::method::Method;

use super::Check;
use crate::findings::Findings;
use crate::subject::Subject;

pub(super) const CHECK: Check = Check {
    name: "described",
    about: "it says the same of itself each time: a name, a version, and kinds of different names",
    nothing: "",
    look,
};

fn look(subject: &Subject, findings: &mut Findings) {
    let said = &subject.description;
    findings.hold("plugin", well(said), &said.name);
    let again = ask::<Description>(&*subject.line, Method::Describe, &serde_json::Map::new());
    let same = match again {
        Ok(again) if again == *said => Ok(()),
        Ok(_) => Err("it describes itself differently when asked again".to_owned()),
        Err(trouble) => Err(format!("asked again, {trouble}")),
    };
    findings.hold("plugin", same, &said.name);
}

fn well(said: &Description) -> Result<(), String> {
    described::check(said)?;
    if said.summary.is_empty() {
        return Err("its summary is empty: say in a line what it is for".to_owned());
    }
    let methods = said
        .facilities
        .iter()
        .flat_map(|facility| &facility.answers);
    for name in methods {
        if !Method::ALL.iter().any(|method| **name == *method.name()) {
            return Err(format!("a facility answers `{name}`, which is no method"));
        }
    }
    Ok(())
}
