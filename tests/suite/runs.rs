//! What a run leaves behind, and what it tells machines.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use runsheet_kit::desk::Desk;
use runsheet_kit::difference::difference;
use serde_json::Value;

use crate::product::FLAGSHIP;
use crate::repository::root;

fn desk() -> Desk {
    Desk::new().with(&root().join("workflows"))
}

/// A desk at which the flagship was applied, and its screen.
fn applied(options: &str) -> (Desk, String) {
    let mut desk = desk();
    let left = desk.runsheet(&format!("apply {FLAGSHIP} {options}"));
    assert_eq!(left.code, 0, "{}", left.screen);
    (desk, left.screen)
}

/// All files below a folder, with what is in them.
fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            found.append(&mut contents(&path));
        } else {
            let bytes = fs::read(&path).expect("a file can be read");
            found.insert(path, bytes);
        }
    }
    found
}

#[test]
fn no_secret_stands_in_anything_that_a_run_leaves() {
    let (desk, screen) = applied("-vv");
    let mut left = contents(&desk.folder().path().join(".runsheet"));
    assert!(left.len() >= 2, "a run leaves its plan and its journal");
    left.insert("the screen".into(), screen.into_bytes());
    for host in ["SALES", "PLANT", "OFFICE"] {
        let password = runsheet_lab::password::of(host);
        for form in forms(&password) {
            for (path, bytes) in &left {
                let found = bytes.windows(form.len()).any(|window| window == form);
                assert!(
                    !found,
                    "the password of {host} stands in {}",
                    path.display()
                );
            }
        }
    }
}

/// A secret as itself, in hex, in base64 and in UTF-16.
fn forms(secret: &str) -> Vec<Vec<u8>> {
    let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    let utf16 = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let plain = secret.as_bytes().to_vec();
    vec![
        plain,
        hex.to_uppercase().into(),
        hex.into(),
        base64(secret).into(),
        utf16,
    ]
}

/// Base64 of whole groups of three bytes; what is left over depends on what follows.
fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let sextets = text.as_bytes().chunks_exact(3).flat_map(|three| {
        let bits = three
            .iter()
            .fold(0, |bits, byte| bits << 8 | usize::from(*byte));
        [18, 12, 6, 0].map(|shift| char::from(ALPHABET[bits >> shift & 63]))
    });
    sextets.collect()
}

#[test]
fn a_run_told_again_is_told_in_the_same_words() {
    let (mut desk, live) = applied("");
    let replayed = desk.runsheet("show last").screen;
    let (_, since_start) = live.split_at(live.find("08:00:00  run").unwrap_or(0));
    assert_eq!(difference(since_start, &replayed), "");
}

#[test]
fn the_same_run_at_the_same_site_leaves_the_same_screen() {
    let (_, first) = applied("");
    for _ in 0..3 {
        let (_, again) = applied("");
        assert_eq!(difference(&first, &again), "");
    }
}

#[test]
#[cfg(unix)]
fn runs_are_kept_for_their_owner_and_out_of_git() {
    use std::os::unix::fs::PermissionsExt;
    let (desk, _) = applied("");
    let state = desk.folder().path().join(".runsheet");
    let mode = fs::metadata(&state)
        .expect("it was made")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    let ignored = fs::read_to_string(state.join(".gitignore"));
    assert_eq!(ignored.expect("it has one").trim(), "*");
}

/// Whether a JSON object says which version of its form it is.
fn is_versioned(value: &Value) -> bool {
    let mut keys = value
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys());
    keys.any(|key| key == "version" || key.starts_with("runsheet"))
}

#[test]
fn for_machines_a_plan_is_one_versioned_json_value() {
    let plan = desk().runsheet(&format!("plan {FLAGSHIP} --json")).data;
    let plan: Value = serde_json::from_str(&plan).expect("a plan is JSON");
    assert!(is_versioned(&plan));
}

#[test]
fn for_machines_each_event_is_one_line_of_versioned_json() {
    let events = desk().runsheet(&format!("apply {FLAGSHIP} --json")).data;
    assert!(events.lines().count() > 50, "{events}");
    for line in events.lines() {
        let event: Value = serde_json::from_str(line).expect("each line is JSON");
        assert!(is_versioned(&event), "{line}");
    }
}

#[test]
fn data_goes_to_one_stream_and_talk_to_the_other() {
    let mut desk = desk();
    let planned = desk.runsheet(&format!("plan {FLAGSHIP}"));
    assert!(planned.data.contains("reqmain -dM -t"), "the plan is data");
    assert!(
        !planned.data.contains("since no other is named"),
        "which site was taken is talk"
    );
    let wrong = desk.runsheet("check nothing-there.yaml");
    assert_eq!(
        (wrong.data.as_str(), wrong.code),
        ("", 1),
        "a complaint is talk"
    );
}

#[test]
fn a_plan_says_by_its_exit_code_whether_there_are_changes() {
    let mut desk = desk();
    assert_eq!(desk.runsheet(&format!("plan {FLAGSHIP}")).code, 0);
    assert_eq!(
        desk.runsheet(&format!("plan {FLAGSHIP} --exit-code")).code,
        2
    );
    assert_eq!(desk.runsheet("plan").code, 64, "wrong usage");
}

#[test]
#[cfg(unix)]
fn a_program_is_really_run_where_the_site_says_so() {
    let mut desk = desk();
    desk.folder().write("here.yaml", HERE);
    desk.folder().write("count.yaml", COUNT);
    let left = desk.runsheet("apply count.yaml --site here.yaml --yes");
    assert!(
        left.screen.contains("entries 42"),
        "its output was read: {}",
        left.screen
    );
    assert!(
        left.screen.contains("there is no program no-such-program"),
        "{}",
        left.screen
    );
    assert_eq!(left.code, 1);
}

const HERE: &str = "site: 1
name: here
hosts:
  HERE:
    facilities: {process: {driver: local}}
";

const COUNT: &str = "workflow: 1
name: count
steps:
  - id: count
    uses: exec
    host: HERE
    with:
      argv: [printf, '%s entries\\n', '42']
      stdout: '{entries:int} entries'
    expect: outputs.entries == 42
  - id: refuse
    uses: exec
    host: HERE
    with: {argv: ['false']}
    accept: [{exit: 1}]
  - id: missing
    uses: exec
    host: HERE
    with: {argv: [no-such-program]}
";
