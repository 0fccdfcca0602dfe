//! Registry values of an instance, as it reads them when it starts.

use std::collections::BTreeSet;

use crate::exchange::registry::{Data, Registry, service_key};

/// How many messages are taken from a queue at once, if nobody says otherwise (Q169319).
const AT_ONCE: usize = 50;
/// More than this has no effect (Q169319).
const MOST_AT_ONCE: usize = 200;

/// What the values said when the instance was started.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Options {
    /// `EnforceRetryLimits`: mail for a postoffice that cannot be reached is given back after three
    /// attempts (Q277831).
    pub enforce_retries: bool,
    /// `DrivesUNC`: the machines whose shares it connects to, upper case; any where the value is
    /// not there (Q150811).
    pub machines: Option<BTreeSet<String>>,
    /// `QueueLanPoLimit`: how many messages it takes from a postoffice at once.
    pub from_postoffice: usize,
    /// `QueueLanMailbagLimit`: how many it takes from a mailbag of the connector at once.
    pub from_mailbag: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            enforce_retries: false,
            machines: None,
            from_postoffice: AT_ONCE,
            from_mailbag: AT_ONCE,
        }
    }
}

impl Options {
    /// Reads the values there are now, of the instance of this name.
    #[must_use]
    pub fn read(registry: &Registry, name: &str) -> Self {
        let key = service_key(name);
        let parameters = format!(r"{key}\Parameters");
        let enforce = registry.value(&key, "EnforceRetryLimits");
        let shares = registry.strings(&parameters, "DrivesUNC");
        let machines = shares.iter().filter_map(|share| machine(share));
        let limit = |name: &str| match registry.value(&parameters, name).map(|it| &it.data) {
            Some(Data::Sz(text)) => text.trim().parse().unwrap_or(AT_ONCE),
            _ => AT_ONCE,
        };
        Self {
            enforce_retries: enforce.is_some_and(|it| matches!(it.data, Data::Dword(1..))),
            machines: registry
                .value(&parameters, "DrivesUNC")
                .is_some()
                .then(|| machines.collect()),
            from_postoffice: limit("QueueLanPoLimit").clamp(1, MOST_AT_ONCE),
            from_mailbag: limit("QueueLanMailbagLimit").clamp(1, MOST_AT_ONCE),
        }
    }

    /// Whether it connects to the share of this machine.
    #[must_use]
    pub fn reaches(&self, host: &str) -> bool {
        let machines = self.machines.as_ref();
        machines.is_none_or(|it| it.contains(&host.to_uppercase()))
    }
}

/// The machine of `\\MACHINE\SHARE /Z`.
fn machine(share: &str) -> Option<String> {
    let name = share.trim().strip_prefix(r"\\")?.split('\\').next()?;
    Some(name.to_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::START;

    #[test]
    fn drives_and_limits_are_read_and_bounded() {
        let mut registry = Registry::default();
        let key = format!(r"{}\Parameters", service_key("PCMTA-HQ"));
        registry.create_key(None, &key);
        assert_eq!(Options::read(&registry, "PCMTA-HQ"), Options::default());
        for (name, value) in [
            ("DrivesUNC", r"\\SALES\maildata /Z;\\Plant\maildata /Z"),
            ("QueueLanPoLimit", "900"),
            ("QueueLanMailbagLimit", "0"),
        ] {
            registry
                .set(START, (&key, name), Data::Sz(value.to_owned()))
                .unwrap();
        }
        let options = Options::read(&registry, "pcmta-hq");
        assert!(options.reaches("Sales") && options.reaches("PLANT"));
        assert!(!options.reaches("OFFICE"));
        assert_eq!((options.from_postoffice, options.from_mailbag), (200, 1));
    }
}
