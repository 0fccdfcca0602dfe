//! What the pages of the Exchange Administrator program say, by object and attribute.

use std::collections::BTreeSet;
use std::time::Duration;

use runsheet_formats::address::PostofficeName;

/// The object of the Directory Synchronization server.
pub const DX_SERVER: &str = "DX Server";
/// The object of one requestor; its NETWORK/POSTOFFICE follows.
pub const REQUESTOR: &str = "Remote Dir-Sync Requestor";
/// The object of the connector.
pub const CONNECTOR: &str = "Microsoft Mail Connector";
/// The object of one MTA instance; its name follows.
pub const CONNECTOR_MTA: &str = "Connector MTA";

/// How much a service writes into the Application log (Q157660).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
pub enum Logging {
    /// Only what is critical.
    #[default]
    None,
    /// A little.
    Minimum,
    /// More.
    Medium,
    /// Every message moved.
    Maximum,
}

impl Logging {
    const NAMES: [(&'static str, Self); 4] = [
        ("None", Self::None),
        ("Minimum", Self::Minimum),
        ("Medium", Self::Medium),
        ("Maximum", Self::Maximum),
    ];

    /// The word on the page.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    fn named(word: &str) -> Option<Self> {
        let named = Self::NAMES
            .iter()
            .find(|(it, _)| it.eq_ignore_ascii_case(word));
        named.map(|(_, level)| *level)
    }
}

/// The settings a workflow changes, or needs.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct Settings {
    /// Copies of replies go to the administrator.
    pub copy_outgoing: bool,
    /// Copies of what requestors send go to the administrator.
    pub forward_incoming: bool,
    /// Who the administrator is; the page accepts none (Q174741).
    pub administrator: Option<String>,
    /// The requestors that are to be sent a full export with the next reply.
    pub export_next: BTreeSet<PostofficeName>,
    /// How often the MTA instance looks for mail, once it is restarted.
    pub check_every: Duration,
    /// Diagnostics logging of the MTA instances.
    pub logging: Logging,
}

/// One attribute of one object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attribute {
    /// "Copy administrator on outgoing messages" of the [`DX_SERVER`].
    CopyOutgoing,
    /// "Forward incoming dir-sync messages to administrator" of the [`DX_SERVER`].
    ForwardIncoming,
    /// "Administrator" of the [`DX_SERVER`].
    Administrator,
    /// "Export on Next Cycle" of a [`REQUESTOR`]. The system resets it after the cycle.
    ExportNext(PostofficeName),
    /// "Check for mail every __ minute" of a [`CONNECTOR_MTA`].
    CheckEvery,
    /// "Diagnostics Logging: MSExchangePCMTA" of the [`CONNECTOR`].
    Logging,
}

/// What an attribute says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Setting {
    /// A box that is ticked or not.
    Flag(bool),
    /// A whole number.
    Count(u32),
    /// A word or a name; empty where none is chosen.
    Text(String),
}

impl Attribute {
    /// Finds an attribute by the names on its page, case not minded. `instance` is the name of the
    /// MTA instance there is.
    ///
    /// # Errors
    /// Says whether the object or its attribute is not there.
    pub fn find(object: &str, attribute: &str, instance: &str) -> Result<Self, Missing> {
        let page = page(object, instance).ok_or(Missing::Object)?;
        let found = page
            .into_iter()
            .find(|(name, _)| attribute.eq_ignore_ascii_case(name));
        found
            .map(|(_, attribute)| attribute)
            .ok_or(Missing::Attribute)
    }
}

/// What of a setting is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// There is no such object.
    Object,
    /// The object has no such attribute.
    Attribute,
}

/// The attributes of an object, by the names on its page.
fn page(object: &str, instance: &str) -> Option<Vec<(&'static str, Attribute)>> {
    if object.eq_ignore_ascii_case(DX_SERVER) {
        return Some(vec![
            (
                "Copy administrator on outgoing messages",
                Attribute::CopyOutgoing,
            ),
            (
                "Forward incoming dir-sync messages to administrator",
                Attribute::ForwardIncoming,
            ),
            ("Administrator", Attribute::Administrator),
        ]);
    }
    if object.eq_ignore_ascii_case(CONNECTOR) {
        let name = "Diagnostics Logging: MSExchangePCMTA";
        return Some(vec![(name, Attribute::Logging)]);
    }
    if let Some(name) = after(object, CONNECTOR_MTA) {
        let attribute = ("Check for mail every __ minute", Attribute::CheckEvery);
        return name
            .eq_ignore_ascii_case(instance)
            .then_some(vec![attribute]);
    }
    let name = after(object, REQUESTOR)?.trim_end_matches("/$SYSTEM");
    let requestor = PostofficeName::parse(name).ok()?;
    let attribute = Attribute::ExportNext(requestor);
    Some(vec![("Export on Next Cycle", attribute)])
}

