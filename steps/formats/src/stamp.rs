//! Dates and times as logs and events print them, and as people write them.

use runsheet_step::Moment;

/// `MM/DD/YY HH:MM:SS`, as DIRSYNC.LOG and DSSERVER.LOG begin their lines (Q149271).
#[must_use]
pub fn log_stamp(at: Moment) -> String {
    let [year, month, day, hour, minute, second] = at.civil();
    let year = year % 100;
    format!("{month:02}/{day:02}/{year:02} {hour:02}:{minute:02}:{second:02}")
}

/// `MM/DD/YY` and `HH:MM`, as events of the MTA print them (Q133401).
#[must_use]
pub fn event_stamp(at: Moment) -> (String, String) {
    let [year, month, day, hour, minute, _] = at.civil();
    let year = year % 100;
    (
        format!("{month:02}/{day:02}/{year:02}"),
        format!("{hour:02}:{minute:02}"),
    )
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
        assert_eq!(log_stamp(DAY), "01/29/98 08:00:00");
        assert_eq!(event_stamp(DAY), ("01/29/98".into(), "08:00".into()));
    }

    #[test]
    fn a_date_is_read_if_there_is_such_a_day() {
        assert_eq!(parse("1998-01-29 08:00"), Some(DAY));
        let leap = parse("2000-02-29T23:59:59").unwrap();
        assert_eq!(log_stamp(leap), "02/29/00 23:59:59");
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
