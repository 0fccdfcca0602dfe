//! Ends what plugins think about when somebody wants the run to stop.
//!
//! Whoever asks a plugin waits until it has answered, and hears nothing meanwhile. So the one who
//! hears that the run is to stop is another thread, and this is what it has in hand.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use runsheet_messages::method::Method;

use crate::library::Library;
use crate::line::{Line, Trouble};
#[cfg(unix)]
use crate::process::death::end_group;

/// How long a plugin may go on thinking when it is to stop. One that is well needs far less: it
/// never notices.
const GRACE: Duration = Duration::from_millis(100);

/// A hold on what plugins think about; its clones are the same one.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<Shared>);

#[derive(Default)]
struct Shared {
    thoughts: Mutex<Thoughts>,
    /// Told of the end of each thought while somebody waits for that.
    ended: Condvar,
}

#[derive(Default)]
struct Thoughts {
    under_way: Vec<UnderWay>,
    /// The plugins of this process.
    here: Vec<Arc<str>>,
    /// The number of the next one.
    next: u64,
    /// How many wait for the end of some.
    watchers: u32,
    /// None begins any more.
    over: bool,
}

struct UnderWay {
    number: u64,
    who: Who,
    stopped: bool,
}

/// Who thinks.
pub(crate) enum Who {
    /// A plugin of this name in this process: nobody can end that.
    Here(Arc<str>),
    /// A process of its own, by its number.
    Apart(u32),
}

/// The plugins of this process, by their names.
pub struct Here {
    /// Those that have not answered yet.
    pub asked: Vec<String>,
    /// All of them.
    pub all: Vec<String>,
}

/// Something that a plugin thinks about.
#[must_use]
pub(crate) struct Thought<'i> {
    interrupt: &'i Interrupt,
    number: u64,
}

impl Interrupt {
    /// Ends what is thought about now, in processes of their own; gives the names of the plugins
    /// that think in this process, which have to come to an end by themselves.
    pub fn now(&self) -> Vec<String> {
        self.stop(false)
    }

    /// As [`Interrupt::now`], and from now on nothing is thought about any more.
    pub fn for_good(&self) -> Vec<String> {
        self.stop(true)
    }

    /// The line of a plugin in this process, known by its name when it keeps a run from stopping.
    #[must_use]
    pub fn watched(&self, name: &str, line: Arc<dyn Line>) -> Arc<dyn Line> {
        Arc::new(Watched {
            interrupt: self.clone(),
            name: name.into(),
            line,
        })
    }

    /// Loads a library into this process. Its plugin is known by its name when it keeps a run from
    /// stopping, or ends the process.
    ///
    /// # Errors
    /// Those of [`Library::load`], or that nobody thinks any more.
    pub fn load(&self, name: &str, library: &Path) -> Result<Arc<dyn Line>, String> {
        let thought = self.begin(Who::Here(name.into()));
        let thought = thought.map_err(|trouble| trouble.to_string())?;
        let loaded = Library::load(library);
        if loaded.is_ok() {
            self.thoughts().here.push(name.into());
        }
        thought.end();
        Ok(self.watched(name, Arc::new(loaded?)))
    }

    /// The plugins that have been loaded into this process.
    #[must_use]
    pub fn here(&self) -> Here {
        let thoughts = self.thoughts();
        let asked = thoughts.under_way.iter().filter_map(|one| match &one.who {
            Who::Here(name) => Some(name.to_string()),
            Who::Apart(_) => None,
        });
        Here {
            asked: asked.collect(),
            all: thoughts.here.iter().map(ToString::to_string).collect(),
        }
    }

    /// Somebody begins to think.
    ///
    /// # Errors
    /// Nobody thinks any more.
    pub(crate) fn begin(&self, who: Who) -> Result<Thought<'_>, Trouble> {
        let mut thoughts = self.thoughts();
        if thoughts.over {
            return Err(Trouble::Stopped);
        }
        let number = thoughts.next;
        thoughts.next += 1;
        thoughts.under_way.push(UnderWay {
            number,
            who,
            stopped: false,
        });
        Ok(Thought {
            interrupt: self,
            number,
        })
    }

    fn stop(&self, for_good: bool) -> Vec<String> {
        let mut thoughts = self.thoughts();
        thoughts.over |= for_good;
        thoughts.watchers += 1;
        let first_later = thoughts.next;
        let goes_on = |one: &UnderWay| one.number < first_later;
        let ended = self
            .0
            .ended
            .wait_timeout_while(thoughts, GRACE, |all| all.under_way.iter().any(goes_on));
        let (mut thoughts, _) = ended.unwrap_or_else(PoisonError::into_inner);
        thoughts.watchers -= 1;
        let mut here = Vec::new();
        for one in thoughts.under_way.iter_mut().filter(|one| goes_on(one)) {
            match &one.who {
                Who::Here(name) => here.push(name.to_string()),
                // Its number is its own for as long as it stands here.
                Who::Apart(leader) => {
                    one.stopped = true;
                    #[cfg(unix)]
                    end_group(*leader);
                    #[cfg(not(unix))]
                    let _ = leader;
                }
            }
        }
        here
    }

    fn thoughts(&self) -> MutexGuard<'_, Thoughts> {
        let thoughts = self.0.thoughts.lock();
        thoughts.unwrap_or_else(PoisonError::into_inner)
    }
}

impl Thought<'_> {
    /// It is over. Says whether it was ended.
    pub(crate) fn end(self) -> bool {
        let mut thoughts = self.interrupt.thoughts();
        let mut all = thoughts.under_way.iter();
        let at = all.position(|one| one.number == self.number);
        let stopped = at.is_some_and(|at| thoughts.under_way.swap_remove(at).stopped);
        if thoughts.watchers > 0 {
            self.interrupt.0.ended.notify_all();
        }
        stopped
    }
}

/// A line of this process.
struct Watched {
    interrupt: Interrupt,
    name: Arc<str>,
    line: Arc<dyn Line>,
}

impl Line for Watched {
    fn answers(&self, method: Method) -> bool {
        self.line.answers(method)
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        let thought = self.interrupt.begin(Who::Here(Arc::clone(&self.name)))?;
        let heard = self.line.hear(method, message, hears);
        thought.end();
        heard
    }
}
