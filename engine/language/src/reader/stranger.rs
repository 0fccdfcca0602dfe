//! A key that a map should not have: said once, and read as what it was meant to be.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::Field;
use runsheet_step::shape::Type;

use super::{Keys, Reader, UNKNOWN_KEY, bare, expect};
use crate::document::layout::{Layout, on_a_new_line};
use crate::document::{Entry, glued};
use crate::keys::Known;

/// The key that was meant.
struct Meant<'k> {
    name: &'k str,
    /// All that it may be, if others are as near.
    near: Vec<&'k str>,
    why: Why,
}

/// Why it is taken for that one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Why {
    /// It is nearly so called, or so called elsewhere.
    Called,
    /// So called, but what stands under it has another form.
    Unfit,
    /// It is the one that is missing.
    Missing,
    /// It may be this or others.
    Unsure,
}

impl<'d> Reader<'d, '_> {
    pub(super) fn stranger(&mut self, entry: Entry<'d>, keys: Keys<'_>) {
        if let Some(told) = glued::swallowed(entry.key) {
            self.lost = true;
            self.found.push(told);
            return;
        }
        let name = entry.name();
        let message = format!("`{name}` is no key of {}", keys.what);
        let diagnostic =
            Diagnostic::error(&UNKNOWN_KEY, message).at(bare(entry.key), "unknown key");
        let explained = keys.explained.iter().find(|(other, _)| *other == name);
        if keys.kinds.contains(&name) || explained.is_some() {
            self.lost = true;
            self.found.push(match explained {
                Some((_, how)) => diagnostic.help(*how),
                None => self.a_kind(entry, diagnostic),
            });
            return;
        }
        let meant = self.meant(entry, keys);
        self.found.push(match meant {
            Some(ref meant) => meant.offered(entry, keys, diagnostic),
            None => diagnostic.help(match within(entry.name(), keys) {
                Some(field) => format!("it stands under `{field}:`: `{field}: {{{name}: ..}}`"),
                None => self.possible(entry, keys),
            }),
        });
        self.read_as(meant, entry, keys);
    }

    fn read_as(&mut self, meant: Option<Meant<'_>>, entry: Entry<'d>, keys: Keys<'_>) {
        match meant {
            Some(meant) if meant.why == Why::Unfit => {
                self.lost = true;
                self.told.push(meant.name.to_owned());
            }
            Some(meant) if meant.why == Why::Unsure => {
                self.lost = true;
                self.told.extend(meant.near.into_iter().map(str::to_owned));
            }
            Some(meant) if self.has(meant.name) => {}
            Some(meant) => self.entries.push((meant.name.to_owned(), entry)),
            None => {
                self.lost = true;
                self.told.extend(self.only_missing(keys).map(str::to_owned));
            }
        }
    }

    /// Whether a key can be what was meant. A patch says again what its base has, so only what its
    /// own file says is taken.
    fn is_free(&self, key: &str, entry: Entry<'_>) -> bool {
        let source = bare(entry.key).source;
        let given = self.get(key);
        given.is_none_or(|given| given.key.span().source != source)
    }

    fn meant<'k>(&self, entry: Entry<'d>, keys: Keys<'k>) -> Option<Meant<'k>> {
        let name = entry.name();
        let free = |key: &&str| self.is_free(key, entry);
        let fits = |key: &&str| keys.forms(key).fit(entry.value);
        let called = keys.called.iter().find(|(other, _)| *other == name);
        let called = called.map(|(_, ours)| *ours);
        let called = called.filter(|ours| keys.knows(ours) && free(ours));
        let near = || suggest::all_nearest(name, keys.names().filter(free).filter(fits));
        let unfit = || suggest::nearest(name, keys.names().filter(free));
        let missing = || self.only_missing(keys).filter(fits);
        let near = called.map_or_else(near, |name| vec![name]);
        if let Some(name) = near.first().copied() {
            let why = match near.len() {
                1 if fits(&name) => Why::Called,
                1 => Why::Unfit,
                _ => Why::Unsure,
            };
            return Some(Meant { name, near, why });
        }
        let of = |why| {
            move |name| Meant {
                name,
                near: vec![name],
                why,
            }
        };
        let is_guess = !entry.value.is_null() && within(name, keys).is_none();
        let missing = missing().filter(|_| is_guess);
        let missing = missing.map(of(Why::Missing));
        missing.or_else(|| unfit().map(of(Why::Unfit)))
    }

    /// The only field that must be there and is not.
    fn only_missing<'k>(&self, keys: Keys<'k>) -> Option<&'k str> {
        let Known::Fields(fields) = keys.known else {
            return None;
        };
        let mut missing = fields
            .iter()
            .filter(|field| field.required)
            .map(|field| &*field.name)
            .filter(|name| self.node.get(name).is_none() && !self.has(name) && !self.is_told(name));
        let only = missing.next();
        only.filter(|_| missing.next().is_none())
    }

    fn possible(&self, entry: Entry<'_>, keys: Keys<'_>) -> String {
        let free = keys.names().filter(|key| self.is_free(key, entry));
        let mut free: Vec<&str> = free.collect();
        free.sort_unstable();
        match free.as_slice() {
            [] => "it has all the keys it can have: leave this one out".to_owned(),
            free => format!("it can have {}", words::and_list(free)),
        }
    }

    /// The name of a kind stands where `uses:` and `with:` belong.
    fn a_kind(&self, entry: Entry<'d>, diagnostic: Diagnostic) -> Diagnostic {
        let name = entry.name();
        let help =
            format!("a kind stands behind `uses:`: `uses: {name}`, with its input in `with:`");
        let diagnostic = diagnostic.help(help);
        if !entry.value.is_map() || self.has("uses") || self.has("with") {
            return diagnostic;
        }
        let between = Layout::of(self.node).and_then(|own| match own.is_flow {
            true => Some(", ".to_owned()),
            false => on_a_new_line(entry),
        });
        let fix = between.map(|between| {
            let meant = format!("uses: {name}{between}with");
            Fix::replace("say `uses:`", entry.key.span(), meant)
        });
        match fix {
            Some(fix) => diagnostic.fix(fix),
            None => diagnostic,
        }
    }
}

