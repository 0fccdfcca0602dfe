//! Dates and times as logs and events print them, and as people write them.

pub mod long;

use std::fmt;
use std::ops::RangeInclusive;

use runsheet_step::Moment;

/// `MM/DD/YY` and `HH:MM`, as events of the MTA print them (Q133401).
#[must_use]
pub fn event_stamp(at: Moment) -> (String, String) {
    let stamp = Stamp::of(at).to_the_minute();
    (stamp.date.to_string(), stamp.time.to_string())
}

/// Reads `YYYY-MM-DD HH:MM`, with or without seconds, as UTC.
#[must_use]
pub fn parse(text: &str) -> Option<Moment> {
    let (date, time) = text.trim().split_once([' ', 'T'])?;
    let date: Vec<i64> = numbers(date, '-')?;
    let time: Vec<i64> = numbers(time, ':')?;
    let ([year, month, day], [hour, minute, ..]) = (date.as_slice(), time.as_slice()) else {
        return None;
    };
    let second = time.get(2).copied().unwrap_or(0);
    let seconds = days_before(*year, *month, *day) * 86_400 + hour * 3600 + minute * 60 + second;
    let moment = Moment(seconds * 1000);
    let given = [*year, *month, *day, *hour, *minute, second];
    (moment.civil() == given).then_some(moment)
}

/// A number with as many digits as it was printed with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Digits {
    value: u16,
    width: u8,
}

impl Digits {
    fn parse(text: &str, widths: RangeInclusive<usize>) -> Option<Self> {
        let digits = text.bytes().all(|it| it.is_ascii_digit());
        (digits && widths.contains(&text.len())).then_some(())?;
        let value = text.parse().ok()?;
        let width = u8::try_from(text.len()).ok()?;
        Some(Self { value, width })
    }

    fn two(value: i64) -> Self {
        let value = u16::try_from(value).unwrap_or(0);
        Self { value, width: 2 }
    }
}

impl fmt::Display for Digits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:0width$}", self.value, width = usize::from(self.width))
    }
}

/// A date as logs print it: month, day, year; `03/22/94`, `3/23/93`, `06-01-93`.
///
/// Years have two digits, or three where a tool counts on from 1900: `01/01/100` is 1 January 2000
/// (Q192158). Screens print that year as `10` (Q191886).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    parts: [Digits; 3],
    between: char,
}

impl Date {
    /// Reads a date; `None` if there is no such day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let between = text.chars().find(|it| !it.is_ascii_digit())?;
        ['/', '-'].contains(&between).then_some(())?;
        let mut parts = text.split(between);
        let month = Digits::parse(parts.next()?, 1..=2)?;
        let day = Digits::parse(parts.next()?, 1..=2)?;
        let year = Digits::parse(parts.next()?, 2..=3)?;
        let date = Self {
            parts: [month, day, year],
            between,
        };
        let real = is_day(date.year(), month.value, day.value) && parts.next().is_none();
        (real && (year.width == 2 || year.value >= 100)).then_some(date)
    }

    /// The year: two digits from 80 on are of the twentieth century, three digits count from 1900.
    #[must_use]
    pub fn year(&self) -> u16 {
        let year = self.parts[2];
        match (year.width, year.value) {
            (2, 0..80) => 2000 + year.value,
            _ => 1900 + year.value,
        }
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [month, day, year] = self.parts;
        let between = self.between;
        write!(f, "{month}{between}{day}{between}{year}")
    }
}

/// Whether a text is a date of any country's order: `5/22/97`, `31/12/96`.
#[must_use]
pub fn is_date_of_any_country(text: &str) -> bool {
    let swapped = text.split_once('/').and_then(|(first, rest)| {
        let (second, year) = rest.split_once('/')?;
        Date::parse(&format!("{second}/{first}/{year}"))
    });
    Date::parse(text).is_some() || swapped.is_some()
}

/// A time of day as logs print it, with seconds or without (Q148705).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    hour: Digits,
    minute: Digits,
    second: Option<Digits>,
}

impl Time {
    /// Reads a time; `None` if a day has no such one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(':');
        let hour = Digits::parse(parts.next()?, 1..=2)?;
        let minute = Digits::parse(parts.next()?, 2..=2)?;
        let second = match parts.next() {
            Some(second) => Some(Digits::parse(second, 2..=2)?),
            None => None,
        };
        let whole = hour.value < 24 && minute.value < 60 && parts.next().is_none();
        let whole = whole && second.is_none_or(|second| second.value < 60);
        whole.then_some(Self {
            hour,
            minute,
            second,
        })
    }
}

impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.hour, self.minute)?;
        self.second.map_or(Ok(()), |second| write!(f, ":{second}"))
    }
}

/// Date and time as the lines of a log begin, as they were printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Time,
}

