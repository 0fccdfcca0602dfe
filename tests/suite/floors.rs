//! Who may lean on whom. A crate leans only on lower floors, and only on what this table allows.

use std::collections::BTreeMap;

use crate::metadata::WORKSPACE;
use crate::repository::{files, name, read};

/// Floor, crate, and the crates of the house it may be built from; what its tests use is its own
/// matter.
const HOUSE: &str = "
1  diagnostics      -
1  abi              -
2  step             -
3  language         diagnostics step
3  site             step
3  formats          step
3  messages         step
4  record           diagnostics step language
4  views            diagnostics step language
4  lab              step site formats
4  machine          step site
4  assert           step site
4  exec             step site
4  manual           step site
4  registry         step site
4  service          step site
4  setting          step site
4  verify-event     step site
4  verify-file      step site
4  verify-message   step site
4  wait-for-event   step site
4  guest            abi messages step
4  host             abi messages step
4  driver           step
5  trust            diagnostics abi step language messages host
5  runner           diagnostics step language record
5  report           diagnostics step language record
5  http             site abi messages step guest
5  conformance      host messages step
5  smtp-verify      abi messages step guest
6  lsp              diagnostics step language
7  cli              *
8  kit              step cli
8  suite            -
9  bench            step language lsp cli kit host service
";

/// The crates that may be built on the runtime, at whatever distance. Below them everything is a
/// function.
const ON_TOKIO: [&str; 6] = ["runner", "machine", "driver", "cli", "kit", "bench"];

/// Where files are touched. Everywhere else, what is known of files comes from a driver.
const ON_FILES: [&str; 6] = [
    "engine/cli/",
    "engine/runner/src/journal.rs",
    "plugins/",
    "steps/lab/src/disk",
    "steps/machine/",
    "tests/",
];

struct Row<'t> {
    floor: u8,
    may: Vec<&'t str>,
}

impl Row<'_> {
    fn allows(&self, name: &str) -> bool {
        self.may == ["*"] || self.may.contains(&name)
    }
}

fn table() -> BTreeMap<&'static str, Row<'static>> {
    let rows = HOUSE.lines().filter(|line| !line.is_empty());
    rows.map(|line| {
        let mut words = line.split_whitespace();
        let floor = words.next().and_then(|word| word.parse().ok());
        let floor = floor.expect("a row begins with its floor");
        let crate_name = words.next().expect("then the crate");
        let may = words.collect();
        (crate_name, Row { floor, may })
    })
    .collect()
}

/// The name of one of our crates as the table has it.
fn short(package: &str) -> Option<&str> {
    package.strip_prefix("runsheet-")
}

#[test]
fn every_crate_has_its_place_in_the_table() {
    let mut members: Vec<&str> = WORKSPACE
        .members()
        .map(|package| short(&package.name).unwrap_or(&package.name))
        .collect();
    members.sort_unstable();
    let rows: Vec<&str> = table().into_keys().collect();
    assert_eq!(
        members, rows,
        "the members of the workspace, and the rows of the table"
    );
}

#[test]
fn no_crate_leans_where_it_may_not() {
    let table = table();
    let mut guilty = Vec::new();
    for package in WORKSPACE.members() {
        let Some((name, row)) = short(&package.name).and_then(|name| table.get_key_value(name))
        else {
            continue;
        };
        for below in WORKSPACE
            .leans_on(package)
            .filter_map(|other| short(&other.name))
        {
            if !row.allows(below) {
                guilty.push(format!(
                    "{name} leans on {below}, which the table does not allow"
                ));
            } else if table
                .get(below)
                .is_some_and(|other| other.floor >= row.floor)
            {
                guilty.push(format!(
                    "{name} leans on {below}, which is not on a lower floor"
                ));
            }
        }
    }
    assert!(guilty.is_empty(), "{}", guilty.join("\n"));
}

#[test]
fn only_the_upper_floors_stand_on_the_runtime() {
    let below = |name: &&str| !ON_TOKIO.contains(name);
    let mut guilty = Vec::new();
    for name in table().into_keys().filter(below) {
        let chains = WORKSPACE.chains(&format!("runsheet-{name}"));
        let tokio = chains
            .into_iter()
            .filter(|(package, _)| package.name.starts_with("tokio"));
        guilty.extend(tokio.map(|(_, chain)| chain));
    }
    assert!(guilty.is_empty(), "{}", guilty.join("\n"));
}

#[test]
fn files_are_touched_only_where_they_may_be() {
    let word = ["std", "fs"].join("::");
    let allowed = |path: &str| ON_FILES.iter().any(|place| path.starts_with(place));
    let sources = files().into_iter().filter(|path| path.ends_with(".rs"));
    let guilty = sources.filter(|path| {
        let text = read(path);
        !allowed(path) && text.contains(&word)
    });
    let guilty: Vec<String> = guilty.collect();
    assert!(guilty.is_empty(), "{}", guilty.join("\n"));
    let unused = ON_FILES.iter().filter(|place| {
        let there = files().into_iter().find(|path| path.starts_with(**place));
        there.is_none()
    });
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&&str>::new());
}

#[test]
fn the_members_stand_in_floor_order() {
    let table = table();
    let manifest = read("Cargo.toml");
    let members = manifest.split_once("members = [");
    let (members, _) = members
        .and_then(|(_, rest)| rest.split_once(']'))
        .expect("the manifest lists its members");
    let floors: Vec<(u8, &str)> = members
        .split('"')
        .filter_map(|word| Some((table.get(name(word))?.floor, word)))
        .collect();
    assert_eq!(floors.len(), table.len(), "each member once");
    let fall = floors.windows(2).find(|pair| pair[0].0 > pair[1].0);
    assert_eq!(fall, None, "lower floors stand first");
}
