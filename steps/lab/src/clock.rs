//! The lab's own time: when a site opens.

use runsheet_step::Moment;

/// Thursday 29 January 1998, 08:00:00 UTC: the day Q148309 was published.
pub const START: Moment = Moment(886_060_800_000);

#[cfg(test)]
mod tests {
    use super::*;
    use runsheet_formats::stamp;

    #[test]
    fn the_lab_opens_on_the_day_of_q148309() {
        assert_eq!(stamp::Stamp::of(START).to_string(), "01/29/98 08:00:00");
    }
}