impl Stamp {
    /// The stamp of a moment, to the second, as DIRSYNC.LOG has it (Q149271).
    #[must_use]
    pub fn of(at: Moment) -> Self {
        let [year, month, day, hour, minute, second] = at.civil();
        let date = Date {
            parts: [month, day, year % 100].map(Digits::two),
            between: '/',
        };
        let [hour, minute, second] = [hour, minute, second].map(Digits::two);
        let time = Time {
            hour,
            minute,
            second: Some(second),
        };
        Self { date, time }
    }

    /// The stamp as tools of before the year-2000 updates print it: from 2000 on the years have
    /// three digits, `01/01/100` (Q192158).
    #[must_use]
    pub fn unpatched(at: Moment) -> Self {
        let mut stamp = Self::of(at);
        let year = u16::try_from(at.civil()[0] - 1900).unwrap_or(0);
        if year >= 100 {
            let width = 3;
            stamp.date.parts[2] = Digits { value: year, width };
        }
        stamp
    }

    /// The stamp as such tools show it on the screen: the year keeps two digits of its three, so
    /// that 2000 is `10` (Q191886 to Q191889).
    #[must_use]
    pub fn on_screen(at: Moment) -> Self {
        let mut stamp = Self::unpatched(at);
        let year = &mut stamp.date.parts[2];
        if year.width == 3 {
            let value = year.value / 10;
            *year = Digits { value, width: 2 };
        }
        stamp
    }

    /// The same without seconds (Q148705).
    #[must_use]
    pub fn to_the_minute(mut self) -> Self {
        self.time.second = None;
        self
    }

    /// The same with hyphens in the date, as SESSION.LOG has it (Q100826).
    #[must_use]
    pub fn hyphenated(mut self) -> Self {
        self.date.between = '-';
        self
    }

    /// Reads the stamp a text begins with; gives what comes after it.
    #[must_use]
    pub fn begin(text: &str) -> Option<(Self, &str)> {
        let (date, rest) = text.trim_start().split_once([' ', '\t'])?;
        let rest = rest.trim_start();
        let (time, rest) = rest.split_at(rest.find([' ', '\t']).unwrap_or(rest.len()));
        let date = Date::parse(date)?;
        let time = Time::parse(time)?;
        Some((Self { date, time }, rest.trim_start()))
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.date, self.time)
    }
}

/// Whether the calendar has this day.
fn is_day(year: u16, month: u16, day: u16) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u16::from(leap),
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn numbers(text: &str, between: char) -> Option<Vec<i64>> {
    text.split(between).map(|part| part.parse().ok()).collect()
}

/// Days from 1970-01-01 to a date of the Gregorian calendar; years begin in March, so that leap
/// days come last.
fn days_before(year: i64, month: i64, day: i64) -> i64 {
    let year = year - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 29 January 1998, 08:00.
    const DAY: Moment = Moment(886_060_800_000);

    #[test]
    fn a_moment_is_stamped_to_the_second_in_logs_and_to_the_minute_in_events() {
        assert_eq!(Stamp::of(DAY).to_string(), "01/29/98 08:00:00");
        assert_eq!(event_stamp(DAY), ("01/29/98".into(), "08:00".into()));
    }

    #[test]
    fn stamps_are_printed_as_they_were_read() {
        for text in [
            "03/22/94 15:43:25",
            "3/23/93 11:05:03",
            "02/02/96 13:18",
            "01/01/100 10:50:31",
            "06-01-93 09:58",
        ] {
            let (stamp, rest) = Stamp::begin(text).unwrap();
            assert_eq!((stamp.to_string().as_str(), rest), (text, ""));
        }
        for wrong in [
            "02/30/94 15:43:25",
            "03/22/94 24:00",
            "03/22/94",
            "13/01/94 1:00",
        ] {
            assert_eq!(Stamp::begin(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn an_unpatched_tool_counts_years_on_from_1900() {
        let new_year = parse("2000-01-01 10:50:31").unwrap();
        assert_eq!(Stamp::unpatched(new_year).to_string(), "01/01/100 10:50:31");
        assert_eq!(Stamp::of(new_year).to_string(), "01/01/00 10:50:31");
        assert_eq!(Stamp::on_screen(new_year).to_string(), "01/01/10 10:50:31");
        assert_eq!(Stamp::unpatched(DAY), Stamp::of(DAY));
        let (stamp, _) = Stamp::begin("01/01/100 10:50").unwrap();
        assert_eq!(stamp.date.year(), 2000);
    }

    #[test]
    fn a_date_is_read_if_there_is_such_a_day() {
        assert_eq!(parse("1998-01-29 08:00"), Some(DAY));
        let leap = parse("2000-02-29T23:59:59").unwrap();
        assert_eq!(Stamp::of(leap).to_string(), "02/29/00 23:59:59");
        for wrong in [
            "1998-02-29 08:00",
            "1998-01-29",
            "1998-01-29 24:00",
            "soon or later",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
