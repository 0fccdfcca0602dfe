//! What REQCONF.GLB holds beside the numbers: the options of a requestor (Q96060).

use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_step::Moment;

use crate::server::terms::Terms;

/// The options of a requestor, and what it remembers of its own requests.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Requestor {
    /// The password it registers with at the server; often empty.
    pub password: Arc<str>,
    /// The address types it wants to hear of, upper case.
    pub types: BTreeSet<Arc<str>>,
    /// Whether it sends template information.
    pub templates_send: bool,
    /// Whether it accepts template information.
    pub templates_receive: bool,
    /// Whether it wants the updates of others at all.
    pub receive: bool,
    /// How many updates it takes in one cycle; no limit where there is none.
    pub limit: Option<u32>,
    /// Whether it wants its updates in the body of the message, not in an attachment (Q123857).
    pub in_body: bool,
    /// Whether its Global Address List is rebuilt (Q105965).
    pub rebuild: bool,
    /// Whether IMPORT may create postoffices it has not heard of (Q136514).
    pub create_postoffices: bool,
    /// When Import was last asked for in ADMIN (Q131681).
    pub last_import: Option<Moment>,
    /// When Export was last asked for in ADMIN (Q131681).
    pub last_export: Option<Moment>,
    /// Whether the four pointers into the queues are where they should be when nothing is queued:
    /// at -1 (Q112301).
    pub pointers_sound: bool,
}

impl Default for Requestor {
    /// As a requestor is when it is registered: MS Mail addresses only, no limit. That templates
    /// are neither sent nor accepted is inferred.
    fn default() -> Self {
        Self {
            password: "".into(),
            types: BTreeSet::from(["PCM".into()]),
            templates_send: false,
            templates_receive: false,
            receive: true,
            limit: None,
            in_body: false,
            rebuild: true,
            create_postoffices: true,
            last_import: None,
            last_export: None,
            pointers_sound: true,
        }
    }
}

impl Requestor {
    /// What its mail says of itself.
    #[must_use]
    pub fn terms(&self) -> Terms {
        let given = Some(self.password.clone()).filter(|it| !it.is_empty());
        Terms {
            types: self.types_in_a_row().into(),
            templates: self.templates_receive,
            password: given,
            limit: self.limit,
            in_body: self.in_body,
        }
    }

    /// The types as mail and logs print them: `PCM|PROFS` (Q118298).
    #[must_use]
    pub fn types_in_a_row(&self) -> String {
        let types: Vec<&str> = self.types.iter().map(AsRef::as_ref).collect();
        types.join("|")
    }

    /// Types: asks for one type of addresses, or no more.
    pub(crate) fn ask_for(&mut self, kind: &str, wanted: bool) {
        let kind = kind.to_ascii_uppercase();
        if wanted {
            self.types.insert(kind.into());
        } else {
            self.types.remove(kind.as_str());
        }
    }
}
