//! What is to be written, before it has lines.

use runsheet_language::document::Style;

/// A value.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) form: Form,
    /// Whether it stands between brackets where it comes from.
    pub(super) is_flow: bool,
}

/// What a value is.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// A scalar: its text, and how it was written.
    Scalar(String, Style),
    /// The lines of a folded text as they were written, with its head.
    Folded(String, Vec<String>),
    /// A list; its items have no keys.
    List(Vec<Branch>),
    /// A map.
    Map(Vec<Branch>),
}

/// A key and its value, or an item of a list.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// What stands above it.
    pub(super) above: Vec<Above>,
    /// Its key, and how that was written.
    pub(super) key: Option<(String, Style)>,
    pub(super) value: Tree,
    /// The comment behind it.
    pub(super) behind: Option<String>,
    /// The comment that says where it comes from.
    pub(super) origin: Option<String>,
}

/// A line above something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Above {
    /// An empty one.
    Blank,
    /// A comment.
    Comment(String),
}

impl Tree {
    /// Text that its author would not have quoted.
    pub(super) fn plain(text: impl Into<String>) -> Tree {
        Tree {
            form: Form::Scalar(text.into(), Style::Plain),
            is_flow: false,
        }
    }

    /// What is in it.
    pub(super) fn branches(&self) -> &[Branch] {
        match &self.form {
            Form::List(branches) | Form::Map(branches) => branches,
            Form::Scalar(..) | Form::Folded(..) => &[],
        }
    }
}

impl Branch {
    /// Its key; nothing for an item.
    pub(super) fn name(&self) -> &str {
        self.key.as_ref().map_or("", |(name, _)| name)
    }

    /// A value under a key, about which no file says anything.
    pub(super) fn new(key: &str, value: Tree) -> Branch {
        Branch {
            above: Vec::new(),
            key: Some((key.to_owned(), Style::Plain)),
            value,
            behind: None,
            origin: None,
        }
    }

    /// Whether anything is said beside it.
    pub(super) fn has_notes(&self) -> bool {
        self.above
            .iter()
            .any(|above| matches!(above, Above::Comment(_)))
            || self.behind.is_some()
            || self.origin.is_some()
    }

    /// Whether anything of it says where it comes from.
    pub(super) fn tells_origin(&self) -> bool {
        let inner = self.value.branches();
        self.origin.is_some() || inner.iter().any(Branch::tells_origin)
    }

    /// Whether an empty line is above it.
    pub(super) fn is_apart(&self) -> bool {
        self.above.first() == Some(&Above::Blank)
    }

    /// Sees to it that an empty line is above it.
    pub(super) fn set_apart(&mut self) {
        if !self.is_apart() {
            self.above.insert(0, Above::Blank);
        }
    }
}
