//! What a requestor's mail says beside its numbers: the `[DIRSYNC]` block's settings.

use std::sync::Arc;

/// The terms under which a requestor takes part, as its mail states them (Q96060, Q118298).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Terms {
    /// The types of addresses it wants, as mail prints them: `PCM|PROFS`.
    pub types: Arc<str>,
    /// Whether it takes template information.
    pub templates: bool,
    /// The password of its registration.
    pub password: Option<Arc<str>>,
    /// How many updates it takes in one cycle; none for any number (Q133719).
    pub limit: Option<u32>,
    /// Whether it wants its updates in the body of the message, not in an attachment (Q123857).
    pub in_body: bool,
}

impl Default for Terms {
    /// MS Mail addresses without templates, as often as may be, and no password.
    fn default() -> Self {
        Self {
            types: "PCM".into(),
            templates: false,
            password: None,
            limit: None,
            in_body: false,
        }
    }
}
