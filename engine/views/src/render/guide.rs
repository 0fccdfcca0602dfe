//! What the tables of keys say of a value that is met on the way down.

use runsheet_language::document::Node;
use runsheet_language::keys::{Keys, Takes};

/// What may stand somewhere.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Guide(Option<Takes>);

/// A scalar that names something defined elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Naming {
    /// A kind, or the path of a workflow.
    Kind,
    /// A type.
    Type,
    /// Causes that stand together.
    Causes,
    /// A file, by its path.
    File,
}

impl Guide {
    /// A place that takes this.
    pub(crate) fn takes(takes: Takes) -> Guide {
        Guide(Some(takes))
    }

    /// A place about which nothing is known.
    pub(crate) fn nothing() -> Guide {
        Guide(None)
    }

    /// The keys that a map has here, if each is one of a table or a name of the author's own.
    pub(crate) fn keys(self, map: Node<'_>) -> Option<&'static Keys<'static>> {
        let keys = self.fitting(&|takes| match takes {
            Takes::Keys(keys) => Some(keys()),
            _ => None,
        })?;
        let is_known = |name: &str| name.starts_with("x-") || keys.knows(name);
        let fits = keys.own.is_some() || map.entries().all(|entry| is_known(entry.name()));
        fits.then_some(keys)
    }

    /// What stands under a key of a map.
    pub(crate) fn under(self, map: Node<'_>, key: &str) -> Guide {
        if let Some(keys) = self.keys(map) {
            let known = keys.keys().iter().find(|known| known.name == key);
            let own = keys.own.filter(|_| !key.starts_with("x-"));
            return Guide(known.map(|key| key.takes).or(own.map(|own| own.takes)));
        }
        Guide(self.fitting(&|takes| match takes {
            Takes::Map(of) => Some(**of),
            _ => None,
        }))
    }

    /// What an item of a list is.
    pub(crate) fn item(self) -> Guide {
        Guide(self.fitting(&|takes| match takes {
            Takes::List(of) => Some(**of),
            _ => None,
        }))
    }

    /// What a scalar names.
    pub(crate) fn naming(self) -> Option<Naming> {
        self.fitting(&|takes| match takes {
            Takes::Kind => Some(Naming::Kind),
            Takes::TypeName => Some(Naming::Type),
            Takes::Causes => Some(Naming::Causes),
            Takes::File => Some(Naming::File),
            _ => None,
        })
    }

    /// What the first of the possible answers that has one says.
    fn fitting<T>(self, pick: &dyn Fn(&Takes) -> Option<T>) -> Option<T> {
        match self.0? {
            Takes::Either(all) => all.iter().find_map(pick),
            takes => pick(&takes),
        }
    }
}
