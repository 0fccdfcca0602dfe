//! What the server knows while an editor is connected.

mod dependents;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use lsp_types::{Position, PublishDiagnosticsParams, TextDocumentContentChangeEvent};
use runsheet_language::compose::paths;
use runsheet_step::Catalogue;

use crate::check::{Checked, check};
use crate::near::{Base, LARGE, Live, shift};
use crate::plugins::Driver;
use crate::position::{Encoding, Text};
use crate::publish::{Board, by_file};
use crate::store::{Buffer, Disk, Links, Store};
use crate::tree::Tree;
use crate::wants::{Sort, Tables};
use crate::worker::{Done, Job, Rest};

/// How much is kept that nobody needs any more.
const KEPT: usize = 8;

/// What the server knows while an editor is connected.
pub struct Session {
    /// The kinds there are.
    pub catalogue: Arc<Catalogue>,
    /// All texts.
    pub store: Store,
    /// How columns are counted.
    pub encoding: Encoding,
    /// The folders that are open.
    pub folders: Vec<String>,
    /// The folders of files that were opened while no folder was.
    looked_at: BTreeSet<String>,
    checks: BTreeMap<String, Arc<Checked>>,
    /// Large files that are open, as they were read last.
    lives: BTreeMap<String, Live>,
    /// What is to be let go of when there is time.
    rest: Vec<Rest>,
    board: Board,
    /// Large files that are to be read as a whole, and whether somebody typed in them.
    waiting: BTreeMap<String, bool>,
}

impl Session {
    /// Nothing is open yet.
    #[must_use]
    pub fn new(catalogue: Catalogue, disk: Disk) -> Session {
        Session {
            catalogue: Arc::new(catalogue),
            store: Store::new(disk),
            encoding: Encoding::default(),
            folders: Vec::new(),
            looked_at: BTreeSet::new(),
            checks: BTreeMap::new(),
            lives: BTreeMap::new(),
            rest: Vec::new(),
            board: Board::default(),
            waiting: BTreeMap::new(),
        }
    }

    /// The same texts and kinds, to try something on that nobody is told of.
    #[must_use]
    pub fn copy(&self) -> Session {
        Session {
            catalogue: Arc::clone(&self.catalogue),
            store: self.store.clone(),
            encoding: self.encoding,
            folders: self.folders.clone(),
            looked_at: BTreeSet::new(),
            checks: self.checks.clone(),
            lives: BTreeMap::new(),
            rest: Vec::new(),
            board: Board::default(),
            waiting: BTreeMap::new(),
        }
    }

