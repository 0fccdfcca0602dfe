//! A plugin that is named, and what is found where its path leads.

use std::fs;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_language::plugins::{Isolation, NamedPlugin};
use runsheet_step::Catalogue;

use crate::contents::Contents;
use crate::drivers::Brought;
use crate::manifest::{self, Manifest};
use crate::rules::{
    CHANGED, Instead, MISSING, NAME, NOT_LOCKED, REFUSED, SIGNATURE, Trouble, UNTRUSTED,
};
use crate::signature::{self, Signature, Signed};
use crate::unread::{self, Unread};
use crate::user::User;
use crate::{absent, cache, described, drivers, file, lock};

/// A plugin as a file names it.
pub(crate) struct Entry<'n> {
    pub(crate) named: &'n NamedPlugin,
    /// How it is to be kept apart, by all who name it together.
    pub(crate) isolation: Option<Isolation>,
    /// The path as written, from the root.
    pub(crate) path: PathBuf,
    /// The folder of the naming file: what locks it lies there or around it.
    pub(crate) folder: PathBuf,
    /// The path as people would type it.
    pub(crate) shown: String,
    /// The command that takes it for the file that names it.
    pub(crate) take: String,
    /// The file of a person's own, if that names it.
    pub(crate) user: Option<&'n Path>,
    /// Where a file of the workflow or site names it too, beside that.
    pub(crate) also: Option<&'n NamedPlugin>,
    /// The folder that paths are shown from.
    pub(crate) root: &'n Path,
}

/// How far it is looked into a plugin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Its manifest and what locks it: for whoever writes a workflow, perhaps where the plugin's
    /// file is not.
    Manifest,
    /// Its files too, whether they are what they were.
    Files,
    /// It is started.
    Running,
}

/// What was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it is.
    pub manifest: Manifest,
    /// Where its manifest lies.
    pub manifest_path: PathBuf,
    /// Its library.
    pub library: PathBuf,
    /// What is in its files, if it was looked into them.
    pub(crate) contents: Contents,
    /// Who answers for it.
    pub signed: Signed,
    /// Whether they answer for its score too.
    pub is_score_signed: bool,
    /// Whether it is kept apart.
    pub isolation: Isolation,
}

