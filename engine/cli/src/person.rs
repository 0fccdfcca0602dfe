//! The person at the terminal. Questions are asked one at a time, and while an answer is awaited
//! everything else goes on.

mod echo;

use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex, PoisonError};

use runsheet_report::look::drawn;
use runsheet_report::screen::Screen;
use tokio::sync::oneshot;

use crate::disk;

/// What is typed, shared with the thread that reads it.
type Input = Arc<Mutex<Box<dyn BufRead + Send>>>;

/// A line that is being typed; nothing at the end of the input.
type Coming = oneshot::Receiver<io::Result<Option<String>>>;

/// The person.
pub(crate) struct Person {
    input: Input,
    screen: Screen,
    is_there: bool,
    /// The line that somebody waited for and waits for no more: it answers the next question.
    coming: tokio::sync::Mutex<Option<Coming>>,
    turn: tokio::sync::Mutex<()>,
}

impl Person {
    pub(crate) fn new(input: Box<dyn BufRead + Send>, screen: Screen, is_there: bool) -> Person {
        Person {
            input: Arc::new(Mutex::new(input)),
            screen,
            is_there,
            coming: tokio::sync::Mutex::new(None),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// Whether anybody is there.
    pub(crate) fn is_there(&self) -> bool {
        self.is_there
    }

    /// So that a question of several lines is not mixed with another.
    pub(crate) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// The line typed to a question; nothing at the end of the input.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub(crate) async fn ask(&self, question: &str) -> io::Result<Option<String>> {
        let mut coming = self.coming.lock().await;
        let open = self.screen.ask(&drawn(question))?;
        let line = coming.get_or_insert_with(|| self.read());
        let line = line.await.unwrap_or(Ok(None));
        *coming = None;
        if matches!(line, Ok(Some(_))) {
            open.answered();
        }
        line
    }

    /// The next line typed, where the question is on the screen already; nothing at the end of the
    /// input.
    ///
    /// # Errors
    /// A terminal that is gone.
    pub(crate) async fn line(&self) -> io::Result<Option<String>> {
        self.read().await.unwrap_or(Ok(None))
    }

    /// Everything that is typed, to the end of the input.
    ///
    /// # Errors
    /// What is no text, is more of it than any that is read, or cannot be read.
    pub(crate) fn text(&self) -> Result<String, String> {
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        disk::stream(&mut *input)
    }

    /// A line cannot be read asynchronously, so a thread does.
    fn read(&self) -> Coming {
        let (send, coming) = oneshot::channel();
        let input = self.input.clone();
        std::thread::spawn(move || send.send(line(&input)));
        coming
    }

    /// As [`Person::ask`], and what is typed is not shown.
    ///
    /// # Errors
    /// As [`Person::ask`].
    pub(crate) async fn ask_secretly(&self, question: &str) -> io::Result<Option<String>> {
        let echo = echo::off();
        let typed = self.ask(question).await;
        drop(echo);
        self.screen.tell("\n")?;
        typed
    }

    /// Yes or no; anything else is asked again. Nothing at the end of the input.
    ///
    /// # Errors
    /// As [`Person::ask`].
    pub(crate) async fn yes(&self, question: &str) -> io::Result<Option<bool>> {
        loop {
            let Some(answer) = self.ask(&format!("{question} [yes/no] ")).await? else {
                return Ok(None);
            };
            match answer.to_ascii_lowercase().as_str() {
                "y" | "yes" => return Ok(Some(true)),
                "n" | "no" => return Ok(Some(false)),
                _ => self.screen.tell("please type `yes` or `no`\n")?,
            }
        }
    }
}

/// The most bytes a line has: what goes on for ever is nobody's answer.
const LONGEST: u64 = 1 << 16;

fn line(input: &Input) -> io::Result<Option<String>> {
    let mut line = String::new();
    let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
    let read = input.by_ref().take(LONGEST).read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}
