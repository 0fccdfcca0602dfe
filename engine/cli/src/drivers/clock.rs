//! The clock of a real site: this machine's.

use std::time::{SystemTime, UNIX_EPOCH};

use runsheet_step::Moment;
use runsheet_step::driver::{Clock, Pending};

/// This machine's clock, which goes by itself.
pub(super) struct MachineClock;

impl Clock for MachineClock {
    fn now(&self) -> Moment {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    fn sleep_until(&self, moment: Moment) -> Pending<'_, ()> {
        let span = moment.since(self.now());
        Box::pin(tokio::time::sleep(span))
    }
}
