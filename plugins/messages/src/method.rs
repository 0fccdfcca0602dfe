//! The methods of a plugin, by name and by number.

use std::fmt;

/// A method. Its number is its place in the table of the C line, and what a pipe says for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Method {
    /// What kinds and facilities the plugin has.
    Describe = 0,
    /// The marks that a step wants taken before something acts.
    Arm = 1,
    /// The next turn of a step.
    Turn = 2,
    /// What a write would answer and change.
    Predict = 3,
    /// The question that takes a change back.
    Inverse = 4,
    /// Whether a question left without an answer may be asked again.
    Repeat = 5,
    /// Whether an item is what a filter means.
    Matches = 6,
    /// What is wrong with an input beyond its types. Since 1.1.
    Check = 7,
    /// The rest of what a facility says of a question. Since 1.1.
    About = 8,
}

impl Method {
    /// All of them, in the order of their numbers.
    pub const ALL: [Method; 9] = [
        Method::Describe,
        Method::Arm,
        Method::Turn,
        Method::Predict,
        Method::Inverse,
        Method::Repeat,
        Method::Matches,
        Method::Check,
        Method::About,
    ];

    /// The method of a number.
    #[must_use]
    pub fn of(number: u8) -> Option<Method> {
        Method::ALL.get(usize::from(number)).copied()
    }

    /// Its name in the table of the C line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Method::Describe => "describe",
            Method::Arm => "arm",
            Method::Turn => "turn",
            Method::Predict => "predict",
            Method::Inverse => "inverse",
            Method::Repeat => "repeat",
            Method::Matches => "matches",
            Method::Check => "check",
            Method::About => "about",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::Method;

    #[test]
    fn a_number_is_the_place_in_the_list() {
        for (place, method) in Method::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(method as u8), place, "{method}");
            assert_eq!(Method::of(method as u8), Some(method));
        }
        assert_eq!(Method::of(9), None);
    }
}
