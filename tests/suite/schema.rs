//! The schemas that editors use: valid themselves, and of one mind with what reads the files.

mod patches;
mod wrong;

use std::sync::LazyLock;

use jsonschema::Validator;
use runsheet_diagnostics::source::Sources;
use runsheet_language::document::{Core, Document, Form, Node};
use runsheet_views::schema::{File, text};
use serde_json::{Map, Value as Json};

use crate::product::{self, CATALOGUE};
use crate::repository::{files, read};

fn schema(file: File) -> Json {
    serde_json::from_str(&text(file, &CATALOGUE)).expect("a schema is JSON")
}

fn validator(file: File) -> Validator {
    jsonschema::draft202012::new(&schema(file)).expect("a schema can be compiled")
}

static WORKFLOW: LazyLock<Validator> = LazyLock::new(|| validator(File::Workflow));
static SITE: LazyLock<Validator> = LazyLock::new(|| validator(File::Site));
static OVERLAY: LazyLock<Validator> = LazyLock::new(|| validator(File::Overlay));

/// A file as an editor hands it to a schema: YAML by its core schema.
fn json(text: &str) -> Json {
    let mut sources = Sources::new();
    let source = sources.add("file.yaml", text);
    let (document, _) = Document::parse(source, text);
    document.root().map_or(Json::Null, value)
}

fn value(node: Node<'_>) -> Json {
    match node.form() {
        Form::List => node.items().map(value).collect(),
        Form::Map => {
            let entries = node.entries();
            let entries = entries.map(|entry| (entry.name().to_owned(), value(entry.value)));
            Json::Object(entries.collect::<Map<_, _>>())
        }
        Form::Scalar(..) | Form::Hole => match node.core() {
            None | Some(Core::Null) => Json::Null,
            Some(Core::Bool(truth)) => truth.into(),
            Some(Core::Int(number)) => number.into(),
            Some(Core::Float(number)) => number.into(),
            Some(Core::Text(text)) => text.into(),
        },
    }
}

/// What a schema has against a text, at most three things.
fn against(validator: &Validator, text: &str) -> Vec<String> {
    let json = json(text);
    let errors = validator.iter_errors(&json).take(3);
    errors
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect()
}

/// The schema that a file is for.
fn of(text: &str) -> &'static Validator {
    let says = |key| text.lines().any(|line| line.starts_with(key));
    match says("overlay:") {
        true => &OVERLAY,
        false if says("site:") => &SITE,
        false => &WORKFLOW,
    }
}

#[test]
fn a_schema_is_valid_against_its_metaschema() {
    for (name, file) in File::ALL {
        let schema = schema(file);
        assert!(jsonschema::draft202012::meta::is_valid(&schema), "{name}");
    }
}

