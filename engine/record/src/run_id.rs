//! The name of a run: when it began and a few characters that tell it from others.

use std::fmt;

use runsheet_step::{Moment, Name};
use serde::{Deserialize, Serialize};

/// `20260123-081500-k3f9`: sorts by time, is safe as a file name, can be typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub Name);

impl RunId {
    /// The name of a run that began at a moment of this machine's clock; `salt` is any number
    /// that another run of the same second does not have.
    #[must_use]
    pub fn new(began: Moment, salt: u64) -> RunId {
        let [year, month, day, hour, minute, second] = began.civil();
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        let letter = |n: u32| char::from(LETTERS[(salt >> (5 * n)) as usize % LETTERS.len()]);
        let tail: String = (0..4).map(letter).collect();
        RunId(format!("{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}-{tail}").into())
    }
}

impl fmt::Display for RunId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::RunId;
    use runsheet_step::Moment;

    #[test]
    fn a_run_is_named_by_its_time() {
        let id = RunId::new(Moment(886_060_800_000), 0x12345).to_string();
        assert!(id.starts_with("19980129-080000-") && id.len() == 20, "{id}");
        assert_ne!(id, RunId::new(Moment(886_060_800_000), 0x12346).to_string());
    }
}
