//! What may stand under a name of one's own, in a list, and as a word.

use runsheet_language::keys::Takes;
use runsheet_step::shape::Type;

use super::{Known, Wants, fields, known};

/// The keys of a value of a type.
pub(super) fn of_type(kind: &Type) -> Vec<Known> {
    match kind {
        Type::Record(all) | Type::Open(all, _) => fields(all),
        Type::OneOf(kinds) => kinds.iter().flat_map(of_type).collect(),
        _ => Vec::new(),
    }
}

/// What stands under a name of the author's own.
pub(super) fn own(wants: &Wants, name: &str) -> Option<Known> {
    match wants {
        Wants::Takes(Takes::Map(of)) => Some(known(name, "", Wants::Takes(**of))),
        Wants::Takes(Takes::Facilities(of)) => Some(known(name, "", Wants::Takes(**of))),
        Wants::Takes(Takes::Keys(table)) => {
            let own = table().own?;
            Some(known(name, own.doc, Wants::Takes(own.takes)))
        }
        Wants::Takes(Takes::Either(all)) => {
            let mut all = all.iter().map(|takes| Wants::Takes(*takes));
            all.find_map(|wants| own(&wants, name))
        }
        Wants::Takes(Takes::Value(kind) | Takes::Plain(kind)) => own(&Wants::Type(kind()), name),
        Wants::Takes(_) => None,
        Wants::Type(Type::Map(of) | Type::Open(_, of)) => {
            Some(known(name, "", Wants::Type(Type::clone(of))))
        }
        Wants::Type(Type::OneOf(kinds)) => {
            let mut kinds = kinds.iter().cloned().map(Wants::Type);
            kinds.find_map(|wants| own(&wants, name))
        }
        Wants::Type(_) => None,
    }
}

/// What an item of a list may be.
#[must_use]
pub fn item(wants: &Wants) -> Option<Wants> {
    match wants {
        Wants::Takes(Takes::List(of)) => Some(Wants::Takes(**of)),
        Wants::Takes(Takes::Texts) => Some(Wants::Takes(Takes::Text)),
        Wants::Takes(Takes::Steps) => Some(Wants::Takes(Takes::Step)),
        Wants::Takes(Takes::Either(all)) => {
            let mut all = all.iter().map(|takes| Wants::Takes(*takes));
            all.find_map(|wants| item(&wants))
        }
        Wants::Takes(Takes::Value(kind) | Takes::Plain(kind)) => item(&Wants::Type(kind())),
        Wants::Takes(_) => None,
        Wants::Type(Type::List(of)) => Some(Wants::Type(Type::clone(of))),
        Wants::Type(Type::OneOf(kinds)) => {
            let mut kinds = kinds.iter().cloned().map(Wants::Type);
            kinds.find_map(|wants| item(&wants))
        }
        Wants::Type(_) => None,
    }
}

/// The words that may stand there, if it is words.
#[must_use]
pub fn words(wants: &Wants) -> Vec<String> {
    match wants {
        Wants::Takes(Takes::Word(words)) => words().into_iter().map(str::to_owned).collect(),
        Wants::Takes(Takes::Format) => vec!["1".to_owned()],
        Wants::Takes(Takes::Bool) | Wants::Type(Type::Bool) => {
            vec!["true".to_owned(), "false".to_owned()]
        }
        Wants::Takes(Takes::Either(all)) => {
            let all = all.iter().map(|takes| Wants::Takes(*takes));
            all.flat_map(|wants| words(&wants)).collect()
        }
        Wants::Takes(Takes::Value(kind) | Takes::Plain(kind)) => words(&Wants::Type(kind())),
        Wants::Takes(_) => Vec::new(),
        Wants::Type(Type::Word(all) | Type::Known(all)) => {
            all.iter().map(ToString::to_string).collect()
        }
        Wants::Type(Type::OneOf(kinds)) => {
            let kinds = kinds.iter().cloned().map(Wants::Type);
            kinds.flat_map(|wants| words(&wants)).collect()
        }
        Wants::Type(_) => Vec::new(),
    }
}

/// Whether an expression stands there by itself, without `${{ }}`.
#[must_use]
pub fn is_condition(wants: &Wants) -> bool {
    match wants {
        Wants::Takes(Takes::Condition) => true,
        Wants::Takes(Takes::Either(all)) => {
            all.iter().any(|takes| matches!(takes, Takes::Condition))
        }
        _ => false,
    }
}

/// In words what may stand there.
#[must_use]
pub fn told(wants: &Wants) -> String {
    match wants {
        Wants::Takes(takes) => takes.to_string(),
        Wants::Type(kind) => kind.to_string(),
    }
}
