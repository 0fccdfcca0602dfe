//! The schema of a whole file.

use runsheet_language::compose::PATCHED;
use runsheet_language::keys::{OVERLAY, SITE, WORKFLOW, type_names};
use runsheet_step::Catalogue;

use super::maps::Maps;
use super::values::{self, words};
use super::{File, Schema};

/// The dialect that all of it is written in.
const DIALECT: &str = "https://json-schema.org/draft/2020-12/schema";

pub(super) fn of(file: File, catalogue: &Catalogue) -> Schema {
    let mut maps = Maps::new(catalogue);
    let (keys, title) = match file {
        File::Workflow => (&WORKFLOW, "A workflow of Runsheet"),
        File::Site => (&SITE, "A site of Runsheet"),
        File::Overlay => (&OVERLAY, "An overlay of Runsheet"),
    };
    let mut root = maps.map(keys);
    if file == File::Workflow {
        // Another file may say all but the version of the format.
        let more = root.required.split_off(1);
        let alone = own_names_only(more, &mut maps);
        root.all_of.extend([alone, variant(), patching()]);
    }
    root.dialect = Some(DIALECT);
    root.title = Some(title.to_owned());
    for (name, schema) in values::definitions() {
        maps.defs.insert(name.to_owned(), schema);
    }
    maps.defs.sort_keys();
    root.defs = maps.defs;
    root
}

/// Where nothing is defined in YAML, and nothing comes from another file, these keys are there,
/// only kinds that are linked can be used, and only types of the language.
fn own_names_only(required: Vec<String>, maps: &mut Maps<'_>) -> Schema {
    let mut kinds = maps.linked();
    kinds.push(Schema::pattern(r"^\.{0,2}/"));
    let step = Schema {
        properties: [
            ("uses".to_owned(), Schema::any(kinds)),
            ("steps".to_owned(), Schema::list(Schema::refer(LINKED_STEP))),
        ]
        .into_iter()
        .collect(),
        ..Schema::default()
    };
    maps.defs.insert(LINKED_STEP.to_owned(), step);
    maps.defs.insert(OWN_TYPE.to_owned(), own_type());
    let steps = Schema::list(Schema::refer(LINKED_STEP));
    let then = Schema {
        properties: [
            ("steps".to_owned(), steps.clone()),
            ("finally".to_owned(), steps),
            ("inputs".to_owned(), Schema::names(typed(true))),
        ]
        .into_iter()
        .collect(),
        required,
        ..Schema::default()
    };
    let others = ["plugins", "define", "types", "causes", "include", "extends"];
    let from_elsewhere = others.iter().map(|key| Schema::has(key)).collect();
    Schema::when(Schema::none_of(from_elsewhere), then)
}

/// One that extends another says in its patch what differs.
fn variant() -> Schema {
    let patched = PATCHED.iter().map(|key| Schema::has(key)).collect();
    Schema::when(Schema::has("extends"), Schema::none_of(patched))
}

/// Only one that extends another patches anything.
fn patching() -> Schema {
    Schema::when(Schema::has("patch"), Schema::has("extends"))
}

const LINKED_STEP: &str = "step-of-linked-kinds";
const OWN_TYPE: &str = "type";

/// A type of the language by its name.
fn own_type() -> Schema {
    let names = type_names().join("|");
    let nested = format!(r"^\s*((list|map)\s*<\s*)*({names})(\s*>)*\s*$");
    Schema::any(vec![words(type_names()), Schema::pattern(nested)])
}

/// An input, or a variable of one, whose type is one of the language.
fn typed(with_vars: bool) -> Schema {
    let own = || Schema::refer(OWN_TYPE);
    let mut map = Schema {
        properties: [("type".to_owned(), own())].into_iter().collect(),
        ..Schema::of("object")
    };
    if with_vars {
        let vars = Schema::names(typed(false));
        map.properties.insert("vars".to_owned(), vars);
    }
    Schema::any(vec![own(), map])
}
