//! The kind in a little world.

use runsheet_site::rehearsal::{Rehearsal, faults, input};
use runsheet_step::{Input, Step, Turn, Value};

use crate::Kind;

const LOG: &str = r"LOG\DIRSYNC.LOG";

fn look<const N: usize>(path: &str, more: [(&'static str, Value); N]) -> Input {
    let mut with = input(more);
    let Value::Map(fields) = &with.with else {
        unreachable!("it is a map")
    };
    let mut fields = (**fields).clone();
    fields.insert("path".into(), Value::text(path));
    with.with = Value::Map(fields.into());
    with
}

fn sized(size: i64) -> Rehearsal {
    let facts = Value::map([("size", size.into()), ("modified", Value::Null)]);
    Rehearsal::default().has("file", r"NME\GAL.NME", facts)
}

fn log(marked: u64) -> Rehearsal {
    let line = |(position, text): (i64, &str)| {
        Value::map([("line", Value::text(text)), ("position", position.into())])
    };
    let lines = [
        (0, "08:00 | Fatal [ 7] of an earlier cycle"),
        (40, "08:00 | Status Import is finished."),
        (80, "09:00 | Status Number of entries in GAL: 12"),
    ];
    let facts = Value::map([("size", 120.into()), ("modified", Value::Null)]);
    Rehearsal::default()
        .has("file", LOG, facts)
        .stream("file", LOG, marked, lines.map(line))
}

fn told(turn: Turn) -> String {
    match turn {
        Turn::Done(done) => {
            let of = |name| format!("{name}={}", done.outputs.get(name));
            ["exists", "size", "records", "lines", "entries"]
                .map(of)
                .join(" ")
        }
        Turn::Failed(failure) => failure.to_string(),
        Turn::Unknown(why) => format!("unknown: {why}"),
        Turn::Ask(_) => unreachable!("a rehearsal answers"),
    }
}

fn gal(size: i64, field: &'static str, wanted: i64) -> String {
    let look = look(r"NME\GAL.NME", [(field, wanted.into())]);
    told(sized(size).drive(&Kind, &look))
}

#[test]
fn a_size_is_held_against_what_was_wanted() {
    assert_eq!(
        gal(90, "multiple_of", 45),
        "exists=true size=90 records=2 lines=[] entries=null"
    );
    let wrong =
        |wanted: &str| format!(r"wrong-size: NME\GAL.NME has 91 bytes, and is to have {wanted}");
    assert_eq!(gal(91, "multiple_of", 45), wrong("a multiple of 45"));
    assert_eq!(gal(91, "size", 0), wrong("0"));
    assert_eq!(gal(91, "min_size", 92), wrong("at least 92"));
    assert_eq!(gal(91, "max_size", 90), wrong("at most 90"));
    assert!(gal(0, "size", 0).starts_with("exists=true size=0"));
}

#[test]
fn a_file_is_there_or_is_not() {
    let gone = look(r"NME\GAL.NME", [("exists", false.into())]);
    assert_eq!(
        told(sized(9).drive(&Kind, &gone)),
        r"file-exists: NME\GAL.NME is there, with 9 bytes, and is to be gone"
    );
    assert_eq!(
        told(Rehearsal::default().drive(&Kind, &gone)),
        "exists=false size=null records=null lines=[] entries=null"
    );
    let there = look(r"NME\GAL.NME", []);
    assert_eq!(
        told(Rehearsal::default().drive(&Kind, &there)),
        r"no-such-file: there is no NME\GAL.NME"
    );
}

#[test]
fn only_new_lines_count_where_that_is_said() {
    let finished = |only_new: bool| {
        let with = [
            ("line", Value::text("{when:text} Import is finished.")),
            ("only_new", only_new.into()),
        ];
        look(LOG, with)
    };
    assert!(told(log(0).drive(&Kind, &finished(false))).contains("Import is finished."));
    assert!(told(log(40).drive(&Kind, &finished(true))).contains("Import is finished."));
    assert_eq!(
        told(log(41).drive(&Kind, &finished(true))),
        r"no-such-line: no new line of LOG\DIRSYNC.LOG reads `{when:text} Import is finished.`"
    );
}

#[test]
fn an_unwanted_line_is_a_failure_unless_it_is_old() {
    let clean = look(
        LOG,
        [
            (
                "lacks",
                Value::list([Value::text("{when:text} Fatal{what:text}")]),
            ),
            ("only_new", true.into()),
        ],
    );
    assert_eq!(
        told(log(0).drive(&Kind, &clean)),
        r"unwanted-line: LOG\DIRSYNC.LOG says `08:00 | Fatal [ 7] of an earlier cycle`"
    );
    assert!(told(log(40).drive(&Kind, &clean)).starts_with("exists=true"));
}

#[test]
fn the_captures_of_the_last_line_are_outputs() {
    let entries = look(
        LOG,
        [(
            "line",
            "{when:text} Number of entries in GAL: {entries:int}".into(),
        )],
    );
    assert!(told(log(0).drive(&Kind, &entries)).contains("entries=12"));
    assert_eq!(Kind.more_outputs(&entries).len(), 2);
}

#[test]
fn several_files_are_looked_at_at_once_and_all_that_is_wrong_is_told() {
    let facts = |size: i64| Value::map([("size", size.into()), ("modified", Value::Null)]);
    let paths = ["SRVTRANS", "USRTRANS", "NMETRANS"].map(|queue| format!(r"GLB\{queue}.GLB"));
    let mut world = Rehearsal::default();
    for (path, size) in paths.iter().zip([0, 7, 9]) {
        world = world.has("file", path, facts(size));
    }
    let list = |paths: &[String]| Value::list(paths.iter().map(|path| Value::text(&**path)));
    let empty = |paths| input([("path", list(paths)), ("size", 0.into())]);
    assert_eq!(
        told(world.drive(&Kind, &empty(&paths))),
        r"wrong-size: GLB\USRTRANS.GLB has 7 bytes, and is to have 0; GLB\NMETRANS.GLB has 9 bytes, and is to have 0"
    );
    let Turn::Done(done) = world.drive(&Kind, &empty(&paths[..1])) else {
        panic!("it is empty")
    };
    assert_eq!(done.outputs.get("items").items().len(), 1);
}

#[test]
fn it_arms_only_for_new_lines() {
    let marks = |only_new: bool| {
        Kind.arm(&look(LOG, [("only_new", only_new.into())]))
            .map(|marks| marks.len())
    };
    assert_eq!(marks(true), Ok(1));
    assert_eq!(marks(false), Ok(0));
}

#[test]
fn what_cannot_be_right_is_told_beforehand() {
    let check = |input: &Input| faults(&Kind, input);
    assert_eq!(check(&look(LOG, [("size", 0.into())])), "");
    let gone = look(LOG, [("exists", false.into()), ("size", 0.into())]);
    assert_eq!(check(&gone), "a file that is not to be there has no `size`");
    assert_eq!(
        check(&look(LOG, [("multiple_of", 0.into())])),
        "0 is no length of a record"
    );
    assert_eq!(
        check(&look(LOG, [("only_new", true.into())])),
        "there are no lines to look at"
    );
    let several = Value::list([Value::text(LOG)]);
    let lines = input([("path", several), ("line", "x".into())]);
    assert_eq!(
        check(&lines),
        "`line` is for one file, and there are several"
    );
    let bad = look(LOG, [("lacks", Value::list([Value::text("[Fatal")]))]);
    assert_eq!(
        check(&bad),
        "`[` is never closed with `]` (at `[Fatal` of the pattern `[Fatal`)"
    );
}
