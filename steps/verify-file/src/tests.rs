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
    let Turn::Failed(failure) = log(0).drive(&Kind, &clean) else {
        panic!("it stands there")
    };
    let line = &failure.outputs.get("unwanted_lines").items()[0];
    assert_eq!(line.get("what"), &Value::text(" [ 7] of an earlier cycle"));
    assert_eq!(line.get("position").as_int(), Some(0));
    assert_eq!(
        failure.outputs.get("unwanted"),
        &Value::text("08:00 | Fatal [ 7] of an earlier cycle")
    );
}

#[test]
fn each_of_several_patterns_is_met_by_a_line() {
    let line = |last: &str| {
        let patterns = ["{when:word} | Status {what:word} is finished.", last];
        look(LOG, [("line", Value::list(patterns.map(Value::text)))])
    };
    let Turn::Done(done) = log(0).drive(&Kind, &line("{at:word} | Status{a:text}: {entries:int}"))
    else {
        panic!("both stand there")
    };
    let of = |name| done.outputs.get(name).to_string();
    assert_eq!(
        [of("what"), of("entries"), of("at")],
        ["Import", "12", "09:00"]
    );
    let matches = done.outputs.get("matches").items();
    let places: Vec<_> = matches
        .iter()
        .map(|it| it.get("position").as_int())
        .collect();
    assert_eq!(places, [Some(40), Some(80)]);
    assert_eq!(
        told(log(0).drive(&Kind, &line("Rebuild"))),
        r"no-such-line: no line of LOG\DIRSYNC.LOG reads `Rebuild`"
    );
}

#[test]
fn a_text_stands_somewhere_in_a_line() {
    let contains = |text: &str| told(log(0).drive(&Kind, &look(LOG, [("contains", text.into())])));
    assert!(contains("import IS finished").starts_with("exists=true"));
    assert_eq!(
        contains("GALNETPO"),
        r"no-such-line: no line of LOG\DIRSYNC.LOG has `GALNETPO`"
    );
}

#[test]
fn what_is_not_there_has_no_lines_to_look_at() {
    let with = [("exists", Value::text("any")), ("line", "x".into())];
    let absent = told(Rehearsal::default().drive(&Kind, &look(LOG, with)));
    assert!(absent.starts_with("exists=false"), "{absent}");
}

fn envelope(name: &str) -> Value {
    Value::map([
        ("path", Value::text(format!(r"P1\{name}.P1"))),
        ("size", 500.into()),
    ])
}

#[test]
fn a_name_with_wildcards_means_every_such_file() {
    let wild = r"P1\*.P1";
    let mut world = Rehearsal::default().stream(
        "file",
        wild,
        0,
        ["00000001", "00000002", "00000003", "00000004"].map(envelope),
    );
    let drive = |world: &mut Rehearsal, more: [(&'static str, Value); 1]| {
        told(world.drive(&Kind, &look(wild, more)))
    };
    assert_eq!(
        drive(&mut world, [("exists", false.into())]),
        r"file-exists: 4 files are there of P1\*.P1, and none is to be: P1\00000001.P1, P1\00000002.P1, P1\00000003.P1, ..."
    );
    assert!(drive(&mut world, [("count", 4.into())]).starts_with("exists=true size=500"));
    assert_eq!(
        drive(&mut world, [("count", 2.into())]),
        r"wrong-count: 4 of P1\*.P1 are there, and are to be 2"
    );
    let none = &mut Rehearsal::default();
    assert_eq!(
        drive(none, [("size", 0.into())]),
        r"no-such-file: there is no P1\*.P1"
    );
    assert!(drive(none, [("count", 0.into())]).starts_with("exists=false"));
}

#[test]
fn a_file_that_a_program_holds_is_told_with_its_holder() {
    let held = || {
        let facts = Value::map([("size", 90.into()), ("locked_by", "ADMIN".into())]);
        Rehearsal::default().has("file", r"GLB\FLAG.GLB", facts)
    };
    let free = |field: &'static str, wanted: bool| {
        told(held().drive(&Kind, &look(r"GLB\FLAG.GLB", [(field, wanted.into())])))
    };
    assert_eq!(
        free("locked", false),
        r"file-locked: GLB\FLAG.GLB is held by ADMIN"
    );
    assert!(free("locked", true).starts_with("exists=true"));
    assert_eq!(
        free("read_only", true),
        r"wrong-attribute: GLB\FLAG.GLB is writable, and is to be read-only"
    );
}

#[test]
fn a_directory_is_looked_at_too() {
    let facts = Value::map([("files", 3.into())]);
    let mut world = Rehearsal::default().has("file", "P1", facts);
    let Turn::Done(done) = world.drive(&Kind, &look("P1", [])) else {
        panic!("it is there")
    };
    assert_eq!(done.outputs.get("files").as_int(), Some(3));
    assert!(done.outputs.get("size").is_null());
    assert_eq!(
        told(world.drive(&Kind, &look("P1", [("exists", false.into())]))),
        "file-exists: P1 is there, with 3 files, and is to be gone"
    );
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
    let wild = look(r"MAI\MA?\*.MAI", [("line", "x".into())]);
    assert_eq!(
        check(&wild),
        r"`MAI\MA?\*.MAI` has a wildcard in a directory; `line` is for one file, and there are several"
    );
    let twice = look(LOG, [("count", 0.into()), ("exists", true.into())]);
    assert_eq!(
        check(&twice),
        "`count` says already whether there are to be any"
    );
    let bad = look(LOG, [("lacks", Value::list([Value::text("[Fatal")]))]);
    assert_eq!(
        check(&bad),
        "`[` is never closed with `]` (at `[Fatal` of the pattern `[Fatal`)"
    );
}
