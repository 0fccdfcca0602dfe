//! Names for new plugins.

use std::path::Path;

use runsheet_step::Catalogue;

use crate::complaint::Complaint;
use crate::drivers::is_own;

/// Words that YAML reads as something else than a text, in one of its versions or another.
const YAML: [&str; 9] = ["false", "n", "no", "null", "off", "on", "true", "y", "yes"];

/// Names that no file can have on Windows.
const DEVICES: [&str; 6] = ["aux", "com1", "con", "lpt1", "nul", "prn"];

/// A plugin is called as its folder.
///
/// # Errors
/// The folder is called as no plugin can be.
pub(super) fn of(folder: &Path) -> Result<String, Complaint> {
    let Some(last) = folder.file_name().map(|last| last.to_string_lossy()) else {
        let complaint = Complaint::new(format!("`{}` names no folder", folder.display()));
        return Err(complaint.help("name the folder to make it in, such as `greet`"));
    };
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let is_name = last.starts_with(|c: char| c.is_ascii_lowercase()) && last.chars().all(plain);
    match is_name && !last.ends_with('-') {
        true => Ok(last.into_owned()),
        false => Err(Complaint::new(format!("`{last}` is no name for a plugin"))
            .help("take small letters, digits and hyphens, and begin with a letter")),
    }
}

/// What a plugin brings is called as the plugin, and so are its files.
///
/// # Errors
/// The name is taken, or means something else in a file that it is to stand in.
pub(super) fn is_free(name: &str, linked: &Catalogue, is_driven: bool) -> Result<(), Complaint> {
    let what = if linked.kind(name).is_some() {
        "a kind of step that Runsheet brings itself"
    } else if linked.facility_named(name).is_some() {
        "a facility that Runsheet brings itself"
    } else if is_driven && is_own(name) {
        "a driver that Runsheet brings itself"
    } else if name == "test" {
        "what the tests of a new plugin are called"
    } else if name.starts_with("runsheet-") {
        "as the packages are called that a plugin is built from"
    } else if YAML.contains(&name) {
        "a word of YAML, which is read as no text"
    } else if DEVICES.contains(&name) {
        "a device, of which Windows makes no file"
    } else {
        return Ok(());
    };
    let complaint = Complaint::new(format!("`{name}` is {what}"));
    Err(complaint.help(format!("take another name, such as `my-{name}`")))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{is_free, of};
    use crate::catalogue::catalogue;

    #[test]
    fn a_plugin_has_the_name_of_its_folder() {
        for good in ["greet", "tools/file-size", "a1"] {
            let last = good.rsplit('/').next();
            assert_eq!(of(Path::new(good)).ok().as_deref(), last);
        }
        for bad in ["", "/", "Greet", "1a", "a_b", "-a", "a-", "größe", "a b"] {
            assert!(of(Path::new(bad)).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_name_that_is_taken_is_refused_with_another() {
        let linked = catalogue();
        let refused = |name: &str| {
            let refused = is_free(name, &linked, false).err();
            refused.map(|why| format!("{why:?}"))
        };
        assert!(refused("file-size").is_none());
        // No site could name it, if it had a driver.
        assert!(refused("lab").is_none());
        for name in ["lab", "local", "operator"] {
            let why = is_free(name, &linked, true).expect_err("there is such a driver");
            let why = format!("{why:?}");
            assert!(why.contains("driver that Runsheet brings"), "{why}");
        }
        for (name, what) in [
            ("service", "kind of step"),
            ("file", "facility"),
            ("test", "tests"),
            ("runsheet-guest", "packages"),
            ("true", "YAML"),
            ("nul", "Windows"),
        ] {
            let why = refused(name).expect("it is taken");
            assert!(
                why.contains(what) && why.contains(&format!("`my-{name}`")),
                "{why}"
            );
        }
    }
}
