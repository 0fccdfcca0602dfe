//! The directories of a postoffice, and the files in each (Q77926).

use super::Postoffice;
use super::condition::Condition;
use super::files::FileFact;
use crate::disk::postoffice::REFUSED;

/// The directories of a database, those of bodies and attachments aside. All must be there
/// (Q266442, Q124042, Q112303).
const FOLDERS: [&str; 13] = [
    "", "ATT", "GLB", "INF", "KEY", "LOG", "MAI", "MBG", "NME", "P1", "TPL", "USR", "XTN",
];

impl Postoffice {
    /// Whether its whole database is gone: none of its directories is there.
    #[must_use]
    pub fn is_gone(&self) -> bool {
        let gone = |path: &&str| self.conditions.of(path) == Some(&Condition::Missing);
        FOLDERS.iter().filter(|it| !it.is_empty()).all(gone)
    }

    /// Whether the system lets nobody look at its database.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        let refused = Condition::Locked(REFUSED.into());
        self.conditions.own("GLB") == Some(&refused)
    }

    /// The files in a directory by name, or nothing if there is no such directory.
    #[must_use]
    pub fn folder(&self, path: &str) -> Option<Vec<(String, FileFact)>> {
        let path = self.normal(path)?;
        if !is_folder(&path) || self.conditions.of(&path) == Some(&Condition::Missing) {
            return None;
        }
        let inside = |file: &str| {
            let name = match path.as_str() {
                "" => Some(file),
                path => file.strip_prefix(path).and_then(|it| it.strip_prefix('\\')),
            };
            name.filter(|it| !it.contains('\\')).map(str::to_owned)
        };
        let files = self.files().into_iter();
        Some(
            files
                .filter_map(|(file, fact)| Some((inside(&file)?, fact)))
                .collect(),
        )
    }
}

/// Whether a postoffice has a directory of this path. MAI and ATT have sixteen each.
fn is_folder(path: &str) -> bool {
    let sixteenth = |above: &str| {
        let digit = path.strip_prefix(above);
        digit.is_some_and(|it| it.len() == 1 && it.bytes().all(|it| it.is_ascii_hexdigit()))
    };
    FOLDERS.contains(&path) || sixteenth(r"MAI\MA") || sixteenth(r"ATT\AT")
}

#[cfg(test)]
mod tests {
    use super::is_folder;

    #[test]
    fn a_postoffice_has_its_directories_and_no_others() {
        let known = ["P1", "GLB", r"MAI\MA0", r"MAI\MAF", r"ATT\AT3"];
        assert!(known.into_iter().all(is_folder));
        let unknown = ["DBT", r"MAI\MA10", r"MAI\MAG", r"P1\MA1"];
        assert!(!unknown.into_iter().any(is_folder));
    }
}
