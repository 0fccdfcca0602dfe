//! The variants of the flagship: each is short, says truly what it changes, and runs from start to
//! end on the lab; two of them together mean the same in either order, or a person is told.

use std::collections::BTreeSet;

use runsheet_kit::desk::{Desk, Left};
use serde_json::Value;

use crate::product::FLAGSHIP;
use crate::repository::{files, read, root};

/// A variant beside the flagship.
struct Variant {
    /// Its file, without folder and ending.
    name: &'static str,
    /// The rows of the flagship's plan that it does without.
    gone: &'static [&'static str],
    /// The rows that the flagship's plan does not have.
    new: &'static [&'static str],
    /// What the last line of its run begins with.
    ends: &'static str,
}

/// How long a cycle of the flagship takes in the lab.
const AS_EVER: &str = "manual-dirsync-exchange-server: succeeded after 15m20s at lab";

const VARIANTS: [Variant; 8] = [
    Variant {
        name: "exchange-4.0",
        gone: &[],
        new: &["finally.copies-were-opened", "finally.survived"],
        ends: AS_EVER,
    },
    Variant {
        name: "exchange-5.0",
        gone: PAUSE_IS_PREPARED,
        new: &["prepare.enable-pause skipped", "prepare.reload-dx"],
        ends: AS_EVER,
    },
    Variant {
        name: "exchange-5.5",
        gone: PAUSE_IS_PREPARED,
        new: &[
            "prepare.enable-pause skipped",
            "prepare.reload-dx",
            "state-kept",
        ],
        ends: AS_EVER,
    },
    Variant {
        name: "upgraded-server",
        gone: &[],
        new: &["pause-kicks"],
        ends: AS_EVER,
    },
    Variant {
        name: "no-admin-mailbox",
        gone: &[
            "prepare.administrator",
            "prepare.copy-outgoing change",
            "prepare.forward-incoming change",
            "replies.answered wait",
            "t1.copied.announced wait",
            "t1.copied.reported wait",
            "t1.why-no-copy skipped",
        ],
        new: &["replies.answered"],
        ends: AS_EVER,
    },
    Variant {
        name: "slow-wan",
        gone: &[],
        new: &[],
        ends: "manual-dirsync-exchange-server: succeeded after 2h30m39s at lab",
    },
    Variant {
        name: "one-postoffice",
        gone: &["alike.complete.names", "alike.same.names"],
        new: &[],
        ends: AS_EVER,
    },
    Variant {
        name: "pilot",
        gone: &[],
        new: &["pilot-done", "rest"],
        ends: "pilot: succeeded after 30m20s at lab",
    },
];

/// The rows that prepare Pause on a server that does not have it built in.
const PAUSE_IS_PREPARED: &[&str] = &["prepare.enable-pause create", "prepare.reload-dx act act"];

impl Variant {
    fn path(&self) -> String {
        format!("workflows/variants/{}.yaml", self.name)
    }

    fn is_overlay(&self) -> bool {
        read(&self.path()).starts_with("overlay: 1\n")
    }

    /// A command on it: an overlay is laid over the flagship, anything else stands for itself.
    fn command(&self, verb: &str) -> String {
        match self.is_overlay() {
            true => format!("{verb} {FLAGSHIP} --overlay {}", self.path()),
            false => format!("{verb} {}", self.path()),
        }
    }
}

fn desk() -> Desk {
    Desk::new().with(&root().join("workflows"))
}

/// A command that lays some of them over the flagship, in this order.
fn laid(verb: &str, names: &[&str]) -> Left {
    let overlays = names
        .iter()
        .map(|name| format!(" --overlay workflows/variants/{name}.yaml"));
    let overlays: String = overlays.collect();
    desk().runsheet(&format!("{verb} {FLAGSHIP}{overlays}"))
}

/// The rows of a plan: the address without the items of loops, and what is done there.
fn rows(plan: &str) -> BTreeSet<String> {
    let plan: Value = serde_json::from_str(plan).expect("a plan is JSON");
    let rows = plan["rows"].as_array().expect("a plan has rows");
    rows.iter().map(row).collect()
}

fn row(row: &Value) -> String {
    let address = row["address"].as_str().expect("a row has an address");
    let mut quoted = false;
    let address = address.chars().filter(|c| match c {
        '[' | ']' => {
            quoted = *c == '[';
            false
        }
        _ => !quoted,
    });
    let mut said: String = address.collect();
    if row["end"] == "skipped" {
        said.push_str(" skipped");
    }
    for deed in row["deeds"].as_array().into_iter().flatten() {
        said.push(' ');
        said.push_str(deed["sign"].as_str().expect("a deed has a sign"));
    }
    said
}

/// What is in one set and not in the other; of what stands in a call, the call.
fn only_in(these: &BTreeSet<String>, others: &BTreeSet<String>) -> BTreeSet<String> {
    let is_call = |row: &String| row.starts_with("rest.");
    let rows = these.difference(others);
    rows.map(|row| match is_call(row) {
        true => "rest".to_owned(),
        false => row.clone(),
    })
    .collect()
}

