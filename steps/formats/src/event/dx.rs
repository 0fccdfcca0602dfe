//! Events of the Exchange Directory Synchronization service, `MSExchangeDX`.

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
        source: "MSExchangeDX",
        kind,
        category,
        texts,
    }
}

/// Most end with the thread that wrote them, which is read apart. Where no article prints a type
/// or a category, none is checked.
pub(super) const EVENTS: &[Definition] = &[
    // Q192484, Q241117
    event(
        133,
        "",
        "",
        &[
            Form("Error {ds} , problem {problem} returned by the Microsoft Exchange DS."),
            Form("Error {ds}, problem {problem} returned by the Microsoft Exchange DS."),
        ],
    ),
    // Q159295, Q201122
    event(
        134,
        "Error",
        "Event Handler",
        &[
            Form("Error {mh} returned by the MTA."),
            Form("Error {mh} returned by the MTA. (Thread {number}). {mh}. (DXA logging"),
        ],
    ),
    // Q147084
    event(
        136,
        "",
        "Event Handler",
        &[
            Form(
                "Message received from unknown DirSync requestor - X400:/ddat=ms /ddav=\"{mailbox}\".",
            ),
            Form(
                "\"Message received from unknown DirSync requestor - X400:/ddat=ms /ddav=\"{mailbox}\".",
            ),
            Form("Message received from unknown DirSync requestor - {x400}."),
            Form("Message received from unknown DirSync requestor - {x400}"),
        ],
    ),
    // Q163625 prints no text.
    event(139, "", "", &[]),
    // Q192484, Q241117
    event(
        143,
        "",
        "",
        &[
            Form("Unable to update the remote dirsync entry {text} in directory service."),
            Form("Unable to update the remote dirsync entry {text} in directory service {text}."),
        ],
    ),
    event(
        168,
        "",
        "",
        &[Form(
            "State information could not be updated. Duplicates may be sent or received during the next synchronization cycle for remote dirsync {text}.",
        )],
    ),
    // Q196892 prints no text.
    event(181, "", "", &[]),
    // Q175588
    event(
        220,
        "",
        "",
        &[Form(
            "Multiple dirsync messages to and from {text} have been lost or delayed.",
        )],
    ),
    event(
        221,
        "",
        "",
        &[Form(
            "An Import Reply (full export) will be done to {text} on the next reply.",
        )],
    ),
    // Q159189
    event(
        247,
        "Error",
        "MS Mail 3.2",
        &[
            Form(
                "The e-mail address of the following transaction is not a valid format. See previous events logged by the Microsoft Exchange System Attendant component for details. The transaction is {text}.",
            ),
            Form(
                "The e-mail address of the following transaction is not a valid format. See previous events logged by the Microsoft Exchange System Attendant component for details. The transaction is {text}. (Thread {number}) The custom recipient (CR) has not been created on the Exchange Server.",
            ),
        ],
    ),
    // Q169677, Q224991
    event(
        249,
        "Error",
        "Startup",
        &[Form(
            "Error {signed} occurred while trying to create a new database.",
        )],
    ),
    // Q153658
    event(
        268,
        "",
        "",
        &[
            Form(
                "An error occurred when attempting to open a temporary file in the DXADATA directory. Ensure that there is enough disk space to perform this action.",
            ),
            Form(
                "An error occurred when attempting to open a temporary file In the DXADATA directory. Ensure that there is enough disk space to Perform this action.",
            ),
        ],
    ),
    // Q155727 prints no text.
    event(282, "", "", &[]),
];
