//! What the page of the line shows is what is said.

use runsheet_messages::method::Method;
use serde_json::Value as Json;

use crate::{SCHEMA, fits};

const PAGE: &str = include_str!("../../../abi/README.md");

/// The blocks of JSON under a heading, each with one text a value.
fn blocks(heading: &str) -> Vec<Vec<Json>> {
    let (_, rest) = PAGE
        .split_once(&format!("\n### {heading}\n"))
        .expect("the heading is there");
    let section = rest.split("\n### ").next().unwrap_or_default();
    let fenced = section.split("```json\n").skip(1);
    let text = |block: &'static str| block.split("```").next().unwrap_or_default();
    let values = |text: &str| {
        let values = serde_json::Deserializer::from_str(text).into_iter();
        values
            .collect::<Result<_, _>>()
            .unwrap_or_else(|error| panic!("{text}: {error}"))
    };
    fenced.map(text).map(values).collect()
}

#[test]
fn a_description_is_shown_as_it_is_said() {
    let shown = blocks("describe");
    assert_eq!(shown.len(), 1);
    fits("describe.answer", &shown[0][0]);
}

#[test]
fn turns_are_shown_as_they_are_said() {
    let shown = blocks("turn");
    let [first, ends, again] = shown.as_slice() else {
        panic!("{} blocks", shown.len());
    };
    for message in first.iter().chain(again) {
        fits("turn", message);
    }
    assert_eq!(ends.len(), 4, "one of each");
    for end in ends {
        fits("turn.answer", end);
    }
}

#[test]
fn values_are_shown_as_they_are_said() {
    let (_, rest) = PAGE
        .split_once("\n### Values\n")
        .expect("the heading is there");
    let section = rest.split("\n### ").next().unwrap_or_default();
    let ticked = section.lines().filter_map(|line| {
        let rest = line.strip_prefix("| `")?;
        // A reason in a value has backticks of its own.
        rest.rsplit_once("}` |")
            .map(|(value, _)| format!("{value}}}"))
    });
    let values: Vec<String> = ticked.filter(|value| !value.contains("...")).collect();
    assert_eq!(values.len(), 8, "{values:?}");
    for value in values {
        let json: Json =
            serde_json::from_str(&value).unwrap_or_else(|error| panic!("{value}: {error}"));
        fits("marked", &json);
    }
}

#[test]
fn every_method_is_on_the_page_since_the_version_of_the_header() {
    let header = include_str!("../../../abi/include/runsheet_plugin.h");
    let mut since = "";
    for line in header.lines() {
        if let Some(version) = line.trim().strip_prefix("/* Since ") {
            since = version.split_at(3).0;
        }
        let Some(name) = line.strip_prefix("    runsheet_method ") else {
            continue;
        };
        let name = name.trim_end_matches(';');
        assert!(
            PAGE.contains(&format!("| {since} | `{name}` | ")),
            "{name} since {since}"
        );
        assert!(
            Method::ALL.into_iter().any(|method| method.name() == name),
            "{name}"
        );
    }
    let title = SCHEMA["title"].as_str().unwrap_or_default();
    let version = title.rsplit(' ').next().unwrap_or_default();
    assert!(PAGE.contains(&format!("is **{version}**")), "{version}");
    assert_eq!(since, version);
}
