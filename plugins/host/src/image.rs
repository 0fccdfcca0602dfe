//! What the header of a library says before the system is asked to load it: the system tells of a
//! foreign one that some file is not there, and falls over one that is cut off.

use std::path::Path;

/// The processors that libraries are built for, by their number in a header, as Rust calls them.
const MACHINES: [(u16, &str); 7] = [
    (3, "x86"),
    (21, "powerpc64"),
    (22, "s390x"),
    (40, "arm"),
    (62, "x86_64"),
    (183, "aarch64"),
    (243, "riscv64"),
];

/// How a library is to be, as its header says it: the size of words and the order of bytes.
const IDENT: [u8; 2] = [
    if cfg!(target_pointer_width = "64") {
        2
    } else {
        1
    },
    if cfg!(target_endian = "little") { 1 } else { 2 },
];

/// Why the library of a file cannot be loaded, where its header says so. Nothing of a header that
/// is none of this system's.
pub(crate) fn wrong(path: &Path) -> Option<String> {
    judged(&std::fs::read(path).ok()?)
}

fn judged(bytes: &[u8]) -> Option<String> {
    if !bytes.starts_with(b"\x7fELF") {
        return None;
    }
    let cut = || format!("it is cut off: there are {} bytes of it", bytes.len());
    let (Some(ident), Some(machine)) = (bytes.get(4..6), half(bytes, 18)) else {
        return Some(cut());
    };
    let known = MACHINES.iter().find(|(number, _)| *number == machine);
    let here = std::env::consts::ARCH;
    if ident != IDENT || known.is_some_and(|(_, name)| *name != here) {
        let other = known.map_or("another processor", |(_, name)| name);
        let other = if other == here {
            "another processor"
        } else {
            other
        };
        return Some(format!("it was built for {other}, and this is {here}"));
    }
    match ident == [2, 1] && !is_whole(bytes)? {
        true => Some(cut()),
        false => None,
    }
}

/// Whether a file has all that its header speaks of: the table of sections is its last part.
fn is_whole(bytes: &[u8]) -> Option<bool> {
    let Some(table) = bytes.get(40..48) else {
        return Some(false);
    };
    let begin = u64::from_le_bytes(table.try_into().ok()?);
    let (size, count) = (half(bytes, 58).unwrap_or(0), half(bytes, 60).unwrap_or(0));
    let end = begin.checked_add(u64::from(size) * u64::from(count))?;
    Some(end <= bytes.len() as u64)
}

/// A number of 16 bits in the order of this system, which is that of the headers looked into.
fn half(bytes: &[u8], at: usize) -> Option<u16> {
    let bytes = bytes.get(at..at + 2)?;
    Some(u16::from_ne_bytes(bytes.try_into().ok()?))
}

#[cfg(all(test, target_os = "linux", target_arch = "x86_64"))]
mod tests {
    use super::judged;

    /// A header with a table of two sections behind it.
    fn header() -> Vec<u8> {
        let mut bytes = vec![0; 192];
        bytes[..6].copy_from_slice(b"\x7fELF\x02\x01");
        bytes[18] = 62;
        bytes[40] = 64;
        bytes[58] = 64;
        bytes[60] = 2;
        bytes
    }

    #[test]
    fn a_library_for_another_processor_is_told_as_such() {
        let mut bytes = header();
        bytes[18] = 183;
        let told = judged(&bytes);
        assert_eq!(
            told.as_deref(),
            Some("it was built for aarch64, and this is x86_64")
        );
        bytes[4] = 1;
        bytes[18] = 3;
        let told = judged(&bytes);
        assert_eq!(
            told.as_deref(),
            Some("it was built for x86, and this is x86_64")
        );
    }

    #[test]
    fn one_that_is_cut_off_is_told_as_such() {
        let bytes = header();
        assert_eq!(judged(&bytes), None);
        assert_eq!(judged(b"text"), None);
        for length in [4, 30, 64, 191] {
            let told = judged(&bytes[..length]).expect("it is cut off");
            assert!(told.starts_with("it is cut off: "), "{length}: {told}");
        }
    }
}
