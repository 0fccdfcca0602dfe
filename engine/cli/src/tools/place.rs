//! Where a program is called: the lab on disk, the machine in it, and the directory there.

use std::path::{Component, Path, PathBuf};

use runsheet_diagnostics::suggest;
use runsheet_lab::disk::{self, Disk};
use runsheet_lab::lab::{Lab, Role};

use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// What was named before the program.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) lab: Option<PathBuf>,
    pub(super) host: Option<String>,
}

impl Named {
    /// Takes `--lab DIR` and `--host NAME` from the beginning of the arguments.
    ///
    /// # Errors
    /// One of them without its value.
    pub(super) fn take(arguments: &[String]) -> Result<(Named, &[String]), Complaint> {
        let mut named = Named::default();
        let mut rest = arguments;
        while let Some((first, more)) = rest.split_first() {
            let (name, glued) = match first.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (first.as_str(), None),
            };
            if !matches!(name, "--lab" | "--host") {
                break;
            }
            let is_glued = glued.is_some();
            let Some(value) = glued.or_else(|| more.first().cloned()) else {
                let complaint = Complaint::new(format!("`{name}` has no value"));
                return Err(complaint
                    .help("write --lab DIR and --host NAME")
                    .exit(Exit::Usage));
            };
            rest = if is_glued { more } else { &more[1..] };
            match name {
                "--lab" => named.lab = Some(value.into()),
                _ => named.host = Some(value),
            }
        }
        Ok((named, rest))
    }
}

/// A machine of a lab, and the directory a program is called in.
pub(super) struct Place {
    pub(super) disk: Disk,
    pub(super) host: String,
    pub(super) is_exchange: bool,
    /// As the machine itself would name it: `M:\MAILEXE`.
    pub(super) cwd: String,
}

/// The lab that is meant: the one named, or the one around the current folder.
pub(super) fn lab(named: Option<&Path>, console: &Console) -> Result<Disk, Complaint> {
    let root = match named {
        Some(named) => console.resolve(named),
        None => disk::around(&console.folder).ok_or_else(|| {
            let complaint = Complaint::new(format!(
                "{}: no lab is here, nor in a folder above",
                console.folder.display()
            ));
            complaint.help(
                "go to a machine of a lab, or name it before the program: runsheet-lab --lab DIR \
                 --host NAME PROGRAM; `runsheet lab new DIR` makes a lab",
            )
        })?,
    };
    Disk::open(&root).map_err(Complaint::from)
}

impl Place {
    /// The machine that is meant: the one named, or the one whose directory this is.
    ///
    /// # Errors
    /// No lab, or no such machine.
    pub(super) fn find(named: &Named, console: &Console) -> Result<Place, Complaint> {
        let mut disk = lab(named.lab.as_deref(), console)?;
        let below = below(disk.root(), &console.folder);
        let host = match (&named.host, below.first()) {
            (Some(host), _) | (None, Some(host)) => host.clone(),
            (None, None) => {
                let hosts = disk.look(hosts)?;
                return Err(no_host_named(&disk, &hosts));
            }
        };
        let is_there = below
            .first()
            .is_some_and(|it| it.eq_ignore_ascii_case(&host));
        let inner: &[String] = if is_there { &below[1..] } else { &[] };
        let (known, cwd) = disk.look(|lab| (hosts(lab), directory(lab, &host, inner, is_there)))?;
        let is_exchange = disk.look(|lab| lab.exchange(&host).is_some())?;
        match cwd {
            Some(cwd) => Ok(Place {
                disk,
                host,
                is_exchange,
                cwd,
            }),
            None => Err(no_host(&host, &disk, &known)),
        }
    }
}

/// The folders from the root of a lab to another folder; none where it lies outside.
fn below(root: &Path, folder: &Path) -> Vec<String> {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = real(folder);
    let Ok(inner) = folder.strip_prefix(real(root)) else {
        return Vec::new();
    };
    let names = inner.components().filter_map(|it| match it {
        Component::Normal(name) => Some(name.to_string_lossy().into_owned()),
        _ => None,
    });
    names.collect()
}

/// The directory as the machine names it. Who is not at the machine, but has only named it, is in
/// the directory of its programs.
fn directory(lab: &Lab, host: &str, inner: &[String], is_there: bool) -> Option<String> {
    let (home, drive) = match lab.role(host)? {
        Role::Postoffice(id) => {
            let postoffice = &lab.postoffices[id];
            (postoffice.mailexe.as_str(), postoffice.drive)
        }
        Role::Workstation(id) => (lab.workstations[id].mailexe.as_str(), 'C'),
        Role::Exchange(_) => (r"C:\", 'C'),
    };
    let is_home = matches!(inner, [only] if only.eq_ignore_ascii_case("MAILEXE"));
    if !is_there || is_home {
        return Some(home.to_owned());
    }
    Some(format!(r"{drive}:\{}", inner.join(r"\")))
}

fn hosts(lab: &Lab) -> Vec<String> {
    let exchanges = lab.exchanges.iter().map(|it| &it.host);
    let postoffices = lab.postoffices.iter().map(|it| &it.host);
    let workstations = lab.workstations.iter().map(|it| &it.host);
    let all = exchanges.chain(postoffices).chain(workstations);
    all.map(ToString::to_string).collect()
}

fn no_host_named(disk: &Disk, hosts: &[String]) -> Complaint {
    let complaint = Complaint::new("it is not said at which machine").at(disk.root());
    complaint.help(format!(
        "go to its folder, or name it with --host; there are {}",
        hosts.join(", ")
    ))
}

fn no_host(host: &str, disk: &Disk, known: &[String]) -> Complaint {
    let complaint = Complaint::new(format!("the lab has no machine `{host}`")).at(disk.root());
    match suggest::nearest(host, known.iter().map(String::as_str)) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help(format!("there are {}", known.join(", "))),
    }
}

#[cfg(test)]
mod tests {
    use super::Named;

    fn words(line: &str) -> Vec<String> {
        line.split_whitespace().map(str::to_owned).collect()
    }

    #[test]
    fn what_stands_before_the_program_is_ours_and_the_rest_is_not() {
        let arguments = words("--lab labs/small --host=SALES reqmain -dM --host X");
        let (named, rest) = Named::take(&arguments).unwrap();
        assert_eq!(named.lab, Some("labs/small".into()));
        assert_eq!(named.host, Some("SALES".to_owned()));
        assert_eq!(rest, words("reqmain -dM --host X"));
        assert!(Named::take(&words("--lab")).is_err());
    }
}
