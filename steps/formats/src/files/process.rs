//! PROCESS.GLB: when DISPATCH runs T1, T2 and T3 (Q77926, Q96060, Q118621).
//!
//! 512 bytes, and 197 more with each record: one for every task on every day of the week it runs.
//! Reset, the file is 512 zeros (Q119111).

use super::block::{Block, rows};
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;

/// The whole file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Process {
    /// How many seconds late a task may still be run: 28,800, or 14,400 of ADMIN 3.0 (Q148718).
    /// 0 in a file that was reset.
    pub run_window: u32,
    /// The schedule.
    pub tasks: Vec<Scheduled>,
}

/// A task on one day of the week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scheduled {
    /// Which task.
    pub task: Task,
    /// The day, from 0 for Sunday.
    pub weekday: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
    /// When it runs next, in seconds since 1970; after a run, a week later (Q96060).
    pub next: u32,
    /// When it last ran.
    pub last: u32,
    /// What is run: `NSDA -RT`.
    pub command: Text<80>,
    /// The directory it is run from; empty for DISPATCH's own.
    pub directory: Text<80>,
}

/// The parts of a cycle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Task {
    /// Requestors send.
    T1 = 1,
    /// The server receives and replies.
    T2 = 2,
    /// Requestors receive.
    T3 = 3,
}

/// The first 512 bytes.
#[derive(Debug)]
struct Head {
    run_window: u32,
    records: u32,
}

impl Process {
    /// The bytes of the file.
    #[must_use]
    pub fn encode(&self) -> Vec<u8> {
        let head = Head {
            run_window: self.run_window,
            records: u32::try_from(self.tasks.len()).unwrap_or(u32::MAX),
        };
        let mut bytes = head.encode();
        bytes.extend(rows::encode(&self.tasks));
        bytes
    }

    /// Reads the file.
    ///
    /// # Errors
    /// The first place that is not as it should be.
    pub fn decode(bytes: &[u8]) -> Result<Self, Corrupt> {
        let head = Head::decode(&bytes[..bytes.len().min(Head::SIZE)])?;
        let tasks: Vec<Scheduled> = rows::decode(bytes, Head::SIZE)?;
        if tasks.len() != head.records as usize {
            return Err(Corrupt {
                file: Head::FILE,
                offset: 4,
                expected: format!("the number of records that follow: {}", tasks.len()),
            });
        }
        Ok(Self {
            run_window: head.run_window,
            tasks,
        })
    }
}

impl Block for Head {
    const FILE: &'static str = "PROCESS.GLB";
    const SIZE: usize = 512;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.long(self.run_window).long(self.records);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        Ok(Self {
            run_window: from.long()?,
            records: from.long()?,
        })
    }
}

impl Block for Scheduled {
    const FILE: &'static str = "PROCESS.GLB";
    const SIZE: usize = 197;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.byte(self.task as u8).byte(self.weekday);
        into.byte(self.hour).byte(self.minute);
        into.long(self.next).long(self.last);
        into.text(&self.command).text(&self.directory);
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let task = match from.byte()? {
            1 => Task::T1,
            2 => Task::T2,
            3 => Task::T3,
            _ => return Err(from.corrupt_at(0, "1, 2 or 3, for T1, T2 or T3")),
        };
        let [weekday, hour, minute] = [from.byte()?, from.byte()?, from.byte()?];
        if weekday > 6 || hour > 23 || minute > 59 {
            return Err(from.corrupt_at(1, "a day of the week, an hour and a minute"));
        }
        Ok(Self {
            task,
            weekday,
            hour,
            minute,
            next: from.long()?,
            last: from.long()?,
            command: from.text()?,
            directory: from.text()?,
        })
    }
}
