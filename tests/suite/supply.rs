//! What the product is built from: under which licences, from how many packages, and what never.

use crate::metadata::{Package, WORKSPACE};

/// Licences whose terms a binary under MIT or Apache-2.0 can keep.
const ALLOWED: [&str; 13] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Packages that never come in, and why.
const BANNED: [(&str, &str); 7] = [
    (
        "serde_yaml",
        "archived; the name is bound to its successor in Cargo.toml",
    ),
    ("serde_yml", "deprecated by its author"),
    (
        "openssl",
        "a C library that a clone cannot build everywhere",
    ),
    (
        "openssl-sys",
        "a C library that a clone cannot build everywhere",
    ),
    ("native-tls", "leads to openssl"),
    ("chrono", "jiff is the calendar here"),
    ("async-std", "one runtime is enough"),
];

/// How many packages the binary may be built from, our own included.
const MOST_PACKAGES: usize = 220;

#[test]
fn every_package_has_a_licence_we_can_keep() {
    let guilty: Vec<String> = WORKSPACE
        .packages()
        .filter(|package| !package.licence.as_deref().is_some_and(is_allowed))
        .map(|package| format!("{}: {:?}", identity(package), package.licence))
        .collect();
    assert!(
        guilty.is_empty(),
        "not in the list of licences:\n{}",
        guilty.join("\n")
    );
}

#[test]
fn no_banned_package_comes_in() {
    let guilty: Vec<String> = WORKSPACE
        .packages()
        .filter_map(|package| {
            let (_, why) = BANNED.iter().find(|(name, _)| *name == package.name)?;
            Some(format!("{}: {why}", identity(package)))
        })
        .collect();
    assert!(guilty.is_empty(), "{}", guilty.join("\n"));
}

#[test]
fn the_binary_is_built_from_few_packages() {
    let built_from = WORKSPACE.chains("runsheet-cli").len();
    assert!(
        built_from <= MOST_PACKAGES,
        "the binary is built from {built_from} packages, which is more than {MOST_PACKAGES}"
    );
}

#[test]
fn a_licence_expression_is_read_as_its_words_say() {
    for kept in [
        "MIT",
        "MIT OR GPL-3.0",
        "MIT/Apache-2.0",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
    ] {
        assert!(is_allowed(kept), "{kept}");
    }
    for refused in [
        "GPL-3.0",
        "MIT AND GPL-3.0",
        "(GPL-2.0 OR GPL-3.0) AND MIT",
        "",
    ] {
        assert!(!is_allowed(refused), "{refused}");
    }
}

/// Whether an SPDX expression leaves a choice that is allowed: every part between `AND`s has an
/// alternative in the list. Parentheses stand only around alternatives in what packages declare.
fn is_allowed(expression: &str) -> bool {
    expression.split(" AND ").all(|part| {
        let part = part.trim_matches(['(', ')', ' ']);
        let alternatives = part.split(" OR ").flat_map(|word| word.split('/'));
        alternatives
            .into_iter()
            .any(|word| ALLOWED.contains(&word.trim()))
    })
}

fn identity(package: &Package) -> String {
    format!("{} {}", package.name, package.version)
}