impl Entry<'_> {
    /// What is wrong, as it is told where the plugin is named.
    pub(crate) fn told(&self, trouble: Trouble) -> Diagnostic {
        match (self.user, self.also) {
            (Some(_), Some(named)) => trouble.at(named),
            (Some(file), None) => trouble.of_user(file),
            (None, _) => trouble.at(self.named),
        }
    }

    /// Where it is named in what is read; nowhere if only a person's own file names it.
    pub(crate) fn place(&self) -> Option<Span> {
        let of_file = self.user.is_none().then_some(self.named);
        of_file.or(self.also).map(|named| named.file_span)
    }

    /// Takes up that another file names it too: where it is a person's own that named it first, what
    /// is wrong with it is told there.
    pub(crate) fn is_named_too(&mut self, other: &Self) {
        if self.user.is_some() && other.user.is_none() {
            self.also = self.also.or(Some(other.named));
        }
    }

    /// Looks where the path leads.
    pub(crate) fn look(&self, depth: Depth, user: &User) -> Result<Found, Trouble> {
        let mut found = open(&self.path, &self.shown, &self.take)?;
        self.is_called(&found.manifest)?;
        self.is_locked(&found.manifest)?;
        if depth >= Depth::Files {
            self.is_unchanged(&mut found)?;
        }
        let signed = signed(&found, user).map_err(|(place, why)| self.unsound(&place, &why))?;
        (found.signed, found.is_score_signed) = signed;
        found.isolation = self.isolation(&found.signed, user)?;
        Ok(found)
    }

    /// The catalogue with what its manifest says that it brings, and its drivers, whatever is wrong
    /// with it otherwise.
    pub(crate) fn described(&self, catalogue: Catalogue) -> (Catalogue, Vec<Brought>) {
        let found = open(&self.path, &self.shown, &self.take).ok();
        let is_new = |found: &Found| {
            let mut kinds = found.manifest.kinds.iter();
            kinds.all(|step| catalogue.kind(&step.kind).is_none())
        };
        match found.filter(is_new) {
            Some(found) => {
                let catalogue = described::fill(&found.manifest, catalogue);
                (catalogue, drivers::brought(&found))
            }
            None => (catalogue, Vec::new()),
        }
    }

    /// How it is kept apart. What comes with a file cannot let a stranger's code into this process:
    /// that is for the person to say whose process it is.
    fn isolation(&self, signed: &Signed, user: &User) -> Result<Isolation, Trouble> {
        let is_trusted = matches!(signed, Signed::By(_));
        match self.isolation {
            Some(Isolation::None) if !is_trusted && self.user.is_none() => {
                Err(self.untrusted(signed, user))
            }
            Some(said) => Ok(said),
            None if is_trusted => Ok(Isolation::None),
            None => Ok(Isolation::Process),
        }
    }

    fn untrusted(&self, signed: &Signed, user: &User) -> Trouble {
        let name = &self.named.name;
        let whose = match signed {
            _ if user.wrong.is_some() => "your own file makes no sense, so nobody is trusted",
            Signed::Stranger(_) => "somebody you do not trust has signed it",
            Signed::No | Signed::By(_) => "nobody has signed it",
        };
        let message = format!("the plugin `{name}` may not run with `isolation: none`: {whose}");
        let own = user.file.as_deref();
        let own = own.map_or("config.yaml".to_owned(), |file| file.display().to_string());
        let apart = "leave `isolation` out: it then runs in a process of its own";
        let help = match user.wrong {
            Some(_) => format!("mend {own}; or {apart}"),
            None => format!("{apart}; or trust whoever signed it in {own}"),
        };
        Trouble::new(&UNTRUSTED, message, help)
    }

    /// There is no copy of it that could run.
    pub(crate) fn uncopied(&self, why: &str) -> Trouble {
        let message = format!("the plugin `{}`: {why}", self.named.name);
        Trouble::new(&REFUSED, message, cache::REMEDY)
    }

    /// A path as it is shown: from the current folder, if it is below that.
    fn as_shown<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(self.root).unwrap_or(path)
    }

    fn unsound(&self, place: &Path, unread: &Unread) -> Trouble {
        let place = self.as_shown(place).display();
        let message = format!("the signature {place} does not hold: {}", unread.why);
        let help = format!(
            "fetch the plugin again with its signature; if you built it anew yourself, sign it anew \
             or remove {place}"
        );
        Trouble::new(&SIGNATURE, message, unread.help_or(&help))
    }

    fn is_called(&self, manifest: &Manifest) -> Result<(), Trouble> {
        let (ours, own) = (&self.named.name, &manifest.name);
        if ours == own {
            return Ok(());
        }
        let message = format!("`{ours}` is not the name of this plugin, which is `{own}`");
        let trouble = Trouble::new(&NAME, message, format!("call it `{own}`"));
        Err(Trouble {
            instead: Some(Instead::Name(own.to_string())),
            ..trouble
        })
    }

    fn is_locked(&self, manifest: &Manifest) -> Result<(), Trouble> {
        let name = &self.named.name;
        let take = format!("if you mean to use it, take it: {}", self.take);
        let none = |message: String| Trouble::new(&NOT_LOCKED, message, take.clone());
        let Some(path) = lock::around(&self.folder) else {
            let lock = lock::NAME;
            return Err(none(format!(
                "nobody has taken the plugin `{name}`: there is no {lock}"
            )));
        };
        let shown = self.as_shown(&path);
        let shown = shown.display();
        let lock = lock::open(self.root, &path)
            .map_err(|(why, help)| Trouble::new(&NOT_LOCKED, why, help))?;
        let Some(locked) = lock.plugins.get(name) else {
            return Err(none(format!(
                "nobody has taken the plugin `{name}`: {shown} does not name it"
            )));
        };
        let differs = match () {
            () if locked.version != manifest.version => format!(
                "it was version {}, and is {}",
                locked.version, manifest.version
            ),
            () if locked.kinds != manifest.kind_names() => "it has other kinds now".to_owned(),
            () if locked.line != manifest.line => {
                "it speaks another version of the line".to_owned()
            }
            () if locked.sha256 != manifest.sha256 => {
                "its files, or what its manifest says, are others now".to_owned()
            }
            () => return Ok(()),
        };
        let message = format!("the plugin `{name}` is not the one that was taken: {differs}");
        Err(Trouble::new(&CHANGED, message, take))
    }

    /// Whether its files are those that were taken. What was read of the library is kept, so that
    /// what is loaded is what was looked at.
    fn is_unchanged(&self, found: &mut Found) -> Result<(), Trouble> {
        if !found.library.is_file() {
            return Err(missing(&found.library, &self.shown, &self.take));
        }
        let name = &self.named.name;
        found.contents = Contents::of(&found.library, &found.manifest).map_err(|unread| {
            let message = format!("the plugin `{name}`: {}", unread.why);
            Trouble::new(
                &MISSING,
                message,
                unread.help_or("build it, or fetch it again"),
            )
        })?;
        let Some(other) = found.contents.other_than(&found.library, &found.manifest) else {
            return Ok(());
        };
        let other = other.display();
        let message = format!("{other} of the plugin `{name}` is not the file that was taken");
        let help = format!(
            "fetch it again; if you built it anew yourself: {}",
            self.take
        );
        Err(Trouble::new(&CHANGED, message, help))
    }
}

