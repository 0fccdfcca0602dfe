//! The person at the terminal. Questions are asked one at a time, and while an answer is awaited
//! everything else goes on.

mod echo;

use std::io::{self, BufRead, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::console::Stream;

/// What is typed, shared with the thread that reads it.
type Input = Arc<Mutex<Box<dyn BufRead + Send>>>;

/// The person.
pub(crate) struct Person {
    input: Input,
    talk: Stream,
    is_there: bool,
    /// Whether something was asked since a screen was last drawn.
    was_asked: AtomicBool,
    turn: tokio::sync::Mutex<()>,
}

impl Person {
    pub(crate) fn new(input: Box<dyn BufRead + Send>, talk: Stream, is_there: bool) -> Person {
        Person {
            input: Arc::new(Mutex::new(input)),
            talk,
            is_there,
            was_asked: AtomicBool::new(false),
            turn: tokio::sync::Mutex::new(()),
        }
    }

    /// Whether anybody is there.
    pub(crate) fn is_there(&self) -> bool {
        self.is_there
    }

    /// Whether something was asked since this was last looked at.
    pub(crate) fn was_asked(&self) -> bool {
        self.was_asked.swap(false, Ordering::Relaxed)
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
        self.show(question)?;
        let (answer, answered) = tokio::sync::oneshot::channel();
        let input = self.input.clone();
        // A line cannot be read asynchronously: the thread is left behind if nobody waits for it.
        std::thread::spawn(move || answer.send(line(&input)));
        answered.await.unwrap_or(Ok(None))
    }

    /// As [`Person::ask`], where there is nothing else to do meanwhile.
    ///
    /// # Errors
    /// As [`Person::ask`].
    pub(crate) fn ask_now(&self, question: &str) -> io::Result<Option<String>> {
        self.show(question)?;
        line(&self.input)
    }

    /// As [`Person::ask_now`], and what is typed is not shown.
    ///
    /// # Errors
    /// As [`Person::ask`].
    pub(crate) fn ask_secretly(&self, question: &str) -> io::Result<Option<String>> {
        self.show(question)?;
        let echo = echo::off();
        let typed = line(&self.input);
        drop(echo);
        self.show("\n")?;
        typed
    }

    /// Yes or no; `no` at the end of the input. Anything else is asked again.
    ///
    /// # Errors
    /// As [`Person::ask`].
    pub(crate) async fn yes(&self, question: &str) -> io::Result<bool> {
        loop {
            let Some(answer) = self.ask(&format!("{question} [yes/no] ")).await? else {
                return Ok(false);
            };
            match answer.to_ascii_lowercase().as_str() {
                "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => self.show("please type `yes` or `no`\n")?,
            }
        }
    }

    fn show(&self, text: &str) -> io::Result<()> {
        self.was_asked.store(true, Ordering::Relaxed);
        let mut talk = self.talk.clone();
        talk.write_all(text.as_bytes())?;
        talk.flush()
    }
}

fn line(input: &Input) -> io::Result<Option<String>> {
    let mut line = String::new();
    let mut input = input.lock().unwrap_or_else(PoisonError::into_inner);
    let read = input.read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim().to_owned()))
}
