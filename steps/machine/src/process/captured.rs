//! What a program wrote, in bounded memory: how it began and how it ended.

use std::collections::VecDeque;

use runsheet_step::INLINE_LIMIT;

const HALF: usize = INLINE_LIMIT / 2;

/// The first and the last of what was written.
#[derive(Default)]
pub(super) struct Captured {
    head: Vec<u8>,
    tail: VecDeque<u8>,
    left_out: usize,
}

impl Captured {
    /// Takes one more piece.
    pub(super) fn push(&mut self, chunk: &[u8]) {
        let room = HALF - self.head.len();
        let (first, rest) = chunk.split_at(room.min(chunk.len()));
        self.head.extend_from_slice(first);
        self.tail.extend(rest);
        let over = self.tail.len().saturating_sub(HALF);
        self.tail.drain(..over);
        self.left_out += over;
    }

    /// As text; bytes that are none are shown as `\u{fffd}`.
    pub(super) fn text(&self) -> String {
        let tail: Vec<u8> = self.tail.iter().copied().collect();
        if self.left_out == 0 {
            let whole = [&self.head[..], &tail].concat();
            return String::from_utf8_lossy(&whole).into_owned();
        }
        format!(
            "{}\n[{} bytes left out]\n{}",
            String::from_utf8_lossy(&self.head),
            self.left_out,
            String::from_utf8_lossy(&tail)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Captured, HALF};

    #[test]
    fn a_short_output_is_kept_whole() {
        let mut captured = Captured::default();
        for piece in ["b\u{fc}", "r", "o\n"] {
            captured.push(piece.as_bytes());
        }
        assert_eq!(captured.text(), "b\u{fc}ro\n");
    }

    #[test]
    fn a_character_that_comes_in_two_pieces_is_one() {
        let mut captured = Captured::default();
        captured.push(&[b'a'; HALF - 1]);
        captured.push("\u{fc}".as_bytes());
        assert!(captured.text().ends_with("a\u{fc}"));
    }

    #[test]
    fn of_a_long_output_the_middle_is_left_out() {
        let mut captured = Captured::default();
        captured.push(b"begin ");
        for _ in 0..100 {
            captured.push(&[b'.'; 1000]);
        }
        captured.push(b" end");
        let text = captured.text();
        assert!(text.starts_with("begin .") && text.ends_with(". end"));
        let left_out = 100_010 - 2 * HALF;
        assert!(text.contains(&format!("\n[{left_out} bytes left out]\n")));
    }
}