#[test]
fn every_workflow_site_and_overlay_of_the_house_is_valid() {
    let of_house = ["workflows/", "engine/cli/src/commands/new/"];
    let yaml = |path: &String| {
        path.ends_with(".yaml") && of_house.iter().any(|folder| path.starts_with(folder))
    };
    let paths: Vec<String> = files().into_iter().filter(yaml).collect();
    assert!(paths.len() > 8, "{paths:?}");
    for path in paths {
        let text = read(&path);
        assert_eq!(against(of(&text), &text), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn every_example_of_a_kind_is_valid() {
    for (name, kind) in CATALOGUE.kinds() {
        let example = &kind.shape().example;
        let step: String = example.lines().map(|line| format!("  {line}\n")).collect();
        let text = format!("workflow: 1\nname: example\nsteps:\n{step}");
        assert_eq!(against(&WORKFLOW, &text), Vec::<String>::new(), "{name}");
    }
}

/// Steps that the reader refuses, each for one slip; `SURE` stands for a kind and its input.
const WRONG_STEPS: &[(&str, &str)] = &[
    ("a step that does nothing", "id: a, doc: nothing"),
    (
        "a group that is of a kind",
        "id: a, uses: assert, steps: []",
    ),
    ("no id", "SURE"),
    ("an id that is none", "id: a b, SURE"),
    ("a key of a step", "id: a, SURE, whne: true"),
    ("the word of another tool", "id: a, SURE, if: true"),
    ("a kind", "id: a, uses: regstry, with: {that: true}"),
    (
        "a field of a kind",
        "id: a, uses: assert, with: {taht: true}",
    ),
    ("no input", "id: a, uses: exec"),
    (
        "a required field",
        "id: a, uses: service, with: {control: stop}",
    ),
    (
        "a word of a kind",
        "id: a, uses: service, with: {name: A, control: pauze}",
    ),
    ("a duration without a unit", "id: a, SURE, timeout: 90"),
    ("a duration of parsecs", "id: a, SURE, timeout: 5 parsecs"),
    ("a part of a timeout", "id: a, SURE, timeout: {totl: 5m}"),
    (
        "what comes after a timeout",
        "id: a, SURE, timeout: {total: 5m, then: explode}",
    ),
    ("a retry of nothing", "id: a, SURE, retry: 0"),
    (
        "a retry without a number",
        "id: a, SURE, retry: {backoff: 10s}",
    ),
    ("a failure", "id: a, SURE, accept: [{win23: 2140}]"),
    (
        "a failure of two names",
        "id: a, SURE, accept: [{win32: 2140, exit: 1}]",
    ),
    ("a failure in a word", "id: a, SURE, accept: [transiet]"),
    ("a doubt", "id: a, SURE, in_doubt: repaet"),
    ("an undo", "id: a, SURE, undo: later"),
    ("effects", "id: a, SURE, effects: nothing"),
    ("a facility", "id: a, SURE, effects: [{registri: A}]"),
    (
        "a cause that says nothing",
        "id: a, SURE, causes: [{when: true}]",
    ),
    (
        "none at once",
        "id: a, SURE, foreach: {po: [a], parallel: 0}",
    ),
    (
        "failures of instances",
        "id: a, SURE, foreach: {po: [a], failures: ignore}",
    ),
];

/// Files that the reader refuses, each for one slip.
const WRONG_FILES: &[(&str, &str)] = &[
    ("no format", "name: w\nsteps: []"),
    ("another format", "workflow: 2\nname: w\nsteps: []"),
    ("no name", "workflow: 1\nsteps: []"),
    ("no steps", "workflow: 1\nname: w"),
    (
        "a strange key",
        "workflow: 1\nname: w\nsteps: []\nstesp: []",
    ),
    ("steps that are no list", "workflow: 1\nname: w\nsteps: {}"),
    (
        "a default",
        "workflow: 1\nname: w\ndefaults: {timout: 5m}\nsteps: []",
    ),
    (
        "a type",
        "workflow: 1\nname: w\ninputs: {a: txt}\nsteps: []",
    ),
    (
        "a type of a list",
        "workflow: 1\nname: w\ninputs: {a: list<hots>}\nsteps: []",
    ),
    (
        "no type",
        "workflow: 1\nname: w\ninputs: {a: {default: 1}}\nsteps: []",
    ),
    (
        "steps of a variant outside of its patch",
        "workflow: 1\nname: w\nextends: b.yaml\nsteps: []",
    ),
    (
        "outputs of a variant outside of its patch",
        "workflow: 1\nname: w\nextends: b.yaml\noutputs: {a: 1}",
    ),
    (
        "a patch of nothing",
        "workflow: 1\nname: w\npatch: {}\nsteps: []",
    ),
    ("no site format", "site: one\nname: s\nhosts: {}"),
    ("no hosts", "site: 1\nname: s"),
    (
        "a key of a host",
        "site: 1\nname: s\nhosts: {A: {adress: B}}",
    ),
    (
        "a facility of a host",
        "site: 1\nname: s\nhosts: {A: {facilities: {registri: lab}}}",
    ),
    (
        "no driver",
        "site: 1\nname: s\nhosts: {A: {facilities: {registry: {server: b}}}}",
    ),
    (
        "a secret written out",
        "site: 1\nname: s\nhosts: {}\nsecrets: {pw: abc}",
    ),
    (
        "a secret in two places",
        "site: 1\nname: s\nhosts: {}\nsecrets: {pw: {env: A, file: b}}",
    ),
    (
        "a key of a lab",
        "site: 1\nname: s\nhosts: {}\nlab: {user: 4}",
    ),
    (
        "a profile of a lab",
        "site: 1\nname: s\nhosts: {}\nlab: {profile: exchange-6.0}",
    ),
];

fn wrong() -> impl Iterator<Item = (&'static str, String)> {
    let steps = WRONG_STEPS.iter().map(|(what, step)| {
        let step = step.replace("SURE", "uses: assert, with: {that: true}");
        (
            *what,
            format!("workflow: 1\nname: w\nsteps:\n  - {{{step}}}\n"),
        )
    });
    steps.chain(
        WRONG_FILES
            .iter()
            .map(|(what, text)| (*what, format!("{text}\n"))),
    )
}

#[test]
fn what_the_reader_refuses_for_its_form_the_schema_refuses() {
    for (what, text) in wrong() {
        let found = match std::ptr::eq(of(&text), &raw const *SITE) {
            true => product::site(&text).1,
            false => product::workflow("w.yaml", &text).found,
        };
        assert!(
            found.iter().any(|one| one.is_error()),
            "{what} is read: {text}"
        );
        assert!(
            !against(of(&text), &text).is_empty(),
            "{what} is valid: {text}"
        );
    }
}

/// Files that are unusual and right.
const RIGHT: [(&str, &str); 12] = [
    ("a number as text", "name: 5.0\nsteps: []"),
    ("keys of one's own", "name: w\nx-owner: mail\nsteps: []"),
    (
        "an expression for a list",
        "name: w\nsteps:\n  - {id: a, foreach: {n: \"${{ [1] }}\"}, uses: assert, with: {that: true}}",
    ),
    (
        "an expression for a bool",
        "name: w\nsteps:\n  - {id: a, uses: assert, with: {that: \"${{ 1 == 1 }}\"}}",
    ),
    (
        "an expression for a duration",
        "name: w\ninputs: {t: duration}\nsteps:\n  - {id: a, timeout: \"${{ inputs.t }}\", uses: assert, with: {that: true}}",
    ),
    (
        "a duration in ISO 8601",
        "name: w\nsteps:\n  - {id: a, timeout: PT5M, uses: assert, with: {that: true}}",
    ),
    (
        "a duration of parts",
        "name: w\nsteps:\n  - {id: a, timeout: 1h30m, uses: assert, with: {that: true}}",
    ),
    (
        "a condition that is a bool",
        "name: w\nsteps:\n  - {id: a, when: false, uses: assert, with: {that: true}}",
    ),
    (
        "one failure alone",
        "name: w\nsteps:\n  - {id: a, accept: timeout, uses: assert, with: {that: true}}",
    ),
    (
        "a group",
        "name: w\nsteps:\n  - {id: g, steps: [{id: a, uses: assert, with: {that: true}}]}",
    ),
    (
        "lists of maps",
        "name: w\ninputs: {a: {type: list<map<text>>, default: []}}\nsteps: []",
    ),
    (
        "a version",
        "name: w\ninputs: {a: {type: version, default: 5.0}}\nsteps: []",
    ),
];

#[test]
fn what_the_reader_takes_the_schema_takes() {
    for (what, text) in RIGHT {
        let text = format!("workflow: 1\n{text}\n");
        let found = product::workflow("w.yaml", &text).found;
        assert!(!found.iter().any(|one| one.is_error()), "{what}: {found:?}");
        assert_eq!(against(&WORKFLOW, &text), Vec::<String>::new(), "{what}");
    }
}
