//! What is signed is what was taken.

use std::fs;
use std::path::Path;

use runsheet_step::Catalogue;

use super::{Copied, copied, keep_score, open_as_taken, open_to_sign};
use crate::lock::{Lock, Locked};
use crate::manifest::Manifest;
use crate::shelf::{Lent, Shelf};
use crate::{hash, manifest};

#[test]
fn nobody_signs_what_was_written_into_a_manifest_after_the_plugin_was_taken() {
    let folder = format!("runsheet-sign-{}", std::process::id());
    let folder = std::env::temp_dir().join(folder);
    fs::create_dir_all(&folder).expect("room");
    let library = folder.join("libshelf.so");
    fs::write(&library, "a library").expect("room");
    let text = format!(
        "plugin: 1\nname: shelf\nversion: \"1.0\"\nline: \"1.1\"\nlibrary: '{}'\n",
        hash::of(b"a library")
    );
    let place = manifest::path_of(&library);
    fs::write(&place, &text).expect("room");
    let unlocked = open_to_sign(&library, &folder).is_ok();
    let taken = Manifest::read(&text).expect("it is read");
    let mut lock = Lock::default();
    lock.plugins.insert("shelf".into(), Locked::of(&taken));
    fs::write(folder.join("runsheet.lock"), lock.text()).expect("room");
    let locked = open_to_sign(&library, &folder).is_ok();
    fs::write(&place, format!("{text}summary: safe\n")).expect("room");
    let edited = open_to_sign(&library, &folder).err();
    fs::write(folder.join("runsheet.lock"), "lock: 2\n").expect("room");
    let unread = open_to_sign(&library, &folder).err();
    let scored = open_as_taken(&library).is_ok();
    fs::remove_dir_all(&folder).expect("it is there");
    assert!(unlocked && locked && scored);
    let (why, help) = edited.expect("it is refused");
    assert!(why.contains("not what was taken as `shelf`"), "{why}");
    assert!(help.contains("runsheet plugin add"), "{help}");
    let (why, help) = unread.expect("nobody knows what was taken");
    assert!(why.contains("locks of format 1"), "{why}");
    assert!(help.contains("version control"), "{help}");
}

#[test]
fn a_score_is_kept_of_what_was_tested_and_not_of_what_was_built_meanwhile() {
    let folder = format!("runsheet-score-{}", std::process::id());
    let folder = std::env::temp_dir().join(folder);
    fs::create_dir_all(&folder).expect("room");
    let library = folder.join("libshelf.so");
    fs::write(&library, "a library").expect("room");
    let text = format!(
        "plugin: 1\nname: shelf\nversion: \"1.0\"\nline: \"1.1\"\nlibrary: '{}'\n",
        hash::of(b"a library")
    );
    fs::write(manifest::path_of(&library), text).expect("room");
    let kept = |tested: &[u8]| {
        let tested = Copied {
            library: library.clone(),
            bytes: tested.to_vec(),
            copy: library.clone(),
        };
        let kept = keep_score(&library, &tested, (10, 10));
        kept.expect("it is written").is_some()
    };
    let (of_another, of_it) = (kept(b"another"), kept(b"a library"));
    fs::remove_dir_all(&folder).expect("it is there");
    assert!(of_it && !of_another);
}

#[test]
fn a_slip_in_the_own_file_of_plugins_is_told_by_its_place_and_not_by_that_of_copies() {
    let folder = format!("runsheet-own-{}", std::process::id());
    let folder = std::env::temp_dir().join(folder);
    fs::create_dir_all(folder.join("runsheet")).expect("room");
    fs::write(folder.join("libshelf.so"), "a library").expect("room");
    fs::write(folder.join("runsheet/config.yaml"), "trsut: []\n").expect("room");
    let place = folder.to_string_lossy().into_owned();
    let environment = [("XDG_CONFIG_HOME".to_owned(), place)].into();
    let lent = Lent {
        host: None,
        own_drivers: Vec::new(),
        before_loading: Box::new(|| Ok(())),
    };
    let shelf = Shelf::new(Catalogue::default(), &folder, &environment, lent);
    let told = copied(&shelf, Path::new("libshelf.so")).err();
    fs::remove_dir_all(&folder).expect("it is there");
    let (why, help) = told.expect("nobody knows where copies are");
    assert!(why.contains("config.yaml: unknown key `trsut`"), "{why}");
    assert_eq!(help, "mend that file");
}
