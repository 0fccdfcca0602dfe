//! What is signed is what was taken.

use std::path::Path;

use super::open_to_sign;
use crate::lock::{Lock, Locked};
use crate::manifest::Manifest;
use crate::tests::{Folder, shelf};

/// Why it is not signed, in words.
fn refused(folder: &Folder) -> Option<(String, String)> {
    let shelf = shelf(folder);
    open_to_sign(&shelf, Path::new("libshelf.so"), folder.path()).err()
}

#[test]
fn nobody_signs_what_was_written_into_a_manifest_after_the_plugin_was_taken() {
    let folder = Folder::with_plugin("sign");
    assert_eq!(refused(&folder), None);
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
    assert!(help.contains("version control"), "{help}");
}
