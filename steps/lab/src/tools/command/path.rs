//! Where a path at the prompt leads: to a postoffice by its drive, and to a file there.

use crate::lab::{Lab, Role};
use crate::postoffice::PostofficeId;

/// The machine a command is given at, and the directory it is given from.
#[derive(Debug, Clone)]
pub(in crate::tools) struct Place {
    at: Role,
    cwd: String,
}

/// A file of a postoffice: its path from the root, in capitals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::tools) struct Target {
    pub(in crate::tools) postoffice: PostofficeId,
    pub(in crate::tools) path: String,
}

impl Target {
    /// The name, without the directory.
    pub(in crate::tools) fn name(&self) -> &str {
        self.path.rsplit('\\').next().unwrap_or_default()
    }

    /// Another file of the same postoffice.
    pub(in crate::tools) fn beside(&self, name: &str) -> Self {
        let directory = self.path.rsplit_once('\\').map(|(directory, _)| directory);
        self.joined(directory.unwrap_or_default(), name)
    }

    /// A file in the directory this is.
    pub(in crate::tools) fn inside(&self, name: &str) -> Self {
        self.joined(&self.path, name)
    }

    fn joined(&self, directory: &str, name: &str) -> Self {
        let path = format!(r"{directory}\{name}");
        Self {
            postoffice: self.postoffice,
            path: path.trim_matches('\\').to_ascii_uppercase(),
        }
    }
}

impl Place {
    pub(in crate::tools) fn new(at: Role, cwd: &str) -> Self {
        let cwd = cwd.replace('/', r"\");
        Self { at, cwd }
    }

    /// Where a path leads; nothing where its drive leads nowhere.
    pub(in crate::tools) fn target(&self, lab: &Lab, path: &str) -> Option<Target> {
        let path = path.replace('/', r"\");
        let (here, below) = self.cwd.split_once(':').unwrap_or((&self.cwd, ""));
        let (drive, path) = match path.split_once(':') {
            Some((drive, path)) => (drive.to_owned(), path.to_owned()),
            None if path.starts_with('\\') => (here.to_owned(), path),
            None => (here.to_owned(), format!(r"{below}\{path}")),
        };
        let letter = drive.chars().next().filter(|_| drive.len() == 1)?;
        let postoffice = lab.on_drive(self.at, letter)?;
        let parts: Vec<&str> = path.split('\\').filter(|it| !it.is_empty()).collect();
        Some(Target {
            postoffice,
            path: parts.join(r"\").to_ascii_uppercase(),
        })
    }
}

/// Whether a name fits a pattern with `*` and `?`.
pub(in crate::tools) fn fits(pattern: &str, name: &str) -> bool {
    let mut letters = pattern.chars();
    match letters.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            let ends = name.char_indices().map(|(end, _)| end).chain([name.len()]);
            ends.into_iter().any(|end| fits(rest, &name[end..]))
        }
        Some(letter) => {
            let mut others = name.chars();
            let same = others
                .next()
                .is_some_and(|it| letter == '?' || it == letter);
            same && fits(letters.as_str(), others.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn a_star_stands_for_any_letters_and_a_question_mark_for_one() {
        assert!(fits("SORT*.GLB", "SORT0001.GLB"));
        assert!(fits("*.*", "REQCONF.GLB"));
        assert!(fits("MA?", "MA3") && !fits("MA?", "MA"));
        assert!(!fits("SORT*.GLB", "SRVTRANS.GLB"));
    }
}
