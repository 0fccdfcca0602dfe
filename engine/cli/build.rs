//! Lists the sources that `plugin new` gives along with a plugin in Rust, so that none is
//! forgotten: those of the crates it is built from.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// The crates, from the folder above all.
const CRATES: [&str; 5] = [
    "engine/step",
    "plugins/abi",
    "plugins/guest",
    "plugins/messages",
    "steps/site",
];

fn main() -> io::Result<()> {
    let here = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let root = here.join("../..");
    let mut list = String::from("&[\n");
    for name in CRATES {
        let folder = root.join(name);
        let short = Path::new(name.rsplit('/').next().unwrap_or(name));
        println!("cargo::rerun-if-changed={}", folder.join("src").display());
        add(
            &folder.join("Cargo.toml"),
            &short.join("Cargo.toml"),
            &mut list,
        );
        walk(&folder.join("src"), &short.join("src"), &mut list)?;
    }
    list.push(']');
    let to = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(to.join("sources.rs"), list)
}

/// All files of a folder, by name.
fn walk(folder: &Path, short: &Path, list: &mut String) -> io::Result<()> {
    let mut entries: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let short = short.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => walk(&entry.path(), &short, list)?,
            false => add(&entry.path(), &short, list),
        }
    }
    Ok(())
}

fn add(file: &Path, short: &Path, list: &mut String) {
    let short = short.display().to_string().replace('\\', "/");
    let _ = writeln!(
        list,
        "    ({short:?}, include_str!({:?})),",
        file.display().to_string()
    );
}
