//! A word that is none of a field's own, but says what another field of the same input would.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_step::shape::{Field, Type};

use crate::document::{Entry, Node};
use crate::reader::{UNKNOWN_WORD, bare, meant};

/// Tells that another field was meant, which is free: `control: restart` by `state: restarted`.
pub(super) fn told(
    map: Node<'_>,
    entry: Entry<'_>,
    field: &Field,
    fields: &[Field],
) -> Option<Diagnostic> {
    let text = entry.value.text()?;
    if text.contains("${{") || word(field, text)?.is_some() {
        return None;
    }
    let is_free = |other: &&Field| map.get(&other.name).is_none();
    let mut others = fields.iter().filter(is_free);
    let (other, word) = others.find_map(|other| Some((&other.name, word(other, text)??)))?;
    let said = format!("{other}: {word}");
    let message = format!("`{text}` is not possible here");
    let whole = entry.key.span().to(entry.value.span().after());
    let fix = Fix::replace(format!("change to `{said}`"), whole, &*said);
    let is_sure = text.starts_with(word);
    Some(
        Diagnostic::error(&UNKNOWN_WORD, message)
            .at(bare(entry.value), "unknown word")
            .help(format!("did you mean `{said}`?"))
            .fix(if is_sure { fix } else { fix.by_choice() }),
    )
}

/// The word of a field that a text means, if any; `None` where the field takes no words.
fn word<'f>(field: &'f Field, text: &str) -> Option<Option<&'f str>> {
    let Type::Word(words) = &field.kind else {
        return None;
    };
    let words: Vec<&str> = words.iter().map(|word| &**word).collect();
    let own = words.iter().copied().find(|word| *word == text);
    Some(own.or_else(|| meant(text, &words)))
}
