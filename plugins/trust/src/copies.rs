//! Copies of one plugin are one plugin, wherever they lie.

use runsheet_language::plugins::Isolation;

use crate::entry::{Entry, Found};
use crate::rules::Trouble;

/// A plugin that is named, and what was found where its path leads.
pub(crate) type Looked<'n> = (Result<Found, Trouble>, Entry<'n>);

/// Each plugin once: of copies, which say the same and have the same in their files, the one that is
/// named first, kept apart if any of them is to be.
pub(crate) fn once<'n>(looked: impl Iterator<Item = Looked<'n>>) -> Vec<Looked<'n>> {
    let mut once: Vec<Looked<'n>> = Vec::new();
    for (found, entry) in looked {
        match known(&mut once, &found) {
            Some((first, known)) => {
                known.is_named_too(&entry);
                if found.is_ok_and(|found| found.isolation == Isolation::Process) {
                    first.isolation = Isolation::Process;
                }
            }
            None => once.push((found, entry)),
        }
    }
    once
}

/// The copy of it that was named before.
fn known<'k, 'n>(
    once: &'k mut [Looked<'n>],
    found: &Result<Found, Trouble>,
) -> Option<(&'k mut Found, &'k mut Entry<'n>)> {
    let sha256 = &found.as_ref().ok()?.manifest.sha256;
    once.iter_mut().find_map(|(known, entry)| {
        let known = known.as_mut().ok()?;
        (known.manifest.sha256 == *sha256).then_some((known, entry))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use runsheet_diagnostics::source::Sources;
    use runsheet_language::plugins::{Isolation, plugins_of_site};

    use super::once;
    use crate::entry::Found;
    use crate::manifest::Manifest;
    use crate::naming;
    use crate::signature::Signed;
    use crate::user::User;

    /// A plugin of this version as it was found.
    fn found(version: &str, isolation: Isolation) -> Found {
        let text = format!("plugin: 1\nname: x\nversion: '{version}'\nline: '1.1'\nlibrary: ''\n");
        Found {
            manifest: Manifest::read(&text).expect("it is read"),
            manifest_path: "libx.so.plugin.yaml".into(),
            library: "libx.so".into(),
            contents: Default::default(),
            signed: Signed::No,
            is_score_signed: false,
            isolation,
        }
    }

    /// How those that are left are kept, where a file names these.
    fn left(all: &[(&str, Isolation)]) -> Vec<Isolation> {
        let named = (0..all.len()).map(|number| format!("x: {number}/x"));
        let named: Vec<_> = named.collect();
        let mut sources = Sources::default();
        let mut plugins = Vec::new();
        for (number, named) in named.iter().enumerate() {
            let text = format!("site: 1\nplugins: {{{named}}}\n");
            let source = sources.add(format!("{number}.yaml"), text);
            plugins.extend(plugins_of_site(source, &[], &sources));
        }
        let user = User::default();
        let entries = naming::entries(&user, Path::new("/nowhere"), &plugins, &sources);
        assert_eq!(entries.len(), all.len());
        let looked = all.iter().map(|(version, how)| Ok(found(version, *how)));
        let left = once(looked.zip(entries)).into_iter();
        left.map(|(found, _)| found.expect("it was found").isolation)
            .collect()
    }

    #[test]
    fn copies_are_one_plugin_that_is_kept_apart_if_any_of_them_is_to_be() {
        let (none, apart) = (Isolation::None, Isolation::Process);
        assert_eq!(left(&[("1", none), ("1", none)]), [none]);
        assert_eq!(left(&[("1", none), ("1", apart)]), [apart]);
        assert_eq!(left(&[("1", apart), ("1", none)]), [apart]);
        assert_eq!(left(&[("1", none), ("2", apart)]), [none, apart]);
    }
}
