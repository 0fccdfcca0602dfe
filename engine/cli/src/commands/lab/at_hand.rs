//! The lab that a command works on: which one is meant, and whether what is done in it stays.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use runsheet_diagnostics::suggest;
use runsheet_lab::disk::serving::{self, Pace};
use runsheet_lab::disk::{self, Disk};
use runsheet_lab::lab::{Lab, Role};
use runsheet_lab::process::{Left, NotStarted};
use runsheet_report::look::drawn;

use super::super::made::quoted;
use super::table::Page;
use crate::args::lab::WhichLab;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drivers::{beside, blueprint};
use crate::exit::Exit;
use crate::reading;
use crate::runtime::runtime;

/// The workflow that the product is for.
pub(super) const FLAGSHIP: &str = "workflows/manual-dirsync-exchange-server.yaml";

/// The sites looked for where none is named.
const USUAL: [&str; 2] = ["workflows/sites/lab.yaml", "sites/lab.yaml"];

/// A lab, open.
pub(super) struct AtHand {
    held: RefCell<Held>,
    /// The name of its site, or of its folder.
    pub(super) name: String,
}

enum Held {
    /// In memory, and gone when this is; the site file that it was made from.
    Memory(Box<Lab>, PathBuf),
    /// On disk.
    Disk(Box<Disk>),
}

impl AtHand {
    /// The lab that is meant. A folder at the beginning of `words` names it, and is taken away.
    ///
    /// # Errors
    /// No lab, or one that cannot be opened.
    pub(super) fn open(
        which: &WhichLab,
        words: &mut Vec<String>,
        console: &Console,
    ) -> Result<AtHand, Complaint> {
        let is_named = words.first().is_some_and(|word| is_folder(word, console));
        if is_named {
            let folder = words.remove(0);
            return AtHand::of_folder(&console.resolve(Path::new(&folder)));
        }
        if let Some(folder) = &which.lab {
            return AtHand::of_folder(&console.resolve(folder));
        }
        match (&which.site, disk::around(&console.folder)) {
            (Some(site), _) => AtHand::of_site(site, console),
            (None, Some(folder)) => AtHand::of_folder(&folder),
            (None, None) => AtHand::of_site(&usual(console)?, console),
        }
    }

    fn of_folder(folder: &Path) -> Result<AtHand, Complaint> {
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        Ok(AtHand {
            name: name.to_string_lossy().into_owned(),
            held: RefCell::new(Held::Disk(Box::new(Disk::open(folder)?))),
        })
    }

    fn of_site(path: &Path, console: &Console) -> Result<AtHand, Complaint> {
        let whole = reading::site_alone(path, console)?;
        let Some(options) = &whole.site.lab else {
            let message = format!("{}: this site is no lab", path.display());
            return Err(Complaint::new(message).help("a site is one if it has a `lab:`"));
        };
        let blueprint = blueprint(options, &whole, console)?;
        let held = match &blueprint.disk {
            Some(folder) => {
                let folder = beside(path, console).join(folder);
                Held::Disk(Box::new(Disk::open_or_create(&folder, &blueprint)?))
            }
            None => Held::Memory(Box::new(Lab::build(&blueprint)), path.to_owned()),
        };
        Ok(AtHand {
            held: RefCell::new(held),
            name: whole.site.name.to_string(),
        })
    }

