//! The names that expressions can say without anybody defining them: what editors complete and
//! explain. What they mean is bound in `resolve`.

use runsheet_step::shape::{Field, Type};

use crate::resolve::meaning;

/// A name and what it stands for, in one line.
pub type Named = (&'static str, &'static str);

/// What a step gives beside its outputs that takes failures for successes by `accept:`.
#[must_use]
pub fn fault() -> Field {
    meaning::fault()
}

/// What an expression can begin with.
pub const ROOTS: &[Named] = &[
    ("inputs", "what the workflow is given, by name"),
    ("steps", "the steps that have ended before this one"),
    ("host", "the host of this step"),
    ("site", "the site that the workflow runs on"),
    ("run", "the run itself: `id`, `site`, `started`"),
    ("secrets", "secrets of the site, by name"),
    (
        "outputs",
        "what the step gave; in `expect`, `warn`, `changed` and `causes`",
    ),
    (
        "failure",
        "what went wrong; in `causes`, `rescue` and `finally`",
    ),
];

/// What every step can be asked.
pub const OF_STEP: &[Named] = &[
    ("outputs", "what it gave"),
    ("changed", "whether it changed anything"),
    (
        "status",
        "how it ended: `succeeded`, `failed`, `skipped` ...",
    ),
    ("started", "when it started"),
    ("ended", "when it ended"),
];

/// What `status` of a step can be.
pub const STATUSES: [&str; 8] = [
    "waiting",
    "running",
    "succeeded",
    "failed",
    "skipped",
    "blocked",
    "cancelled",
    "in-doubt",
];

/// What a step with `foreach` can be asked beside that.
pub const OF_ITEMS: &[Named] = &[
    ("succeeded", "the items for which it ended well"),
    ("failed", "the items for which it failed"),
];

/// What every host can be asked.
pub const OF_HOST: &[Named] = &[
    ("vars", "its variables"),
    ("name", "its name"),
    ("groups", "the groups it is in"),
];

/// The type of a name that the language itself gives a form: `site`, `run`, `failure`.
#[must_use]
pub fn form(root: &str) -> Option<Type> {
    match root {
        "site" => Some(meaning::site()),
        "run" => Some(meaning::run()),
        "failure" => Some(meaning::failure()),
        _ => None,
    }
}
