//! What the pages of the Exchange Administrator program say, by object and attribute.
//!
//! Each sort of object has a page, a table of fields in a file of its own.

mod connector;
mod dx_server;
pub mod objects;
mod requestor;

use std::collections::BTreeSet;
use std::fmt;

use runsheet_formats::address::PostofficeName;
use runsheet_step::Moment;

use super::Exchange;
use super::diagnostics::{self, Logger, Logging};
use super::dx::schedule::Hours;

/// The object of the Directory Synchronization server.
pub const DX_SERVER: &str = "DX Server";
/// The object of one requestor; its NETWORK/POSTOFFICE follows.
pub const REQUESTOR: &str = "Remote Dir-Sync Requestor";
/// The object of Exchange itself where it is a requestor; a name may follow.
pub const OWN_REQUESTOR: &str = "Dir-Sync Requestor";
/// The object of the connector.
pub const CONNECTOR: &str = "Microsoft Mail Connector";
/// The object of one MTA instance; its name follows.
pub const CONNECTOR_MTA: &str = "Connector MTA";
/// The object of the Message Transfer Agent.
pub const MESSAGE_TRANSFER: &str = "Message Transfer Agent";

/// The settings of Directory Synchronization that stand nowhere else.
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

impl fmt::Display for Setting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(on) => write!(f, "{on}"),
            Self::Count(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Setting {
    fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(on) => Some(*on),
            _ => None,
        }
    }

    fn count(&self) -> Option<u32> {
        match self {
            Self::Count(number) => Some(*number),
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A page: what may be said of a sort of object.
struct Page {
    /// The sort of object.
    object: &'static str,
    /// Finds out which object is meant by the name that follows: the name it has in the lab. An
    /// object that there is one of has none.
    subject: fn(&Exchange, &str) -> Option<String>,
    fields: &'static [&'static [Field]],
}

/// A field of a page.
struct Field {
    name: &'static str,
    /// What it takes, for who gave something else.
    takes: &'static str,
    /// What it says of the object of this name.
    get: fn(&Exchange, &str) -> Option<Setting>,
    put: fn(&mut Exchange, Moment, &str, &Setting) -> Option<()>,
}

const PAGES: [&Page; 6] = [
    &connector::PAGE,
    &connector::INSTANCE,
    &connector::TRANSFER,
    &dx_server::PAGE,
    &requestor::PAGE,
    &requestor::OWN,
];

/// One attribute of one object that there is.
pub struct Attribute {
    subject: String,
    field: &'static Field,
}

/// What of a setting is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// There is no such object.
    Object,
    /// The object has no such attribute.
    Attribute,
}

impl Attribute {
    /// Finds an attribute by the names on its page, case not minded.
    ///
    /// # Errors
    /// Says whether the object or its attribute is not there.
    pub fn find(server: &Exchange, object: &str, attribute: &str) -> Result<Self, Missing> {
        let (page, subject) = PAGES
            .iter()
            .find_map(|page| Some((page, page.finds(server, object)?)))
            .ok_or(Missing::Object)?;
        let mut fields = page.fields.iter().copied().flatten();
        let field = fields.find(|it| it.name.eq_ignore_ascii_case(attribute));
        let field = field.ok_or(Missing::Attribute)?;
        Ok(Self { subject, field })
    }

    /// What it says now; nothing where its object has gone.
    #[must_use]
    pub fn get(&self, server: &Exchange) -> Option<Setting> {
        (self.field.get)(server, &self.subject)
    }

    /// Changes what it says.
    ///
    /// # Errors
    /// Says what the attribute takes, if it does not take this.
    pub fn put(
        &self,
        server: &mut Exchange,
        now: Moment,
        setting: &Setting,
    ) -> Result<(), &'static str> {
        (self.field.put)(server, now, &self.subject, setting).ok_or(self.field.takes)
    }
}

/// Everything the pages say: object, attribute, and what it says.
#[must_use]
pub fn listed(server: &Exchange) -> Vec<(String, &'static str, Setting)> {
    let requestors = server.dx.remotes.keys().map(ToString::to_string);
    let instances = server.mtas.iter().map(|it| it.name.to_string());
    let names: Vec<String> = std::iter::once(String::new())
        .chain(requestors)
        .chain(instances)
        .collect();
    let mut listed = Vec::new();
    for page in PAGES {
        for name in &names {
            let object = format!("{} {name}", page.object).trim_end().to_owned();
            let Some(subject) = page.finds(server, &object) else {
                continue;
            };
            let fields = page.fields.iter().copied().flatten();
            let said = fields.filter_map(|it| Some((it.name, (it.get)(server, &subject)?)));
            listed.extend(said.map(|(name, says)| (object.clone(), name, says)));
        }
    }
    listed
}