    /// Looks at it.
    ///
    /// # Errors
    /// Files that cannot be read.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Lab) -> T) -> Result<T, Complaint> {
        match &mut *self.held.borrow_mut() {
            Held::Memory(lab, _) => Ok(look(lab)),
            Held::Disk(disk) => Ok(disk.look(look)?),
        }
    }

    /// Changes it. Where its clock goes by itself, what was due by now has happened before.
    ///
    /// # Errors
    /// Files that cannot be read or written; then nothing was changed.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Lab) -> T) -> Result<T, Complaint> {
        match &mut *self.held.borrow_mut() {
            Held::Memory(lab, _) => Ok(change(lab)),
            Held::Disk(disk) => Ok(disk.change(change)?),
        }
    }

    /// How its clock goes, if it goes by itself.
    pub(super) fn pace(&self) -> Option<Pace> {
        match &*self.held.borrow() {
            Held::Memory(..) => None,
            Held::Disk(disk) => serving::pace(disk.root()),
        }
    }

    /// Runs a program at a machine. Where it asks, the person at the terminal answers; for as
    /// long as that takes, nobody is kept from the lab.
    ///
    /// # Errors
    /// Files that cannot be read or written, or a terminal that is gone.
    pub(super) fn perform(
        &self,
        host: &str,
        (argv, cwd): (&[String], &str),
        console: &Console,
    ) -> Result<Result<Left, NotStarted>, Complaint> {
        let runtime = runtime()?;
        let answer = |question: &str| runtime.block_on(console.person.ask(question));
        let mut typed = Vec::new();
        loop {
            let done = match &mut *self.held.borrow_mut() {
                Held::Memory(lab, _) => {
                    let mut keyboard = |question: &str| answer(question).ok().flatten();
                    return Ok(lab.perform(host, argv, cwd, &mut keyboard));
                }
                Held::Disk(disk) => disk.try_change(|lab| {
                    with_typed(&typed, |keyboard| lab.perform(host, argv, cwd, keyboard))
                })?,
            };
            match done {
                Ok(left) => return Ok(left),
                Err(question) => typed.push(answer(&question)?),
            }
        }
    }

    /// Shows what was asked for.
    pub(super) fn tell(
        &self,
        what: &str,
        page: &Page,
        json: bool,
        console: &Console,
    ) -> Result<Exit, Complaint> {
        let text = if json {
            let now = self.look(|lab| lab.now().to_string())?;
            page.json(what, &self.name, &now)? + "\n"
        } else {
            drawn(&page.drawn(console.look()))
        };
        console.data(&text)?;
        Ok(Exit::Done)
    }

    /// Says so where what was done is gone when the command ends.
    pub(super) fn tell_what_is_lost(&self, console: &Console) {
        let Held::Memory(_, site) = &*self.held.borrow() else {
            return;
        };
        let site = site.display();
        console.note(&format!(
            "this lab lives in memory and ends with this command, so nothing of this stays; to \
             keep it, write into {site}, under `lab:`:\n  disk: {}",
            self.name
        ));
    }
}

/// Does something with what was typed so far at its keyboard; or the first question that goes
/// beyond that.
fn with_typed<T>(
    typed: &[Option<String>],
    work: impl FnOnce(&mut dyn FnMut(&str) -> Option<String>) -> T,
) -> Result<T, String> {
    let mut lines = typed.iter();
    let mut asked = None;
    let done = work(&mut |question| match lines.next() {
        Some(line) => line.clone(),
        None => {
            asked.get_or_insert_with(|| question.to_owned());
            None
        }
    });
    asked.map_or(Ok(done), Err)
}

/// The lab that is meant by a command, as another command names it, with a space before; nothing
/// where it is not named.
pub(super) fn named(which: &WhichLab, words: &[String], console: &Console) -> String {
    let folder = words.first().filter(|word| is_folder(word, console));
    let folder = folder.map(Path::new).or(which.lab.as_deref());
    match (folder, &which.site) {
        (Some(folder), _) => format!(" --lab {}", quoted(folder)),
        (None, Some(site)) => format!(" --site {}", quoted(site)),
        (None, None) => String::new(),
    }
}

fn is_folder(word: &str, console: &Console) -> bool {
    let is_path = word.contains(['/', '.']) || show_knows_no(word);
    is_path && console.resolve(Path::new(word)).is_dir()
}

/// Whether a word cannot be one of a command.
fn show_knows_no(word: &str) -> bool {
    super::show::named(word).is_none()
}

fn usual(console: &Console) -> Result<PathBuf, Complaint> {
    let mut usual = USUAL.iter().map(PathBuf::from);
    let found = usual.find(|path| console.resolve(path).is_file());
    let Some(found) = found else {
        let message = format!(
            "no lab is named, and there is no {}",
            USUAL.join(" and no ")
        );
        return Err(Complaint::new(message).help("name one with --site FILE or --lab DIR"));
    };
    console.note(&format!("site: {}, since no lab is named", found.display()));
    Ok(found)
}

/// The hosts of a lab that are of some sort, in the site's order.
pub(super) fn hosts(lab: &Lab, is_meant: impl Fn(Role) -> bool) -> Vec<String> {
    let exchanges = lab.exchanges.iter().map(|it| &it.host);
    let postoffices = lab.postoffices.iter().map(|it| &it.host);
    let workstations = lab.workstations.iter().map(|it| &it.host);
    let all = exchanges.chain(postoffices).chain(workstations);
    let meant = all.filter(|host| lab.role(host).is_some_and(&is_meant));
    meant.map(|host| host.to_string()).collect()
}

/// There is no such host, or it is no such machine.
pub(super) fn no_host(name: &str, what: &str, known: &[String]) -> Complaint {
    let complaint = Complaint::new(format!("`{name}` is no {what} of this lab"));
    match suggest::nearest(name, known.iter().map(String::as_str)) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None if known.is_empty() => complaint.help("it has none"),
        None => complaint.help(format!("there are {}", known.join(", "))),
    }
}
