//! The pages of the Microsoft Mail Connector, of the instances of its MTA, and of the Message
//! Transfer Agent it leans on.

use std::time::Duration;

use super::{
    CONNECTOR, CONNECTOR_MTA, Field, LEVELS, MESSAGE_TRANSFER, Page, Setting, logging, only,
    set_logging,
};
use crate::exchange::diagnostics;

pub(super) const PAGE: Page = Page {
    object: CONNECTOR,
    subject: only,
    fields: &[&[
        Field {
            name: "Diagnostics Logging: MSExchangePCMTA",
            takes: LEVELS,
            get: |server, _| logging(server, &diagnostics::PC_MTA),
            put: |server, now, _, to| set_logging(server, now, &diagnostics::PC_MTA, to),
        },
        Field {
            name: "Diagnostics Logging: MSExchangeMSMI",
            takes: LEVELS,
            get: |server, _| logging(server, &diagnostics::INTERCHANGE),
            put: |server, now, _, to| set_logging(server, now, &diagnostics::INTERCHANGE, to),
        },
    ]],
};

pub(super) const INSTANCE: Page = Page {
    object: CONNECTOR_MTA,
    subject: |server, name| {
        let instance = server.mtas.iter().find(|it| it.is_named(name))?;
        Some(instance.name.to_string())
    },
    fields: &[&[Field {
        // Read when the instance is started (Q147464).
        name: "Check for mail every __ minute",
        takes: "a number of minutes, at least 1",
        get: |server, subject| {
            let instance = server.mtas.iter().find(|it| it.is_named(subject))?;
            Some(Setting::Count(minutes(instance.check_every)))
        },
        put: |server, _, subject, to| {
            let minutes = to.count().filter(|it| *it > 0)?;
            let mut instances = server.mtas.iter_mut();
            let instance = instances.find(|it| it.is_named(subject))?;
            instance.check_every = Duration::from_secs(u64::from(minutes) * 60);
            Some(())
        },
    }]],
};

pub(super) const TRANSFER: Page = Page {
    object: MESSAGE_TRANSFER,
    subject: only,
    fields: &[&[Field {
        name: "Diagnostics Logging: MSExchangeMTA",
        takes: LEVELS,
        get: |server, _| logging(server, &diagnostics::TRANSFER),
        put: |server, now, _, to| set_logging(server, now, &diagnostics::TRANSFER, to),
    }]],
};

fn minutes(duration: Duration) -> u32 {
    u32::try_from(duration.as_secs().div_ceil(60)).unwrap_or(u32::MAX)
}
