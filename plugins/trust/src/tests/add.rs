//! What is taken and tested is what lies there.

use std::path::Path;

use super::{Copied, copied, keep_score};
use crate::tests::{Folder, shelf};

#[test]
fn a_score_is_kept_of_what_was_tested_and_not_of_what_was_built_meanwhile() {
    let folder = Folder::with_plugin("score");
    let library = folder.library();
    let kept = |tested: &[u8]| {
        let tested = Copied {
            library: library.clone(),
            bytes: tested.to_vec(),
            copy: library.clone(),
        };
        let kept = keep_score(folder.path(), &library, &tested, (10, 10));
        kept.expect("it is written").is_some()
    };
    let (of_another, of_it) = (kept(b"another"), kept(b"a library"));
    assert!(of_it && !of_another);
}

#[test]
fn a_slip_in_a_persons_own_file_keeps_nobody_from_copies() {
    let folder = Folder::with_plugin("own");
    folder.write("runsheet/config.yaml", "trsut: []\n");
    let shelf = shelf(&folder);
    let wrong = shelf.user().wrong.clone().expect("it is told");
    assert!(
        wrong.contains("config.yaml: line 1: unknown key `trsut`"),
        "{wrong}"
    );
    assert!(copied(&shelf, Path::new("libshelf.so")).is_ok());
}
