//! What failed, read from the screen a user sees.

/// A step that failed, as the end of a run tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failed {
    pub(super) address: String,
    pub(super) message: String,
    pub(super) causes: Vec<Told>,
}

/// A cause with its articles, and its remedy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) cause: String,
    pub(super) remedy: String,
}

impl Failed {
    /// Whether something it waited for did not come, or did not end.
    pub(super) fn is_timeout(&self) -> bool {
        self.message.contains(" within ")
    }

    /// Whether a cause has these words.
    pub(super) fn names(&self, cause: &str) -> bool {
        self.causes.iter().any(|told| told.cause.contains(cause))
    }
}

/// Everything from the warnings on.
pub(super) fn end(screen: &str) -> &str {
    let headings = ["\nwarnings\n", "\nwhat failed\n", "\nplan: ", "error: "];
    let found = headings.iter().find_map(|it| screen.find(it));
    found.map_or(screen, |at| &screen[at..])
}

/// What comes after "what failed".
const ENDS: [&str; 2] = ["taken back at the end", "against the plan"];

/// The steps under "what failed". One of which only "likewise" is said failed as the one before.
pub(super) fn failures(screen: &str) -> Vec<Failed> {
    let Some((_, told)) = screen.split_once("\nwhat failed\n") else {
        return Vec::new();
    };
    let section = told
        .lines()
        .take_while(|line| !ENDS.iter().any(|end| line.starts_with(end)));
    let mut failures: Vec<Failed> = Vec::new();
    for line in section {
        if let Some(line) = line.strip_prefix("  failed  ") {
            failures.push(failed(line, failures.last()));
        } else if let Some(failed) = failures.last_mut() {
            detail(line.trim_start(), failed);
        }
    }
    failures
}

fn failed(line: &str, before: Option<&Failed>) -> Failed {
    let (address, message) = line.split_once(": ").unwrap_or((line, ""));
    let like = before.filter(|_| message == "likewise");
    Failed {
        address: address.to_owned(),
        message: like.map_or(message, |it| &it.message).to_owned(),
        causes: like.map(|it| it.causes.clone()).unwrap_or_default(),
    }
}

fn detail(line: &str, failed: &mut Failed) {
    if let Some(cause) = line.strip_prefix("cause:    ") {
        failed.causes.push(Told {
            cause: cause.to_owned(),
            ..Told::default()
        });
    } else if let (Some(remedy), Some(told)) =
        (line.strip_prefix("remedy:   "), failed.causes.last_mut())
    {
        remedy.clone_into(&mut told.remedy);
    }
}
