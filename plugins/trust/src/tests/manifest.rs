//! Manifests are read as they were written.

use runsheet_messages::describe::{
    Answered, Description, DriverDescription, FacilityDescription, StepDescription,
};
use runsheet_step::shape::{Field, Shape, Type};

use super::{Manifest, Score, Tested, path_of};
use crate::contents::{Contents, File};

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
            files: Vec::new(),
            environment: vec!["SHELF".into()],
            options: Some(vec![Field::new("room", Type::Int, "which")]),
        }],
        facilities: vec![FacilityDescription {
            name: "shelf".into(),
            hears_others: true,
            answers: vec!["predict".into()],
            doc: "Shelves.\n\n| `get` | a book |\n".into(),
        }],
    }
}

fn contents() -> Contents {
    Contents {
        library: b"a library".to_vec(),
        files: [("shelf.py".to_owned(), File::default())].into(),
    }
}

fn manifest() -> Manifest {
    Manifest::of(&described(), "1.1".to_owned(), &contents())
}

#[test]
fn a_manifest_says_all_that_its_plugin_says() {
    let mut manifest = manifest();
    let sha256 = manifest.sha256.clone();
    let (passed, of) = (9, 10);
    manifest.score = Some(Score { passed, of, sha256 });
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
fn whatever_a_manifest_says_is_in_its_hash_and_its_score_and_layout_are_not() {
    let manifest = manifest();
    let text = manifest.text();
    let sha256 = |text: &str| Manifest::read(text).expect("it is read").sha256;
    for (from, to) in [
        ("how many", "how few"),
        ("required: true", "required: false"),
        ("hears_others: true", "hears_others: false"),
        ("shelf.py", "shelve.py"),
        ("\"1.1\"", "\"1.0\""),
        ("kind: add-books", "kind: add-book"),
        ("acts: always", "acts: never"),
        ("library: ", "library: 0"),
    ] {
        let other = text.replace(from, to);
        assert_ne!(other, text, "{from}");
        assert_ne!(sha256(&other), manifest.sha256, "{from}");
    }
    let scored = text.replace("kinds:\n", "score: {passed: 9, of: 9}\nkinds:\n");
    let laid_out = scored.replace("line: \"1.1\"\n", "line:   '1.1' # said\n\n");
    assert_ne!(laid_out, text);
    assert_eq!(sha256(&laid_out), manifest.sha256);
}

#[test]
fn what_a_later_version_wrote_is_kept_as_it_was_written() {
    let text = manifest().text();
    let later = text.replace("checks: true", "checks: true\n    mood: good");
    assert_ne!(later, text);
    let read = Manifest::read(&later).expect("keys of kinds may grow");
    assert_ne!(read.sha256, manifest().sha256);
    let again = Manifest::read(&read.text()).expect("it is read");
    assert_eq!((again.sha256, again.kinds), (read.sha256, read.kinds));
}

#[test]
fn a_score_counts_for_the_plugin_that_was_tested_and_for_no_other() {
    let mut manifest = manifest();
    assert_eq!(manifest.tested(), Tested::Never);
    let sha256 = manifest.sha256.clone();
    let (passed, of) = (9, 10);
    let score = Score { passed, of, sha256 };
    manifest.score = Some(score.clone());
    assert_eq!(manifest.tested(), Tested::With(&score));
    let other = manifest.text().replace("how many", "how few");
    let other = Manifest::read(&other).expect("it is read");
    assert_eq!(other.tested(), Tested::Before);
}

#[test]
fn a_plugin_that_says_anything_else_is_not_the_one_of_the_manifest() {
    let manifest = manifest();
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
            "plugin: 2\nname: a\nversion: b\nline: c\nlibrary: d\n",
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
