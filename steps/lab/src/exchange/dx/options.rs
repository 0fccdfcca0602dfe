//! Registry values that change what the service does, as it reads them when it starts.

use std::collections::BTreeSet;

use runsheet_formats::address::PostofficeName;

use super::PAUSE_KICKS;
use crate::exchange::registry::{Data, Registry, service_key};
use crate::exchange::services;

/// What the values said when the service started.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Options {
    /// `PauseKicksDX`: a pause starts a cycle (Q147464).
    pub pause_kicks: bool,
    /// `GlobalMaxSeqInResync`: a resynchronization takes the highest number of all requestors, not
    /// of the listed ones alone (Q215505).
    pub global_max_seq: bool,
    /// `RequireValidImpFrom`: a custom recipient of an MS address is exported only if it is known
    /// where it was imported from (Q156996).
    pub require_imported_from: bool,
    /// `Requestors Used To Import From`: requestors whose entries may be changed by others
    /// (Q155727).
    pub import_from: BTreeSet<PostofficeName>,
    /// Whether display names are made unique; not where `Unique Display Names` is 0 (Q146676).
    pub names_not_unique: bool,
    /// `DXADataPath`: where its temporary files are, if not in Dxadata (Q185504).
    pub data_path: Option<String>,
}

impl Options {
    /// Reads the values there are now.
    #[must_use]
    pub fn read(registry: &Registry) -> Self {
        let key = service_key(services::DX);
        let value = |name: &str| registry.value(&key, name).map(|it| &it.data);
        let number = |name: &str| match value(name) {
            Some(Data::Dword(number)) => Some(*number),
            _ => None,
        };
        let set = |name: &str| number(name).is_some_and(|it| it > 0);
        let text = |name: &str| match value(name) {
            Some(Data::Sz(text)) if !text.is_empty() => Some(text.clone()),
            _ => None,
        };
        let import_from = registry.strings(&key, "Requestors Used To Import From");
        let names = import_from
            .iter()
            .filter_map(|it| PostofficeName::parse(it).ok());
        Self {
            pause_kicks: set(PAUSE_KICKS),
            global_max_seq: set("GlobalMaxSeqInResync"),
            require_imported_from: set("RequireValidImpFrom"),
            import_from: names.collect(),
            names_not_unique: number("Unique Display Names") == Some(0),
            data_path: text("DXADataPath"),
        }
    }
}
