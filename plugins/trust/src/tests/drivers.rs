//! What a driver needs is there, is hashed, and is all that there is where it runs.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use runsheet_messages::describe::DriverDescription;

use super::files;
use crate::cache;
use crate::contents::{Contents, File};

/// A folder that goes with its test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let name = format!("runsheet-drivers-{name}-{}", std::process::id());
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir_all(path.join("lib")).expect("room");
        Folder(path)
    }

    fn write(&self, name: &str) {
        std::fs::write(self.0.join(name), name).expect("room");
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).ok();
    }
}

fn driver(run: &[&str], files: &[&str]) -> DriverDescription {
    let names = |words: &[&str]| words.iter().map(|word| (*word).into()).collect();
    DriverDescription {
        name: "shelf".into(),
        facility: "shelf".into(),
        run: names(run),
        files: names(files),
        environment: Vec::new(),
        options: None,
    }
}

#[test]
fn the_files_of_a_driver_are_those_it_runs_and_those_it_lists() {
    let folder = Folder::new("files");
    ["shelf.py", "books.py", "lib/more.py", "python"]
        .iter()
        .for_each(|name| folder.write(name));
    let library = folder.0.join("libshelf.so");
    let search = folder.0.display().to_string();
    let of = |run: &[&str], listed: &[&str]| {
        let files = files(&[driver(run, listed)], &library, Some(&search));
        files.map(|files| files.into_iter().collect::<Vec<_>>().join(" "))
    };
    let run = ["./shelf.py", "serve", "127.0.0.1", "--log=x.txt"];
    assert_eq!(of(&run, &["books.py"]), Ok("books.py shelf.py".to_owned()));
    let library_of_its_own = of(&["python", "-u", "lib/more.py"], &[]);
    assert_eq!(library_of_its_own, Ok("lib/more.py python".to_owned()));
    for (run, listed, why) in [
        (&["shelf.py", "other.py"][..], &[][..], "runs `other.py`"),
        (&["shelf.py"], &["other.txt"], "needs the file `other.txt`"),
        (&["shelf.py"], &["../x.py"], "needs the file `../x.py`"),
        (&["pithon", "shelf.py"], &[], "nor a program on the PATH"),
        (&["/no/where"], &[], "not on this machine"),
        (&["../shelf"], &[], "not beside the library"),
        (&[], &[], "`run` is empty"),
    ] {
        let told = of(run, listed).expect_err(why);
        assert!(told.starts_with("the driver `shelf` "), "{told}");
        assert!(told.contains(why), "{told}");
    }
}

fn copied(cache: &Path, files: &BTreeMap<String, File>) -> PathBuf {
    cache::folder(cache, "aa", files).expect("a copy")
}

#[test]
fn where_a_driver_runs_there_are_its_files_as_they_were_looked_at_and_nothing_else() {
    let folder = Folder::new("copies");
    ["libshelf.so", "shelf.py", "lib/more.py"]
        .iter()
        .for_each(|name| folder.write(name));
    let names = ["shelf.py", "lib/more.py"].map(str::to_owned).into();
    let contents = Contents::read(&folder.0.join("libshelf.so"), &names).expect("it is there");
    let cache = folder.0.join("cache");
    let copy = copied(&cache, &contents.files);
    let read = |name: &str| std::fs::read_to_string(copy.join(name)).ok();
    assert_eq!(read("lib/more.py").as_deref(), Some("lib/more.py"));
    // What was looked at is what runs, whatever is there now.
    std::fs::write(folder.0.join("shelf.py"), "other").expect("room");
    std::fs::write(copy.join("shelf.py"), "other").expect("room");
    std::fs::write(copy.join("json.py"), "a stranger").expect("room");
    assert_eq!(copied(&cache, &contents.files), copy);
    assert_eq!(read("shelf.py").as_deref(), Some("shelf.py"));
    assert_eq!(read("json.py"), None);
    let left = std::fs::read_dir(&cache).expect("it is there").count();
    assert_eq!(left, 1, "nothing is left over");
}

#[cfg(unix)]
#[test]
fn what_could_be_started_can_be_started_where_it_was_copied_to() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("modes");
    ["libshelf.so", "shelf", "books"]
        .iter()
        .for_each(|name| folder.write(name));
    let open = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(folder.0.join("shelf"), open).expect("it is ours");
    let names = ["shelf", "books"].map(str::to_owned).into();
    let contents = Contents::read(&folder.0.join("libshelf.so"), &names).expect("it is there");
    let copy = copied(&folder.0.join("cache"), &contents.files);
    let mode = |name: &str| {
        let about = copy.join(name).metadata().expect("it is there");
        about.permissions().mode() & 0o777
    };
    assert_eq!((mode("shelf"), mode("books")), (0o700, 0o600));
}
