//! The workflows of the product are as good as what they ask of others, and run from start to end
//! on the sites that are made for them.

use runsheet_kit::desk::Desk;

use crate::product;
use crate::repository::{files, read, root};

/// Which workflow runs on which sites, and whether it ends well there. One that only looks may
/// have something to tell.
const RUNS: [(&str, &str, Ends); 13] = [
    ("manual-dirsync-exchange-server", "lab", Ends::Well),
    (
        "manual-dirsync-exchange-requestor",
        "lab-exchange-requestor",
        Ends::Well,
    ),
    ("manual-dirsync-pc-only", "lab-pc-only", Ends::Well),
    ("force-cycle", "lab", Ends::WithAWord),
    ("force-cycle", "lab-exchange-requestor", Ends::WithAWord),
    ("diagnose", "lab", Ends::WithAWord),
    ("diagnose", "lab-exchange-requestor", Ends::Well),
    ("diagnose", "lab-pc-only", Ends::Well),
    ("repair", "lab", Ends::Well),
    ("repair", "lab-exchange-requestor", Ends::Well),
    ("repair", "lab-pc-only", Ends::Well),
    (
        "move-server-to-exchange",
        "lab-exchange-requestor",
        Ends::Well,
    ),
    ("move-server-to-postoffice", "lab", Ends::Well),
];

/// How a workflow ends on a site where nothing was made to go wrong.
#[derive(PartialEq, Eq)]
enum Ends {
    Well,
    /// It tells of something that this site lacks, with its cause.
    WithAWord,
}

fn path_of(workflow: &str) -> String {
    format!("workflows/{workflow}.yaml")
}

fn path_of_site(site: &str) -> String {
    format!("workflows/sites/{site}.yaml")
}

/// The files directly in a folder of `workflows`.
fn yaml_in(folder: &str) -> Vec<String> {
    let inside = |path: &String| {
        let name = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_suffix(".yaml"));
        name.is_some_and(|name| !name.contains('/'))
    };
    files().into_iter().filter(inside).collect()
}

#[test]
fn every_workflow_is_read_without_a_word() {
    let workflows = yaml_in("workflows/");
    assert!(workflows.iter().any(|path| path == product::FLAGSHIP));
    for path in workflows {
        let workflow = product::workflow(&path, &read(&path));
        assert!(workflow.found.is_empty(), "{}", workflow.screen());
    }
}

#[test]
fn every_workflow_has_a_site_and_every_site_a_workflow() {
    for path in yaml_in("workflows/") {
        let has = RUNS.iter().any(|(it, ..)| path_of(it) == path);
        assert!(has, "{path} runs nowhere");
    }
    for path in yaml_in("workflows/sites/") {
        let has = RUNS.iter().any(|(_, it, _)| path_of_site(it) == path);
        assert!(has, "nothing runs on {path}");
    }
}

#[test]
fn every_workflow_is_bound_to_its_sites() {
    for (workflow, site, _) in &RUNS {
        let (bound_to, found) = product::site(&read(&path_of_site(site)));
        assert_eq!(found, [], "{site}");
        let path = path_of(workflow);
        let found = product::workflow(&path, &read(&path)).bound_to(&bound_to);
        assert_eq!(found, [], "{workflow} on {site}");
    }
}

#[test]
fn every_workflow_runs_from_start_to_end_on_its_sites() {
    for (workflow, site, ends) in &RUNS {
        let mut desk = Desk::new().with(&root().join("workflows"));
        let (workflow, site) = (path_of(workflow), path_of_site(site));
        let left = desk.runsheet(&format!("apply {workflow} --site {site} --yes"));
        let well = left.code == 0 || *ends == Ends::WithAWord && left.screen.contains("cause: ");
        assert!(well, "{workflow} on {site}:\n{}", left.screen);
    }
}

