//! What crosses the pipe to a child host: the length of the body in four bytes, the lowest first;
//! a byte that says what the body is; the body. To the child that byte is the number of a method,
//! from the child it is one of the marks below.

use std::io::{self, IoSlice, Read, Write};

use serde::{Deserialize, Serialize};

use crate::line::Trouble;

/// The body is the answer.
pub(crate) const ANSWER: u8 = 0;
/// The body says in words why the message was refused; in the first frame, why there is no plugin.
pub(crate) const REFUSED: u8 = 1;
/// The body says in words what broke in the plugin.
pub(crate) const PANICKED: u8 = 2;
/// There is no such method; the body is empty.
pub(crate) const UNSUPPORTED: u8 = 3;
/// The body says in words what is wrong with the answer.
pub(crate) const NONSENSE: u8 = 4;
/// The body says in words how two answers to the same message differ.
pub(crate) const WAVERED: u8 = 5;

/// The first frame of a child: an answer that nobody asked for.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hello {
    /// The minor version that the plugin was built with.
    pub(crate) minor: u32,
    /// The numbers of the methods that it answers.
    pub(crate) methods: Vec<u8>,
}

/// Why there is no frame.
#[derive(Debug)]
pub(crate) enum Broken {
    /// The other side is gone.
    Ended,
    /// It took too long.
    Late,
    /// It would be so many bytes long.
    TooLong(usize),
    /// More came than one frame.
    Chatter,
    /// The pipe itself is out of order.
    Pipe(io::Error),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Broken {
        match error.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => Broken::Late,
            io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::UnexpectedEof
            | io::ErrorKind::WriteZero => Broken::Ended,
            _ => Broken::Pipe(error),
        }
    }
}

const HEAD: usize = 5;

/// What is read at once, and kept between frames.
const USUAL: usize = 1 << 16;

/// One end of a pipe that speaks in turns: a frame there, a frame back.
pub(crate) struct Frames<S> {
    pub(crate) stream: S,
    buffer: Vec<u8>,
}

impl<S: Read + Write> Frames<S> {
    pub(crate) fn new(stream: S) -> Frames<S> {
        let buffer = vec![0; USUAL];
        Frames { stream, buffer }
    }

    /// Sends one frame.
    pub(crate) fn send(&mut self, mark: u8, body: &[u8]) -> Result<(), Broken> {
        let length = u32::try_from(body.len()).map_err(|_| Broken::TooLong(body.len()))?;
        let [a, b, c, d] = length.to_le_bytes();
        let head = [a, b, c, d, mark];
        let both = [IoSlice::new(&head), IoSlice::new(body)];
        let sent = loop {
            match self.stream.write_vectored(&both) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                sent => break sent?,
            }
        };
        self.stream.write_all(head.get(sent..).unwrap_or(&[]))?;
        let rest = body.get(sent.saturating_sub(HEAD)..).unwrap_or(&[]);
        Ok(self.stream.write_all(rest)?)
    }

    /// Takes one frame, no longer than `longest`; of a longer one nothing but the beginning is read.
    pub(crate) fn receive(&mut self, longest: usize) -> Result<(u8, &[u8]), Broken> {
        self.buffer.truncate(USUAL);
        self.buffer.shrink_to(USUAL);
        let mut filled = self.more(0)?;
        while filled < HEAD {
            filled += self.more(filled)?;
        }
        let length = u32::from_le_bytes([0, 1, 2, 3].map(|at| self.buffer[at])) as usize;
        if length > longest {
            return Err(Broken::TooLong(length));
        }
        let whole = HEAD + length;
        if whole > self.buffer.len() {
            self.buffer.resize(whole, 0);
        }
        while filled < whole {
            filled += self.more(filled)?;
        }
        if filled > whole {
            return Err(Broken::Chatter);
        }
        Ok((self.buffer[4], &self.buffer[HEAD..whole]))
    }

    fn more(&mut self, filled: usize) -> Result<usize, Broken> {
        loop {
            match self.stream.read(&mut self.buffer[filled..]) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Ok(0) => return Err(Broken::Ended),
                read => return Ok(read?),
            }
        }
    }
}

