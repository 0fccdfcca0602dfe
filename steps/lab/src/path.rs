//! Paths as people and programs write them: slashes either way, letters of either case, with or
//! without a drive.

/// A path taken apart: its drive, if it names one, and the rest as files are kept under: upper case,
/// one backslash between two names, none at either end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parted {
    /// What stands before the colon, upper case.
    pub(crate) drive: Option<String>,
    /// Whether it begins at the root, and not where somebody stands.
    pub(crate) rooted: bool,
    /// The names, from the root or from where somebody stands.
    pub(crate) rest: String,
}

/// Takes a path apart.
pub(crate) fn parted(path: &str) -> Parted {
    let path = path.to_ascii_uppercase();
    let (drive, rest) = match path.split_once(':') {
        Some((drive, rest)) => (Some(drive.to_owned()), rest),
        None => (None, path.as_str()),
    };
    let names = rest.split(['\\', '/']).filter(|it| !it.is_empty());
    Parted {
        drive,
        rooted: rest.starts_with(['\\', '/']),
        rest: names.collect::<Vec<_>>().join(r"\"),
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_path_is_its_drive_and_its_names() {
        let one = parted(r"m:\glb\ReqConf.glb");
        assert_eq!(one.drive.as_deref(), Some("M"));
        assert!(one.rooted);
        assert_eq!(one.rest, r"GLB\REQCONF.GLB");
        assert_eq!(parted("glb//reqconf.glb/").rest, r"GLB\REQCONF.GLB");
        assert!(!parted("glb").rooted && parted("glb").drive.is_none());
        assert_eq!(parted("").rest, "");
    }
}
