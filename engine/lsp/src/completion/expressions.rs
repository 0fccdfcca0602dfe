//! Inside `${{ }}`: names, what can be asked of them, and functions.

use std::ops::Range;

use lsp_types::CompletionItemKind;
use runsheet_language::expression::functions;

use super::{Asked, Offer};
use crate::pieces::plain;
use crate::scope::{Link, Sayable, Seen, Thing};
use crate::symbol::Gathered;
use crate::tree::Id;

/// What can be said at the cursor, and the bytes of the word that is being typed.
pub(super) fn offers(
    asked: &Asked<'_>,
    id: Id,
    piece: &Range<usize>,
) -> (Vec<Offer>, Range<usize>) {
    let text = plain(&asked.tree, id, &(piece.start..asked.cursor));
    let Some(chain) = Chain::before(&text) else {
        return (Vec::new(), asked.cursor..asked.cursor);
    };
    let session = asked.session;
    let gathered = Gathered::of(
        asked.path,
        &asked.tree,
        &session.store,
        session.tables(asked.path),
    );
    let seen = Seen::from(session, &gathered, id);
    let offers = match chain.links.is_empty() {
        true => {
            let names = seen.roots().into_iter().map(offer);
            let words = ["true", "false", "null", "not", "and", "or", "in"];
            let words = words.map(|word| Offer::new(word, CompletionItemKind::KEYWORD));
            names.chain(calls()).chain(words).collect()
        }
        false => {
            let thing = seen.follow(&chain.links).map(|found| found.thing);
            let parts = thing.map(|thing| seen.parts(&thing));
            parts.unwrap_or_default().into_iter().map(offer).collect()
        }
    };
    (offers, asked.cursor - chain.word..asked.cursor)
}

fn offer(said: Sayable) -> Offer {
    let kind = match said.thing {
        Thing::Step(_) | Thing::Instance(_) => CompletionItemKind::REFERENCE,
        Thing::Inputs | Thing::Steps => CompletionItemKind::MODULE,
        Thing::Plain(_) | Thing::Of(_) => CompletionItemKind::FIELD,
        _ => CompletionItemKind::VARIABLE,
    };
    Offer::new(said.name, kind)
        .detail(said.detail)
        .doc(said.doc)
}

fn calls() -> impl Iterator<Item = Offer> {
    functions::ALL.iter().map(|function| {
        Offer::new(function.name, CompletionItemKind::FUNCTION)
            .detail(function.signature())
            .doc(function.doc)
            .insert(format!("{}(", function.name))
    })
}

/// The chain of names that ends at the cursor: what is whole, and how long the word is that is not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Chain {
    pub(super) links: Vec<Link>,
    word: usize,
}

impl Chain {
    /// Reads backwards. `None` inside a text between quotes.
    pub(super) fn before(text: &str) -> Option<Chain> {
        if in_quotes(text) {
            return None;
        }
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let name_of = |text: &str| text.len() - text.trim_end_matches(is_name).len();
        let word = name_of(text);
        let mut rest = &text[..text.len() - word];
        let mut links = Vec::new();
        while let Some(before) = rest.strip_suffix('.') {
            let mut before = before;
            let mut indexed = false;
            while before.ends_with(']') {
                let open = before.rfind('[')?;
                before = &before[..open];
                indexed = true;
            }
            let name = name_of(before);
            if name == 0 {
                return None;
            }
            if indexed {
                links.push(Link::Index);
            }
            links.push(Link::Name(before[before.len() - name..].to_owned()));
            rest = &before[..before.len() - name];
        }
        links.reverse();
        Some(Chain { links, word })
    }
}

/// Whether a text ends inside quotes.
fn in_quotes(text: &str) -> bool {
    let mut open: Option<char> = None;
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match (open, letter) {
            (Some(_), '\\') => drop(letters.next()),
            (Some(quote), _) if quote == letter => open = None,
            (None, '"' | '\'') => open = Some(letter),
            _ => {}
        }
    }
    open.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_read_backwards_from_the_cursor() {
        let table = [
            ("", "", 0),
            (" ste", "", 3),
            (" steps.", "steps", 0),
            ("len(steps.t1.succ", "steps t1", 4),
            ("steps.t1[po].left.outputs.", "steps t1 [] left outputs", 0),
            ("a == inputs.dx.vars.ex", "inputs dx vars", 2),
        ];
        for (text, wanted, word) in table {
            let chain = Chain::before(text).unwrap();
            let links: Vec<&str> = chain
                .links
                .iter()
                .map(|link| match link {
                    Link::Name(name) => name.as_str(),
                    Link::Index => "[]",
                })
                .collect();
            assert_eq!(
                (links.join(" ").as_str(), chain.word),
                (wanted, word),
                "{text}"
            );
        }
        assert_eq!(Chain::before("x == 'ste"), None, "inside quotes");
    }
}
