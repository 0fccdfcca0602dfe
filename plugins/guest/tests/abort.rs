//! A library that aborts on panic would end its host, so it is refused while it is compiled.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const LIBRARY: &str = r#"//! A plugin with nothing in it.
runsheet_guest::export_plugin! { name: "nothing", summary: "nothing" }
"#;

/// The guest crate as it was built for these tests, the newest where there are several.
fn guest(deps: &Path) -> PathBuf {
    let files = std::fs::read_dir(deps).expect("tests are beside what they are built from");
    let built = files.filter_map(|entry| {
        let path = entry.ok()?.path();
        let name = path.file_name()?.to_str()?;
        let is_guest = name.starts_with("librunsheet_guest-");
        let made = path.metadata().ok()?.modified().ok()?;
        (is_guest && name.ends_with(".rlib")).then_some((made, path))
    });
    built.max().expect("the guest crate was built").1
}

fn compiled(flags: &[&str]) -> Output {
    let me = std::env::current_exe().expect("a test has a path");
    let deps = me.parent().expect("it is in `deps`");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let source = folder.join("nothing.rs");
    std::fs::write(&source, LIBRARY).expect("it can be written");
    Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
        .args([
            "--edition=2024",
            "--crate-type=cdylib",
            "--crate-name=nothing",
            "--emit=metadata",
        ])
        .args(flags)
        .arg("--extern")
        .arg(format!("runsheet_guest={}", guest(deps).display()))
        .arg(format!("-Ldependency={}", deps.display()))
        .arg("--out-dir")
        .args([folder, &source])
        .env("CARGO_PKG_VERSION", "1.0.0")
        .output()
        .expect("the compiler starts")
}

#[test]
fn a_library_that_aborts_on_panic_is_refused() {
    let refused = compiled(&["-Cpanic=abort"]);
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success(), "it was taken");
    let words = "a plugin must not abort on panic: take `panic = \"abort\"` out of its profile";
    assert!(told.contains(words), "{told}");
    let taken = compiled(&[]);
    let told = String::from_utf8_lossy(&taken.stderr);
    assert!(taken.status.success(), "{told}");
}
