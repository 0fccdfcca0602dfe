//! Schemas of small catalogues.

use runsheet_step::Catalogue;
use serde_json::{Value as Json, json};

use super::{File, text};

fn schema(file: File) -> Json {
    serde_json::from_str(&text(file, &Catalogue::default())).unwrap()
}

#[test]
fn every_reference_leads_to_a_definition() {
    fn references(json: &Json, found: &mut Vec<String>) {
        match json {
            Json::Object(map) => {
                found.extend(map.get("$ref").and_then(Json::as_str).map(str::to_owned));
                map.values().for_each(|value| references(value, found));
            }
            Json::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    for (_, file) in File::ALL {
        let schema = schema(file);
        let mut found = Vec::new();
        references(&schema, &mut found);
        assert!(!found.is_empty());
        for reference in found {
            let name = reference.trim_start_matches("#/$defs/");
            assert!(schema["$defs"].get(name).is_some(), "{reference}");
        }
    }
}

#[test]
fn a_key_is_explained_where_an_editor_points_at_it() {
    let id = &schema(File::Workflow)["$defs"]["step"]["properties"]["id"];
    let doc = id["description"].as_str().unwrap();
    assert!(doc.starts_with("The name of a step"), "{doc}");
    assert!(
        id["markdownDescription"]
            .as_str()
            .unwrap()
            .contains("```yaml")
    );
}

#[test]
fn words_are_offered_and_others_refused() {
    let schema = schema(File::Workflow);
    let words = &schema["$defs"]["step"]["properties"]["in_doubt"]["enum"];
    assert_eq!(*words, json!(["ask", "repeat", "skip"]));
}

/// What stands behind a backslash in patterns that Python, JavaScript, Java and Rust read alike.
const ESCAPES: [&str; 7] = ["d", "s", ".", "$", "[", "{", "x"];

#[test]
fn every_pattern_is_one_that_any_validator_reads() {
    fn patterns(json: &Json, found: &mut Vec<String>) {
        match json {
            Json::Object(map) => {
                found.extend(map.get("pattern").and_then(Json::as_str).map(str::to_owned));
                let of_keys = map.get("patternProperties").and_then(Json::as_object);
                found.extend(of_keys.into_iter().flat_map(|keys| keys.keys().cloned()));
                map.values().for_each(|value| patterns(value, found));
            }
            Json::Array(items) => items.iter().for_each(|item| patterns(item, found)),
            _ => {}
        }
    }
    for (_, file) in File::ALL {
        let mut found = Vec::new();
        patterns(&schema(file), &mut found);
        assert!(found.len() > 3, "{found:?}");
        for pattern in found {
            assert!(pattern.is_ascii(), "{pattern}");
            assert!(!pattern.contains("(?"), "{pattern}");
            for behind in pattern.split('\\').skip(1) {
                let is_known = ESCAPES.iter().any(|escape| behind.starts_with(escape));
                assert!(is_known, "{pattern}");
            }
        }
    }
}
