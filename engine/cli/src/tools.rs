//! The binary `runsheet-lab`: the programs of a lab on disk as real processes, and what keeps
//! such a lab going.
//!
//! It is called as the program it is to be (`reqmain`, by a link in a machine's MAILEXE), or is
//! told its name (`runsheet-lab reqmain -dM -t`). It ends with the exit code of that program,
//! which lies where the real one lied.

mod manual;
mod place;
mod program;
mod pump;
mod serve;

use std::ffi::OsString;

use runsheet_diagnostics::suggest;

use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;
use crate::surroundings::Surroundings;
use manual::Page;
use place::Named;

/// The programs in the MAILEXE directory of a postoffice or a workstation.
pub(crate) const OF_MAIL: [&str; 13] = [
    "reqmain", "srvmain", "import", "rebuild", "admin", "nsda", "dispatch", "external", "listds",
    "listq", "dssched", "sconfix", "forcedos",
];

/// The programs of an Exchange server.
pub(crate) const OF_EXCHANGE: [&str; 3] = ["net", "mtacheck", "cmd"];

/// The name of the binary.
const OWN_NAME: &str = "runsheet-lab";

/// Does what was typed; the first argument is the name the program is called by. Returns the exit
/// code.
pub fn main(
    arguments: impl IntoIterator<Item = impl Into<OsString>>,
    surroundings: Surroundings,
) -> u8 {
    let console = Console::new(surroundings);
    let arguments = arguments.into_iter().map(Into::into);
    let arguments: Vec<String> = arguments
        .map(|it: OsString| it.to_string_lossy().into_owned())
        .collect();
    match called(&arguments, &console) {
        Ok(exit) => exit,
        Err(complaint) => complaint.tell(&console).code(),
    }
}

/// By a link it is the program of that name, otherwise the one that is named.
fn called(arguments: &[String], console: &Console) -> Result<u8, Complaint> {
    let (own, rest) = arguments
        .split_first()
        .map_or(("", arguments), |(own, rest)| {
            (own.rsplit(['/', '\\']).next().unwrap_or_default(), rest)
        });
    let own = own.strip_suffix(".exe").unwrap_or(own);
    if let Some(page) = manual::page(own) {
        return perform(page, rest, &Named::default(), console);
    }
    let (named, rest) = Named::take(rest)?;
    match rest.first().map(String::as_str) {
        None | Some("help" | "--help" | "-h" | "-?" | "/?") => {
            let about = rest.get(1).and_then(|name| manual::page(name));
            tell(&about.map_or_else(manual::contents, Page::told), console)
        }
        Some("--version" | "-V") => tell(
            &format!("{OWN_NAME} {}\n", env!("CARGO_PKG_VERSION")),
            console,
        ),
        Some(name) => match manual::page(name) {
            Some(page) => perform(page, &rest[1..], &named, console),
            None => Err(unknown(name)),
        },
    }
}

fn perform(
    page: &Page,
    arguments: &[String],
    named: &Named,
    console: &Console,
) -> Result<u8, Complaint> {
    if arguments
        .iter()
        .any(|it| matches!(it.as_str(), "--help" | "/?"))
    {
        return tell(&page.told(), console);
    }
    match page.name {
        "serve" => serve::serve(arguments, named, console).map(Exit::code),
        "pump" => pump::pump(arguments, named, console).map(Exit::code),
        name => program::run(name, arguments, named, console),
    }
}

fn tell(text: &str, console: &Console) -> Result<u8, Complaint> {
    console.data(text)?;
    Ok(Exit::Done.code())
}

fn unknown(name: &str) -> Complaint {
    let complaint = Complaint::new(format!("there is no program `{name}`")).exit(Exit::Usage);
    match suggest::nearest(name, manual::PAGES.iter().map(|page| page.name)) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help(format!("`{OWN_NAME} --help` lists them")),
    }
}
