//! Libraries of other versions of the line, and of other compilers.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use runsheet_host::library::Library;
use runsheet_host::line::Line;
use runsheet_host::plugin::Plugin;
use runsheet_messages::method::Method;
use runsheet_step::{Catalogue, Input, Turn, Value};

mod compiler;

/// A library of `versions.c` with these definitions.
fn library(name: &str, definitions: &[&str]) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = format!("{name}{}", std::env::consts::DLL_SUFFIX);
    let library = Path::new(env!("CARGO_TARGET_TMPDIR")).join(file);
    let built = Command::new("cc")
        .args([
            "-std=c99", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC",
        ])
        .args(definitions)
        .arg("-I")
        .args([
            here.join("../abi/include"),
            here.join("tests/versions/versions.c"),
        ])
        .arg("-o")
        .arg(&library)
        .output()
        .expect("there is a C compiler");
    let complaints = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{complaints}");
    library
}

#[track_caller]
fn refused(name: &str, definitions: &[&str]) -> String {
    let refused = Library::load(&library(name, definitions)).err();
    refused.expect("it is refused")
}

#[test]
fn a_library_of_an_older_minor_version_is_asked_what_it_knows() {
    let table = "-DTABLE_SIZE=offsetof(runsheet_plugin,check)";
    let old = Library::load(&library("old", &["-DTABLE_MINOR=0", table])).expect("it is taken");
    assert_eq!(old.minor, 0);
    let known = [Method::Describe, Method::Turn];
    for method in Method::ALL {
        assert_eq!(old.answers(method), known.contains(&method), "{method}");
    }
    let plugin = Plugin::at(Arc::new(old)).expect("it describes itself");
    let catalogue = plugin.fill(Catalogue::default());
    let kind = catalogue.kind("versions").expect("it is there");
    assert!(kind.check(&Input::default()).is_empty());
    let Turn::Done(outcome) = kind.turn(&Input::default(), &[]) else {
        panic!("it is done");
    };
    assert_eq!(
        outcome.outputs.get("host_minor"),
        &Value::from(runsheet_abi::MINOR)
    );
}

#[test]
fn a_library_of_a_newer_minor_version_is_asked_what_this_host_knows() {
    let table = "-DTABLE_SIZE=sizeof(runsheet_plugin)+8";
    let new = Library::load(&library("new", &["-DTABLE_MINOR=7", table])).expect("it is taken");
    assert_eq!(new.minor, 7);
    assert!(new.answers(Method::Check));
    Plugin::at(Arc::new(new)).expect("it describes itself");
}

#[test]
fn a_library_of_another_major_version_is_refused_with_both() {
    let refused = refused("major", &["-DENTRY=runsheet_plugin_v2"]);
    let both = "it speaks version 2 of the line, and this host version 1.1: build it anew for \
                version 1, or take the Runsheet it was made for";
    assert_eq!(refused, both);
}

#[test]
fn what_is_no_plugin_is_refused_in_words() {
    let none = refused("none", &["-DENTRY=something_else"]);
    assert_eq!(
        none,
        "it is no plugin: it does not export `runsheet_plugin_v1`"
    );
    let null = refused("null", &["-DTABLE_IS_NULL"]);
    assert_eq!(
        null,
        "it will not work with this host, which is of version 1.1 of the line"
    );
    let short = refused("short", &["-DTABLE_SIZE=8"]);
    assert_eq!(short, "its table has no `free`");
    let half = refused("half", &["-DTABLE_SIZE=offsetof(runsheet_plugin,describe)"]);
    assert_eq!(half, "its table has no `describe`");
    let text = Path::new(env!("CARGO_TARGET_TMPDIR")).join("text.so");
    std::fs::write(&text, "no library").expect("it can be written");
    let refused = Library::load(&text).err().expect("it is refused");
    assert_eq!(refused, "it is no library of this system");
}
