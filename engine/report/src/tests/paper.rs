//! What was written, for whoever looks at it afterwards.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use crate::screen::Screen;

#[derive(Clone, Default)]
pub(crate) struct Paper(Arc<Mutex<Vec<u8>>>);

impl Paper {
    /// A paper, and the screen that writes on it.
    pub(crate) fn screen() -> (Paper, Screen) {
        let paper = Paper::default();
        (paper.clone(), Screen::new(Box::new(paper)))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }
}

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
