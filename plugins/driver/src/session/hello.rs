//! How a driver is started, and what it says first.

use tokio::time::Instant;

use super::{Session, Up};
use crate::message::{FromDriver, Greeting, Introduction, ToDriver, VERSION, line};
use crate::process::{Heard, Process};

/// A driver that has not said hello yet.
pub(super) struct Starting {
    pub(super) process: Process,
    pub(super) since: Instant,
    pub(super) until: Instant,
    /// When it is told that it is waited for, unless it was.
    pub(super) told_at: Option<Instant>,
}

impl Session {
    /// Starts it, unless it is about to say hello.
    pub(super) fn start(&mut self) {
        if self.starting.is_some() {
            return;
        }
        let process = match Process::start(&self.launch, self.limits) {
            Ok(process) => process,
            Err(why) => return self.not_up(why),
        };
        process.tell(line(&ToDriver::Hello(Greeting {
            version: VERSION,
            facility: self.launch.facility.clone(),
        })));
        let since = Instant::now();
        self.starting = Some(Starting {
            process,
            since,
            until: since + self.limits.hello,
            told_at: Some(since + self.limits.quiet),
        });
    }

    /// Its first line; nothing where it did not come in time.
    pub(super) async fn said_first(&mut self, said: Option<Heard>) {
        let Some(Starting { process, .. }) = self.starting.take() else {
            return;
        };
        let hello = match said {
            Some(Ok(line)) => self.introduced(&line),
            Some(Err(over)) => {
                let why = self.last_words(process, over).await;
                return self.not_up(why);
            }
            None => Err("it did not say hello in time".to_owned()),
        };
        match hello {
            Ok(hello) => {
                tracing::debug!(driver = &*self.launch.name, "is up");
                self.up = Some(Up { process, hello });
            }
            Err(why) => {
                let why = process.put_down(why).await;
                self.not_up(why);
            }
        }
    }

    fn not_up(&mut self, why: String) {
        self.refuse(&why);
        self.died(why);
    }

    /// What its first line says of it.
    fn introduced(&self, line: &[u8]) -> Result<Introduction, String> {
        match serde_json::from_slice(line) {
            Ok(FromDriver::Hello(hello)) if hello.version == VERSION => Ok(hello),
            Ok(FromDriver::Hello(hello)) => Err(format!(
                "it speaks version {} of the messages to drivers, and this is version {VERSION}",
                hello.version
            )),
            _ => Err(self.no_message("instead of its hello it said", line)),
        }
    }
}
