//! A plugin says what it is.

use runsheet_host::line::ask;
use runsheet_messages::describe::Description;
use runsheet_messages::method::Method;
use runsheet_step::Name;

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
    let kinds = said.steps.iter().map(|step| &step.kind);
    let facilities = said.facilities.iter().map(|facility| &facility.name);
    for name in kinds.clone().chain(facilities.clone()).chain([&said.name]) {
        named(name)?;
    }
    if !said
        .version
        .starts_with(|first: char| first.is_ascii_digit())
    {
        return Err(format!(
            "its version is `{}`: give one such as `1.0.0`",
            said.version
        ));
    }
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
    distinct("kinds", kinds)?;
    distinct("facilities", facilities)
}

fn named(name: &Name) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    let fine = name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain);
    fine.then_some(())
        .ok_or_else(|| format!("`{name}` is no name: take lower-case letters, digits and `-`"))
}

fn distinct<'n>(what: &str, names: impl Iterator<Item = &'n Name>) -> Result<(), String> {
    let mut names: Vec<&Name> = names.collect();
    names.sort();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("two {what} are called `{}`", pair[0])),
        None => Ok(()),
    }
}
