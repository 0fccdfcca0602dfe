//! How long EXTERNAL goes on, and the code it then ends with (Q105566).

use std::time::Duration;

use runsheet_formats::stamp;
use runsheet_step::Moment;

use super::PAUSE;
use crate::tools::CommandLine;

/// How many passes there are, and the code after the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Until {
    pub(super) passes: u32,
    pub(super) exit: i32,
}

const BREAK_TIME: i32 = 60;
const BREAK_DATE: i32 = 61;
const BREAK_TIME_AND_DATE: i32 = 62;
const BREAK_AFTER: i32 = 63;
const CYCLES_DONE: i32 = 64;
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Longer than this no run is followed here, whatever it was told.
const LONGEST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

impl Until {
    /// What the switches say; without any, the program goes on for a day, which stands for as long
    /// as nobody ends it, and never for more than a week. Nothing where a time cannot be read.
    pub(super) fn of(line: &CommandLine, now: Moment) -> Option<Self> {
        if line.has('0') {
            return Some(Self {
                passes: 1,
                exit: CYCLES_DONE,
            });
        }
        let given = |kind: char| {
            line.values('b')
                .find_map(|it| it.strip_prefix([kind, kind.to_ascii_uppercase()]))
        };
        let (length, exit) = match (given('r'), given('t'), given('d')) {
            (None, None, None) => (DAY, BREAK_AFTER),
            (Some(length), None, None) => (clock(length)?, BREAK_AFTER),
            (None, Some(time), None) => (ahead(clock(time)?, now), BREAK_TIME),
            (None, None, Some(date)) => (day(date)?.since(now), BREAK_DATE),
            (None, Some(time), Some(date)) => {
                let end = day(date)?.after(clock(time)?);
                (end.since(now), BREAK_TIME_AND_DATE)
            }
            _ => return None,
        };
        let passes = length.min(LONGEST).as_secs() / PAUSE.as_secs();
        let passes = u32::try_from(passes).unwrap_or(u32::MAX).max(1);
        Some(Self { passes, exit })
    }
}

/// `H:MM` as a length of time.
fn clock(text: &str) -> Option<Duration> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let seconds = u64::from(hours) * 3600 + u64::from(minutes) * 60;
    (minutes < 60).then(|| Duration::from_secs(seconds))
}

/// From now to a time of day.
fn ahead(time: Duration, now: Moment) -> Duration {
    let day = DAY.as_millis() as i64;
    let left = (time.as_millis() as i64 - now.0.rem_euclid(day)).rem_euclid(day);
    Duration::from_millis(left as u64)
}

/// `MM/DD/YY`, as its first moment.
fn day(text: &str) -> Option<Moment> {
    let parts: Vec<u32> = text
        .split(['/', '-'])
        .map(|it| it.parse().ok())
        .collect::<Option<_>>()?;
    let [month, day, year] = parts.as_slice() else {
        return None;
    };
    if *year > 99 {
        return None;
    }
    let century = if *year < 80 { 2000 } else { 1900 };
    stamp::parse(&format!("{}-{month:02}-{day:02} 00:00", century + year))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;

    fn until(switches: &[&str]) -> Option<(u32, i32)> {
        let arguments: Vec<String> = switches.iter().map(|it| (*it).to_owned()).collect();
        let until = Until::of(&CommandLine::parse(&arguments), START)?;
        Some((until.passes, until.exit))
    }

    #[test]
    fn each_way_to_end_has_its_code() {
        assert_eq!(until(&["-0"]), Some((1, 64)));
        assert_eq!(until(&["-br0:30"]), Some((30, 63)));
        assert_eq!(until(&["-bt8:10"]), Some((10, 60)));
        assert_eq!(until(&["-bd01/30/98"]), Some((16 * 60, 61)));
        assert_eq!(until(&["-bd01/30/98", "-bt1:00"]), Some((17 * 60, 62)));
        assert_eq!(until(&[]), Some((24 * 60, 63)));
        assert_eq!(until(&["-brsoon"]), None);
    }

    #[test]
    fn no_time_is_too_long_to_be_read() {
        let week = 7 * 24 * 60;
        assert_eq!(until(&["-br60000:00"]), Some((week, 63)));
        assert_eq!(until(&["-bd01/01/79"]), Some((week, 61)));
        for wrong in ["-br18446744073709551615:00", "-bd01/01/4294967295"] {
            assert_eq!(until(&[wrong]), None, "{wrong}");
        }
    }
}
