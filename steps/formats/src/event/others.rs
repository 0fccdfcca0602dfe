//! Events of other sources that come with trouble of dir-sync.

use super::Definition;
use crate::form::Form;

const fn event(
    source: &'static str,
    id: u32,
    kind: &'static str,
    category: &'static str,
    texts: &'static [Form],
) -> Definition {
    Definition {
        id,
        source,
        kind,
        category,
        texts,
    }
}

/// What 2302 says, whoever writes it (Q168857).
pub(super) const MAILER: Form = Form(
    "MS Mail Connector Interchange has failed to start the mailer component. Return code from mailer is {0x} and the return code Win32 is {0x}.",
);

/// The MTA of Exchange, its databases, its proxies, and the service manager.
pub(super) const EVENTS: &[Definition] = &[
    // Q158309
    event(
        "MSExchangeMTA",
        178,
        "",
        "X400 Service",
        &[Form(
            "An error occurred while transferring in message because the directory name could not be expanded to an O/R address. An X.400 API Association (XAPIA) unable-to-transfer reason code and unrecognized-OR-name diagnostic code were returned. [MTA SUBMIT {number} {number}] ({number})",
        )],
    ),
    // Q181952
    event(
        "MSExchangeMTA",
        142,
        "Warning",
        "X400 Service",
        &[Form(
            "The MTA was unable to route to recipient {text}. The message (MTS-ID): {text}, recipient: {text}, recipient number {number}. Check the routing table for a possible incorrect routing configuration. [MTA DISP:ROUTER {number} {number}] ({number})",
        )],
    ),
    event(
        "MSExchangeMTA",
        290,
        "Warning",
        "X400 Service",
        &[Form(
            "A non-delivery report (reason code unable-to-transfer and diagnostic code unrecognized-OR-name) is being generated for message {text}. It was originally destined for {text} (recipient number {number}), and was to be redirected to . [MTA DISP:RESULT {number} {number}] ({number})",
        )],
    ),
    event(
        "MSExchangeMTA",
        2245,
        "Warning",
        "Directory Access",
        &[Form(
            "Directory operation (ds_read) failed with problem {problem}. Attribute . Directory Name (string): {text}. [RD Server DISP:ROUTER {number} {number}] ({number})",
        )],
    ),
    // Q159305
    event(
        "MSExchangeMTA",
        2171,
        "Warning",
        "Internal Processing",
        &[Form(
            "An MTA database server error was encountered while reading an attribute. Called from XAPI Procedure: {number}. Database error code: {number}. Object at fault: {hex8}. Attribute identifier: {number}. Value number: {number}. Referenced object: {hex8} ({text}). Referenced object error: {number}. [DB Server Gateway {number} {number}] ({number}).",
        )],
    ),
    event(
        "MSExchangeMTA",
        3128,
        "Warning",
        "Internal Processing",
        &[Form(
            "An MTA database server error was encountered. [XAPI GATEWAY {number} {number}] ({number})",
        )],
    ),
    // Q200003
    event(
        "MSExchangeMTA",
        2028,
        "",
        "",
        &[Form(
            "A fatal internal MTA error occurred. Contact Microsoft Product Support Services. Unable to encode the message tracking event. Event node = {word}, Error code = {text} [BASE XFER-IN {number} {number}]({number})",
        )],
    ),
    // Q168857
    event("Service Control Manager", 2302, "Error", "None", &[MAILER]),
    // Q185225, Q224991
    event(
        "ESE97",
        124,
        "",
        "Logging/Recovery",
        &[
            Form("MSExchangeDX {number} (Unable to read the log header. error - {number})"),
            Form("MSExchangeDX {number} (Unable to read the log header. error -{number})"),
        ],
    ),
    event(
        "ESE97",
        172,
        "",
        "",
        &[Form(
            "MSExchangeDX (({number})) The database engine is initiating index cleanup of database '{path}' as a result of an NT version upgrade from {text} to {text}.",
        )],
    ),
    event(
        "ESE97",
        177,
        "",
        "",
        &[Form(
            "MSExchangeDX (({number})) Database '{path}': The secondary index '{word}' of table '{word}' is corrupt. Please defragment the database to rebuild the index.",
        )],
    ),
    // Q159189
    event(
        "X400Proxy",
        13,
        "Warning",
        "None",
        &[Form(
            "X400 address failure. An illegal type name was specified at character position {number} of '{text}'.",
        )],
    ),
    // Q193842
    event(
        "MSProxy",
        5,
        "Warning",
        "None",
        &[Form(
            "Microsoft Mail address failure. The Mailbox name '{text}' is not valid. There must be 1-10 valid characters.",
        )],
    ),
];