    /// The tables that places of a file are looked up in.
    #[must_use]
    pub fn tables(&self, path: &str) -> Tables<'_> {
        Tables {
            catalogue: self.kinds_of(path),
            drivers: self.drivers_of(path),
            files: None,
        }
    }

    /// As [`Session::tables`], with the kinds that the file defines or includes.
    #[must_use]
    pub fn tables_of<'t>(&'t self, path: &'t str) -> Tables<'t> {
        Tables {
            files: Some((&self.store, path)),
            catalogue: self.kinds_of(path),
            drivers: self.drivers_of(path),
        }
    }

    /// The kinds and facilities there are for a file, as it was last read.
    #[must_use]
    pub fn kinds_of(&self, path: &str) -> &Catalogue {
        let of_file = self.last(path).and_then(|checked| checked.kinds.as_deref());
        of_file.unwrap_or(&self.catalogue)
    }

    /// The drivers that a site file can name, as it was last read: those that every one can, and
    /// those that plugins bring.
    #[must_use]
    pub fn drivers_of(&self, path: &str) -> [&[Driver]; 2] {
        let brought = self.last(path).map_or(&[][..], |checked| &checked.drivers);
        [&self.store.drivers, brought]
    }

    /// The byte of a place.
    #[must_use]
    pub fn byte(&self, text: &Text, place: Position) -> usize {
        text.byte(place, self.encoding)
    }

    /// The version of a text that is open.
    #[must_use]
    pub fn version(&self, path: &str) -> Option<i32> {
        self.store.open.get(path).map(|buffer| buffer.version)
    }

    /// What was found in a file, if it was found in the text as it is now.
    #[must_use]
    pub fn fresh(&self, path: &str) -> Option<(&Checked, Text)> {
        let checked = self.checks.get(path)?;
        let text = self.store.text(path)?;
        let (_, read) = checked.sources.iter().next()?;
        (read.text == *text.get()).then_some((&**checked, text))
    }

    /// What was last read of a file, which may be of a text before this one.
    #[must_use]
    pub fn last(&self, path: &str) -> Option<&Checked> {
        self.checks.get(path).map(|checked| &**checked)
    }

    /// The names that the sites of the open folders have under a key, each with the site's file.
    #[must_use]
    pub fn of_sites(&self, key: &str) -> Vec<(String, String)> {
        let mut found: Vec<(String, String)> = Vec::new();
        let trees = self.store.files().filter_map(|path| {
            let tree = self.store.tree(path)?;
            (Sort::of(&tree) == Sort::Site).then_some((path, tree))
        });
        for (path, tree) in trees {
            let map = tree.get(Tree::ROOT, key).into_iter();
            for id in map.flat_map(|map| tree.children(map)) {
                let name = tree.key(*id).unwrap_or_default().to_owned();
                if found.iter().all(|(known, _)| *known != name) {
                    let (_, file) = paths::split(path);
                    found.push((name, file.to_owned()));
                }
            }
        }
        found
    }

    /// Takes up a text that an editor shows.
    pub fn open(
        &mut self,
        path: &str,
        text: String,
        version: i32,
    ) -> Vec<PublishDiagnosticsParams> {
        let text = Text::new(text);
        let fresh = self
            .store
            .open
            .insert(path.to_owned(), Buffer { text, version });
        if fresh.is_none() {
            if self.folders.is_empty() {
                self.looked_at.insert(folder(path).to_owned());
            }
            self.look();
        }
        self.recheck(path)
    }

    /// Takes up changes of a text.
    pub fn change(
        &mut self,
        path: &str,
        changes: &[TextDocumentContentChangeEvent],
        version: i32,
    ) -> Vec<PublishDiagnosticsParams> {
        let Some(buffer) = self.store.open.get_mut(path) else {
            return Vec::new();
        };
        let edits: Vec<(Range<usize>, usize)> = changes
            .iter()
            .map(|change| buffer.text.change(change, self.encoding))
            .collect();
        buffer.version = version;
        let text = Arc::clone(buffer.text.get());
        if text.len() < LARGE {
            return self.recheck(path);
        }
        self.waiting.insert(path.to_owned(), true);
        self.near(path, &text, &edits);
        self.told(&BTreeSet::from([path.to_owned()]))
    }

    /// Tells what edits of a large file brought.
    fn near(&mut self, path: &str, text: &Arc<str>, edits: &[(Range<usize>, usize)]) {
        let before = self.checks.get(path);
        let before = before.map_or_else(Arc::default, Arc::clone);
        let mut checked = before.of_text(text);
        match self.lives.get_mut(path) {
            Some(live) => {
                for (edit, came) in edits {
                    live.edit(edit, *came);
                }
                let kinds = before.kinds.as_deref().unwrap_or(&self.catalogue);
                checked.found = live.tell(path, text, &self.store, kinds).found;
            }
            None => {
                checked.found = before.found.clone();
                for (edit, came) in edits {
                    shift(&mut checked.found, edit, *came);
                }
            }
        }
        self.board.take(path, by_file(&checked, self.encoding));
        let old = self.checks.insert(path.to_owned(), Arc::new(checked));
        self.leave((old, None));
    }

    /// A large file that is to be read as a whole when nothing is typed.
    pub fn next_job(&mut self) -> Option<Job> {
        let (path, is_typed) = self.waiting.pop_first()?;
        Some(Job {
            version: self.version(&path),
            is_typed,
            path,
            store: self.store.clone(),
            catalogue: Arc::clone(&self.catalogue),
            encoding: self.encoding,
            rest: std::mem::take(&mut self.rest),
        })
    }

    /// Whether a file is to be read as a whole.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes up what a job found, unless the text is another by now.
    pub fn take(&mut self, done: Done) -> Vec<PublishDiagnosticsParams> {
        if self.version(&done.path) != done.version {
            return Vec::new();
        }
        let is_known = self.board.shows(&done.path, &done.told);
        let mut changed = match is_known {
            true => BTreeSet::new(),
            false => self.board.take(&done.path, done.told),
        };
        let old = self.checks.insert(done.path.clone(), done.checked);
        let live = done.live.filter(|_| done.version.is_some());
        let live = self.renewed(&done.path, live);
        self.leave((old, live));
        let others = self.store.relink(&done.path, done.links);
        // What depends on a file in which nobody typed waits for the one in which somebody did.
        if done.is_typed {
            changed.extend(self.check_those_with(&done.path, others));
        }
        self.told(&changed)
    }

    /// Keeps for later what is to be let go of, unless that is much by now.
    fn leave(&mut self, rest: Rest) {
        if self.rest.len() >= KEPT {
            self.rest.clear();
        }
        self.rest.push(rest);
    }

    /// Takes up a large file as it is now; gives back what is of no use any more. While there are
    /// mistakes only in what is typed, the file without them is worth more.
    fn renewed(&mut self, path: &str, live: Option<Live>) -> Option<Live> {
        let worn = self.lives.get(path).is_none_or(Live::is_worn);
        match live {
            Some(live) if worn || !live.is_worn() => self.lives.insert(path.to_owned(), live),
            Some(live) => Some(live),
            None => self.lives.remove(path),
        }
    }

    /// Forgets a text that an editor shows no more; the file is what counts from now on.
    pub fn close(&mut self, path: &str) -> Vec<PublishDiagnosticsParams> {
        self.store.open.remove(path);
        self.checks.remove(path);
        self.lives.remove(path);
        let mut changed = self.board.forget(path);
        changed.extend(self.check_dependents(path));
        self.told(&changed)
    }

    /// Looks again at what is on the disk.
    pub fn look_again(&mut self) -> Vec<PublishDiagnosticsParams> {
        self.look();
        let changed = self.check_open("");
        self.told(&changed)
    }

    /// Looks which files there are: in the open folders, or else beside what is or was open.
    fn look(&mut self) {
        let folders = self.folders.iter().chain(&self.looked_at);
        let folders: Vec<String> = folders.cloned().collect();
        self.store.look(&folders);
    }

    /// Checks a file and those that depend on it; gives what is to be shown anew.
    fn recheck(&mut self, path: &str) -> Vec<PublishDiagnosticsParams> {
        let mut others = false;
        if let Some(text) = self.store.text(path) {
            let links = Links::of(path, &Tree::parse(text.get().clone()));
            others = self.store.relink(path, links);
        }
        let mut changed = self.check_one(path);
        changed.extend(self.check_those_with(path, others));
        self.told(&changed)
    }

    fn check_one(&mut self, path: &str) -> BTreeSet<String> {
        let checked = Arc::new(check(path, &self.store, &self.catalogue));
        let told = by_file(&checked, self.encoding);
        let large = self
            .store
            .text(path)
            .filter(|text| text.get().len() >= LARGE);
        match large.and_then(|_| Base::of(&checked)) {
            Some(base) => self.lives.insert(path.to_owned(), Live::new(base)),
            None => self.lives.remove(path),
        };
        self.checks.insert(path.to_owned(), checked);
        self.board.take(path, told)
    }

    fn told(&self, files: &BTreeSet<String>) -> Vec<PublishDiagnosticsParams> {
        let files = files.iter();
        files
            .filter_map(|path| self.board.of(path, self.version(path)))
            .collect()
    }
}

/// The folder of a file.
#[must_use]
pub fn folder(path: &str) -> &str {
    path.rfind('/').map_or("", |end| &path[..end])
}
