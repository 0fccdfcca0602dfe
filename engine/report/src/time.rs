//! Times and lengths of time as reports show them.

use std::time::Duration;

use runsheet_step::{Moment, duration};

/// The time of day: `08:05:00`.
#[must_use]
pub fn clock(at: Moment) -> String {
    let [.., hour, minute, second] = at.civil();
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// A length of time in whole seconds, unless it is shorter than one.
#[must_use]
pub fn span(span: Duration) -> String {
    match span.as_secs() {
        0 => duration::show(span),
        seconds => duration::show(Duration::from_secs(seconds)),
    }
}

#[cfg(test)]
mod tests {
    use super::span;
    use std::time::Duration;

    #[test]
    fn milliseconds_are_shown_only_where_there_is_nothing_else() {
        assert_eq!(span(Duration::from_millis(90_004)), "1m30s");
        assert_eq!(span(Duration::from_millis(40)), "40ms");
    }
}