/// A site with so many postoffices; the first is the server unless Exchange is.
fn site_of(postoffices: usize, exchange_serves: bool) -> String {
    let names: Vec<String> = (0..postoffices).map(|n| format!("PO{n:02}")).collect();
    let (history, server, address) = match exchange_serves {
        true => (false, "[]".to_owned(), "CONTOSO/HQ/$SYSTEM"),
        false => (true, format!("[{}]", names[0]), "CONTOSO/HQ/SYSTEM1"),
    };
    let hosts: String = names
        .iter()
        .map(|name| format!("  {name}: {{vars: {{address: NORTH/{name}/$SYSTEM}}}}\n"))
        .collect();
    format!(
        "site: 1
name: any
lab: {{users: 2, changes: 1, history: {history}}}
groups: {{dx: [EXCH1], server: {server}, requestors: [{}]}}
vars: {{mailexe: M:\\MAILEXE, drive: M, admin_password: {{lab: admin_password}}}}
hosts:
  EXCH1: {{vars: {{exchange: \"5.0\", address: {address}, admin_mailbox: dxadmin, mta: PCMTA-HQ}}}}
{hosts}",
        names.join(", ")
    )
}

#[test]
fn a_cycle_runs_with_one_postoffice_and_with_a_dozen() {
    let cycles = [
        ("manual-dirsync-exchange-server", true),
        ("manual-dirsync-exchange-requestor", false),
    ];
    for (workflow, exchange_serves) in cycles {
        for postoffices in [1, 12] {
            let mut desk = Desk::new().with(&root().join("workflows"));
            desk.folder()
                .write("any.yaml", &site_of(postoffices, exchange_serves));
            let path = path_of(workflow);
            let left = desk.runsheet(&format!("apply {path} --site any.yaml --yes"));
            assert_eq!(left.code, 0, "{postoffices}, {workflow}:\n{}", left.screen);
        }
    }
}

/// A site without Exchange with so many postoffices. A workstation has twenty letters left for
/// drives; the server is on the first of each.
fn plain_site_of(postoffices: usize) -> String {
    const LETTERS: std::ops::RangeInclusive<char> = 'E'..='X';
    let names: Vec<String> = (0..postoffices).map(|n| format!("PO{n:02}")).collect();
    let addressed = names
        .iter()
        .map(|name| format!("  {name}: {{vars: {{address: NORTH/{name}/$SYSTEM}}}}\n"));
    let mut hosts: String = addressed.collect();
    let mut stations = Vec::new();
    for others in names[1..]
        .chunks(19)
        .chain((postoffices == 1).then_some([].as_slice()))
    {
        let reached = names[..1].iter().chain(others);
        let drives: Vec<_> = LETTERS.zip(reached).collect();
        let last = drives.last().map_or('E', |(letter, _)| *letter);
        let drives: Vec<_> = drives
            .iter()
            .map(|(at, po)| format!("{at}: {po}"))
            .collect();
        let station = format!("WS{}", stations.len() + 1);
        hosts.push_str(&format!(
            "  {station}: {{vars: {{runner: \"\", range: E-{last}, drives: {{{}}}}}}}\n",
            drives.join(", ")
        ));
        stations.push(station);
    }
    format!(
        "site: 1
name: plain
lab: {{users: 2, changes: 1, history: true}}
groups: {{server: [PO00], requestors: [{}], workstations: [{}]}}
vars: {{mailexe: M:\\MAILEXE, drive: M, admin_password: {{lab: admin_password}}}}
hosts:
{hosts}",
        names.join(", "),
        stations.join(", ")
    )
}

#[test]
fn a_cycle_without_exchange_runs_with_more_postoffices_than_a_workstation_has_letters() {
    for postoffices in [1, 20, 50] {
        let mut desk = Desk::new().with(&root().join("workflows"));
        desk.folder()
            .write("plain.yaml", &plain_site_of(postoffices));
        let path = path_of("manual-dirsync-pc-only");
        let left = desk.runsheet(&format!("apply {path} --site plain.yaml --yes"));
        assert_eq!(left.code, 0, "{postoffices}:\n{}", left.screen);
        let entries = format!("entries {}", postoffices * 3);
        assert!(left.screen.contains(&entries), "{}", left.screen);
        assert!(!left.screen.contains("did not end well"), "{}", left.screen);
    }
}

#[test]
fn the_language_knows_every_option_of_the_lab() {
    let known = runsheet_language::site::LAB;
    let mut options = runsheet_lab::options::OPTIONS.iter();
    assert_eq!(options.find(|option| !known.knows(option)), None);
}
