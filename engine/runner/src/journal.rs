//! The journal of a run: an append-only file of checked lines, synced before anything acts whose
//! effects outlast the process.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use runsheet_record::event::Event;
use runsheet_record::line::{self, BadLine};

/// Where events are kept.
pub trait Journal {
    /// One more event. It may still be lost until [`Journal::sync`] returns.
    ///
    /// # Errors
    /// A disk that is full, gone or read-only; nothing may act after that.
    fn append(&mut self, event: &Event) -> io::Result<()>;

    /// All events so far outlast this process, though perhaps not the machine.
    ///
    /// # Errors
    /// As [`Journal::append`].
    fn hand_over(&mut self) -> io::Result<()>;

    /// All events so far are safe.
    ///
    /// # Errors
    /// As [`Journal::append`].
    fn sync(&mut self) -> io::Result<()>;
}

/// A journal in a file.
pub struct FileJournal {
    file: File,
    path: PathBuf,
    pending: Vec<u8>,
}

impl FileJournal {
    /// A new journal. The folder is synced too, so that the file is found after a crash.
    ///
    /// # Errors
    /// A folder that cannot be written, or a journal that is there already.
    pub fn create(path: &Path) -> io::Result<FileJournal> {
        let mut options = OpenOptions::new();
        options.append(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        let mut journal = FileJournal {
            file,
            path: path.to_owned(),
            pending: Vec::new(),
        };
        journal.pending.extend(line::header().bytes());
        journal.sync()?;
        if let Some(folder) = path.parent() {
            File::open(folder)?.sync_all()?;
        }
        Ok(journal)
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.write_all(&self.pending)?;
        self.pending.clear();
        Ok(())
    }
}

/// How much is written at a time when nothing needs to be safe.
const BATCH: usize = 64 * 1024;

impl Journal for FileJournal {
    fn append(&mut self, event: &Event) -> io::Result<()> {
        let line = line::write(event).map_err(|bad| io::Error::other(bad.to_string()))?;
        self.pending.extend(line.bytes());
        if self.pending.len() > BATCH {
            self.flush()
        } else {
            Ok(())
        }
    }

    fn hand_over(&mut self) -> io::Result<()> {
        self.flush()
    }

    fn sync(&mut self) -> io::Result<()> {
        self.flush()?;
        self.file.sync_data()
    }
}

impl Drop for FileJournal {
    fn drop(&mut self) {
        // Reads and answers ride along; whoever needs them safe has synced.
        let _ = self.flush();
    }
}

/// A journal that keeps nothing, for runs that nobody asks about later.
pub struct NoJournal;

impl Journal for NoJournal {
    fn append(&mut self, _: &Event) -> io::Result<()> {
        Ok(())
    }

    fn hand_over(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a journal holds.
#[derive(Debug)]
pub struct Recorded {
    /// Its events, in order.
    pub events: Vec<Event>,
    /// The line from which on it cannot be read, counted from 1, and why: a crash may leave a
    /// torn last line.
    pub torn: Option<(usize, BadLine)>,
}

/// Reads a journal as far as it is whole.
///
/// # Errors
/// A file that cannot be read, or that is no journal of a version this program knows.
pub fn read(path: &Path) -> io::Result<Recorded> {
    let mut bytes = Vec::new();
    File::open(path)?.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let mut lines = text.split_inclusive('\n').enumerate();
    let header = lines.next().map_or("", |(_, line)| line);
    line::check_header(header).map_err(|bad| {
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{}: {bad}", path.display()),
        )
    })?;
    let mut events = Vec::new();
    for (number, text) in lines {
        match line::event(text) {
            Ok(event) => events.push(event),
            Err(bad) => {
                return Ok(Recorded {
                    events,
                    torn: Some((number + 1, bad)),
                });
            }
        }
    }
    Ok(Recorded { events, torn: None })
}

#[cfg(test)]
mod tests {
    use super::{FileJournal, Journal, read};
    use runsheet_record::event::{Event, What};
    use runsheet_step::Moment;

    #[test]
    fn a_torn_tail_is_cut_and_told() {
        let folder = std::env::temp_dir().join(format!("runsheet-journal-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder of our own");
        let path = folder.join("journal.jsonl");
        let event = Event {
            at: Moment(1),
            what: What::CancelRequested,
        };
        let mut journal = FileJournal::create(&path).expect("a new file");
        journal.append(&event).expect("room");
        journal.append(&event).expect("room");
        journal.sync().expect("synced");
        drop(journal);
        let whole = std::fs::read(&path).expect("it is there");
        assert!(
            FileJournal::create(&path).is_err(),
            "it is never overwritten"
        );
        std::fs::write(&path, &whole[..whole.len() - 5]).expect("torn");
        let recorded = read(&path).expect("the rest is whole");
        assert_eq!(recorded.events, [event]);
        assert_eq!(recorded.torn.map(|(line, _)| line), Some(3));
        std::fs::remove_dir_all(&folder).expect("gone again");
    }
}
