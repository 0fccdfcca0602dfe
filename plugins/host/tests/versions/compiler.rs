//! A library by another Rust compiler than the host's: nothing but the C line is between them.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use runsheet_host::library::Library;
use runsheet_host::plugin::Plugin;
use runsheet_step::{Catalogue, Input, Turn};

const MANIFEST: &str = r#"[package]
name = "shelf"
version = "1.0.0"
edition = "2024"

[lib]
crate-type = ["cdylib"]

[dependencies]
runsheet-guest = { path = "GUEST" }

[workspace]
"#;

/// Where the other compiler is.
fn other() -> PathBuf {
    let named = std::env::var_os("RUNSHEET_OTHER_RUSTC");
    named.map_or_else(|| "/usr/bin/rustc".into(), PathBuf::from)
}

fn version(rustc: &Path) -> String {
    let told = Command::new(rustc).arg("-vV").output();
    let told = told.unwrap_or_else(|error| panic!("{}: {error}", rustc.display()));
    String::from_utf8_lossy(&told.stdout).into_owned()
}

/// The library of the example `shelf`, as a package of its own.
fn built(rustc: &Path) -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("other-compiler");
    let guest = here.join("../guest").display().to_string();
    std::fs::create_dir_all(folder.join("src")).expect("it can be made");
    std::fs::write(folder.join("Cargo.toml"), MANIFEST.replace("GUEST", &guest)).expect("written");
    std::fs::copy(here.join("examples/shelf.rs"), folder.join("src/lib.rs")).expect("copied");
    std::fs::copy(here.join("../../Cargo.lock"), folder.join("Cargo.lock")).expect("copied");
    let built = Command::new(env!("CARGO"))
        .args(["build", "--quiet", "--offline"])
        .current_dir(&folder)
        .env("RUSTC", rustc)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTC_WRAPPER")
        .env_remove("RUSTUP_TOOLCHAIN")
        .output()
        .expect("cargo starts");
    assert!(
        built.status.success(),
        "{}",
        String::from_utf8_lossy(&built.stderr)
    );
    let [before, after] = [std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX];
    folder.join(format!("target/debug/{before}shelf{after}"))
}

#[test]
#[ignore = "it builds a library with another compiler, which has to be there: see .ci/long"]
fn a_library_of_another_rust_compiler_is_loaded() {
    let other = other();
    assert_ne!(
        version(&other),
        version(Path::new("rustc")),
        "it is another compiler"
    );
    let library = Library::load(&built(&other)).expect("it is a plugin");
    let plugin = Plugin::at(Arc::new(library)).expect("it describes itself");
    let catalogue = plugin.fill(Catalogue::default());
    let fall = catalogue.kind("fall").expect("it is there");
    let Turn::Failed(failure) = fall.turn(&Input::default(), &[]) else {
        panic!("it fails");
    };
    assert!(
        failure
            .message
            .contains("the shelf came down, at src/lib.rs:"),
        "{failure}"
    );
}
