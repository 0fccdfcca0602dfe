//! What tells one plugin from another: the SHA-256 of its files.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};

/// The largest file that is taken for a part of a plugin, in bytes.
const LARGEST: u64 = 512 << 20;

/// SHA-256 in hex.
#[must_use]
pub fn of(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What is in a file of a plugin.
///
/// # Errors
/// Why it cannot be read, in words.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => format!("it cannot be read: {error}"),
    };
    let about = fs::metadata(path).map_err(told)?;
    if !about.is_file() {
        return Err("it is no file".to_owned());
    }
    if about.len() > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    fs::read(path).map_err(told)
}

/// The one number of a plugin: that of its library, if it is nothing else; otherwise that of a list
/// of its library and of the files of its drivers, by their names.
pub(crate) fn of_parts(library: &str, files: &[(String, String)]) -> String {
    if files.is_empty() {
        return library.to_owned();
    }
    let mut list = format!("{library}\n");
    for (name, hash) in files {
        list.push_str(&format!("{hash} {name}\n"));
    }
    of(list.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::{of, of_parts};

    #[test]
    fn a_hash_is_what_others_say_it_is() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assert_eq!(of(b""), empty);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(of(b"abc"), abc);
    }

    #[test]
    fn a_library_alone_is_its_own_hash_and_any_part_more_makes_another() {
        let file = |name: &str, hash: &str| (name.to_owned(), hash.to_owned());
        assert_eq!(of_parts("aa", &[]), "aa");
        let one = of_parts("aa", &[file("x.py", "bb")]);
        let other = of_parts("aa", &[file("x.py", "bc")]);
        let renamed = of_parts("aa", &[file("y.py", "bb")]);
        let all = ["aa", &one, &other, &renamed];
        for (n, one) in all.iter().enumerate() {
            assert!(all[n + 1..].iter().all(|other| other != one), "{one}");
        }
    }
}
