//! Slips of the keyboard: one letter dropped, swapped with the next, or doubled.

/// A way to slip at a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slip {
    /// The letter is missing.
    Dropped,
    /// It stands after the next one.
    Swapped,
    /// It stands there twice.
    Doubled,
}

impl Slip {
    /// All three.
    pub(crate) const ALL: [Slip; 3] = [Slip::Dropped, Slip::Swapped, Slip::Doubled];

    /// The word after slipping at a letter; nothing where that leaves the same word, or none.
    pub(crate) fn of(self, word: &str, at: usize) -> Option<String> {
        let mut letters: Vec<char> = word.chars().collect();
        match self {
            Slip::Dropped => {
                letters.remove(at);
            }
            Slip::Swapped => {
                if at + 1 == letters.len() {
                    return None;
                }
                letters.swap(at, at + 1);
            }
            Slip::Doubled => letters.insert(at, letters[at]),
        }
        let slipped: String = letters.into_iter().collect();
        (!slipped.is_empty() && slipped != word).then_some(slipped)
    }
}

#[test]
fn a_slip_changes_one_letter_or_two_neighbours() {
    assert_eq!(Slip::Dropped.of("host", 1).as_deref(), Some("hst"));
    assert_eq!(Slip::Swapped.of("host", 1).as_deref(), Some("hsot"));
    assert_eq!(Slip::Doubled.of("host", 1).as_deref(), Some("hoost"));
    assert_eq!(Slip::Swapped.of("see", 1), None, "nothing would change");
    assert_eq!(Slip::Dropped.of("r", 0), None, "nothing would be left");
}
