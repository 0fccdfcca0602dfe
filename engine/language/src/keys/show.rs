//! What may stand under a key, in words: for help and for whoever points at a key.

use std::fmt;

use runsheet_diagnostics::words;

use super::Takes;

impl fmt::Display for Takes {
    /// As `explain` says it: `duration, or a map of attempt, total, idle, then`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self {
            Takes::Format => "1",
            Takes::Text => "text",
            Takes::File => "the path of a file",
            Takes::Texts => "text, or a list of texts",
            Takes::Bool => "`true` or `false`",
            Takes::TypeName => "the name of a type",
            Takes::Condition => "an expression",
            Takes::NewStep => "a name",
            Takes::Step => "the name of a step",
            Takes::Steps => "names of steps",
            Takes::Kind => "the name of a kind",
            Takes::Causes => "the name of causes",
            Takes::With => "what the kind takes",
            Takes::Nothing => "nothing",
            Takes::Anything => "any value",
            Takes::AtLeast(least) => return write!(out, "a whole number from {least}"),
            Takes::Word(words) => return out.write_str(&words::or_list(words())),
            Takes::Value(kind) | Takes::Plain(kind) => return write!(out, "{}", kind()),
            Takes::Keys(keys) => return entries(&keys().names().collect::<Vec<_>>(), out),
            Takes::Patch(keys) => return write!(out, "a part of {}", keys().what),
            Takes::Map(of) => return write!(out, "a map of names, each to {of}"),
            Takes::Facilities(of) => return write!(out, "a map of facilities, each to {of}"),
            Takes::List(of) => return list(of, out),
            Takes::Either([Takes::List(of), one]) => return one_or_list(one, of, out),
            Takes::Either(all) => {
                let all: Vec<_> = all.iter().map(Takes::to_string).collect();
                return out.write_str(&all.join(", or "));
            }
        };
        out.write_str(word)
    }
}

fn entries(names: &[&str], out: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(out, "a map of {}", words::and_list(names))
}

fn list(of: &Takes, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match of {
        Takes::Keys(keys) => {
            let what = keys().what;
            let plain = what.trim_start_matches("a ").trim_start_matches("an ");
            write!(out, "a list of {plain}s")
        }
        _ => write!(out, "a list, each {of}"),
    }
}

/// One thing or a list of things, among which is that one: it is said once.
fn one_or_list(one: &Takes, of: &Takes, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (known, mut others) = (parts(one), parts(of));
    others.retain(|other| !known.contains(other));
    if others.len() == parts(of).len() {
        list(of, out)?;
        return write!(out, ", or {one}");
    }
    write!(out, "{one}, or a list, each such")?;
    others
        .iter()
        .try_for_each(|other| write!(out, " or {other}"))
}

/// What may stand there, one by one.
fn parts(takes: &Takes) -> Vec<String> {
    match takes {
        Takes::Either(all) => all.iter().flat_map(parts).collect(),
        one => vec![one.to_string()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::{Keys, WORKFLOW};

    fn said(keys: &Keys<'_>, name: &str) -> Takes {
        let key = keys.keys().iter().find(|key| key.name == name);
        key.expect("a key").takes
    }

    #[test]
    fn what_may_stand_alone_and_in_a_list_is_said_once() {
        let Takes::List(Takes::Keys(step)) = said(&WORKFLOW, "steps") else {
            panic!("a list of steps");
        };
        assert_eq!(
            said(step(), "causes").to_string(),
            "the name of causes, or a list, each such or a map of `when`, `say`, `remedy` and `see`"
        );
        let accept = said(step(), "accept").to_string();
        assert_eq!(accept.matches("a map of").count(), 1, "{accept}");
    }
}
