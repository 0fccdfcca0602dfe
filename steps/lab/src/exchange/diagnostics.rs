//! Diagnostics logging: how much each service writes into the Application log.
//!
//! A level stands in the registry for each category of a service, under the service's
//! `Diagnostics` key: 0 None, 1 Minimum, 3 Medium, 5 Maximum (Q157660). The pages of the
//! Administrator program show and set the same values. Value names are documented for the Message
//! Transfer Agent (Q163032); those of the other services follow its form, which is inferred.

use runsheet_step::Moment;

use super::Exchange;
use super::registry::{Data, Registry, service_key};
use super::services;

/// How much a service writes into the Application log (Q157660).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Logging {
    /// Only what is critical, and errors.
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
    const NAMES: [(&'static str, u32); 4] =
        [("None", 0), ("Minimum", 1), ("Medium", 3), ("Maximum", 5)];
    const ALL: [Self; 4] = [Self::None, Self::Minimum, Self::Medium, Self::Maximum];

    /// The word on the page.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::NAMES[self as usize].0
    }

    /// The number in the registry.
    #[must_use]
    pub fn number(self) -> u32 {
        Self::NAMES[self as usize].1
    }

    /// The level of a word, case not minded.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let mut levels = Self::ALL.into_iter();
        levels.find(|it| it.word().eq_ignore_ascii_case(word))
    }

    /// The highest level that a number of the registry reaches.
    fn reached_by(number: u32) -> Self {
        let mut levels = Self::ALL.into_iter().rev();
        let reached = levels.find(|it| it.number() <= number);
        reached.unwrap_or_default()
    }
}

/// A service that has diagnostics logging, and its categories.
#[derive(Debug, PartialEq, Eq)]
pub struct Logger {
    /// The name on the page and in the registry. For the PC MTA it is not the source of its events
    /// (Q152554, Q240208).
    pub name: &'static str,
    /// The object whose page shows it.
    pub object: &'static str,
    /// The categories, in the order of their numbers, which is inferred.
    pub categories: &'static [&'static str],
}

/// The Directory Synchronization service.
pub static DX: Logger = Logger {
    name: services::DX,
    object: super::settings::DX_SERVER,
    categories: &["Startup", "Event Handler", "MS Mail 3.2"],
};

/// The Microsoft Mail Connector Interchange.
pub static INTERCHANGE: Logger = Logger {
    name: services::INTERCHANGE,
    object: super::settings::CONNECTOR,
    categories: &[
        "Routing",
        "Sent",
        "NDR",
        "Session Error",
        "Session Data",
        "Debug Data",
    ],
};

/// The Microsoft Mail Connector (PC) MTA, whatever the names of its instances.
pub static PC_MTA: Logger = Logger {
    name: "MSExchangePCMTA",
    object: super::settings::CONNECTOR,
    categories: &["Moved Out", "Moved In", "Sent", "Received", "Session"],
};

/// The Message Transfer Agent of Exchange.
pub static TRANSFER: Logger = Logger {
    name: services::MESSAGE_TRANSFER,
    object: super::settings::MESSAGE_TRANSFER,
    categories: &["X.400 Service"],
};

/// Every service that has diagnostics logging.
pub static LOGGERS: [&Logger; 4] = [&DX, &INTERCHANGE, &PC_MTA, &TRANSFER];

impl Logger {
    /// The logger of this name, case not minded.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let mut loggers = LOGGERS.into_iter();
        loggers.find(|it| it.name.eq_ignore_ascii_case(name))
    }

    /// The key its levels stand under.
    #[must_use]
    pub fn key(&self) -> String {
        format!(r"{}\Diagnostics", service_key(self.name))
    }

    /// The name of a category's value: `1 X.400 Service` (Q163032).
    fn value(&self, category: &str) -> Option<String> {
        let mut numbered = self.categories.iter().zip(1..);
        let (name, number) = numbered.find(|(it, _)| it.eq_ignore_ascii_case(category))?;
        Some(format!("{number} {name}"))
    }

    /// How much is written of a category; None where nothing is set.
    #[must_use]
    pub fn level(&self, registry: &Registry, category: &str) -> Logging {
        let value = self.value(category);
        let entry = value.and_then(|it| registry.value(&self.key(), &it));
        match entry.map(|it| &it.data) {
            Some(Data::Dword(number)) => Logging::reached_by(*number),
            _ => Logging::None,
        }
    }

    /// The level of every category; where they differ, the lowest.
    #[must_use]
    pub fn lowest(&self, registry: &Registry) -> Logging {
        let levels = self.categories.iter().map(|it| self.level(registry, it));
        levels.min().unwrap_or_default()
    }
}

impl Exchange {
    /// Sets how much a service writes, of every category it has.
    pub fn set_logging(&mut self, now: Moment, logger: &Logger, level: Logging) {
        for category in logger.categories {
            self.set_logging_of(now, logger, category, level);
        }
    }

    /// Sets how much a service writes of one category; of one it has not, nothing is set.
    pub fn set_logging_of(&mut self, now: Moment, logger: &Logger, category: &str, level: Logging) {
        if let Some(value) = logger.value(category) {
            let key = logger.key();
            self.registry.create_key(Some(now), &key);
            let data = Data::Dword(level.number());
            let _ = self.registry.set(now, (&key, &value), data);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;

    #[test]
    fn a_level_stands_in_the_registry_under_the_number_of_its_category() {
        let mut registry = Registry::default();
        let key = TRANSFER.key();
        registry.create_key(None, &key);
        let level = |registry: &Registry| TRANSFER.level(registry, "x.400 service");
        assert_eq!(level(&registry), Logging::None);
        for (number, expected) in [
            (0, Logging::None),
            (1, Logging::Minimum),
            (2, Logging::Minimum),
            (3, Logging::Medium),
            (5, Logging::Maximum),
            (7, Logging::Maximum),
        ] {
            let set = registry.set(START, (&key, "1 X.400 Service"), Data::Dword(number));
            assert!(set.is_ok());
            assert_eq!(level(&registry), expected, "{number}");
        }
    }
}
