//! The drives that EXTERNAL and DISPATCH are told of.
//!
//! `M` is one. Two letters are a range, as in the articles: `mp` stands for M through P (Q96060,
//! Q249246). More than two are those that are named: `MNP`. A hyphen may stand between the ends of a
//! range, `FM-P`; this is inferred, as is that letters within a range may lead nowhere.

use crate::lab::{Lab, Role};

/// Every letter that a range stands for.
pub(crate) fn drives(range: &str) -> Vec<char> {
    let letters: Vec<char> = range.trim().to_ascii_uppercase().chars().collect();
    let mut drives = Vec::new();
    match letters.as_slice() {
        [first, last] if first < last && named(*first) && named(*last) => {
            drives.extend(*first..=*last);
        }
        letters => {
            for (at, letter) in letters.iter().enumerate() {
                match (letter, at.checked_sub(1), letters.get(at + 1)) {
                    ('-', Some(before), Some(last)) => {
                        let between = (letters[before]..*last).skip(1);
                        drives.extend(between.filter(|it| named(*it)));
                    }
                    (letter, ..) if named(*letter) => drives.push(*letter),
                    _ => {}
                }
            }
        }
    }
    drives
}

fn named(letter: char) -> bool {
    letter.is_ascii_alphabetic()
}

/// The letters of a range, without those within it that lead nowhere from a machine.
pub(crate) fn connected(range: &str, lab: &Lab, place: Role) -> Vec<char> {
    let written = range.to_ascii_uppercase();
    let mut drives = drives(range);
    drives.retain(|it| written.contains(*it) || lab.on_drive(place, *it).is_some());
    drives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_of_drives_is_letters_and_stretches_of_letters() {
        assert_eq!(drives("m"), ['M']);
        assert_eq!(drives("mp"), ['M', 'N', 'O', 'P']);
        assert_eq!(drives("MN"), ['M', 'N']);
        assert_eq!(drives("NM"), ['N', 'M']);
        assert_eq!(drives("M:"), ['M']);
        assert_eq!(drives("MNP"), ['M', 'N', 'P']);
        assert_eq!(drives("m-p"), ['M', 'N', 'O', 'P']);
        assert_eq!(drives("FM-O"), ['F', 'M', 'N', 'O']);
    }
}
