//! A plugin without a library: its line is a call.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use runsheet_conformance::report::Report;
use runsheet_conformance::{Sample, Test};
use runsheet_guest::messages::method::Method;
use runsheet_guest::plugin::Plugin;
use runsheet_guest::step::Catalogue;
use runsheet_host::line::{Line, Trouble};

struct Guest<T> {
    plugin: Plugin,
    /// What it does first with each message.
    trip: T,
}

impl<T: Fn(&[u8]) + Send + Sync> Line for Guest<T> {
    fn answers(&self, _: Method) -> bool {
        true
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        let answer = || {
            (self.trip)(message);
            self.plugin.answer(method, message)
        };
        match catch_unwind(AssertUnwindSafe(answer)) {
            Ok(answer) => answer
                .map(|answer| hears(&answer))
                .map_err(Trouble::Refused),
            Err(_) => Err(Trouble::Panicked("it fell over".to_owned())),
        }
    }
}

/// What a test of a plugin finds that does this with each message first.
pub(crate) fn tested_with(
    plugin: Plugin,
    beside: &Catalogue,
    seed: u64,
    samples: &[Sample],
    trip: impl Fn(&[u8]) + Send + Sync + 'static,
) -> Report {
    let line = Arc::new(Guest { plugin, trip });
    let test = Test {
        line,
        beside,
        samples,
        seed,
        watch: None,
    };
    test.made().expect("it says what it is")
}