impl Page {
    fn finds(&self, server: &Exchange, object: &str) -> Option<String> {
        let (head, rest) = object.split_at_checked(self.object.len())?;
        let is_one = rest.is_empty() || rest.starts_with(' ');
        if !is_one || !head.eq_ignore_ascii_case(self.object) {
            return None;
        }
        (self.subject)(server, rest.trim())
    }
}

/// Of an object that there is one of.
fn only(_: &Exchange, name: &str) -> Option<String> {
    name.is_empty().then(String::new)
}

/// When cycles run by themselves, on the page of a server and on that of a requestor (Q180297).
const SCHEDULE: Field = Field {
    name: "Schedule",
    takes: "Never, Always, or hours such as `2, 14`",
    get: |server, _| Some(Setting::Text(server.dx.hours.text())),
    put: |server, _, _, to| {
        server.dx.hours = Hours::parse(to.text()?)?;
        Some(())
    },
};

/// What the service logs, on the page of either role.
const LOGGING: Field = Field {
    name: "Diagnostics Logging: MSExchangeDX",
    takes: LEVELS,
    get: |server, _| logging(server, &diagnostics::DX),
    put: |server, now, _, to| set_logging(server, now, &diagnostics::DX, to),
};

/// The address of the service among those of MS Mail, which its role brings with it (Q150828). That it
/// stands on a page of this name is inferred.
const ADDRESS: Field = Field {
    name: "E-mail Addresses: MS",
    takes: "nothing: it comes with the role in dir-sync",
    get: |server, _| Some(Setting::Text(server.address.to_string())),
    put: |_, _, _, _| None,
};

const TRUTH: &str = "true or false";
const LEVELS: &str = "None, Minimum, Medium or Maximum";

fn logging(server: &Exchange, logger: &Logger) -> Option<Setting> {
    let level = logger.lowest(&server.registry);
    Some(Setting::Text(level.word().to_owned()))
}

fn set_logging(server: &mut Exchange, now: Moment, logger: &Logger, to: &Setting) -> Option<()> {
    let level = Logging::named(to.text()?)?;
    server.set_logging(now, logger, level);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;
    use crate::lab::Lab;
    use crate::tests::blueprint;

    fn server() -> Exchange {
        Lab::build(&blueprint(&["SALES"])).exchanges[0].clone()
    }

    #[test]
    fn attributes_are_found_by_the_names_on_their_pages() {
        let server = server();
        let find = |object, attribute| Attribute::find(&server, object, attribute).err();
        let check = "Check for mail every __ minute";
        assert_eq!(find("DX Server", "administrator"), None);
        let requestor = "remote dir-sync requestor NORTH/SALES/$SYSTEM";
        assert_eq!(find(requestor, "Export on Next Cycle"), None);
        assert_eq!(find("Connector MTA pcmta-hq", check), None);
        assert_eq!(find("Connector MTA OTHER", check), Some(Missing::Object));
        assert_eq!(find("DX Server HQ", check), Some(Missing::Object));
        assert_eq!(find("DX Server", check), Some(Missing::Attribute));
        let stranger = "Remote Dir-Sync Requestor NORTH/PLANT";
        assert_eq!(
            find(stranger, "Export on Next Cycle"),
            Some(Missing::Object)
        );
    }

    #[test]
    fn a_setting_takes_only_its_own_kind() {
        let mut server = server();
        let mut put = |object, attribute, setting| {
            let found = Attribute::find(&server, object, attribute).ok().unwrap();
            let put = found.put(&mut server, START, &setting);
            put.map(|()| found.get(&server).unwrap())
        };
        let logging = "Diagnostics Logging: MSExchangePCMTA";
        let text = |text: &str| Setting::Text(text.to_owned());
        assert_eq!(
            put(CONNECTOR, logging, text("maximum")),
            Ok(text("Maximum"))
        );
        assert_eq!(put(CONNECTOR, logging, text("loud")), Err(LEVELS));
        let check = "Check for mail every __ minute";
        assert!(put("Connector MTA PCMTA-HQ", check, Setting::Count(0)).is_err());
        let copy = "Copy administrator on outgoing messages";
        assert_eq!(put(DX_SERVER, copy, Setting::Count(1)), Err(TRUTH));
    }

    #[test]
    fn every_service_that_can_be_told_to_log_is_told_so_on_a_page() {
        let server = server();
        for logger in crate::exchange::diagnostics::LOGGERS {
            let name = format!("Diagnostics Logging: {}", logger.name);
            let found = Attribute::find(&server, logger.object, &name);
            let said = found.ok().and_then(|it| it.get(&server));
            assert_eq!(said, Some(Setting::Text("None".to_owned())), "{name}");
        }
    }
}