#[test]
fn every_variant_is_short_and_named_as_its_file() {
    let listed: BTreeSet<String> = VARIANTS.iter().map(Variant::path).collect();
    let there = files().into_iter();
    let there = there.filter(|path| path.starts_with("workflows/variants/"));
    assert_eq!(there.collect::<BTreeSet<_>>(), listed);
    for variant in &VARIANTS {
        let text = read(&variant.path());
        assert!(text.lines().count() < 60, "{}", variant.name);
        let name = format!("\nname: {}\nsummary: ", variant.name);
        assert!(text.contains(&name), "{}", variant.name);
        assert!(text.contains("see: [Q147464"), "{}", variant.name);
    }
}

#[test]
fn every_variant_is_read_without_a_word() {
    for variant in &VARIANTS {
        let left = desk().runsheet(&variant.command("check"));
        assert_eq!(
            (left.code, left.screen.lines().count()),
            (0, 1),
            "{}",
            left.screen
        );
    }
}

#[test]
fn the_plan_of_a_variant_differs_in_what_it_says_and_nowhere_else() {
    let base = rows(&desk().runsheet(&format!("plan {FLAGSHIP} --json")).data);
    for variant in &VARIANTS {
        let left = desk().runsheet(&variant.command("plan --json"));
        assert_eq!(left.code, 0, "{}", left.screen);
        let own = rows(&left.data);
        let wanted = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect();
        assert_eq!(
            only_in(&base, &own),
            wanted(variant.gone),
            "{}",
            variant.name
        );
        assert_eq!(
            only_in(&own, &base),
            wanted(variant.new),
            "{}",
            variant.name
        );
    }
}

#[test]
fn every_variant_runs_from_start_to_end_on_the_lab() {
    for variant in &VARIANTS {
        let left = desk().runsheet(&variant.command("apply --yes"));
        let last = left.screen.lines().last().unwrap_or_default();
        assert!(
            last.starts_with(variant.ends),
            "{}:\n{}",
            variant.name,
            left.screen
        );
        assert_eq!(left.code, 0, "{}", variant.name);
    }
}

#[test]
fn two_variants_mean_the_same_in_either_order_or_a_person_is_told() {
    let overlays: Vec<&Variant> = VARIANTS.iter().filter(|it| it.is_overlay()).collect();
    for (at, one) in overlays.iter().enumerate() {
        for two in &overlays[at + 1..] {
            let (one, two) = (one.name, two.name);
            let (left, right) = (laid("plan", &[one, two]), laid("plan", &[two, one]));
            let is_told = |left: &Left| {
                let codes = ["overlays-disagree", "patch-hits-nothing"];
                codes.iter().any(|code| left.screen.contains(code))
            };
            let both_told = is_told(&left) && is_told(&right);
            assert!(both_told || left == right, "{one} and {two}");
            assert!(both_told || left.code == 0, "{}", left.screen);
        }
    }
}

#[test]
fn variants_that_have_nothing_to_do_with_each_other_run_together() {
    let together: [&[&str]; 3] = [
        &["exchange-5.5", "slow-wan", "one-postoffice"],
        &["upgraded-server", "exchange-5.5", "no-admin-mailbox"],
        &["exchange-4.0", "no-admin-mailbox", "one-postoffice"],
    ];
    for names in together {
        let left = laid("apply --yes", names);
        assert_eq!(left.code, 0, "{names:?}:\n{}", left.screen);
        assert!(
            !left.screen.contains("overlays-disagree"),
            "{}",
            left.screen
        );
    }
}

#[test]
fn an_overlay_reaches_the_pilot_group_and_the_rest() {
    let overlays = ["exchange-5.5", "slow-wan", "no-admin-mailbox"];
    let overlays = overlays.map(|name| format!(" --overlay workflows/variants/{name}.yaml"));
    let line = format!(
        "apply workflows/variants/pilot.yaml{} --yes",
        overlays.concat()
    );
    let left = desk().runsheet(&line);
    assert_eq!(left.code, 0, "{}", left.screen);
    for seen in ["succeeded  state-kept", "succeeded  rest.state-kept"] {
        assert!(left.screen.contains(seen), "{}", left.screen);
    }
    assert!(!left.screen.contains("copied"), "{}", left.screen);
}

#[test]
fn a_slow_line_needs_its_variant() {
    let mut desk = desk();
    let slow = "overlay: 1\nname: slow\nsite: {lab: {polling: 30m}}\n";
    desk.folder().write("slow.yaml", slow);
    let left = desk.runsheet(&format!("apply {FLAGSHIP} --overlay slow.yaml --yes"));
    assert_eq!(left.code, 1, "{}", left.screen);
}

#[test]
fn nobody_else_starts_before_the_pilot_group_is_through() {
    let mut desk = desk();
    let locked = "overlay: 1\nname: locked\nsite: {lab: {wrong_password: [SALES]}}\n";
    desk.folder().write("locked.yaml", locked);
    let left = desk.runsheet("apply workflows/variants/pilot.yaml --overlay locked.yaml --yes");
    assert_eq!(left.code, 1, "{}", left.screen);
    assert!(left.screen.contains("blocked    rest"), "{}", left.screen);
    assert!(!left.screen.contains("PLANT"), "{}", left.screen);
}

#[test]
fn an_upgraded_server_is_not_paused_in_earnest() {
    let left = laid(
        "apply --yes --set prepare_pause=false",
        &["upgraded-server"],
    );
    assert_eq!(left.code, 1, "{}", left.screen);
    let told = "would fail: pause-kicks: ";
    assert!(left.screen.contains(told), "{}", left.screen);
    assert!(
        left.screen.contains("so nothing was done"),
        "{}",
        left.screen
    );
}