/// The field within which a name is known.
fn within<'k>(name: &str, keys: Keys<'k>) -> Option<&'k str> {
    let Known::Fields(fields) = keys.known else {
        return None;
    };
    let has = |field: &&Field| match &field.kind {
        Type::Record(inner) | Type::Open(inner, _) => inner.iter().any(|one| *one.name == *name),
        _ => false,
    };
    let found = fields.iter().find(has);
    found.map(|field| &*field.name)
}

impl Meant<'_> {
    /// Asks whether this was meant, and offers it where it is plain how it is written.
    fn offered(&self, entry: Entry<'_>, keys: Keys<'_>, told: Diagnostic) -> Diagnostic {
        let (name, span) = (self.name, bare(entry.key));
        let rename = Fix::replace(format!("change to `{name}`"), span, name);
        match self.why {
            Why::Called | Why::Unsure => told.did_you_mean_one_of(&self.near, span),
            Why::Missing => {
                let help = format!("did you mean `{name}`, which is missing?");
                told.help(help).fix(rename.by_choice())
            }
            Why::Unfit => {
                let forms = keys.forms(name);
                let told = told.help(match forms.only() {
                    Some(form) => format!("did you mean `{name}`, which takes {form}?"),
                    None => format!("did you mean `{name}`? It takes something else"),
                });
                let list = expect::in_brackets(entry.value).filter(|_| forms.list);
                match list {
                    Some(list) => told.fix(rename.edit(entry.value.span(), list)),
                    None => told,
                }
            }
        }
    }
}
