//! Making and opening labs, and what is said where that cannot be.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Folder, site};
use crate::disk::marker::FORMAT;
use crate::disk::{Disk, Trouble};
use crate::tests::blueprint;

fn told(done: Result<Disk, Trouble>) -> String {
    done.err().map(|it| it.to_string()).unwrap_or_default()
}

#[test]
fn a_lab_is_made_once_and_opened_with_the_same_hosts() {
    let folder = Folder::new();
    let root = folder.lab();
    let made = Disk::open_or_create(&root, &site()).unwrap();
    assert_eq!(made.generation(), 1);
    assert_eq!(
        Disk::open_or_create(&root, &site()).unwrap().generation(),
        1
    );
    assert!(told(Disk::create(&root, &site())).contains("is there already"));
    let other = Disk::open_or_create(&root, &blueprint(&["SALES", "DEPOT"]));
    let other = told(other);
    assert!(
        other.contains("has the hosts EXCH1, PLANT, SALES, and the site has DEPOT"),
        "{other}"
    );
}

#[test]
fn a_place_that_holds_something_else_is_left_alone() {
    let folder = Folder::new();
    fs::write(folder.0.join("letter.txt"), "Dear Anna").unwrap();
    let refused = told(Disk::create(&folder.0, &site()));
    assert!(
        refused.contains("`letter.txt` is there, and no lab"),
        "{refused}"
    );
    let refused = told(Disk::create(&folder.0.join("letter.txt"), &site()));
    assert!(refused.contains("letter.txt"), "{refused}");
    let missing = told(Disk::open(&folder.0.join("nowhere")));
    assert!(
        missing.contains("nowhere") && missing.contains("make a lab"),
        "{missing}"
    );
    assert!(told(Disk::open(&folder.0)).contains("no lab is there"));
    assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
}

#[test]
fn a_marker_of_another_format_is_told() {
    let folder = Folder::new();
    drop(Disk::create(&folder.lab(), &site()).unwrap());
    let write = |text: &str| fs::write(folder.lab().join("lab.json"), text).unwrap();
    for other in [1, 7] {
        write(&format!(
            r#"{{"lab": {other}, "generation": 1, "hosts": []}}"#
        ));
        let refused = told(Disk::open(&folder.lab()));
        let named = format!("its files have format {other}, and this one reads format {FORMAT}");
        assert!(refused.contains(&named), "{refused}");
        assert!(refused.contains("make a new lab"), "{refused}");
    }
    write("hello");
    assert!(told(Disk::open(&folder.lab())).contains("lab.json"));
}

#[test]
fn state_that_leads_nowhere_is_told_when_the_lab_is_opened() {
    let folder = Folder::new();
    drop(Disk::create(&folder.lab(), &site()).unwrap());
    let path = folder.lab().join("state/site.json");
    let sound: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    for place in ["/hosts/PLANT/Postoffice", "/due/0/1/Poll/0", "/names"] {
        let mut astray = sound.clone();
        let found = astray.pointer_mut(place).unwrap();
        match found {
            Value::Object(names) => names.values_mut().for_each(|it| *it = 9.into()),
            number => *number = 9.into(),
        }
        fs::write(&path, astray.to_string()).unwrap();
        let refused = told(Disk::open(&folder.lab()));
        assert!(refused.contains("site.json"), "{place}: {refused}");
    }
}

#[test]
fn a_full_disk_is_told_with_what_to_do() {
    let full = Path::new("/dev/full");
    if full.exists() {
        let error = fs::write(full, "x").unwrap_err();
        let told = Trouble::of(full, &error).to_string();
        assert!(told.contains("make room"), "{told}");
    }
}
