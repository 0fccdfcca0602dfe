//! How a driver is started, and how long it is waited for.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use runsheet_step::Name;

/// Takes the secrets out of what a driver writes beside, before it is logged.
pub type Tidy = Arc<dyn Fn(&str) -> String + Send + Sync>;

/// Tells whoever looks on what is waited for: one line.
pub type Note = Arc<dyn Fn(&str) + Send + Sync>;

/// How a driver is started.
#[derive(Clone)]
pub struct Launch {
    /// Its name, for messages.
    pub name: Name,
    /// The facility it serves.
    pub facility: Name,
    /// The program and its arguments. It is started without a shell.
    pub run: Vec<String>,
    /// The folder it is started in.
    pub folder: PathBuf,
    /// The whole of its environment, see [`crate::environment`].
    pub environment: BTreeMap<String, String>,
    /// Takes secrets out of what is logged.
    pub tidy: Tidy,
    /// Who is told what is waited for.
    pub note: Note,
}

/// How long a driver is waited for, and how much it may say.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// For its hello.
    pub hello: Duration,
    /// Beyond the slice of a wait, and after it was asked to end an act early.
    pub grace: Duration,
    /// For any other answer, where the driver does not say how long it takes.
    pub patience: Duration,
    /// Before it is told that it is waited for.
    pub quiet: Duration,
    /// For its end after a goodbye.
    pub goodbye: Duration,
    /// The longest message, in bytes.
    pub longest: usize,
    /// How often in a row it may end without having answered anything.
    pub deaths: u32,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            hello: Duration::from_secs(10),
            grace: Duration::from_secs(10),
            patience: Duration::from_secs(300),
            quiet: Duration::from_secs(5),
            goodbye: Duration::from_secs(2),
            longest: 16 << 20,
            deaths: 3,
        }
    }
}