/// The manifest that a path leads to; `take` is the command that writes it.
pub(crate) fn open(path: &Path, shown: &str, take: &str) -> Result<Found, Trouble> {
    let library = file::of(path);
    let place = manifest::path_of(&library);
    let refused = |unread: Unread| {
        let beside = manifest::path_of(&file::of(Path::new(shown)));
        let message = format!("the manifest {}: {}", beside.display(), unread.why);
        let help = unread.help_or(&format!("have it written anew: {take}"));
        Trouble::new(&REFUSED, message, help)
    };
    let Some(text) = unread::text(&place).map_err(refused)? else {
        return Err(missing(&library, shown, take));
    };
    let manifest = Manifest::read(&text).map_err(|why| refused(why.into()))?;
    Ok(Found {
        manifest,
        manifest_path: place,
        library,
        contents: Contents::default(),
        signed: Signed::No,
        is_score_signed: false,
        isolation: Isolation::Process,
    })
}

fn missing(library: &Path, shown: &str, take: &str) -> Trouble {
    let file = file::of(Path::new(shown));
    let file = file.display();
    let (message, help) = match library.is_file() {
        true => (
            format!("the plugin {file} has no manifest beside it"),
            format!("have it written: {take}"),
        ),
        false => (format!("there is no plugin {file}"), absent::help(library)),
    };
    let near = (!library.is_file()).then(|| near(library)).flatten();
    Trouble {
        instead: near.map(Instead::Beside),
        ..Trouble::new(&MISSING, message, help)
    }
}

/// The library beside one that is not there whose name is nearly the same.
fn near(library: &Path) -> Option<String> {
    let wanted = library.file_name()?.to_string_lossy();
    let beside = fs::read_dir(library.parent()?).ok()?;
    let names = beside.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let is_library = |name: &String| file::of(Path::new(name)) == Path::new(name);
    let mut names: Vec<String> = names.filter(is_library).collect();
    names.sort_unstable();
    let near = suggest::nearest(&wanted, names.iter().map(String::as_str));
    near.map(str::to_owned)
}

impl Found {
    /// Who says what came out when it was tested: somebody who is trusted, or nobody but whoever
    /// wrote its manifest.
    #[must_use]
    pub fn tester(&self) -> &str {
        match &self.signed {
            Signed::By(name) if self.is_score_signed => name,
            _ => "its manifest",
        }
    }

    /// The folder that its drivers run in.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.manifest_path.parent().unwrap_or(Path::new(""))
    }
}

/// Who answers for a plugin, whose signature has to hold if there is one, and whether for its score.
///
/// # Errors
/// The file of the signature, and what is wrong with it.
fn signed(found: &Found, user: &User) -> Result<(Signed, bool), (PathBuf, Unread)> {
    let place = signature::path_of(&found.library);
    let text = match unread::text(&place) {
        Ok(Some(text)) => text,
        Ok(None) => return Ok((Signed::No, false)),
        Err(why) => return Err((place, why)),
    };
    let none = || "it is none of this plugin as it is now".to_owned();
    let signature = match Signature::read(&text) {
        Ok(signature) if signature.holds(&found.manifest) => signature,
        Ok(_) => return Err((place, none().into())),
        Err(why) => return Err((place, why.into())),
    };
    let signed = match user.trusts(&signature.key) {
        Some(name) => Signed::By(name.clone()),
        None => Signed::Stranger(signature.key),
    };
    Ok((signed, signature.vouches(&found.manifest)))
}
