//! What is signed is what was taken.

use std::path::Path;

use super::{Unfit, open_to_sign, otherwise};
use crate::lock::{Lock, Locked};
use crate::manifest::Manifest;
use crate::tests::{Folder, shelf};

/// Why it is not signed, in words.
fn refused(folder: &Folder) -> Option<(String, String)> {
    let shelf = shelf(folder);
    match open_to_sign(&shelf, Path::new("libshelf.so"), folder.path()).err()? {
        Unfit::Words(why, help) => Some((why, help)),
        Unfit::Otherwise(told) => Some((told.0.message, String::new())),
    }
}

#[test]
fn nobody_signs_what_was_written_into_a_manifest_after_the_plugin_was_taken() {
    let folder = Folder::with_plugin("sign");
    let (why, _) = refused(&folder).expect("nobody can ask it");
    assert!(why.contains("cannot start processes"), "{why}");
    let taken = Manifest::read(&folder.describe("")).expect("it is read");
    let mut lock = Lock::default();
    lock.plugins.insert("shelf".into(), Locked::of(&taken));
    folder.write("runsheet.lock", &lock.text());
    assert_eq!(refused(&folder), None);
    folder.describe("summary: safe\n");
    let (why, help) = refused(&folder).expect("it is refused");
    assert!(why.contains("not what was taken as `shelf`"), "{why}");
    assert!(help.contains("runsheet plugin add"), "{help}");
    folder.write("runsheet.lock", "lock: 2\n");
    let (why, help) = refused(&folder).expect("nobody knows what was taken");
    assert!(why.contains("locks of format 1"), "{why}");
    assert!(help.contains("take the Runsheet"), "{help}");
}

#[test]
fn what_a_manifest_says_otherwise_is_told_with_both_values_and_their_places() {
    let folder = Folder::with_plugin("otherwise");
    let kind = |acts: &str, more: &str| {
        let text = format!(
            "kinds:\n  - {{kind: look, acts: {acts}, shape: {{summary: it looks}}}}\n{more}"
        );
        folder.describe(&text)
    };
    let text = kind("never", "summary: safe\n");
    let read = |text: &str| Manifest::read(text).expect("it is read");
    let own = kind("always", "facilities:\n  - {name: shelf}\n");
    let told = otherwise(Path::new("m.yaml"), text.clone(), &read(&text), &read(&own));
    let (told, sources) = *told;
    let labels = told.labels.iter();
    let labels = labels.map(|label| (sources.text(label.span), &*label.text));
    assert_eq!(
        labels.collect::<Vec<_>>(),
        [
            (
                "",
                "the plugin says {\"answers\":[],\"hears_others\":false,\"name\":\"shelf\"}, in \
                 `facilities[0]` of its answer to `describe`"
            ),
            (
                "never",
                "the plugin says \"always\", in `steps[0].acts` of its answer to `describe`"
            ),
            (
                "safe",
                "the plugin says \"\", in `summary` of its answer to `describe`"
            ),
        ]
    );
}
