//! Manifests are read as they were written.

use runsheet_messages::describe::{
    Answered, Description, DriverDescription, FacilityDescription, StepDescription,
};
use runsheet_step::shape::{Field, Shape, Type};

use super::{Manifest, Score, path_of};

fn described() -> Description {
    let of = Type::list(Type::OneOf(vec![Type::Int, Type::word(&["all", "none"])]));
    let shape = Shape::new("books are put on a shelf: many")
        .inputs([Field::new("count", of, "how many, or `all`").required()])
        .outputs([Field::new("books", Type::Int, "")]);
    Description {
        name: "shelf".into(),
        version: "1.10".into(),
        summary: "it's about \"books\"".into(),
        steps: vec![StepDescription {
            kind: "add-books".into(),
            shape,
            acts: Answered::Always,
            waits: Answered::EachTime,
            checks: true,
        }],
        drivers: vec![DriverDescription {
            name: "shelf".into(),
            facility: "shelf".into(),
            run: vec!["python3".into(), "shelf.py".into()],
        }],
        facilities: vec![FacilityDescription {
            name: "shelf".into(),
            hears_others: true,
            answers: vec!["predict".into()],
        }],
    }
}

#[test]
fn a_manifest_says_all_that_its_plugin_says() {
    let mut manifest = Manifest::default();
    manifest.describe(&described(), "1.1".to_owned());
    manifest.score = Some(Score { passed: 9, of: 10 });
    let text = manifest.text();
    assert!(
        text.contains("\nplugin: 1\nname: shelf\nversion: \"1.10\"\n"),
        "{text}"
    );
    let read = Manifest::read(&text).expect("it is read");
    assert_eq!(read, manifest, "{text}");
    assert!(read.is_of(&described()));
}

#[test]
fn a_plugin_that_says_anything_else_is_not_the_one_of_the_manifest() {
    let mut manifest = Manifest::default();
    manifest.describe(&described(), "1.1".to_owned());
    let changes: [fn(&mut Description); 5] = [
        |it| it.name = "shelves".into(),
        |it| it.version = "1.1".into(),
        |it| it.steps[0].checks = false,
        |it| it.facilities.clear(),
        |it| it.drivers.clear(),
    ];
    for change in changes {
        let mut other = described();
        change(&mut other);
        assert!(!manifest.is_of(&other), "{other:?}");
    }
}

#[test]
fn a_manifest_that_makes_no_sense_is_refused_in_words() {
    for (text, why) in [
        (
            "plugin: 2\nname: a\nversion: b\nline: c\nsha256: d\n",
            "format 1, not 2",
        ),
        ("plugin: 1\nname: a\n", "missing field `version`"),
        (
            "plugin: 1\nname: a\nversion: b\nkind: []\n",
            "unknown field `kind`",
        ),
        ("plugin: [", "line 1: "),
    ] {
        let told = Manifest::read(text).expect_err("it is wrong");
        assert!(told.contains(why), "{told}");
    }
}

#[test]
fn a_manifest_lies_beside_its_file() {
    let path = path_of("p/libshelf.so".as_ref());
    assert_eq!(path, std::path::Path::new("p/libshelf.so.plugin.yaml"));
}
