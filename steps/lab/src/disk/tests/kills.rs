//! A process that dies while it writes.

use std::fs;
use std::path::Path;

use super::{Folder, contents, difference, run, seen_by_another};
use crate::blueprint::Blueprint;
use crate::disk::Disk;
use crate::disk::failing::Failing;
use crate::lab::Lab;
use crate::tests::blueprint;

/// One postoffice, and a cycle behind it.
fn site() -> Blueprint {
    Blueprint {
        history: true,
        users: 2,
        ..blueprint(&["SALES"])
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

fn act(lab: &mut Lab) {
    run(lab, "SALES", "admin create ZOE Zorn, Zoe -dM");
    run(lab, "SALES", "reqmain -dM -t");
}

#[test]
fn a_process_killed_between_any_two_operations_leaves_the_lab_as_before_or_after() {
    let before = Lab::build(&site());
    let mut after = Lab::build(&site());
    act(&mut after);
    let [before, after] = [&before, &after].map(contents);
    let mut seen = [0, 0];
    let made = Folder::new();
    drop(Disk::create(&made.lab(), &site()).unwrap());
    for operations in 0.. {
        let folder = Folder::new();
        copy(&made.lab(), &folder.lab());
        let mut dying = Disk::open(&folder.lab()).unwrap();
        dying.layer = Box::new(Failing::after(operations));
        drop(dying.change(act));
        drop(dying);
        let record = folder.lab().join(".lab/commit");
        let aside = folder.lab().join(".lab/aside");
        let whole = !record.exists() && !aside.exists();
        let found = contents(&seen_by_another(&folder.lab()));
        let is_after = difference(&found, &after).is_none();
        let told = difference(&found, &before);
        assert!(
            is_after || told.is_none(),
            "{operations} operations: {told:?}"
        );
        seen[usize::from(is_after)] += 1;
        if whole && is_after {
            break;
        }
        let mut again = Disk::open(&folder.lab()).unwrap();
        again
            .change(|lab| run(lab, "SALES", "reqmain -dM -r"))
            .unwrap();
    }
    assert!(seen[0] > 1 && seen[1] > 10, "before and after: {seen:?}");
}

#[test]
fn one_killed_in_the_middle_of_finishing_is_finished_by_the_next() {
    let folder = Folder::new();
    drop(Disk::create(&folder.lab(), &site()).unwrap());
    let mut after = Lab::build(&site());
    act(&mut after);
    for operations in [4, 1, 3, 2] {
        let mut dying = Disk::open(&folder.lab()).unwrap_or_else(|it| panic!("{it}"));
        dying.layer = Box::new(Failing::after(operations));
        assert_eq!(dying.change(act).is_ok(), operations > 1, "{operations}");
        if operations > 2 {
            break;
        }
    }
    let record = folder.lab().join(".lab/commit");
    for operations in [0, 1, 5] {
        let layer = Box::new(Failing::after(operations));
        let mut disk = Disk::open_on(layer, &folder.lab()).unwrap();
        let seen = disk.look(contents).unwrap();
        assert_eq!(difference(&seen, &contents(&after)), None, "{operations}");
        let trouble = disk.change(|_| ()).unwrap_err().to_string();
        assert!(
            trouble.contains("what was begun there is then finished"),
            "{trouble}"
        );
        assert!(record.exists(), "looking changes nothing");
    }
    let found = contents(&seen_by_another(&folder.lab()));
    assert_eq!(difference(&found, &contents(&after)), None);
    assert!(!record.exists());
}

#[test]
fn what_could_not_be_written_is_not_in_memory_either() {
    let folder = Folder::new();
    let mut disk = Disk::create(&folder.lab(), &site()).unwrap();
    disk.layer = Box::new(Failing::after(0));
    let trouble = disk.change(act).unwrap_err();
    assert!(trouble.to_string().contains("killed"), "{trouble}");
    disk.layer = Box::new(Failing::after(usize::MAX));
    let users = disk.look(|lab| lab.postoffices[0].users.len()).unwrap();
    assert_eq!(users, 2);
}
