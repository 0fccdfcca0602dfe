//! The environment of a driver: what programs need to find their way, and what its plugin asks for
//! by name. The rest of ours, which may hold secrets, is none of its business.

use std::collections::BTreeMap;

/// What every driver is given, if it is set.
const USUAL: &[&str] = &["PATH", "HOME", "LANG", "TZ", "TMPDIR"];

/// What nothing runs without on Windows, beside that.
const ON_WINDOWS: &[&str] = &[
    "SystemRoot",
    "SystemDrive",
    "TEMP",
    "TMP",
    "USERPROFILE",
    "PATHEXT",
];

/// What is set for every driver: one in Python writes nothing beside its files.
const OURS: (&str, &str) = ("PYTHONDONTWRITEBYTECODE", "1");

/// What of an environment a driver is given that asks for these variables too.
#[must_use]
pub fn of<'n>(
    all: &BTreeMap<String, String>,
    named: impl IntoIterator<Item = &'n str>,
) -> BTreeMap<String, String> {
    let system = if cfg!(windows) { ON_WINDOWS } else { &[] };
    let wanted: Vec<&str> = USUAL.iter().chain(system).copied().chain(named).collect();
    let is_given = |name: &String| {
        name.starts_with("LC_") || wanted.iter().any(|wanted| is_called(name, wanted))
    };
    let given = all.iter().filter(|(name, _)| is_given(name));
    let given = given.map(|(name, value)| (name.clone(), value.clone()));
    let ours = (OURS.0.to_owned(), OURS.1.to_owned());
    given.chain([ours]).collect()
}

fn is_called(name: &str, wanted: &str) -> bool {
    match cfg!(windows) {
        true => name.eq_ignore_ascii_case(wanted),
        false => name == wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn a_driver_is_given_the_usual_few_and_what_it_asks_for() {
        let all = ["PATH", "LC_ALL", "HOME", "AWS_SECRET_ACCESS_KEY", "PROXY"];
        let all = all.map(|name| (name.to_owned(), "x".to_owned())).into();
        let names = |named: &[&str]| {
            let given = of(&all, named.iter().copied()).into_keys();
            given.collect::<Vec<_>>().join(" ")
        };
        assert_eq!(names(&[]), "HOME LC_ALL PATH PYTHONDONTWRITEBYTECODE");
        let more = "HOME LC_ALL PATH PROXY PYTHONDONTWRITEBYTECODE";
        assert_eq!(names(&["PROXY", "NOWHERE"]), more);
    }
}
