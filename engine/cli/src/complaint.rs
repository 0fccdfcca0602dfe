//! What keeps a command from doing its work, where no line of a file is to blame: place, reason,
//! remedy.

use std::io;
use std::path::{Path, PathBuf};

use runsheet_lab::disk::Trouble;
use runsheet_report::look::{Look, Tone, drawn};

use crate::console::Console;
use crate::exit::Exit;

/// What is wrong.
#[derive(Debug)]
pub(crate) struct Complaint {
    /// The file or folder it is about, where the message does not say so.
    place: Option<PathBuf>,
    message: String,
    help: Option<String>,
    exit: Exit,
    /// Whether everything has been told already.
    is_told: bool,
}

impl Complaint {
    /// The place and the reason.
    pub(crate) fn new(message: impl Into<String>) -> Complaint {
        Complaint {
            place: None,
            message: message.into(),
            help: None,
            exit: Exit::Failed,
            is_told: false,
        }
    }

    /// Diagnostics have said it all.
    pub(crate) fn told() -> Complaint {
        Complaint {
            is_told: true,
            ..Complaint::new("")
        }
    }

    /// Somebody wants nothing to be done; that is no error.
    pub(crate) fn cancelled() -> Complaint {
        Complaint {
            exit: Exit::Cancelled,
            ..Complaint::new("nothing was done")
        }
    }

    /// The file or folder it is about; shown from the current folder.
    #[must_use]
    pub(crate) fn at(mut self, place: &Path) -> Complaint {
        self.place = Some(place.to_owned());
        self
    }

    /// The remedy.
    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Complaint {
        self.help = Some(help.into());
        self
    }

    /// The remedy in other words, if there is one.
    #[must_use]
    pub(crate) fn advised(mut self, words: impl FnOnce(&str) -> String) -> Complaint {
        self.help = self.help.as_deref().map(words);
        self
    }

    /// Ends with another code.
    #[must_use]
    pub(crate) fn exit(mut self, exit: Exit) -> Complaint {
        self.exit = exit;
        self
    }

    /// Tells it, and how the program ends with it.
    pub(crate) fn tell(self, console: &Console) -> Exit {
        if self.exit == Exit::Cancelled {
            console.note(&self.message);
        } else if !self.is_told {
            let message = match &self.place {
                Some(place) => format!("{}: {}", console.shown(place), self.message),
                None => self.message,
            };
            console.say(&text(&message, self.help.as_deref(), console.talk_look()));
        }
        self.exit
    }
}

/// How it is told: the reason, and the remedy.
pub(crate) fn text(message: &str, help: Option<&str>, look: Look) -> String {
    let mut text = format!("{}: {message}\n", look.paint(Tone::Bad, "error"));
    if let Some(help) = help {
        text.push_str(&format!("{}: {help}\n", look.paint(Tone::Warm, " help")));
    }
    drawn(&text)
}

impl From<Trouble> for Complaint {
    fn from(trouble: Trouble) -> Complaint {
        let Trouble {
            path,
            reason,
            remedy,
        } = trouble;
        let complaint = Complaint::new(reason).at(&path);
        if remedy.is_empty() {
            complaint
        } else {
            complaint.help(remedy)
        }
    }
}

impl From<io::Error> for Complaint {
    fn from(error: io::Error) -> Complaint {
        Complaint::new(format!("could not write: {error}"))
    }
}

impl From<serde_json::Error> for Complaint {
    fn from(error: serde_json::Error) -> Complaint {
        Complaint::new(format!("could not write JSON: {error}"))
    }
}
