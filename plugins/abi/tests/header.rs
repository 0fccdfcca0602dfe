//! The header and its twin in Rust say the same, to every C compiler that is here.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::mem::{align_of, offset_of, size_of};
use std::path::{Path, PathBuf};
use std::process::Command;

use runsheet_abi::{
    Buf, ENTRY, ERROR, Host, LOG_DEBUG, LOG_ERROR, LOG_INFO, LOG_WARN, MAJOR, MINOR, OK, PANIC,
    Plugin, Str, UNSUPPORTED,
};

/// What is measured: a name, and a size, a place or a number.
type Measures = BTreeMap<String, u64>;

/// Compilers that understand the header, `cc` first, which is always there: it links the tests.
const COMPILERS: [(&str, &[&str]); 5] = [
    ("cc", &["-std=c99"]),
    ("gcc", &["-std=c99"]),
    ("clang", &["-std=c99"]),
    ("g++", &["-std=c++11", "-xc++", "-Wno-deprecated"]),
    ("clang++", &["-std=c++11", "-xc++", "-Wno-deprecated"]),
];

fn header() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("include/runsheet_plugin.h")
}

macro_rules! structure {
    ($measures:ident, $c:literal, $rust:ty { $($field:ident),* }) => {
        $measures.insert(concat!("sizeof ", $c).into(), size_of::<$rust>() as u64);
        $measures.insert(concat!("alignof ", $c).into(), align_of::<$rust>() as u64);
        $($measures.insert(
            concat!("offsetof ", $c, " ", stringify!($field)).into(),
            offset_of!($rust, $field) as u64,
        );)*
    };
}

/// What the twin says.
fn twin() -> Measures {
    let mut measures = Measures::new();
    structure!(measures, "runsheet_str", Str { at, len });
    structure!(measures, "runsheet_buf", Buf { at, len, cap });
    structure!(
        measures,
        "runsheet_host",
        Host {
            size,
            minor,
            context,
            log
        }
    );
    structure!(
        measures,
        "runsheet_plugin",
        Plugin {
            size,
            minor,
            free,
            describe,
            arm,
            turn,
            predict,
            inverse,
            repeat,
            matches,
            check,
            about
        }
    );
    let numbers = [
        ("MAJOR", u64::from(MAJOR)),
        ("MINOR", u64::from(MINOR)),
        ("OK", OK.unsigned_abs().into()),
        ("ERROR", ERROR.unsigned_abs().into()),
        ("PANIC", PANIC.unsigned_abs().into()),
        ("UNSUPPORTED", UNSUPPORTED.unsigned_abs().into()),
        ("LOG_ERROR", LOG_ERROR.unsigned_abs().into()),
        ("LOG_WARN", LOG_WARN.unsigned_abs().into()),
        ("LOG_INFO", LOG_INFO.unsigned_abs().into()),
        ("LOG_DEBUG", LOG_DEBUG.unsigned_abs().into()),
    ];
    measures.extend(numbers.map(|(name, number)| (format!("number RUNSHEET_{name}"), number)));
    measures
}

/// A program that prints what the header says: all of its numbers, and all fields of all of its
/// structures, as they are found in its text.
fn program(header: &str) -> String {
    let mut lines = vec![
        "#include <stdio.h>".to_owned(),
        "#include \"runsheet_plugin.h\"".to_owned(),
        "#define SAY(what, number) printf(\"%s=%llu\\n\", what, (unsigned long long)(number))"
            .to_owned(),
        "#define ALIGN(type) (offsetof(struct align_##type, it))".to_owned(),
    ];
    let mut says = Vec::new();
    for (name, fields) in structures(header) {
        lines.push(format!("struct align_{name} {{ char pad; {name} it; }};"));
        says.push(format!("SAY(\"sizeof {name}\", sizeof({name}));"));
        says.push(format!("SAY(\"alignof {name}\", ALIGN({name}));"));
        says.extend(
            fields.iter().map(|field| {
                format!("SAY(\"offsetof {name} {field}\", offsetof({name}, {field}));")
            }),
        );
    }
    for name in numbers(header) {
        says.push(format!("SAY(\"number {name}\", {name});"));
    }
    lines.push(format!(
        "int main(void) {{ {} return 0; }}\n",
        says.join("\n")
    ));
    lines.join("\n")
}

