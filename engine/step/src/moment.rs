//! A point in a site's time. Sites have clocks of their own: the lab's is never the machine's.

use std::fmt;
use std::time::Duration;

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01 00:00:00 UTC on the clock of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// What a plan says of something that will happen in the run: later than all it has read.
    pub const LATER: Moment = Moment(i64::MAX);

    /// This moment and so much more; [`Moment::LATER`] stays what it is.
    #[must_use]
    pub fn after(self, span: Duration) -> Moment {
        let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        Moment(self.0.saturating_add(millis))
    }

    /// This moment and so much less; [`Moment::LATER`] stays what it is.
    #[must_use]
    pub fn before(self, span: Duration) -> Moment {
        if self == Moment::LATER {
            return self;
        }
        let millis = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        Moment(self.0.saturating_sub(millis))
    }

    /// How long from `earlier` to this; zero if it is not earlier.
    #[must_use]
    pub fn since(self, earlier: Moment) -> Duration {
        let millis = self.0.saturating_sub(earlier.0);
        Duration::from_millis(u64::try_from(millis).unwrap_or(0))
    }

    /// The calendar date and time of day in UTC: year, month, day, hour, minute, second.
    #[must_use]
    pub fn civil(self) -> [i64; 6] {
        let seconds = self.0.div_euclid(1000);
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        let [year, month, day] = civil_from_days(days);
        [year, month, day, rest / 3600, rest / 60 % 60, rest % 60]
    }
}

impl fmt::Display for Moment {
    /// `1998-01-29 08:00:00`, in UTC.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Moment::LATER {
            return out.write_str("(at run time)");
        }
        let [year, month, day, hour, minute, second] = self.civil();
        write!(
            out,
            "{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
        )
    }
}

/// Days since 1970-01-01 to a date of the Gregorian calendar: years are counted from March, so
/// that the leap day comes last, in eras of 400 years.
fn civil_from_days(days: i64) -> [i64; 3] {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    [year, month, day]
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn a_moment_reads_as_a_date() {
        assert_eq!(Moment(0).to_string(), "1970-01-01 00:00:00");
        assert_eq!(Moment(886_060_800_000).to_string(), "1998-01-29 08:00:00");
        assert_eq!(Moment(951_782_399_000).to_string(), "2000-02-28 23:59:59");
        assert_eq!(Moment(951_868_800_000).to_string(), "2000-03-01 00:00:00");
        assert_eq!(Moment(-1000).to_string(), "1969-12-31 23:59:59");
    }
}
