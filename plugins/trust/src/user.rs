//! The file of a person's own: plugins that are there for every workflow, and the keys of those
//! who are trusted to sign some.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::span::Span;
use runsheet_language::document::Node;
use runsheet_language::plugins::{NamedPlugin, plugins_of};
use runsheet_step::Name;

use crate::signature::{PublicKey, public_key};
use crate::yaml;

/// What a person's own file says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct User {
    /// The file; none where there is no place for one.
    pub file: Option<PathBuf>,
    /// Plugins for every workflow.
    pub plugins: Vec<NamedPlugin>,
    /// Whose signatures are trusted.
    pub trust: Vec<Trusted>,
    /// Where copies of plugins are kept; none where there is no place for them.
    pub cache: Option<PathBuf>,
    /// The file, and what is wrong with it, in words: nothing that it says is then used.
    pub wrong: Option<String>,
}

/// Somebody who is trusted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trusted {
    /// What a person calls them.
    pub name: Name,
    /// Their key.
    pub key: PublicKey,
}

/// What helps where the own file of plugins makes no sense.
pub const REMEDY: &str =
    "mend that file: until then none of its plugins is there, and nobody is trusted";

/// What `trust` is.
const LIST: &str = "`trust` is a list of `{name: .., key: ..}`";

/// The keys of the file.
const KEYS: [&str; 2] = ["plugins", "trust"];

/// The folder of one sort of a person's files, from the environment.
fn folder(
    environment: &BTreeMap<String, String>,
    xdg: &str,
    in_home: &str,
    windows: &str,
) -> Option<PathBuf> {
    let absolute = |name: &str| {
        let path = PathBuf::from(environment.get(name)?);
        path.is_absolute().then_some(path)
    };
    let home = || Some(absolute("HOME")?.join(in_home));
    let folder = absolute(xdg).or_else(home).or_else(|| absolute(windows))?;
    Some(folder.join("runsheet"))
}

impl User {
    /// Reads the file, if there is one: `runsheet/config.yaml` in `$XDG_CONFIG_HOME`, in
    /// `~/.config`, or on Windows in `%APPDATA%`.
    #[must_use]
    pub fn of(environment: &BTreeMap<String, String>) -> User {
        let file = folder(environment, "XDG_CONFIG_HOME", ".config", "APPDATA");
        let file = file.map(|folder| folder.join("config.yaml"));
        let cache = folder(environment, "XDG_CACHE_HOME", ".cache", "LOCALAPPDATA");
        let mut user = User {
            cache: cache.map(|folder| folder.join("plugins")),
            file,
            ..User::default()
        };
        if let Some(file) = user.file.clone().filter(|file| file.exists()) {
            let text = fs::read_to_string(&file).map_err(|error| error.to_string());
            let read = text.and_then(|text| user.read(&text));
            let told = |why: String| format!("{}: {why}", file.display());
            user.wrong = read.err().map(told);
        }
        user
    }

    /// Takes up what the file says: all of it, or nothing.
    fn read(&mut self, text: &str) -> Result<(), String> {
        let document = yaml::document(text)?;
        let Some(root) = document.root() else {
            return Ok(());
        };
        let said = said(root);
        (self.plugins, self.trust) =
            said.map_err(|(span, why)| yaml::on_line(text, Some(span), &why))?;
        Ok(())
    }

    /// What a person calls the owner of a key, if they are trusted.
    #[must_use]
    pub fn trusts(&self, key: &PublicKey) -> Option<&Name> {
        let mut trust = self.trust.iter();
        trust.find(|one| one.key == *key).map(|one| &one.name)
    }

    /// The folder that the paths of the file are seen from.
    pub(crate) fn folder(&self) -> &Path {
        let folder = self.file.as_deref().and_then(Path::parent);
        folder.unwrap_or(Path::new(""))
    }
}

/// A slip of the file, with its place.
type Slip = (Span, String);

