//! A line that remembers what was said over it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use runsheet_host::line::{Line, Trouble};
use runsheet_messages::method::Method;

/// So many messages are kept of one method and length.
const MOST: usize = 6;
/// Of so many lengths.
const LENGTHS: usize = 400;

/// Messages by their method and length.
type Kept = BTreeMap<(Method, usize), BTreeSet<Vec<u8>>>;

/// A line that keeps messages that were answered, a few of each method and length.
pub(crate) struct Heard {
    line: Arc<dyn Line>,
    kept: Mutex<Kept>,
}

impl Heard {
    pub(crate) fn new(line: Arc<dyn Line>) -> Heard {
        Heard {
            line,
            kept: Mutex::default(),
        }
    }

    /// The messages that were kept so far.
    pub(crate) fn messages(&self) -> Vec<(Method, Vec<u8>)> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let each = kept
            .iter()
            .flat_map(|((method, _), all)| all.iter().map(|message| (*method, message.clone())));
        each.collect()
    }
}

impl Line for Heard {
    fn answers(&self, method: Method) -> bool {
        self.line.answers(method)
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        self.line.hear(method, message, hears)?;
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < LENGTHS {
            let alike = kept.entry((method, message.len())).or_default();
            if alike.len() < MOST && !alike.contains(message) {
                alike.insert(message.to_vec());
            }
        }
        Ok(())
    }
}