fn after<'a>(object: &'a str, kind: &str) -> Option<&'a str> {
    let (head, rest) = object.split_at_checked(kind.len())?;
    let name = rest.strip_prefix(' ')?;
    head.eq_ignore_ascii_case(kind).then_some(name.trim())
}

impl Settings {
    /// What an attribute says now.
    #[must_use]
    pub fn get(&self, attribute: &Attribute) -> Setting {
        match attribute {
            Attribute::CopyOutgoing => Setting::Flag(self.copy_outgoing),
            Attribute::ForwardIncoming => Setting::Flag(self.forward_incoming),
            Attribute::Administrator => {
                Setting::Text(self.administrator.clone().unwrap_or_default())
            }
            Attribute::ExportNext(name) => Setting::Flag(self.export_next.contains(name)),
            Attribute::CheckEvery => Setting::Count(minutes(self.check_every)),
            Attribute::Logging => Setting::Text(self.logging.word().to_owned()),
        }
    }

    /// Changes what an attribute says.
    ///
    /// # Errors
    /// Says what the attribute takes, if it does not take this.
    pub fn put(&mut self, attribute: &Attribute, setting: &Setting) -> Result<(), &'static str> {
        match (attribute, setting) {
            (Attribute::CopyOutgoing, Setting::Flag(on)) => self.copy_outgoing = *on,
            (Attribute::ForwardIncoming, Setting::Flag(on)) => self.forward_incoming = *on,
            (Attribute::Administrator, Setting::Text(name)) => {
                self.administrator = (!name.is_empty()).then(|| name.clone());
            }
            (Attribute::ExportNext(name), Setting::Flag(true)) => {
                self.export_next.insert(name.clone());
            }
            (Attribute::ExportNext(name), Setting::Flag(false)) => {
                self.export_next.remove(name);
            }
            (Attribute::CheckEvery, Setting::Count(minutes @ 1..)) => {
                self.check_every = Duration::from_secs(u64::from(*minutes) * 60);
            }
            (Attribute::Logging, Setting::Text(word)) => {
                self.logging = Logging::named(word).ok_or(LEVELS)?;
            }
            (Attribute::CheckEvery, _) => return Err("a number of minutes, at least 1"),
            (Attribute::Logging, _) => return Err(LEVELS),
            (Attribute::Administrator, _) => return Err("the name of a mailbox"),
            (_, _) => return Err("true or false"),
        }
        Ok(())
    }
}

const LEVELS: &str = "None, Minimum, Medium or Maximum";

fn minutes(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs().div_ceil(60)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_by_the_names_on_their_pages() {
        let find = |object, attribute| Attribute::find(object, attribute, "PCMTA-HQ");
        assert_eq!(
            find("DX Server", "administrator"),
            Ok(Attribute::Administrator)
        );
        let sales = PostofficeName::parse("NORTH/SALES").unwrap();
        let requestor = "Remote Dir-Sync Requestor NORTH/SALES";
        assert_eq!(
            find(requestor, "Export on Next Cycle"),
            Ok(Attribute::ExportNext(sales))
        );
        let check = "Check for mail every __ minute";
        assert_eq!(
            find("Connector MTA PCMTA-HQ", check),
            Ok(Attribute::CheckEvery)
        );
        assert_eq!(find("Connector MTA OTHER", check), Err(Missing::Object));
        assert_eq!(find("DX Server", check), Err(Missing::Attribute));
    }

    #[test]
    fn a_setting_takes_only_its_own_kind() {
        let mut settings = Settings::default();
        let logging = Attribute::Logging;
        settings
            .put(&logging, &Setting::Text("maximum".into()))
            .unwrap();
        assert_eq!(settings.get(&logging), Setting::Text("Maximum".into()));
        assert!(
            settings
                .put(&logging, &Setting::Text("loud".into()))
                .is_err()
        );
        assert!(
            settings
                .put(&Attribute::CheckEvery, &Setting::Count(0))
                .is_err()
        );
        assert!(
            settings
                .put(&Attribute::CopyOutgoing, &Setting::Count(1))
                .is_err()
        );
    }
}
