//! What nobody typed: marks of a merge, characters that no text has, spaces that YAML takes for
//! letters.

use super::catalogue::read;
use super::remedies::mended;
use crate::site::read_site;

const STEP: &str = "  - {id: a, uses: assert, with: {that: true}}\n";

/// The one thing that is told of a text, and its help.
#[track_caller]
fn only(text: &str) -> (String, String) {
    let (_, found, ..) = read(text);
    let [only] = found.as_slice() else {
        panic!("{text}\n{found:#?}");
    };
    (only.message.clone(), only.help.clone().unwrap_or_default())
}

#[test]
fn the_marks_of_a_merge_are_told_once() {
    let between = |middle: &str| {
        format!(
            "workflow: 1\nname: x\nsteps:\n<<<<<<< HEAD\n{STEP}{middle}=======\n{STEP}>>>>>>> other\n"
        )
    };
    for middle in ["", "||||||| base\n"] {
        let (message, help) = only(&between(middle));
        assert_eq!(message, "a merge left two versions here");
        assert!(help.starts_with("keep one of them"), "{help}");
    }
    let (_, found, ..) = read(&format!("{}{}", between(""), between("")));
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn a_character_that_no_text_has_is_told_by_its_number() {
    let with = |letter: char| format!("workflow: 1\nname: x{letter}\nsteps:\n{STEP}");
    let (message, help) = only(&with('\0'));
    assert_eq!(message, "a text file holds no such character: U+0000");
    assert!(help.contains("UTF-16"), "{help}");
    let (message, help) = only(&with('\u{1b}'));
    assert_eq!(message, "a text file holds no such character: U+001B");
    assert!(help.contains("`\\x1b`"), "{help}");
}

#[test]
fn spaces_that_are_letters_to_yaml_become_plain_ones() {
    let right =
        "workflow: 1\nname: x\nsteps:\n  - id: a\n    uses: assert\n    with: {that: true}\n";
    let wrong = [
        right.replace("  ", "\u{a0}\u{a0}"),
        right.replace("    uses", "  \u{a0}\u{a0}uses"),
        right.replace("workflow: 1", "workflow:\u{a0}1"),
        right.replace("id: a", "id:\u{3000}a"),
        right.replace("{that: true}", "{that:\u{a0}true}"),
        right.replace("- id", "-\u{a0}id"),
    ];
    for wrong in wrong {
        assert_eq!(mended(&wrong), right);
    }
    // In a text that is meant as one, they are letters like others.
    let doc = right.replace("uses", "doc: 'Note:\u{a0}it\u{a0}holds'\n    uses");
    assert!(read(&doc).1.is_empty());
}

#[test]
fn a_site_that_cannot_be_read_is_not_said_to_lack_anything() {
    let mut sources = runsheet_diagnostics::source::Sources::new();
    let mut torn = |text: &str| {
        let id = sources.add("s.yaml", text);
        let (site, found) = read_site(id, &sources, &runsheet_step::Catalogue::default());
        assert_eq!(found.len(), 1, "{found:#?}");
        (site.is_torn, found[0].message.clone())
    };
    let table = [
        ("", "the file is empty"),
        (
            "site: 1\nname: s\nhosts: [A, B]\n",
            "expected a map of hosts, found a list",
        ),
        (
            "site: 1\nname: s\ngroups: {dx: A}\nhosts: {A: {}}\n",
            "expected a list, found `A`",
        ),
        (
            "site: 1\nname: s\ngroups: {dx: {A: {}}}\nhosts: {A: {}}\n",
            "expected a list of hosts, found a map",
        ),
        (
            "site: 1\nname: s\n<<<<<<< a\nhosts: {A: {}}\n>>>>>>> b\n",
            "a merge left two versions here",
        ),
    ];
    for (text, message) in table {
        assert_eq!(torn(text), (true, message.to_owned()));
    }
}

#[test]
fn a_secret_that_is_kept_nowhere_is_told_at_its_place() {
    let mut sources = runsheet_diagnostics::source::Sources::new();
    for (kept, message) in [
        ("{env: ''}", "`env` names nothing"),
        ("{file: \"\"}", "`file` names nothing"),
        (
            "{env: $PW}",
            "`$PW` is no name of a variable of the environment",
        ),
    ] {
        for text in [
            format!("hosts: {{A: {{vars: {{pw: {kept}}}}}}}"),
            format!("hosts: {{A: {{}}}}\nsecrets: {{pw: {kept}}}"),
        ] {
            let id = sources.add("s.yaml", format!("site: 1\nname: s\n{text}\n"));
            let (_, found) = read_site(id, &sources, &runsheet_step::Catalogue::default());
            let found: Vec<&str> = found.iter().map(|one| one.message.as_str()).collect();
            assert_eq!(found, [message], "{text}");
        }
    }
}

#[test]
fn what_a_lab_does_not_keep_is_told() {
    let mut sources = runsheet_diagnostics::source::Sources::new();
    let mut told = |text: &str| {
        let id = sources.add("s.yaml", format!("site: 1\nname: s\n{text}\n"));
        let (_, found) = read_site(id, &sources, &runsheet_step::Catalogue::default());
        let found: Vec<String> = found.into_iter().map(|one| one.message).collect();
        found.join("; ")
    };
    let host = |name: &str| format!("hosts: {{A: {{vars: {{pw: {{lab: {name}}}}}}}}}");
    let lab = "lab: {users: 1}\n";
    assert_eq!(told(&format!("{lab}{}", host("admin_password"))), "");
    let slip = told(&format!("{lab}{}", host("admin_pasword")));
    assert_eq!(slip, "a lab keeps no `admin_pasword`");
    let real = told(&host("admin_password"));
    assert_eq!(real, "this site has no `lab:` that could keep a secret");
    let of_none = told(&format!(
        "{lab}hosts: {{A: {{}}}}\nsecrets: {{pw: {{lab: admin_password}}}}"
    ));
    assert_eq!(of_none, "a lab keeps the passwords of its postoffices only");
}

#[test]
fn items_that_begin_with_a_long_dash_begin_with_a_short_one() {
    let right = "workflow: 1\nname: x\nsteps:\n  - id: a\n    uses: assert\n    with: {that: true}\n  - id: b\n    uses: assert\n    with: {that: true}\n";
    assert_eq!(mended(&right.replace("- id: b", "– id: b")), right);
    assert_eq!(mended(&right.replace("- id", "• id")), right);
}

#[test]
fn a_site_and_overlays_hold_no_expressions_and_no_names_of_nothing() {
    let mut sources = runsheet_diagnostics::source::Sources::new();
    let mut told = |text: &str| {
        let id = sources.add("s.yaml", text);
        let found = match text.starts_with("site") {
            true => read_site(id, &sources, &runsheet_step::Catalogue::default()).1,
            false => crate::compose::read_overlay(id, &sources).1,
        };
        let found: Vec<String> = found.into_iter().map(|one| one.message).collect();
        found.join("; ")
    };
    let text = "no expression is evaluated in a site: this is taken as text";
    let vars = "{vars: {a: [\"x ${{ inputs.b }}\", \"${{\", '${{ 1 }}']}}";
    assert_eq!(
        told(&format!("site: 1\nname: s\nhosts: {{A: {vars}}}\n")),
        text
    );
    assert_eq!(
        told(&format!("overlay: 1\nsite: {{hosts: {{A: {vars}}}}}\n")),
        text
    );
    assert_eq!(
        told("overlay: 1\nvars: {A: {a: '${{ inputs.b }}'}}\n"),
        text
    );
    let twice = told("site: 1\nname: s\ngroups: {g: [A, A]}\nhosts: {A: {}}\n");
    assert_eq!(twice, "`A` is in this group already");
    let empty = told("site: 1\nname: ''\ngroups: {'': []}\nhosts: {'': {}}\n");
    assert_eq!(
        empty,
        "a site has a name; a group has a name; a host has a name"
    );
}

#[test]
fn what_says_nothing_of_a_step_is_told() {
    let table = [
        ("lock: ''", "a lock has a name"),
        ("confirm: ' '", "a person would be asked nothing"),
        ("timeout: 0s", "in no time at all nothing can end"),
        (
            "timeout: {attempt: 0m}",
            "in no time at all nothing can end",
        ),
    ];
    for (said, message) in table {
        let step = format!("  - {{id: a, {said}, uses: exec, host: h, with: {{argv: [ls]}}}}\n");
        assert_eq!(
            only(&format!("workflow: 1\nname: x\nsteps:\n{step}")).0,
            message
        );
    }
}
