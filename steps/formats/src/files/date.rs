//! Dates in files: seconds since 1970, and 0 for never.

use runsheet_step::Moment;

/// The seconds of a moment; what came before 1970 or comes after 2105 is cut to these.
#[must_use]
pub fn seconds(at: Moment) -> u32 {
    let seconds = at.0.div_euclid(1000);
    u32::try_from(seconds.clamp(1, i64::from(u32::MAX))).unwrap_or(u32::MAX)
}

/// The moment of these seconds; none for never.
#[must_use]
pub fn moment(seconds: u32) -> Option<Moment> {
    (seconds > 0).then(|| Moment(i64::from(seconds) * 1000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_keeps_its_second() {
        let day = Moment(886_060_800_999);
        assert_eq!(seconds(day), 886_060_800);
        assert_eq!(moment(seconds(day)), Some(Moment(886_060_800_000)));
        assert_eq!((moment(0), seconds(Moment(-5))), (None, 1));
    }
}
