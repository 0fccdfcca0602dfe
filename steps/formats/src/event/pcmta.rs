//! Events of the Microsoft Mail Connector (PC) MTA, written under the name of its instance.

use super::Definition;
use crate::form::Form;

const fn event(
    id: u32,
    kind: &'static str,
    category: &'static str,
    texts: &'static [Form],
) -> Definition {
    Definition {
        id,
        source: "",
        kind,
        category,
        texts,
    }
}

/// The connector's side writes Sent and Received, the postoffice's Moved Out and Moved In
/// (Q147464, Q148309). That both are information is inferred; so is that the fields of Q133401 are
/// those of both, between the share and the addresses.
pub(super) const EVENTS: &[Definition] = &[
    event(
        4395,
        "Information",
        "Moved Out",
        &[
            Form("Mail sent from \\\\{server}\\{share}\nFROM: {mailbox}\nTO: {mailbox}"),
            Form(
                "Mail sent from \\\\{server}\\{share}\nDate: {date}\nTime: {time}\nMessage ID: {hex8}\nSize: {number}\nFROM: {mailbox}\nTO: {mailbox}",
            ),
            Form(
                "Date: {date}\nTime: {time}\nMessage ID: {hex8}\nSize: {number}\nFROM: {mailbox}\nTO: {mailbox}",
            ),
        ],
    ),
    event(
        4395,
        "Information",
        "Sent",
        &[
            Form("Mail sent from \\\\{server}\\MAILDAT$\nFROM: {mailbox}\nTO: {mailbox}"),
            Form(
                "Mail sent from \\\\{server}\\MAILDAT$\nDate: {date}\nTime: {time}\nMessage ID: {hex8}\nSize: {number}\nFROM: {mailbox}\nTO: {mailbox}",
            ),
        ],
    ),
    event(
        4355,
        "Information",
        "Received",
        &[
            Form("Mail received on \\\\{server}\\MAILDAT$\nFROM: {mailbox}\nTO: {mailbox}"),
            Form(
                "Mail received on \\\\{server}\\MAILDAT$\nDate: {date}\nTime: {time}\nMessage ID: {hex8}\nSize: {number}\nFROM: {mailbox}\nTO: {mailbox}",
            ),
        ],
    ),
    event(
        4355,
        "Information",
        "Moved In",
        &[
            Form("Mail received on \\\\{server}\\{share}\nFROM: {mailbox}\nTO: {mailbox}"),
            Form(
                "Mail received on \\\\{server}\\{share}\nDate: {date}\nTime: {time}\nMessage ID: {hex8}\nSize: {number}\nFROM: {mailbox}\nTO: {mailbox}",
            ),
            Form(
                "Date: {date}\nTime: {time}\nMessage ID: {hex8}\nSize: {number}\nFROM: {mailbox}\nTO: {mailbox}",
            ),
        ],
    ),
    // Q151228
    event(
        4188,
        "Error",
        "Session",
        &[
            Form(
                "The postoffice {po} on \\\\{server}\\{hidden-share} and the postoffice {po} on \\\\{server}\\{hidden-share} have the same postoffice serial number [{serial}].\nMake sure you do not have two drives pointing to the same postoffice.",
            ),
            Form(
                "The postoffice {po} on \\\\{server}\\{hidden-share} and the postoffice {po} on \\\\{server}\\{hidden-share} have the same postoffice serial number [{serial}].",
            ),
        ],
    ),
    // Q152903
    event(
        4254,
        "",
        "",
        &[
            Form(
                "Unable to deliver mail to \\\\{server}\\{hidden-share}\\P1\\{hex8}.0lk\nMS Mail Connector (PC) MTA will retry in the next cycle.",
            ),
            Form(
                "Unable to deliver mail to \\\\{server}\\{hidden-share}\\P1\\{hex8}.0LK\nMS Mail Connector (PC) MTA will retry in the next cycle.",
            ),
        ],
    ),
    // Q266442; 4304 comes with it, and no article prints its text.
    event(
        4536,
        "Error",
        "",
        &[Form(
            "Incomplete or missing routing information at {server}. Routing could not be determined due to an external member in a group definition.",
        )],
    ),
    event(4304, "", "", &[]),
];
