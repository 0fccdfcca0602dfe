//! When the service runs a cycle by itself: at the start of selected hours, and at no other minute
//! (Q156063, Q180297).

use std::collections::BTreeSet;
use std::time::Duration;

use runsheet_step::Moment;

use super::super::ExchangeId;
use crate::lab::{Due, Lab};

const HOUR: i64 = 60 * 60 * 1000;

/// Hours of the day, 0 to 23; none where the schedule says never.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Hours(BTreeSet<u8>);

impl Hours {
    /// Reads `Never`, `Always`, or hours such as `2, 14`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_ascii_lowercase().as_str() {
            "never" | "" => Some(Self::default()),
            "always" => Some(Self((0..24).collect())),
            hours => {
                let hours = hours.split(',').map(|it| it.trim().parse().ok());
                let hours = hours.map(|it| it.filter(|hour| *hour < 24));
                hours.collect::<Option<_>>().map(Self)
            }
        }
    }

    /// What [`Hours::parse`] reads.
    #[must_use]
    pub fn text(&self) -> String {
        match self.0.len() {
            0 => "Never".to_owned(),
            24 => "Always".to_owned(),
            _ => {
                let hours: Vec<_> = self.0.iter().map(u8::to_string).collect();
                hours.join(", ")
            }
        }
    }

    /// The next start of a selected hour after a moment.
    fn after(&self, now: Moment) -> Option<Moment> {
        let hour = now.0.div_euclid(HOUR);
        let next = (1..=24).map(|ahead| hour + ahead);
        let mut selected = next.filter(|it| {
            let of_day = u8::try_from(it.rem_euclid(24)).unwrap_or(0);
            self.0.contains(&of_day)
        });
        selected.next().map(|it| Moment(it * HOUR))
    }
}

impl Lab {
    /// Arms the next selected hour, and no other.
    pub(crate) fn look_at_hours(&mut self, exchange: ExchangeId) {
        self.forget(|due| *due == Due::Hour(exchange));
        let now = self.now();
        if let Some(next) = self.exchanges[exchange].dx.hours.after(now) {
            self.schedule(
                next.since(now).max(Duration::from_millis(1)),
                Due::Hour(exchange),
            );
        }
    }

    /// A selected hour begins.
    pub(crate) fn hour(&mut self, exchange: ExchangeId) {
        self.dx_cycle(exchange);
        self.look_at_hours(exchange);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;

    #[test]
    fn hours_are_read_and_said() {
        for text in ["Never", "Always", "2, 14"] {
            assert_eq!(Hours::parse(text).unwrap().text(), text);
        }
        assert_eq!(Hours::parse("24"), None);
        assert_eq!(Hours::parse("noon"), None);
    }

    #[test]
    fn the_next_hour_may_be_tomorrow() {
        let hours = Hours::parse("8, 10").unwrap();
        let ten = START.after(Duration::from_secs(2 * 60 * 60));
        assert_eq!(hours.after(START), Some(ten));
        let tomorrow = START.after(Duration::from_secs(24 * 60 * 60));
        assert_eq!(hours.after(ten), Some(tomorrow));
        assert_eq!(Hours::default().after(START), None);
    }
}
