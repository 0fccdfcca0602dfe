//! A terminal that several write to at once: lines that stay, and at the foot either rows that
//! are drawn again or a question that waits for its answer.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The terminal; its clones are the same one.
#[derive(Clone)]
pub struct Screen(Arc<Mutex<Sheet>>);

/// What is on it.
struct Sheet {
    out: Box<dyn Write + Send>,
    /// The rows at its foot.
    rows: Vec<String>,
    /// The question at its foot; while there is one there are no rows.
    question: Option<String>,
}

/// A question that is open. Dropped before it is answered, it is withdrawn.
#[must_use]
pub struct Question<'s>(&'s Screen);

impl Screen {
    /// An empty one on this writer.
    pub fn new(out: Box<dyn Write + Send>) -> Screen {
        Screen(Arc::new(Mutex::new(Sheet {
            out,
            rows: Vec::new(),
            question: None,
        })))
    }

    /// Writes whole lines that stay, above whatever is at the foot.
    ///
    /// # Errors
    /// A writer that takes no more.
    pub fn tell(&self, text: &str) -> io::Result<()> {
        self.sheet().tell(text)
    }

    /// Draws these rows at the foot in place of those there.
    ///
    /// # Errors
    /// As [`Screen::tell`].
    pub fn draw(&self, rows: Vec<String>) -> io::Result<()> {
        self.sheet().draw(rows)
    }

    /// Asks, at the foot, in place of the rows.
    ///
    /// # Errors
    /// As [`Screen::tell`].
    pub fn ask(&self, question: &str) -> io::Result<Question<'_>> {
        self.sheet().ask(question)?;
        Ok(Question(self))
    }

    fn sheet(&self) -> MutexGuard<'_, Sheet> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// For those who write lines and know of no screen.
impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.tell(&String::from_utf8_lossy(bytes))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Question<'_> {
    /// Whoever answered has ended its line.
    pub fn answered(self) {
        self.0.sheet().question = None;
    }
}

impl Drop for Question<'_> {
    fn drop(&mut self) {
        let mut sheet = self.0.sheet();
        if sheet.question.take().is_some() {
            // Where it cannot be written, there is no line to end.
            let _ = sheet.write("\n");
        }
    }
}

impl Sheet {
    fn tell(&mut self, text: &str) -> io::Result<()> {
        let foot = match &self.question {
            Some(question) => question.clone(),
            None => self.rows.iter().map(|row| format!("{row}\n")).collect(),
        };
        let text = self.lift() + text + &foot;
        self.write(&text)
    }

    fn ask(&mut self, question: &str) -> io::Result<()> {
        let text = self.lift() + question;
        self.rows.clear();
        self.question = Some(question.to_owned());
        self.write(&text)
    }

    /// Each row is written over the one before it, so that nothing flickers.
    fn draw(&mut self, rows: Vec<String>) -> io::Result<()> {
        if self.question.is_some() || rows == self.rows {
            return Ok(());
        }
        let mut text = self.up();
        for row in &rows {
            text.push_str(&format!("\u{1b}[2K{row}\n"));
        }
        text.push_str("\u{1b}[0J");
        self.rows = rows;
        self.write(&text)
    }

    /// To the place of the foot, with nothing below.
    fn lift(&self) -> String {
        match (&self.question, self.rows.len()) {
            (Some(_), _) => "\n".to_owned(),
            (None, 0) => String::new(),
            _ => self.up() + "\u{1b}[0J",
        }
    }

    fn up(&self) -> String {
        match self.rows.len() {
            0 => String::new(),
            rows => format!("\u{1b}[{rows}A\r"),
        }
    }

    fn write(&mut self, text: &str) -> io::Result<()> {
        self.out.write_all(text.as_bytes())?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use crate::tests::paper::Paper;

    #[test]
    fn lines_stay_above_rows_and_leave_nothing_of_them() {
        let (paper, screen) = Paper::screen();
        screen.draw(vec!["one".into(), "two".into()]).unwrap();
        screen.tell("a long line\n").unwrap();
        let wanted =
            "\u{1b}[2Kone\n\u{1b}[2Ktwo\n\u{1b}[0J\u{1b}[2A\r\u{1b}[0Ja long line\none\ntwo\n";
        assert_eq!(paper.text(), wanted);
    }

    #[test]
    fn a_question_stays_at_the_foot_until_it_is_answered() {
        let (paper, screen) = Paper::screen();
        screen.draw(vec!["row".into()]).unwrap();
        let question = screen.ask("go on? ").unwrap();
        screen.draw(vec!["other row".into()]).unwrap();
        screen.tell("b failed\n").unwrap();
        let all = paper.text();
        assert!(
            all.ends_with("\u{1b}[1A\r\u{1b}[0Jgo on? \nb failed\ngo on? "),
            "{all:?}"
        );
        question.answered();
        screen.draw(vec!["row".into()]).unwrap();
        assert!(paper.text().ends_with("go on? \u{1b}[2Krow\n\u{1b}[0J"));
    }

    #[test]
    fn a_question_that_is_withdrawn_ends_its_line() {
        let (paper, screen) = Paper::screen();
        drop(screen.ask("go on? ").unwrap());
        screen.tell("cancel\n").unwrap();
        assert_eq!(paper.text(), "go on? \ncancel\n");
    }
}
