//! What is rendered of small files.

mod composed;
mod laws;
mod values;

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_diagnostics::difference;
use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::{Files, Overlay, read_overlay};
use runsheet_language::parts::Parts;
use runsheet_language::read_variant;
use runsheet_language::workflow::Workflow;
use runsheet_step::shape::{HostNeed, Type};
use runsheet_step::{Catalogue, Field, Input, Outcome, Shape, Step, Stop, World};

use super::{beside, render};

/// A kind that takes anything and gives it.
struct Look(Shape);

impl Step for Look {
    fn kind(&self) -> &str {
        "look"
    }

    fn shape(&self) -> &Shape {
        &self.0
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        Ok(Outcome::default())
    }
}

fn catalogue() -> Catalogue {
    let field = |name| Field::new(name, Type::Any, "");
    let shape = Shape::new("").host(HostNeed::Optional);
    let shape = shape.inputs([field("at"), field("more")]);
    Catalogue::default().step(Look(shape.outputs([field("seen")])))
}

/// Texts by path.
type Texts = BTreeMap<String, Arc<str>>;

fn texts(files: &[(&str, &str)]) -> Texts {
    let file = |(path, text): &(&str, &str)| (path.to_string(), Arc::from(*text));
    files.iter().map(file).collect()
}

/// A workflow as rendered, and what it means, places left out.
#[track_caller]
fn rendered(path: &str, overlays: &[&str], files: &Texts) -> (String, serde_json::Value) {
    let mut sources = Sources::new();
    let overlays: Vec<Overlay> = overlays
        .iter()
        .map(|path| {
            let source = sources.add(*path, files.read(path).unwrap());
            read_overlay(source, &sources).0
        })
        .collect();
    let source = sources.add(path, files.read(path).unwrap());
    let catalogue = catalogue();
    let (workflow, found) = read_variant(source, &overlays, &mut sources, &catalogue, files);
    let found = found.iter().filter(|one| one.is_error());
    let found: Vec<&str> = found.map(|one| &*one.message).collect();
    assert_eq!(found, [""; 0], "{path}: {:?}", files.get(path));
    let parts = Parts::of(source, &overlays, &mut sources, files);
    let seen = beside(&parts, &sources);
    let text = render(&parts, &sources, &catalogue, &seen);
    (text, meaning(&workflow))
}

/// A workflow without the places of its parts.
fn meaning(workflow: &Workflow) -> serde_json::Value {
    let mut meaning = serde_json::to_value(workflow).unwrap();
    forget_places(&mut meaning);
    meaning
}

