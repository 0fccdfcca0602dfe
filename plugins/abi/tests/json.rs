//! The reader and writer for authors in C: of one mind with another that is well tried, and never
//! outside of the bytes it was given.
#![cfg(unix)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value as Json;

/// Compilers, each with what makes it say more and the program watch itself.
const COMPILERS: [(&str, &[&str]); 3] = [
    (
        "cc",
        &[
            "-std=c99",
            "-fsanitize=address,undefined",
            "-fno-sanitize-recover",
        ],
    ),
    ("clang", &["-std=c99", "-Wconversion", "-Wshadow"]),
    (
        "g++",
        &["-std=c++11", "-xc++", "-Wno-deprecated", "-Wconversion"],
    ),
];

/// The program of `json.c`; nothing where there is no such compiler.
fn program(test: &str, compiler: &str, flags: &[&str]) -> Option<PathBuf> {
    Command::new(compiler).arg("--version").output().ok()?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let binary = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("json-{test}-{compiler}"));
    let built = Command::new(compiler)
        .args(flags)
        .args([
            "-g",
            "-O1",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-pedantic",
            "-I",
        ])
        .args([here.join("include"), here.join("tests/json.c")])
        .arg("-o")
        .arg(&binary)
        .output()
        .expect("the compiler starts");
    let complaints = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{compiler}: {complaints}");
    Some(binary)
}

/// What the program makes of these texts.
fn again(program: &Path, texts: &[Vec<u8>]) -> Vec<String> {
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut lines = texts.join(&b'\n');
    lines.push(b'\n');
    let mut stdin = child.stdin.take().expect("it is a pipe");
    let writer = std::thread::spawn(move || stdin.write_all(&lines));
    let output = child.wait_with_output().expect("it ends");
    writer.join().expect("no panic").expect("it reads all");
    let complaints = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaints}");
    let told = String::from_utf8(output.stdout).expect("it writes UTF-8");
    told.lines().map(str::to_owned).collect()
}

/// Whether two readings are the same; a number may differ in its last digit.
fn same(one: &Json, other: &Json) -> bool {
    match (one, other) {
        (Json::Number(one), Json::Number(other)) => {
            let [one, other] = [one, other].map(|number| number.as_f64().unwrap_or(f64::NAN));
            (one - other).abs() <= one.abs() * 1e-15
        }
        (Json::Array(one), Json::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Json::Object(one), Json::Object(other)) => {
            let alike = |(key, value)| other.get(key).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(alike)
        }
        (one, other) => one == other,
    }
}

/// Texts that are JSON, and some that nearly are.
const TEXTS: [&str; 34] = [
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "9223372036854775807",
    "-9223372036854775808",
    "9223372036854775808",
    "1.5",
    "-0.25e-3",
    "1E+2",
    r#""""#,
    r#""text""#,
    r#""\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\u0000""#,
    "\"é€😀\"",
    "[]",
    "{}",
    "[1,[2,[3]]]",
    r#"{"a":{"b":[{"c":null}]},"":1}"#,
    " \t[ 1 , 2 ] \r",
    "",
    " ",
    "01",
    "1.",
    ".5",
    "1e",
    "-",
    "[1,]",
    r#"{"a":1,}"#,
    r#"{"a"}"#,
    r#""\ud800""#,
    r#""\x""#,
    "nul",
];

fn learnt() -> Vec<Vec<u8>> {
    let mut texts: Vec<Vec<u8>> = TEXTS.iter().map(|text| text.as_bytes().to_vec()).collect();
    texts.push(b"\"\xff\"".to_vec());
    texts.push(b"\"\xed\xa0\x80\"".to_vec());
    texts.push(b"\"\xf4\x90\x80\x80\"".to_vec());
    texts.push(b"\"\x01\"".to_vec());
    texts.push(b"[\0]".to_vec());
    texts.push(b"1e999".to_vec());
    texts.push("9".repeat(400).into_bytes());
    texts
}

/// Texts that are changed in a few bytes, or cut, the same ones each time.
fn mutated(seed: u64, count: usize) -> Vec<Vec<u8>> {
    let mut state = seed;
    let mut next = move |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % below
    };
    let bytes = b"{}[]\",:\\u0e-.tn \xc3\xa9\xff1";
    let mut one = || {
        let mut text = TEXTS[next(TEXTS.len())].as_bytes().to_vec();
        text.extend_from_slice(TEXTS[next(TEXTS.len())].as_bytes());
        for _ in 0..=next(3) {
            let at = next(text.len() + 1);
            match next(3) {
                0 => text.insert(at, bytes[next(bytes.len())]),
                1 => text.truncate(at.max(1)),
                _ if at < text.len() => text[at] = bytes[next(bytes.len())],
                _ => {}
            }
        }
        text
    };
    (0..count).map(|_| one()).collect()
}

#[test]
fn what_is_read_is_what_was_meant() {
    const SEED: u64 = 7;
    let mut texts = learnt();
    texts.extend(mutated(SEED, 20_000));
    for (compiler, flags) in COMPILERS {
        let Some(program) = program("meant", compiler, flags) else {
            continue;
        };
        let told = again(&program, &texts);
        assert_eq!(told.len(), texts.len(), "{compiler}: a line for each");
        for (text, told) in texts.iter().zip(&told) {
            let shown = String::from_utf8_lossy(text);
            match serde_json::from_slice::<Json>(text) {
                Err(_) => assert!(told.starts_with("! "), "{compiler}: {shown:?} gave {told}"),
                Ok(meant) => {
                    let read: Json = serde_json::from_str(told)
                        .unwrap_or_else(|error| panic!("{compiler}: {shown:?}: {told}: {error}"));
                    assert!(same(&meant, &read), "{compiler}: {shown:?} gave {told}");
                }
            }
        }
    }
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let (compiler, flags) = COMPILERS[0];
    let program = program("wrong", compiler, flags).expect("there is a C compiler");
    let deep = |levels: usize| [vec![b'['; levels], vec![b']'; levels]].concat();
    let wrong = [
        (&b"[1 2]"[..], "! a comma or an end is missing at 3"),
        (b"{\"a\" 1}", "! a colon comes after a key at 5"),
        (b"[\"a", "! a text is not closed at 3"),
        (b"1 1", "! something comes after the value at 2"),
        (b"\"\\ud800x\"", "! half a character is none at 7"),
        (b"1e999", "! the number is too large at 5"),
        (&deep(129), "! there are too many levels at 129"),
        (&deep(100_000), "! there are too many levels at 129"),
    ];
    let texts: Vec<Vec<u8>> = wrong.iter().map(|(text, _)| text.to_vec()).collect();
    let told = again(&program, &texts);
    let wanted: Vec<&str> = wrong.iter().map(|(_, why)| *why).collect();
    assert_eq!(told, wanted);
    assert_eq!(
        again(&program, &[deep(128)]),
        [String::from_utf8(deep(128)).expect("ASCII")]
    );
}
