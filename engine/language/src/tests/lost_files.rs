//! Files that cannot be read: told where they are named, and what they would bring is not missed.

use super::files::{DEEP, LIBRARY, SUB, told};

#[test]
fn what_an_include_that_is_badly_written_would_bring_is_not_missed() {
    let step = "steps:\n  - {id: a, uses: mail.send, with: {po: A}}\n";
    for (include, wanted) in [
        (
            "include: fragments/mail.yaml",
            "w/main.yaml:3:10 wrong-type",
        ),
        ("include: [fragments]", "w/main.yaml:3:11 unreadable-file"),
        (
            "imports: [fragments/mail.yaml]",
            "w/main.yaml:3:1 unknown-key",
        ),
    ] {
        let main = format!("workflow: 1\nname: x\n{include}\n{step}");
        let library = ("w/fragments/mail.yaml", LIBRARY.1);
        let told = told(&[("w/main.yaml", &main), library, DEEP]);
        assert_eq!(told, [wanted]);
    }
}

#[test]
fn a_file_that_is_not_there_is_told_where_it_is_named() {
    let main = "\
workflow: 1
name: x
include: [sbu.yaml]
steps:
  - {id: a, uses: ./gone.yaml}
  - {id: b, uses: sub.thing}
";
    let told = told(&[("main.yaml", main), SUB]);
    // The kind would be there if the first path were right.
    assert_eq!(
        told,
        [
            "main.yaml:3:11 unreadable-file",
            "main.yaml:5:19 unreadable-file"
        ]
    );
}

#[test]
fn what_a_file_would_have_brought_that_is_not_there_is_not_missed() {
    let main = "\
workflow: 1
name: x
include: [gone.yaml]
inputs: {one: gone.postoffice}
steps: [{id: a, uses: gone.thing, with: {po: \"${{ inputs.one }}\"}}]
";
    assert_eq!(
        told(&[("main.yaml", main)]),
        ["main.yaml:3:11 unreadable-file"]
    );
}

#[test]
fn a_file_whose_path_is_misspelt_is_told_once_and_what_it_would_bring_is_not_missed() {
    let main = "\
workflow: 1
name: x
include: [why/porgrams.yaml]
inputs: {po: {type: programs.postoffice}}
steps:
  - {id: a, uses: programs.send, with: {po: \"${{ inputs.po }}\"}, causes: programs.failing}
";
    let library = "workflow: 1\n";
    assert_eq!(
        told(&[("main.yaml", main), ("why/programs.yaml", library)]),
        ["main.yaml:3:11 unreadable-file"]
    );
}

#[test]
fn what_an_included_file_does_not_bring_is_missed_though_another_is_lost_whose_name_is_near() {
    let main = "\
workflow: 1
name: x
include: [fragments/dx.yaml, fragments/dxs.yaml]
steps:
  - {id: a, uses: dx.sned, with: {po: A}}
";
    assert_eq!(
        told(&[("w/main.yaml", main), LIBRARY, DEEP]),
        [
            "w/main.yaml:3:30 unreadable-file",
            "w/main.yaml:5:19 unknown-kind"
        ]
    );
}