/// An answer of a plugin, as the child sends it.
pub(crate) fn sent(answer: &Result<Vec<u8>, Trouble>) -> (u8, &[u8]) {
    match answer {
        Ok(text) => (ANSWER, text),
        Err(Trouble::Unsupported) => (UNSUPPORTED, &[]),
        Err(Trouble::Refused(why)) => (REFUSED, why.as_bytes()),
        Err(Trouble::Panicked(why)) => (PANICKED, why.as_bytes()),
        Err(Trouble::Wavered(why)) => (WAVERED, why.as_bytes()),
        Err(Trouble::Nonsense(why) | Trouble::Gone(why)) => (NONSENSE, why.as_bytes()),
        // Only a host stops anybody.
        Err(Trouble::Stopped) => (NONSENSE, &[]),
    }
}

/// The same, as the host understands it.
pub(crate) fn understood(mark: u8, body: &[u8]) -> Result<&[u8], Trouble> {
    let words = || String::from_utf8_lossy(body).into_owned();
    match mark {
        ANSWER => Ok(body),
        REFUSED => Err(Trouble::Refused(words())),
        PANICKED => Err(Trouble::Panicked(words())),
        UNSUPPORTED => Err(Trouble::Unsupported),
        NONSENSE => Err(Trouble::Nonsense(words())),
        WAVERED => Err(Trouble::Wavered(words())),
        other => Err(Trouble::Nonsense(format!("it is marked {other}"))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    /// A pipe whose other end has said all that it will; it hands over a few bytes at a time.
    struct Said {
        bytes: VecDeque<u8>,
        at_once: usize,
    }

    impl Read for Said {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let most = into.len().min(self.at_once);
            self.bytes.read(&mut into[..most])
        }
    }

    impl Write for Said {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let most = bytes.len().min(self.at_once);
            self.bytes.extend(&bytes[..most]);
            Ok(most)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn pipe(bytes: &[u8], at_once: usize) -> Frames<Said> {
        let bytes = bytes.iter().copied().collect();
        Frames::new(Said { bytes, at_once })
    }

    #[test]
    fn a_frame_arrives_however_it_is_cut() {
        let long = vec![b'x'; USUAL + 7];
        for at_once in [1, 4, 5, 6, 1000, usize::MAX] {
            for body in [&b""[..], b"{}", &long] {
                let mut pipe = pipe(&[], at_once);
                pipe.send(7, body).expect("it is sent");
                let (mark, arrived) = pipe.receive(long.len()).expect("it arrives");
                assert_eq!((mark, arrived), (7, body), "{at_once} bytes at once");
            }
        }
    }

    #[test]
    fn a_frame_that_is_too_long_is_left_in_the_pipe() {
        let mut pipe = pipe(&[], 5);
        pipe.send(0, &[0; 100]).expect("it is sent");
        assert!(matches!(pipe.receive(99), Err(Broken::TooLong(100))));
        assert_eq!(pipe.stream.bytes.len(), 100);
    }

    #[test]
    fn what_is_no_frame_is_told_apart() {
        assert!(matches!(pipe(&[], 9).receive(9), Err(Broken::Ended)));
        let cut = pipe(&[2, 0, 0, 0, 0, b'{'], 9).receive(9).err();
        assert!(matches!(cut, Some(Broken::Ended)));
        let more = pipe(&[0, 0, 0, 0, 0, b'{'], 9).receive(9).err();
        assert!(matches!(more, Some(Broken::Chatter)));
    }

    #[test]
    fn trouble_arrives_as_what_it_was() {
        let why = || "why".to_owned();
        for trouble in [
            Trouble::Unsupported,
            Trouble::Refused(why()),
            Trouble::Panicked(why()),
            Trouble::Nonsense(why()),
            Trouble::Wavered(why()),
        ] {
            let answer = Err(trouble);
            let (mark, body) = sent(&answer);
            assert_eq!(understood(mark, body).map(<[u8]>::to_vec), answer);
        }
        assert_eq!(understood(ANSWER, b"{}"), Ok(&b"{}"[..]));
        assert!(matches!(understood(9, b""), Err(Trouble::Nonsense(_))));
    }
}
