//! Bodies and attachments are not kept in plain text (Q77926). How is not documented; here a stream
//! of numbers that follows from the file's number is laid over them, so that a file under another
//! name cannot be read. It keeps nothing secret.

/// Lays the stream over bytes; laid over twice, they are as before.
pub(crate) fn lay_over(number: u32, bytes: &[u8]) -> Vec<u8> {
    let mut state = number ^ 0x9E37_79B9;
    let laid = bytes.iter().map(|byte| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        byte ^ state.to_le_bytes()[3]
    });
    laid.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cannot_be_read_and_comes_back() {
        let laid = lay_over(0x116, b"[DIRSYNC]\r\n");
        assert_ne!(laid, b"[DIRSYNC]\r\n");
        assert_eq!(lay_over(0x116, &laid), b"[DIRSYNC]\r\n");
        assert_ne!(lay_over(0x117, &laid), b"[DIRSYNC]\r\n");
    }
}