fn forget_places(value: &mut serde_json::Value) {
    match value {
        serde_json::Value::Object(map) if map.contains_key("start") && map.contains_key("end") => {
            *value = serde_json::Value::Null;
        }
        serde_json::Value::Object(map) => {
            map.remove("source_hash");
            // What is called from another file has a longer name afterwards.
            if map.contains_key("declared") {
                map.remove("kind");
            }
            map.values_mut().for_each(forget_places);
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// Renders, and holds that the text is canonical, in order, and means the same.
#[track_caller]
fn sound(path: &str, overlays: &[&str], files: &Texts) -> String {
    let (text, meant) = rendered(path, overlays, files);
    let mut alone = Texts::new();
    alone.insert(path.to_owned(), text.as_str().into());
    let (again, means) = rendered(path, &[], &alone);
    assert_eq!(difference::unified(path, &text, &again), "", "a fixpoint");
    assert_eq!(means, meant, "{text}");
    let formatted = runsheet_language::format::format(Default::default(), &text).unwrap();
    assert_eq!(
        difference::unified(path, &text, &formatted),
        "",
        "formatted"
    );
    text
}

/// Holds what one file is rendered as; an empty text stands for the file itself.
#[track_caller]
fn one(file: &str, wanted: &str) {
    let head = "workflow: 1\nname: one\n";
    let text = sound(
        "w/one.yaml",
        &[],
        &texts(&[("w/one.yaml", &format!("{head}{file}"))]),
    );
    let wanted = if wanted.is_empty() { file } else { wanted };
    assert_eq!(text, format!("{head}{wanted}"));
}

#[test]
fn what_is_said_of_a_dash_on_a_line_of_its_own_is_said_of_its_item() {
    one(
        "\nsteps:\n  # one\n  - {id: a, uses: look}\n  # two\n  -\n    id: b\n    uses: look\n  - # three\n    # four\n    id: c\n    uses: look\n",
        "\nsteps:\n  # one\n  - {id: a, uses: look}\n  # two\n  - id: b\n    uses: look\n  # three\n  # four\n  - id: c\n    uses: look\n",
    );
}

#[test]
fn keys_come_in_their_order_and_the_authors_own_as_written() {
    one(
        "steps:\n  - {with: {more: 1, at: 2}, uses: look, id: a, x-b: 1}\nsummary: s\n",
        "summary: s\n\nsteps:\n  - {id: a, uses: look, with: {more: 1, at: 2}, x-b: 1}\n",
    );
    one(
        "inputs: {z: text, a: {default: 1, type: int}}\nsteps:\n  - foreach: {parallel: 2, it: [1]}\n    id: a\n    uses: look\n",
        "inputs: {z: text, a: {type: int, default: 1}}\n\nsteps:\n  - id: a\n    uses: look\n    foreach: {it: [1], parallel: 2}\n",
    );
}

#[test]
fn comments_and_empty_lines_stay_with_what_they_stand_at() {
    one(
        "# what it does\nsteps:   # in order\n  # first\n\n  # now\n  - doc: d   # why\n    # how\n    id: a\n    uses: look\n\n\n  - {id: b, uses: look}  # last\n  # nothing more\n# end\n",
        "\n# what it does\nsteps:                                          # in order\n  # first\n\n  # now\n  # how\n  - id: a\n    doc: d                                      # why\n    uses: look\n\n  - {id: b, uses: look}                         # last\n# nothing more\n# end\n",
    );
}

#[test]
fn brackets_with_comments_in_them_are_opened() {
    one(
        "\nsteps:\n  - {id: a, uses: look, # what\n     with: {at: 1}}   # done\n",
        "\nsteps:\n  # done\n  - id: a                                       # what\n    uses: look\n    with: {at: 1}\n",
    );
}

#[test]
fn what_has_no_room_between_brackets_is_opened() {
    let long = "word ".repeat(12);
    let item = format!("{{id: a, uses: look, with: {{at: {long}it, more: {long}it}}}}");
    let wanted =
        format!("id: a\n    uses: look\n    with:\n      at: {long}it\n      more: {long}it\n");
    one(
        &format!("\nsteps:\n  - {item}\n"),
        &format!("\nsteps:\n  - {wanted}"),
    );
}

#[test]
fn scalars_keep_their_quotes_and_blocks_their_lines() {
    one(
        "
steps:
  - id: a
    uses: look
    with:
      at:
        - 'it''s'
        - \"a\\tb\"
        - |
          one

            two
        - |-
          no end
        - >-
          folded
          lines
        - [1.10, 0777, ~, NO, '1', \"${{ inputs == inputs }}\"]
        - []
        - {}
        - - - inner
          - {a: 1}
        - a: 1
          b:
            - 2
      more: \"1\\n\\n\"
",
        "",
    );
}

#[test]
fn anchors_are_written_out() {
    one(
        "x-a: &a [1, {b: 2}]\nsteps:\n  - {id: a, uses: look, with: {at: *a, more: &t text}}\n  - {id: b, uses: look, with: {at: *t}}\n",
        "\nsteps:\n  - {id: a, uses: look, with: {at: [1, {b: 2}], more: text}}\n  - {id: b, uses: look, with: {at: text}}\n\nx-a: [1, {b: 2}]\n",
    );
}

#[test]
fn windows_line_ends_become_plain_ones() {
    one(
        "steps:\r\n  - id: a   # it\r\n    uses: look\r\n",
        "\nsteps:\n  - id: a                                       # it\n    uses: look\n",
    );
}
