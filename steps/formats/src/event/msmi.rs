//! Events of the MS Mail Connector Interchange, `MSExchangeMSMI`.

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
        source: "MSExchangeMSMI",
        kind,
        category,
        texts,
    }
}

/// What it says of a message it cannot take from Exchange (Q158379, Q167139,
/// Q173344).
const LEFT: &[Form] = &[
    Form(
        "MS Mail Connector Interchange has failed processing message from Exchange. The message is left in the delivery queue. Use the MS Exchange Administrator to view the details for this message or remove it from the queue. This message entitled \"{text}\" is from {text}. This error message will be logged again the next time MS Connector is restarted if the message is not removed from the queue.",
    ),
    Form(
        "MS Mail Connector Interchange has failed processing message from Exchange. The message is left in the delivery queue. Use the MS Exchange Administrator to view the details for this message or remove it from the queue. This message is from {text}. This error message will be logged again the next time MS Connector is restarted if the message is not removed from the queue.",
    ),
    Form(
        "MS Mail Connector Interchange has failed processing message from Exchange. The message is left in the delivery queue. Use the MS Exchange Administrator to view the details for this message or remove it from the queue. This error message will be logged again the next time MS Connector is restarted if the message is not removed from the queue.",
    ),
];

/// Types and categories are those of the articles beside the rows.
pub(super) const EVENTS: &[Definition] = &[
    // Q163020
    event(
        2010,
        "",
        "Debug Data",
        &[Form(
            "Disk error encountered while inserting data into {hex8}.MBG from {hex8}.",
        )],
    ),
    // Q169117 prints no more than this.
    event(
        2113,
        "",
        "",
        &[
            Form("Message ID delivered to exchange."),
            Form("Message ID <{hex8}> delivered to Exchange"),
        ],
    ),
    // Q162841, Q163020, Q165396
    event(
        2117,
        "Warning",
        "NDR",
        &[
            Form("Non delivery report generated."),
            Form("Non delivery report generated.\nFrom: {text}\nSubject: {text}\n{ndr}"),
        ],
    ),
    // Q151791
    event(
        2342,
        "",
        "",
        &[Form(
            "MS Mail Connector Interchange failed to put into XOM stream. Return code is {0x}.",
        )],
    ),
    event(
        2384,
        "",
        "",
        &[Form(
            "MS Mail Connector Interchange has established an MTA session for uploading messages to the Exchange server.",
        )],
    ),
    // Q169117
    event(
        2371,
        "Warning",
        "NDR",
        &[Form(
            "Invalid recipient(s) found in {po}/{hex8}. Generating non-delivery report.",
        )],
    ),
    event(
        2375,
        "Error",
        "Session Error",
        &[Form(
            "MS Mail Connector Interchange has detected a configuration problem. No mailbag on the MS Mail Connector Post Office was found for recipient: {word} in the message with message id {po}/{hex8}.",
        )],
    ),
    // Q165485, Q159305
    event(
        2335,
        "Information",
        "Session Data",
        &[Form(
            "MS Mail Connector Interchange has established an MTA session for downloading messages from the Exchange server.",
        )],
    ),
    event(
        2335,
        "Error",
        "Session Error",
        &[Form(
            "MS Mail Connector Interchange has failed in om_read(). Return code is {0x}.",
        )],
    ),
    // Q165485, Q158379
    event(
        2380,
        "Error",
        "Session Error",
        &[
            Form(
                "A memory access violation has occurred that prevents further processing of a message. The access violation that occurred is an attempt to read from {0x}. Please refer to the immediately following event(s) logged by MS Mail Connector Interchange for more information on the message that could not be processed.",
            ),
            Form(
                "A memory access violation has occurred that prevents further processing of a message. The access violation that occurred is an attempt to read from {number}. Please refer to the immediately following event(s) logged by MS Mail Connector Interchange for more information on the message that could not be processed.",
            ),
            Form(
                "A memory access violation has occurred that prevents further processing of a message. The access violation that occurred is an attempt to read from {0x}. Please refer to the immediately following event(s) logged by MS Mail Connector Interchange for more information on the message that could not be processed. (Exception address: {word})",
            ),
        ],
    ),
    // Q168857 prints it with another source; see `others`.
    event(2302, "Error", "None", &[super::others::MAILER]),
    // Q164177
    event(
        2410,
        "Error",
        "Session Error",
        &[Form(
            "MS Mail Connector Interchange has failed to establish a session with the Directory services. The return code is {0x}.",
        )],
    ),
    // Q175447, Q169117
    event(
        2444,
        "Information",
        "Routing",
        &[
            Form("Message ID <{hex8}> processed from INQUEUE"),
            Form("Message ID <{hex8}> processed from INQUEUE\nFrom: {text}\nTo: {text}"),
        ],
    ),
    event(2446, "Error", "Session Error", LEFT),
    event(2447, "Error", "Session Error", LEFT),
    event(
        2448,
        "Information",
        "Sent",
        &[
            Form("Message ID <{hex8}> created in MS Mail"),
            Form(
                "Message ID <{text}> received from Exchange\nMessage ID <{hex8}> created in MS Mail\nFrom: {text}\nTo: {text}",
            ),
            Form("Message ID <{hex8}> created in MS Mail\nFrom: {text}\nTo: {text}"),
        ],
    ),
    event(2449, "Error", "Session Error", LEFT),
    event(2450, "Error", "Session Error", LEFT),
    event(2451, "Error", "Session Error", LEFT),
    // Q201120
    event(
        2550,
        "Error",
        "Session Error",
        &[Form(
            "The thread in MSMail connector that delivers to Exchange has failed creating MSExchange MTA object. Check that the MSExchange MTA is running. When the MSExchange MTA is restarted, the MSMail connector will automatically establish a session with it.",
        )],
    ),
    // Q151791
    event(
        2553,
        "Error",
        "Session Error",
        &[Form(
            "The thread in MS Mail Connector that delivers to Exchange has failed writing out data to the MTA.",
        )],
    ),
    // Q201120
    event(
        2558,
        "Error",
        "Session Error",
        &[Form(
            "The thread in the MSMail connector that delivers to MSMail has failed waiting on the MSExchange queue.",
        )],
    ),
    // Q159305
    event(
        2560,
        "Error",
        "Session Error",
        &[Form(
            "The thread in the MS Mail Connector that delivers to MS Mail has failed reading the Microsoft Exchange Server MTA object.",
        )],
    ),
    // Q167139
    event(
        2563,
        "Error",
        "Session Error",
        &[Form("An out of memory condition is detected.")],
    ),
    // Q141135 prints no texts.
    event(2376, "Error", "Session Error", &[]),
    event(2568, "Error", "Session Error", &[]),
    // Q201120
    event(
        2590,
        "Error",
        "Session Error",
        &[Form(
            "The MSMail connector interchange wait on Exchange queue failed {0x}",
        )],
    ),
    // Q175447, Q198393
    event(10000, "", "Debug Data", &[]),
    event(
        10003,
        "",
        "Debug Data",
        &[Form(
            "Fatal Error: File {file}, line {number} Mailer Thread failed.",
        )],
    ),
];
