//! PROCESS.GLB: when DISPATCH runs T1, T2 and T3, one record for each on a day of the week
//! (Q96060, Q118621).

use runsheet_formats::files::process::Task;
use runsheet_step::Moment;

/// The file.
pub const PROCESS: &str = r"GLB\PROCESS.GLB";

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// What DISPATCH adds after a run: 604,800 seconds (Q96060).
const WEEK: i64 = 7 * DAY;
/// 1 January 1970 was a Thursday.
const FIRST_WEEKDAY: i64 = 4;

/// The days as DSSCHED prints them, Sunday first.
pub const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

/// When the parts of a cycle are run.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Schedule {
    /// How many seconds late a part may still be run: 28,800, or 14,400 of ADMIN 3.0 (Q148718,
    /// Q119590).
    pub run_window: u32,
    /// The records, in the order they were made.
    pub times: Vec<Time>,
}

/// One part of a cycle on one day of the week.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Time {
    /// Which part: 1, 2 or 3 for T1, T2 and T3.
    pub part: u8,
    /// The day, from 0 for Sunday.
    pub weekday: u8,
    /// Minutes after midnight.
    pub minutes: u16,
    /// When it is run next.
    pub next: Moment,
    /// When it was last run.
    pub last: Option<Moment>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            run_window: 28_800,
            times: Vec::new(),
        }
    }
}

impl Time {
    /// A part of a cycle, to be run for the first time after `now`.
    #[must_use]
    pub fn new(part: Task, weekday: u8, minutes: u16, now: Moment) -> Self {
        let days = now.0.div_euclid(DAY);
        let today = (days + FIRST_WEEKDAY).rem_euclid(7);
        let ahead = (i64::from(weekday) - today).rem_euclid(7);
        let at = (days + ahead) * DAY + i64::from(minutes) * MINUTE;
        let next = if at <= now.0 { at + WEEK } else { at };
        Self {
            part: part as u8,
            weekday,
            minutes,
            next: Moment(next),
            last: None,
        }
    }

    /// Reads `T1 Sat 13:45`.
    #[must_use]
    pub fn parse(line: &str, now: Moment) -> Option<Self> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [part, day, clock] = words.as_slice() else {
            return None;
        };
        let part = match part.to_ascii_uppercase().as_str() {
            "T1" => Task::T1,
            "T2" => Task::T2,
            "T3" => Task::T3,
            _ => return None,
        };
        let weekday = DAYS.iter().position(|it| it.eq_ignore_ascii_case(day))?;
        let (hour, minute) = clock.split_once(':')?;
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let valid = hour < 24 && minute < 60;
        valid.then(|| Self::new(part, weekday as u8, hour * 60 + minute, now))
    }

    /// What DISPATCH runs for it: `-RT`, `-S` or `-RR` of NSDA.
    #[must_use]
    pub fn switch(&self) -> &'static str {
        match self.part {
            1 => "-RT",
            2 => "-S",
            _ => "-RR",
        }
    }

    /// `T1 Sat 13:45`
    #[must_use]
    pub fn line(&self) -> String {
        let day = DAYS[usize::from(self.weekday) % DAYS.len()];
        let (hour, minute) = (self.minutes / 60, self.minutes % 60);
        format!("T{} {day} {hour:02}:{minute:02}", self.part)
    }

    /// It is run again a week later, or so many weeks that this lies ahead.
    pub(crate) fn go_on(&mut self, now: Moment) {
        let behind = (now.0 - self.next.0).max(0) / WEEK;
        self.next = Moment(self.next.0 + (behind + 1) * WEEK);
    }
}

impl Schedule {
    /// Puts the times of a part of the cycle in place of those there were.
    pub fn put(&mut self, part: Task, times: Vec<Time>) {
        self.times.retain(|it| it.part != part as u8);
        self.times.extend(times);
    }

    /// The size of the file: 512 bytes, and 197 for each record (Q77926).
    #[must_use]
    pub fn size(&self) -> u64 {
        512 + 197 * self.times.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;

    #[test]
    fn a_time_is_run_on_its_day_and_a_week_later_again() {
        // The lab opens on a Thursday at 08:00.
        let mut time = Time::parse("T1 Thu 07:59", START).unwrap();
        assert_eq!(time.line(), "T1 Thu 07:59");
        assert_eq!(time.next.0 - START.0, WEEK - MINUTE);
        let friday = Time::parse("t3 fri 08:30", START).unwrap();
        assert_eq!(friday.next.0 - START.0, DAY + 30 * MINUTE);
        time.go_on(time.next);
        assert_eq!(time.next.0 - START.0, 2 * WEEK - MINUTE);
        time.go_on(Moment(START.0 + 9 * WEEK));
        assert_eq!(time.next.0 - START.0, 10 * WEEK - MINUTE);
    }

    #[test]
    fn a_line_that_is_no_time_is_refused() {
        for wrong in [
            "T4 Sat 13:45",
            "T1 Someday 13:45",
            "T1 Sat 24:00",
            "T1 Sat",
            "T1 Sat 1345",
        ] {
            assert_eq!(Time::parse(wrong, START), None, "{wrong}");
        }
    }
}