/// The structures of the header with their fields.
fn structures(header: &str) -> Vec<(String, Vec<String>)> {
    let parts = header.split("typedef struct ").skip(1);
    let structure = |part: &str| {
        let (name, rest) = part.split_once(" {")?;
        let (body, _) = rest.split_once("\n}")?;
        let lines = body.lines().map(str::trim);
        let fields = lines.filter(|line| line.ends_with(';')).map(field);
        Some((name.to_owned(), fields.collect()))
    };
    parts.filter_map(structure).collect()
}

/// The name in the declaration of a field: `uint32_t size;`, `void (*free)(runsheet_buf answer);`.
fn field(line: &str) -> String {
    let declarator = match line.split_once("(*") {
        Some((_, pointer)) => pointer.split(')').next().unwrap_or_default(),
        None => line.trim_end_matches(';'),
    };
    let words = declarator.rsplit([' ', '*']);
    words
        .map(str::trim)
        .find(|word| !word.is_empty())
        .unwrap_or_default()
        .to_owned()
}

/// The names of the header that stand for numbers.
fn numbers(header: &str) -> Vec<&str> {
    let defined = header
        .lines()
        .filter_map(|line| line.strip_prefix("#define "));
    let number = |line: &&str| {
        let second = line.split_whitespace().nth(1).unwrap_or_default();
        second
            .bytes()
            .next()
            .is_some_and(|byte| byte.is_ascii_digit())
    };
    defined
        .filter(number)
        .filter_map(|line| line.split_whitespace().next())
        .collect()
}

/// What the header says to one compiler; nothing where there is no such compiler.
fn measured(folder: &Path, compiler: &str, flags: &[&str]) -> Option<Measures> {
    Command::new(compiler).arg("--version").output().ok()?;
    let text = std::fs::read_to_string(header()).expect("the header is there");
    let source = folder.join("measure.c");
    std::fs::write(&source, program(&text)).expect("the program can be written");
    let binary = folder.join(format!("measure-{compiler}"));
    let include = header().parent().expect("it is in a folder").to_owned();
    let built = Command::new(compiler)
        .args(flags)
        .args(["-Wall", "-Wextra", "-Werror", "-pedantic"])
        .arg("-I")
        .args([&include, &source])
        .arg("-o")
        .arg(&binary)
        .output()
        .expect("the compiler starts");
    assert!(
        built.status.success(),
        "{compiler}: {}",
        String::from_utf8_lossy(&built.stderr)
    );
    let told = Command::new(&binary).output().expect("the program runs");
    let told = String::from_utf8(told.stdout).expect("it prints text");
    let measure = |line: &str| {
        let (name, number) = line.split_once('=').expect("name=number");
        (name.to_owned(), number.parse().expect("a number"))
    };
    Some(told.lines().map(measure).collect())
}

#[test]
fn header_and_twin_are_of_one_mind() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let mut asked = Vec::new();
    for (compiler, flags) in COMPILERS {
        let Some(measures) = measured(&folder, compiler, flags) else {
            continue;
        };
        assert_eq!(measures, twin(), "the header to {compiler}, and the twin");
        asked.push(compiler);
    }
    assert!(
        asked.contains(&"cc"),
        "no C compiler was found, only {asked:?}"
    );
}

#[test]
fn the_entry_has_one_name_that_carries_the_major_version() {
    let text = std::fs::read_to_string(header()).expect("the header is there");
    let entry = ENTRY.to_str().expect("it is ASCII");
    assert_eq!(entry, format!("runsheet_plugin_v{MAJOR}"));
    assert!(text.contains(&format!("#define RUNSHEET_ENTRY {entry}\n")));
    assert!(text.contains(&format!("*{entry}(const runsheet_host *host);")));
}

#[test]
fn a_field_is_found_however_it_is_declared() {
    assert_eq!(field("uint32_t size;"), "size");
    assert_eq!(field("const char *at;"), "at");
    assert_eq!(field("void (*free)(runsheet_buf answer);"), "free");
    let table = "typedef struct t {\n    /* Since 1.0. */\n    runsheet_method arm;\n} t;";
    assert_eq!(
        structures(table),
        [("t".to_owned(), vec!["arm".to_owned()])]
    );
    assert_eq!(numbers("#define A 1 /* one */\n#define B c"), ["A"]);
}
