//! The lab that a command works on: which one is meant, and whether what is done in it stays.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use runsheet_diagnostics::suggest;
use runsheet_lab::bench::Bench;
use runsheet_lab::drivers;
use runsheet_lab::lab::{Lab, Role};
use runsheet_lab::process::{Left, NotStarted};
use runsheet_report::look::drawn;
use runsheet_step::driver::{Call, CallKey, Drain, Reply};
use runsheet_step::{Answer, Request};

use super::table::Page;
use crate::args::lab::WhichLab;
use crate::catalogue::catalogue;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::reading;

/// The sites looked for where none is named.
const USUAL: [&str; 2] = ["workflows/sites/lab.yaml", "sites/lab.yaml"];

/// A lab, open.
pub(super) struct AtHand {
    bench: Arc<Bench>,
    /// The name of its site.
    pub(super) name: String,
    /// The site file of a lab that lives in memory.
    in_memory: Option<PathBuf>,
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
        let folder = words.first().filter(|word| is_folder(word, console));
        if folder.is_some() {
            let folder = words.remove(0);
            return Err(no_lab(Path::new(&folder)));
        }
        if let Some(folder) = &which.lab {
            return Err(no_lab(folder));
        }
        AtHand::of_site(&site_file(which, console)?, console)
    }

    fn of_site(path: &Path, console: &Console) -> Result<AtHand, Complaint> {
        let whole = reading::site_alone(path, &catalogue(), console)?;
        let Some(options) = &whole.site.lab else {
            let message = format!("{}: this site is no lab", path.display());
            return Err(Complaint::new(message).help("a site is one if it has a `lab:`"));
        };
        Ok(AtHand {
            bench: crate::drivers::bench(options, &whole.bound, path)?,
            name: whole.site.name.to_string(),
            in_memory: Some(path.to_owned()),
        })
    }

    /// Looks at it.
    pub(super) fn look<T>(&self, look: impl FnOnce(&Lab) -> T) -> T {
        self.bench.look(look)
    }

    /// Changes it.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Lab) -> T) -> T {
        self.bench.change(change)
    }

    /// Asks a driver of the lab something that it answers at once.
    pub(super) fn ask(&self, request: Request) -> Result<Answer, Complaint> {
        let mut drivers = drivers::all(&self.bench).into_iter();
        let found = drivers.find(|(facility, _)| **facility == *request.facility);
        let Some((_, driver)) = found else {
            return Err(Complaint::new(format!("a lab has no {}", request.facility)));
        };
        let call = Call {
            key: CallKey {
                run: "lab".into(),
                address: "do".into(),
                attempt: 0,
                turn: 0,
                index: 0,
            },
            request,
            before: None,
            slice: Duration::ZERO,
            sink: &Drain,
        };
        match crate::commands::runtime()?.block_on(driver.perform(&call)) {
            Reply::Answer(answer) => Ok(answer),
            Reply::NotYet(_) => Err(Complaint::new("the lab has no answer yet")),
        }
    }

    /// Runs a program at a machine, with nobody at its keyboard.
    pub(super) fn perform(
        &self,
        host: &str,
        argv: &[String],
        cwd: &str,
    ) -> Result<Result<Left, NotStarted>, Complaint> {
        Ok(self.change(|lab| lab.perform(host, argv, cwd, &mut |_| None)))
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
            let now = self.look(|lab| lab.now().to_string());
            page.json(what, &self.name, &now)? + "\n"
        } else {
            drawn(&page.drawn(console.look()))
        };
        console.data(&text)?;
        Ok(Exit::Done)
    }

    /// Says so where what was done is gone when the command ends.
    pub(super) fn tell_what_is_lost(&self, console: &Console) {
        let Some(site) = &self.in_memory else {
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

fn is_folder(word: &str, console: &Console) -> bool {
    let is_path = word.contains(['/', '.']) || show_knows_no(word);
    is_path && console.resolve(Path::new(word)).is_dir()
}

/// Whether a word cannot be one of a command.
fn show_knows_no(word: &str) -> bool {
    super::show::named(word).is_none()
}

fn no_lab(folder: &Path) -> Complaint {
    let complaint = Complaint::new(format!("{}: there is no lab here", folder.display()));
    complaint.help("`runsheet lab new DIR` makes one")
}

fn site_file(which: &WhichLab, console: &Console) -> Result<PathBuf, Complaint> {
    if let Some(site) = &which.site {
        return Ok(site.clone());
    }
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
