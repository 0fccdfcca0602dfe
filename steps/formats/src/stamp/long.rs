//! Dates in full, as LISTDS, LISTQ and DSSCHED print them: `Fri Feb 18 13:11:58 1994` (Q96060).

use runsheet_step::Moment;

use crate::form::Form;

/// The days, as they are printed.
pub const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// Prints a moment.
#[must_use]
pub fn print(at: Moment) -> String {
    let [year, month, day, hour, minute, second] = at.civil();
    let name = |names: &[&'static str], index: i64| {
        usize::try_from(index)
            .ok()
            .and_then(|index| names.get(index).copied())
            .unwrap_or_default()
    };
    // 1 January 1970 was a Thursday.
    let days = super::days_before(year, month, day) + 4;
    let (weekday, month) = (name(&DAYS, days.rem_euclid(7)), name(&MONTHS, month - 1));
    format!("{weekday} {month} {day:02} {hour:02}:{minute:02}:{second:02} {year}")
}

/// Reads a date; `None` if there is no such day, or if it is another day of the week.
#[must_use]
pub fn parse(text: &str) -> Option<Moment> {
    let form = Form("{word} {word} {number} {time} {number}");
    let read = form.read(text)?;
    let [_, month, day, time, year] = read[..] else {
        return None;
    };
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let moment = super::parse(&format!("{year}-{month:02}-{day} {time}"))?;
    let squeezed = crate::log::squeezed(text);
    (print(moment) == squeezed).then_some(moment)
}

/// Whether a text is such a date.
#[must_use]
pub fn is(text: &str) -> bool {
    parse(text).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_the_week_must_be_right() {
        for text in [
            "Fri Feb 18 13:11:58 1994",
            "Thu Apr 07 12:13:52 1994",
            "Sat Dec 23 00:30:00 1995",
        ] {
            assert_eq!(parse(text).map(print).as_deref(), Some(text));
        }
        for wrong in [
            "Thu Feb 18 13:11:58 1994",
            "Fri Feb 18 13:11 1994",
            "Fri Feb 30 13:11:58 1994",
        ] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
