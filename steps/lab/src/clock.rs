//! The lab's own time: when a site opens, and the dates its logs print.

use runsheet_step::Moment;

/// Thursday 29 January 1998, 08:00:00 UTC: the day Q148309 was published.
pub const START: Moment = Moment(886_060_800_000);

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lab_opens_on_the_day_of_q148309() {
        assert_eq!(log_stamp(START), "01/29/98 08:00:00");
        assert_eq!(event_stamp(START), ("01/29/98".into(), "08:00".into()));
    }
}