/// What the file says.
fn said(root: Node<'_>) -> Result<(Vec<NamedPlugin>, Vec<Trusted>), Slip> {
    if !root.is_map() {
        let why = "it is no map of `plugins` and `trust`";
        return Err((root.span(), why.to_owned()));
    }
    let known = |name: &str| KEYS.contains(&name) || name.starts_with("x-");
    if let Some(strange) = root.entries().find(|entry| !known(entry.name())) {
        let name = strange.name();
        let why = format!("unknown key `{name}`: there are `plugins` and `trust`");
        return Err((strange.key.span(), why));
    }
    let mut found = Vec::new();
    let plugins = plugins_of(root, &mut found);
    if let Some(first) = found.first() {
        let span = first.span().unwrap_or(root.span());
        return Err((span, format!("`plugins`: {}", first.message)));
    }
    let Some(trust) = root.get("trust") else {
        return Ok((plugins, Vec::new()));
    };
    if !trust.value.is_list() {
        return Err((trust.key.span(), LIST.to_owned()));
    }
    let trust = trust.value.items().map(|item| {
        let trusted = trusted(item);
        trusted.map_err(|why| (item.span(), why))
    });
    Ok((plugins, trust.collect::<Result<_, _>>()?))
}

fn trusted(item: Node<'_>) -> Result<Trusted, String> {
    let text = |key: &str| item.get(key).and_then(|entry| entry.value.text());
    let (Some(name), Some(key)) = (text("name"), text("key")) else {
        return Err(LIST.to_owned());
    };
    let known = |name: &str| ["name", "key"].contains(&name) || name.starts_with("x-");
    if let Some(strange) = item.entries().find(|entry| !known(entry.name())) {
        let strange = strange.name();
        return Err(format!(
            "`trust`: unknown key `{strange}` of `{name}`: there are `name` and `key`"
        ));
    }
    Ok(Trusted {
        name: name.into(),
        key: public_key(key).map_err(|why| format!("the key of `{name}`: {why}"))?,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::{User, folder};

    fn read(text: &str) -> Result<User, String> {
        let mut user = User::default();
        user.read(text).map(|()| user)
    }

    #[test]
    fn a_file_names_plugins_and_who_is_trusted() {
        let key = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a";
        let text = format!("plugins: {{shelf: p/shelf}}\ntrust:\n  - {{name: Jane, key: {key}}}\n");
        let user = read(&text).expect("it is read");
        assert_eq!(&*user.plugins[0].name, "shelf");
        assert_eq!(
            user.trusts(&user.trust[0].key).map(|name| &**name),
            Some("Jane")
        );
        assert_eq!(read(""), Ok(User::default()));
    }

    #[test]
    fn what_is_wrong_with_it_is_told_in_words() {
        for (text, why) in [
            ("plugin: {}", "unknown key `plugin`"),
            (
                "plugins: {shelf: {isolation: none}}",
                "needs the key `file`",
            ),
            ("trust: [{name: Jane}]", "a list of"),
            ("trust: {Jane: d75a}", "a list of"),
            ("trust: Jane", "a list of"),
            ("trust:", "a list of"),
            (
                "trust: [{name: Jane, key: d75a, kye: b}]",
                "unknown key `kye`",
            ),
            ("trust: [{name: Jane, key: d75a}]", "the key of `Jane`"),
            ("- a", "no map"),
        ] {
            let told = read(text).expect_err(text);
            assert!(told.starts_with("line 1: ") && told.contains(why), "{told}");
        }
    }

    #[test]
    fn a_folder_is_named_by_the_first_variable_that_says_one() {
        let environment = |names: &[(&str, &str)]| {
            let pairs = names
                .iter()
                .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
            pairs.collect::<BTreeMap<_, _>>()
        };
        let of = |names: &[(&str, &str)]| folder(&environment(names), "X", ".config", "W");
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[("X", "relative")]), None);
        let (x, home) = (("X", "/x"), ("HOME", "/h"));
        assert_eq!(of(&[x, home]).as_deref(), Some(Path::new("/x/runsheet")));
        assert_eq!(
            of(&[home]).as_deref(),
            Some(Path::new("/h/.config/runsheet"))
        );
    }
}
