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
