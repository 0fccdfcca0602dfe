//! The text of the site file of a new lab.

use std::fmt::Write;
use std::path::Path;

use crate::args::lab::LabNewArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;

/// What postoffices are called, as long as there are names; then they are counted.
const NAMES: [&str; 6] = ["SALES", "PLANT", "OFFICE", "LAB", "DEPOT", "BOARD"];

/// A site file for what was asked for.
///
/// # Errors
/// Nothing that could be a name.
pub(super) fn made(arguments: &LabNewArguments, folder: &Path) -> Result<String, Complaint> {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    let hosts: Vec<String> = (0..arguments.postoffices).map(called).collect();
    let mut text = format!(
        "# A lab on disk, made by `runsheet lab new`. It lives in this folder.\n\
         site: 1\nname: '{}'\nlab:\n  disk: .\n  profile: {}\n  users: {}\n  polling: 1m\n",
        name.replace('\'', "''"),
        arguments.profile,
        arguments.users
    );
    let server = arguments.server.then(|| hosts.first()).flatten();
    let requestors: Vec<&str> = hosts
        .iter()
        .filter(|host| Some(*host) != server)
        .map(String::as_str)
        .collect();
    let _ = write!(
        text,
        "groups:\n  dx: [EXCH1]\n  requestors: [{}]\n",
        requestors.join(", ")
    );
    if let Some(server) = server {
        let _ = writeln!(text, "  server: [{server}]");
    }
    text.push_str("vars:\n  drive: M\n  admin_password: {lab: admin_password}\n");
    if !arguments.processes {
        text.push_str("  mailexe: 'M:\\MAILEXE'\n  runner: forcedos\n");
    }
    let version = arguments.profile.trim_start_matches("exchange-");
    let _ = write!(
        text,
        "hosts:\n  EXCH1:\n    vars: {{exchange: \"{version}\", address: CONTOSO/HQ/$SYSTEM, \
         admin_mailbox: dxadmin, mta: PCMTA-HQ}}\n"
    );
    for host in &hosts {
        text.push_str(&postoffice(host, arguments, folder));
    }
    Ok(text)
}

fn called(number: u32) -> String {
    let name = NAMES.get(number as usize).map(|name| (*name).to_owned());
    name.unwrap_or_else(|| format!("PO{}", number + 1))
}

/// A postoffice; where its programs are to be processes of this machine, with the folder they are
/// started in.
fn postoffice(host: &str, arguments: &LabNewArguments, folder: &Path) -> String {
    let mut text = format!("  {host}:\n    vars:\n      address: NORTH/{host}/$SYSTEM\n");
    if arguments.processes {
        let programs = folder.join(host).join("MAILEXE");
        let programs = programs.display().to_string().replace('\'', "''");
        let _ = write!(
            text,
            "      mailexe: '{programs}'\n      runner: ./forcedos\n    facilities:\n      \
             process: {{driver: local}}\n"
        );
    }
    text
}

/// A site file that was given, with the folder of the lab put into it.
///
/// # Errors
/// A file that cannot be read, has no `lab:`, or names a folder already.
pub(super) fn with_disk(site: &Path, console: &Console) -> Result<String, Complaint> {
    let shown = site.display();
    let text = disk::text(&console.resolve(site));
    let text = text.map_err(|why| Complaint::new(format!("{shown}: {why}")))?;
    placed(&text).map_err(|why| {
        Complaint::new(format!("{shown}: {why}"))
            .help("give the site file of a lab in memory: one with `lab:` and without `disk:`")
    })
}

fn placed(text: &str) -> Result<String, &'static str> {
    const NO_LAB: &str = "it has no `lab:` at the beginning of a line";
    let names_disk = |line: &str| {
        let words = line.split(['{', ',', ' ']).map(str::trim);
        words.into_iter().any(|word| word == "disk:")
    };
    let mut out = String::new();
    let mut is_placed = false;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(rest) = line.strip_prefix("lab:").filter(|_| !is_placed) else {
            out.push_str(&format!("{line}\n"));
            continue;
        };
        is_placed = true;
        let rest = rest.trim_start();
        if let Some(inner) = rest.strip_prefix('{') {
            let comma = if inner.trim_start().starts_with('}') {
                ""
            } else {
                ", "
            };
            out.push_str(&format!("lab: {{disk: .{comma}{inner}\n"));
        } else {
            let next = lines.peek().copied().unwrap_or_default();
            let wide = next.len() - next.trim_start().len();
            let indent = if wide == 0 { 2 } else { wide };
            out.push_str(&format!("lab:\n{:indent$}disk: .\n", ""));
        }
        let mut inside = lines
            .clone()
            .take_while(|it| it.starts_with([' ', '#']) || it.is_empty());
        if names_disk(line) || inside.any(names_disk) {
            return Err("it names a folder already, in `disk:`");
        }
    }
    if is_placed { Ok(out) } else { Err(NO_LAB) }
}

#[cfg(test)]
mod tests {
    use super::placed;

    #[test]
    fn the_folder_is_put_into_the_lab_however_it_is_written() {
        let flow = placed("site: 1\nlab: {users: 2}\nhosts: {}\n");
        assert_eq!(
            flow.unwrap(),
            "site: 1\nlab: {disk: ., users: 2}\nhosts: {}\n"
        );
        assert_eq!(placed("lab: {}\n").unwrap(), "lab: {disk: .}\n");
        let block = placed("lab:\n    users: 2\nhosts: {}\n");
        assert_eq!(
            block.unwrap(),
            "lab:\n    disk: .\n    users: 2\nhosts: {}\n"
        );
        assert!(placed("lab: {disk: a}\n").is_err());
        assert!(placed("lab:\n  users: 2\n  disk: a\n").is_err());
        assert!(placed("hosts: {}\n").is_err());
    }
}
