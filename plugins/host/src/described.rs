//! Whether what a plugin says of itself can be used at all: what has no name that a workflow can
//! say is never used, and what is called as something else is used by mistake.

use runsheet_messages::describe::{Description, StepDescription};
use runsheet_step::Name;

/// Looks for what keeps a plugin from being used, whatever it does.
///
/// # Errors
/// The first such thing, and what to say instead.
pub fn check(said: &Description) -> Result<(), String> {
    named("plugin", &said.name)?;
    let version = &said.version;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '+' | '_');
    if !version.starts_with(|first: char| first.is_ascii_digit()) || !version.chars().all(plain) {
        return Err(format!(
            "its version is `{version}`: give one such as `1.0.0`"
        ));
    }
    let kinds = said.steps.iter().map(|step| &step.kind);
    let facilities = said.facilities.iter().map(|facility| &facility.name);
    let drivers = said.drivers.iter().map(|driver| &driver.name);
    all("kind", kinds)?;
    all("facility", facilities)?;
    all("driver", drivers)?;
    said.steps.iter().try_for_each(fields)
}

/// Things of one sort, of which each has a name of its own.
fn all<'n>(what: &str, names: impl Iterator<Item = &'n Name>) -> Result<(), String> {
    let mut names: Vec<&Name> = names.collect();
    names.iter().try_for_each(|name| named(what, name))?;
    match twice(&mut names) {
        Some(name) => Err(format!("two of its {} are called `{name}`", plural(what))),
        None => Ok(()),
    }
}

fn plural(what: &str) -> String {
    match what.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None => format!("{what}s"),
    }
}

fn named(what: &str, name: &Name) -> Result<(), String> {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    match name.starts_with(|c: char| c.is_ascii_lowercase()) && name.chars().all(plain) {
        true => Ok(()),
        false => Err(format!(
            "`{name}` is no name for a {what}: take small letters, digits and hyphens, and begin \
             with a letter"
        )),
    }
}

/// The fields of a kind have names that expressions can say.
fn fields(step: &StepDescription) -> Result<(), String> {
    let kind = &step.kind;
    for (what, fields) in [
        ("input", &step.shape.inputs),
        ("output", &step.shape.outputs),
    ] {
        let mut names: Vec<&Name> = fields.iter().map(|field| &field.name).collect();
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let first = |c: char| c.is_alphabetic() || c == '_';
        let is_name = |name: &Name| name.starts_with(first) && name.chars().all(plain);
        if let Some(name) = names.iter().find(|name| !is_name(name)) {
            return Err(format!(
                "`{name}` is no name for an {what} of `{kind}`: take letters, digits and `_`"
            ));
        }
        if let Some(name) = twice(&mut names) {
            return Err(format!("two {what}s of `{kind}` are called `{name}`"));
        }
    }
    Ok(())
}

fn twice<'n>(names: &mut [&'n Name]) -> Option<&'n Name> {
    names.sort_unstable();
    let pair = names.windows(2).find(|pair| pair[0] == pair[1])?;
    Some(pair[0])
}

#[cfg(test)]
mod tests {
    use runsheet_messages::describe::Description;
    use serde_json::{Value, json};

    use super::check;

    fn described(change: impl Fn(&mut Value)) -> Result<(), String> {
        let mut said = json!({
            "name": "greet", "version": "1.0.0-rc.1",
            "steps": [{"kind": "greet", "shape": {
                "summary": "it greets",
                "inputs": [
                    {"name": "who", "kind": "text"},
                    {"name": "at_least", "kind": "int"},
                ],
            }}],
            "facilities": [{"name": "hall"}],
        });
        change(&mut said);
        let said: Description = serde_json::from_value(said).expect("it is a description");
        check(&said)
    }

    #[test]
    fn what_can_be_named_is_taken() {
        assert_eq!(described(|_| ()), Ok(()));
    }

    #[test]
    fn what_nobody_could_name_or_tell_apart_is_told_with_what_to_say_instead() {
        type Change = fn(&mut Value);
        let wrong: [(Change, &str); 9] = [
            (
                |it| it["name"] = "Öh".into(),
                "`Öh` is no name for a plugin",
            ),
            (|it| it["name"] = "a\nb".into(), "begin with a letter"),
            (|it| it["version"] = "".into(), "such as `1.0.0`"),
            (|it| it["version"] = "1\n2".into(), "such as `1.0.0`"),
            (
                |it| it["steps"][0]["kind"] = "Not A Kind".into(),
                "`Not A Kind` is no name for a kind",
            ),
            (
                |it| it["steps"] = json!([it["steps"][0], it["steps"][0]]),
                "two of its kinds are called `greet`",
            ),
            (
                |it| it["facilities"] = json!([{"name": "hall"}, {"name": "hall"}]),
                "two of its facilities are called `hall`",
            ),
            (
                |it| it["steps"][0]["shape"]["inputs"][1]["name"] = "at least!".into(),
                "`at least!` is no name for an input of `greet`",
            ),
            (
                |it| it["steps"][0]["shape"]["inputs"][1]["name"] = "who".into(),
                "two inputs of `greet` are called `who`",
            ),
        ];
        for (change, told) in wrong {
            let why = described(change).expect_err(told);
            assert!(why.contains(told), "{why}");
        }
    }
}
