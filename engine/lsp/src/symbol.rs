//! What has a name, and every place of a file where it is named.

mod gather;
mod includes;
mod names;

use std::ops::Range;

pub use gather::Gathered;
pub(crate) use gather::holds_vars;
pub use includes::includes;
pub use names::{Home, Names, Views};

/// Something with a name. Two places name the same if their symbols are equal, in whatever files
/// they stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Symbol {
    /// A step or group.
    Step(Owner, String),
    /// An input.
    Input(Owner, String),
    /// A variable of hosts, which sites give to them and inputs ask of them.
    Var(String),
    /// The items of the `foreach` of a step.
    Item(Owner, String),
    /// An output of a step.
    Output(Owner, String, String),
    /// A kind that a file defines.
    Define(String, String),
    /// Causes that a file names.
    Causes(String, String),
    /// A type that a file names.
    Type(String, String),
    /// A pool, of which steps take places while they act.
    Pool(String),
    /// A lock, which steps hold while they act, and hosts may share.
    Lock(String),
    /// A kind that is built in.
    Kind(String),
    /// A file.
    File(String),
    /// A host of a site.
    Host(String),
    /// A group of a site.
    Group(String),
}

/// Where a name is at home: the file that defines it first, and the kind in it, if it is one of
/// those that a file defines.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Owner {
    /// The file.
    pub file: String,
    /// The kind; nothing: the workflow of the file.
    pub define: Option<String>,
}

/// A place where something is named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// What is named.
    pub symbol: Symbol,
    /// The bytes of the name.
    pub range: Range<usize>,
    /// Whether it is defined here.
    pub defines: bool,
}

impl Symbol {
    /// Its own name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Symbol::Step(_, dotted) => dotted.rsplit('.').next().unwrap_or(dotted),
            Symbol::Input(_, name)
            | Symbol::Item(_, name)
            | Symbol::Output(_, _, name)
            | Symbol::Define(_, name)
            | Symbol::Causes(_, name)
            | Symbol::Type(_, name)
            | Symbol::Var(name)
            | Symbol::Pool(name)
            | Symbol::Lock(name)
            | Symbol::Kind(name)
            | Symbol::File(name)
            | Symbol::Host(name)
            | Symbol::Group(name) => name,
        }
    }

    /// The file that it is at home in, if it is at home in one.
    #[must_use]
    pub fn home(&self) -> Option<&str> {
        match self {
            Symbol::Step(owner, _)
            | Symbol::Input(owner, _)
            | Symbol::Item(owner, _)
            | Symbol::Output(owner, _, _) => Some(&owner.file),
            Symbol::Define(file, _)
            | Symbol::Causes(file, _)
            | Symbol::Type(file, _)
            | Symbol::File(file) => Some(file),
            Symbol::Var(_)
            | Symbol::Pool(_)
            | Symbol::Lock(_)
            | Symbol::Kind(_)
            | Symbol::Host(_)
            | Symbol::Group(_) => None,
        }
    }

    /// Whether it may be given another name.
    #[must_use]
    pub fn can_be_renamed(&self) -> bool {
        matches!(
            self,
            Symbol::Step(..)
                | Symbol::Input(..)
                | Symbol::Var(..)
                | Symbol::Pool(..)
                | Symbol::Lock(..)
                | Symbol::Item(..)
                | Symbol::Define(..)
                | Symbol::Causes(..)
                | Symbol::Type(..)
        )
    }
}

/// Whether a text is the name of a pool or a lock, and not a word or one that is being typed.
pub(crate) fn names_held(text: &str) -> bool {
    let own = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !text.is_empty() && text.chars().all(own) && !matches!(text, "host" | "none")
}
