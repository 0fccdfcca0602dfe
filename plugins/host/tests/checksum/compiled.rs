//! The plugin in C, by the compilers that are here.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// A path from the folder of all plugins.
pub(crate) fn plugins(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Compiles a file of `plugins/checksum`.
pub(crate) fn compile(compiler: &str, flags: &[&str], file: &str, to: &str) -> PathBuf {
    let to = Path::new(env!("CARGO_TARGET_TMPDIR")).join(to);
    let built = Command::new(compiler)
        .args([
            "-std=c99",
            "-Wall",
            "-Wextra",
            "-Werror",
            "-pedantic",
            "-Wshadow",
        ])
        .args(flags)
        .arg("-I")
        .args([plugins("abi/include"), plugins("checksum").join(file)])
        .arg("-o")
        .arg(&to)
        .output()
        .expect("the compiler starts");
    let complaints = String::from_utf8_lossy(&built.stderr);
    assert!(built.status.success(), "{compiler}: {complaints}");
    to
}

/// The compilers that are here: those two, or else the one that is always there.
pub(crate) static COMPILERS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let is_here = |compiler: &&str| Command::new(compiler).arg("--version").output().is_ok();
    let here: Vec<&str> = ["gcc", "clang"].into_iter().filter(is_here).collect();
    if here.is_empty() { vec!["cc"] } else { here }
});

/// The library by each of the compilers.
pub(crate) static LIBRARIES: LazyLock<Vec<(&str, PathBuf)>> = LazyLock::new(|| {
    let flags = ["-O2", "-shared", "-fPIC", "-fvisibility=hidden"];
    let library = |compiler: &&'static str| {
        let to = format!("checksum-{compiler}{}", std::env::consts::DLL_SUFFIX);
        (*compiler, compile(compiler, &flags, "checksum.c", &to))
    };
    COMPILERS.iter().map(library).collect()
});
