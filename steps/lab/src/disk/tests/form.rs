//! The form in which a lab is kept, and the number by which another version refuses it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{contents, run, site};
use crate::disk::marker::FORMAT;
use crate::hash::fnv1a;
use crate::lab::Lab;

/// The names of fields there are, each with what it is in. Keys that are data, such as hosts and
/// paths, count as one.
fn fields(value: &Value, place: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                let is_field =
                    |it: u8| it.is_ascii_lowercase() || it == b'_' || it.is_ascii_digit();
                let key = if key.bytes().all(is_field) { key } else { "*" };
                let place = format!("{place}.{key}");
                fields(inner, &place, into);
                into.insert(place);
            }
        }
        Value::Array(list) => list
            .iter()
            .for_each(|inner| fields(inner, &format!("{place}[]"), into)),
        _ => {}
    }
}

#[test]
fn the_format_has_another_number_when_a_lab_is_kept_in_another_form() {
    let mut lab = Lab::build(&site());
    run(&mut lab, "SALES", "reqmain -dM -t");
    let mut found = BTreeSet::new();
    fields(&contents(&lab), "", &mut found);
    let all: Vec<String> = found.into_iter().collect();
    let form = fnv1a(all.join("\n").as_bytes());
    assert_eq!(
        (FORMAT, format!("{form:016X}").as_str()),
        (5, "BE191A1AD994CA06"),
        "raise FORMAT, so that a lab made before is refused in words, and write both down here"
    );
}
