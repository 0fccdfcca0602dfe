//! What the server knows while an editor is connected.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use lsp_types::{Position, PublishDiagnosticsParams, TextDocumentContentChangeEvent};
use runsheet_diagnostics::diagnostic::{self, Diagnostic};
use runsheet_language::compose::paths;
use runsheet_step::Catalogue;

use crate::check::{Checked, check};
use crate::near::{Edit, LARGE, forget_advice, near, shift};
use crate::position::{Encoding, Text};
use crate::publish::{Board, by_file};
use crate::store::{Buffer, Disk, Store};
use crate::tree::Tree;
use crate::wants::{Sort, Tables};
use crate::worker::{Done, Job};

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
    /// The names that site files have for drivers.
    pub drivers: &'static [&'static str],
    checks: BTreeMap<String, Arc<Checked>>,
    board: Board,
    /// Large files that are to be read as a whole.
    waiting: BTreeSet<String>,
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
            drivers: &[],
            checks: BTreeMap::new(),
            board: Board::default(),
            waiting: BTreeSet::new(),
        }
    }

    /// The tables that places are looked up in.
    #[must_use]
    pub fn tables(&self) -> Tables<'_> {
        Tables {
            catalogue: &self.catalogue,
            files: None,
        }
    }

    /// The tables that places of a file are looked up in, with the kinds that it can call.
    #[must_use]
    pub fn tables_of<'t>(&'t self, path: &'t str) -> Tables<'t> {
        Tables {
            files: Some((&self.store, path)),
            ..self.tables()
        }
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
            let folders = match self.folders.is_empty() {
                true => vec![folder(path).to_owned()],
                false => self.folders.clone(),
            };
            self.store.look(&folders);
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
        let old = Arc::clone(buffer.text.get());
        let edits: Vec<(Range<usize>, usize)> = changes
            .iter()
            .map(|change| buffer.text.change(change, self.encoding))
            .collect();
        buffer.version = version;
        let text = Arc::clone(buffer.text.get());
        if text.len() < LARGE {
            return self.recheck(path);
        }
        self.waiting.insert(path.to_owned());
        // Of several edits only the first was one of the old text.
        let gone = match edits.as_slice() {
            [(edit, _)] => old.get(edit.clone()).unwrap_or_default(),
            _ => "",
        };
        self.near(path, &text, &edits, gone);
        self.told(&BTreeSet::from([path.to_owned()]))
    }

    /// Tells what an edit of a large file brought where it was made.
    fn near(&mut self, path: &str, text: &Arc<str>, edits: &[(Range<usize>, usize)], gone: &str) {
        let before = self.checks.get(path);
        let before = before.map_or_else(Arc::default, Arc::clone);
        let mut found = before.found.clone();
        for (edit, came) in edits {
            shift(&mut found, edit, *came);
        }
        let edit = edits
            .last()
            .map_or((0, 0), |(edit, came)| (edit.start, *came));
        let edit = Edit {
            at: edit.0,
            gone,
            came: edit.1,
        };
        if let Some(near) = near(path, text, edit, &self.store, &self.catalogue) {
            let outside = |one: &Diagnostic| {
                let start = one.span().map(|span| span.start as usize);
                start.is_none_or(|start| !near.holds(start))
            };
            found.retain(outside);
            found.extend(near.found);
        }
        forget_advice(&mut found);
        let mut checked = before.of_text(text);
        diagnostic::sort(&mut found);
        checked.found = found;
        self.board.take(path, by_file(&checked, self.encoding));
        self.checks.insert(path.to_owned(), Arc::new(checked));
    }

    /// A large file that is to be read as a whole when nothing is typed.
    pub fn next_job(&mut self) -> Option<Job> {
        let path = self.waiting.pop_first()?;
        Some(Job {
            version: self.version(&path)?,
            path,
            store: self.store.clone(),
            catalogue: Arc::clone(&self.catalogue),
        })
    }

    /// Whether a file is to be read as a whole.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.waiting.is_empty()
    }

    /// Takes up what a job found, unless the text is another by now.
    pub fn take(&mut self, done: Done) -> Vec<PublishDiagnosticsParams> {
        if self.version(&done.path) != Some(done.version) {
            return Vec::new();
        }
        let told = by_file(&done.checked, self.encoding);
        self.checks
            .insert(done.path.clone(), Arc::new(done.checked));
        let mut changed = self.board.take(&done.path, told);
        if let Some(text) = self.store.text(&done.path) {
            self.store
                .relink(&done.path, &Tree::parse(text.get().clone()));
        }
        changed.extend(self.check_dependents(&done.path));
        self.told(&changed)
    }

    /// Forgets a text that an editor shows no more; the file is what counts from now on.
    pub fn close(&mut self, path: &str) -> Vec<PublishDiagnosticsParams> {
        self.store.open.remove(path);
        self.checks.remove(path);
        let mut changed = self.board.forget(path);
        changed.extend(self.check_dependents(path));
        self.told(&changed)
    }

    /// Looks again at what is on the disk.
    pub fn look_again(&mut self) -> Vec<PublishDiagnosticsParams> {
        self.store.look(&self.folders.clone());
        let open: Vec<String> = self.store.open.keys().cloned().collect();
        let mut changed = BTreeSet::new();
        for path in open {
            let large = self
                .store
                .text(&path)
                .is_some_and(|text| text.get().len() >= LARGE);
            if large {
                self.waiting.insert(path);
                continue;
            }
            changed.extend(self.check_one(&path));
            changed.extend(self.check_dependents(&path));
        }
        self.told(&changed)
    }

    /// Checks a file and those that depend on it; gives what is to be shown anew.
    fn recheck(&mut self, path: &str) -> Vec<PublishDiagnosticsParams> {
        if let Some(text) = self.store.text(path) {
            self.store.relink(path, &Tree::parse(text.get().clone()));
        }
        let mut changed = self.check_one(path);
        changed.extend(self.check_dependents(path));
        self.told(&changed)
    }

    fn check_dependents(&mut self, path: &str) -> BTreeSet<String> {
        let dependents = self.store.dependents(path);
        dependents
            .into_iter()
            .flat_map(|path| self.check_one(&path))
            .collect()
    }

    fn check_one(&mut self, path: &str) -> BTreeSet<String> {
        let checked = check(path, &self.store, &self.catalogue);
        let told = by_file(&checked, self.encoding);
        self.checks.insert(path.to_owned(), Arc::new(checked));
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
