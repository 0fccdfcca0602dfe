//! What a child prints: lines for the log, and the last words of one that dies.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read};
use std::process::ChildStderr;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use tracing::dispatcher;

/// How much a child may print in its life, in bytes. Then nobody reads on.
const FLOOD: u64 = 16 << 20;

/// The longest line, in bytes; a longer one is taken for several.
const LONGEST_LINE: u64 = 4096;

/// How many lines are last words, and how many characters they have together.
const LAST: usize = 3;
const LONGEST_LAST: usize = 400;

/// How long a child that is dead may still be heard.
const ECHO: Duration = Duration::from_millis(500);

pub(crate) struct Words {
    last: Arc<Mutex<VecDeque<String>>>,
    over: Receiver<()>,
}

impl Words {
    /// Listens until nothing more comes.
    pub(crate) fn of(printed: Option<ChildStderr>) -> Words {
        let last = Arc::new(Mutex::new(VecDeque::new()));
        let (at_end, over) = channel::<()>();
        // A log may be that of one thread alone.
        let log = dispatcher::get_default(Clone::clone);
        if let Some(printed) = printed {
            let last = last.clone();
            let listen = move || {
                dispatcher::with_default(&log, || hear(printed, &last));
                drop(at_end);
            };
            // Without it nobody listens; the plugin itself is none the worse for it.
            let _ = thread::Builder::new()
                .name("plugin-words".to_owned())
                .spawn(listen);
        }
        Words { last, over }
    }

    /// The last words of a child that is gone.
    pub(crate) fn last(&self) -> Option<String> {
        let _ = self.over.recv_timeout(ECHO);
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let lines: Vec<&str> = last.iter().map(String::as_str).collect();
        let words: String = lines.join(" / ").chars().take(LONGEST_LAST).collect();
        Some(words).filter(|words| !words.is_empty())
    }
}

fn hear(printed: impl Read, last: &Mutex<VecDeque<String>>) {
    let mut printed = BufReader::new(printed.take(FLOOD));
    let mut line = Vec::new();
    loop {
        line.clear();
        match (&mut printed)
            .take(LONGEST_LINE)
            .read_until(b'\n', &mut line)
        {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
        match logged(&line) {
            Some((level, line)) => crate::library::told(level, &shown(line)),
            None => {
                let line = shown(&line);
                tracing::debug!(target: "plugin", "{line}");
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if !line.is_empty() {
                    if last.len() == LAST {
                        last.pop_front();
                    }
                    last.push_back(line);
                }
            }
        }
    }
}

/// A line of the log begins with its level, as [`crate::serve`] writes it.
fn logged(line: &[u8]) -> Option<(i32, &[u8])> {
    match line {
        [b'<', level @ b'1'..=b'4', b'>', line @ ..] => Some((i32::from(level - b'0'), line)),
        _ => None,
    }
}

/// A line without what a terminal would take for commands.
fn shown(line: &[u8]) -> String {
    let line = String::from_utf8_lossy(line);
    let plain = line.chars().filter(|character| !character.is_control());
    plain.collect::<String>().trim().to_owned()
}
