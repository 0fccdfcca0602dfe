//! `fmt`: files in the one order of indentation, spaces and blank lines.

use std::fs;
use std::path::{Path, PathBuf};

use runsheet_language::format::{Unformatted, format};

use crate::args::FmtArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::drafts;
use crate::exit::Exit;
use crate::meant;
use crate::reading::Reading;

/// The first keys of the files that are looked for in folders.
const OURS: [&str; 3] = ["workflow:", "site:", "overlay:"];

/// The name of what is typed, in messages.
const TYPED: &str = "standard input";

pub(super) fn fmt(arguments: &FmtArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut formatting = Formatting {
        arguments,
        console,
        reading: Reading::new(console),
        is_in_order: true,
        untold: Vec::new(),
    };
    for path in &arguments.files {
        if path == Path::new("-") {
            formatting.typed()?;
        } else if console.resolve(path).is_dir() {
            formatting.folder(path)?;
        } else {
            formatting.file(path)?;
        }
    }
    formatting.told()
}

struct Formatting<'f> {
    arguments: &'f FmtArguments,
    console: &'f Console,
    reading: Reading,
    is_in_order: bool,
    /// Why files are left as they are that cannot be read or put in order.
    untold: Vec<Complaint>,
}

impl Formatting<'_> {
    /// What is typed, as data unless only the difference is wanted.
    fn typed(&mut self) -> Result<(), Complaint> {
        let text = self.console.person.text();
        let text = text.map_err(|why| Complaint::new(format!("{TYPED}: {why}")))?;
        let Some(formatted) = self.formatted(TYPED, &text) else {
            return Ok(());
        };
        if self.arguments.check || self.arguments.diff {
            return self.tell(TYPED, &text, &formatted);
        }
        self.console.data(&formatted)?;
        Ok(())
    }

    fn file(&mut self, path: &Path) -> Result<(), Complaint> {
        match disk::text(&self.console.resolve(path)) {
            Ok(text) => self.text(path, &text),
            Err(why) => {
                let complaint = Complaint::new(why).at(path);
                self.untold.push(match meant::asked(path, self.console) {
                    Some(help) => complaint.help(help),
                    None => complaint,
                });
                Ok(())
            }
        }
    }

    /// The workflows, sites and overlays of a folder and of those in it, hidden ones left out.
    fn folder(&mut self, folder: &Path) -> Result<(), Complaint> {
        for path in entries(folder, self.console)? {
            let place = self.console.resolve(&path);
            if place.is_symlink() || !place.is_dir() && !is_yaml(&path) {
                continue;
            }
            if place.is_dir() {
                self.folder(&path)?;
                continue;
            }
            if let Some(text) = disk::text(&place).ok().filter(|text| is_ours(text)) {
                self.text(&path, &text)?;
            }
        }
        Ok(())
    }

    fn text(&mut self, path: &Path, text: &str) -> Result<(), Complaint> {
        let name = path.display().to_string();
        let Some(formatted) = self.formatted(&name, text) else {
            return Ok(());
        };
        if formatted == text {
            return Ok(());
        }
        if !self.arguments.check && !self.arguments.diff {
            drafts::replace(path, &formatted, self.console)?;
        }
        self.tell(&name, text, &formatted)
    }

    /// The text as it is to be; nothing where it cannot be read, which is told at the end.
    fn formatted(&mut self, name: &str, text: &str) -> Option<String> {
        let source = self.reading.sources.add(name, text);
        match format(source, text) {
            Ok(formatted) => {
                self.is_in_order &= formatted == text;
                Some(formatted)
            }
            Err(Unformatted::Unreadable(found)) => {
                self.reading.found.extend(found);
                None
            }
            Err(Unformatted::Odd) => {
                let message =
                    format!("{name}: it is left as it is, since it would mean something else");
                let help = "write what is odd in it plainly; this is a fault of the program";
                self.untold.push(Complaint::new(message).help(help));
                None
            }
        }
    }

    /// Names a file that changes, or shows how.
    fn tell(&self, name: &str, before: &str, after: &str) -> Result<(), Complaint> {
        if self.arguments.diff {
            return drafts::show_difference(name, before, after, self.console);
        }
        if before != after {
            self.console.data(&format!("{name}\n"))?;
        }
        Ok(())
    }

    fn told(self) -> Result<Exit, Complaint> {
        let told = self.reading.tell(self.console);
        let is_left = !self.untold.is_empty();
        for complaint in self.untold {
            complaint.tell(self.console);
        }
        told?;
        let is_out_of_order = self.arguments.check && !self.is_in_order;
        Ok(match is_left || is_out_of_order {
            true => Exit::Failed,
            false => Exit::Done,
        })
    }
}

/// What is in a folder, by name, without what is hidden. What is in `.` goes by its bare name.
fn entries(folder: &Path, console: &Console) -> Result<Vec<PathBuf>, Complaint> {
    let told = |error| Complaint::new(disk::reason(&error)).at(folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(console.resolve(folder)).map_err(told)? {
        names.push(entry.map_err(told)?.file_name());
    }
    names.retain(|name| !name.to_string_lossy().starts_with('.'));
    names.sort_unstable();
    let beside = folder.strip_prefix(".").unwrap_or(folder);
    Ok(names.into_iter().map(|name| beside.join(name)).collect())
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|it| it == "yaml" || it == "yml")
}

fn is_ours(text: &str) -> bool {
    text.lines()
        .any(|line| OURS.iter().any(|key| line.starts_with(key)))
}
