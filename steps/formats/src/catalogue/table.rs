//! The table of messages: number, severities seen, printings.
//!
//! Texts are those of DIRSYNC.TXT (Q96001 to Q96004) and, where a log is printed, of the article
//! that prints it: 105, 167 and 171 of Q149271, 138 and 139 of Q108067, 39 of Q135486, 54 of
//! Q136514, 158 of Q99268, 7 of Q134228. The texts of 2, 4, 8, 106 and 152 are in part inferred.

use super::Entry;
use crate::form::Form;
use crate::log::Severity;

const UNSEEN: &[Severity] = &[];
const STATUS: &[Severity] = &[Severity::Status];
const WARNING: &[Severity] = &[Severity::Warning];
const ERROR: &[Severity] = &[Severity::Error];
const FATAL: &[Severity] = &[Severity::Fatal];
const FATAL_OR_WARNING: &[Severity] = &[Severity::Fatal, Severity::Warning];
const ERROR_OR_FATAL: &[Severity] = &[Severity::Error, Severity::Fatal];

/// An entry of the table.
const fn entry(number: u16, severities: &'static [Severity], texts: &'static [Form]) -> Entry {
    Entry {
        number,
        severities,
        texts,
    }
}

/// Every message, by number.
pub(super) const ENTRIES: &[Entry] = &[
    entry(2, FATAL_OR_WARNING, &[Form("Error opening file: {text}")]),
    entry(4, WARNING, &[Form("Error reading file: {text}")]),
    entry(7, FATAL, &[Form("Error renaming file: {text}")]),
    entry(8, WARNING, &[Form("Error deleting file: {text}")]),
    entry(
        9,
        WARNING,
        &[
            Form("Out of memory: {text}"),
            Form("Out of memory"),
            Form("Out of Memory"),
        ],
    ),
    entry(10, UNSEEN, &[Form("Directory Sync has not been enabled")]),
    entry(12, ERROR, &[Form("Invalid character in column 1")]),
    entry(13, ERROR, &[Form("Invalid transaction command")]),
    entry(
        14,
        FATAL,
        &[
            Form("Error processing RESYNC.GLB"),
            Form("Error processing Resync.glb"),
        ],
    ),
    entry(15, UNSEEN, &[Form("Invalid character in phone number")]),
    entry(16, UNSEEN, &[Form("Unknown address type")]),
    entry(
        17,
        UNSEEN,
        &[Form("Unexpected end of line in node address")],
    ),
    entry(18, UNSEEN, &[Form("Unexpected end of line in fullname")]),
    entry(
        19,
        UNSEEN,
        &[Form("Unexpected end of line in physical address")],
    ),
    entry(
        20,
        ERROR,
        &[
            Form("Address element is too long: {text}"),
            Form("Address element is too long"),
        ],
    ),
    entry(
        21,
        UNSEEN,
        &[
            Form("Input file is corrupt or has incorrect format."),
            Form("Input file is corrupt or has incorrect format"),
        ],
    ),
    entry(
        22,
        UNSEEN,
        &[Form("Expecting '/' in template information line")],
    ),
    entry(23, UNSEEN, &[Form("Expecting tab or space")]),
    entry(
        24,
        UNSEEN,
        &[Form("Template info not allowed for this address type")],
    ),
    entry(25, UNSEEN, &[Form("Physical address is too long")]),
    entry(26, UNSEEN, &[Form("Error in physical address")]),
    entry(
        27,
        WARNING,
        &[
            Form("Alias already exists {text}"),
            Form("Alias already exists"),
        ],
    ),
    entry(28, UNSEEN, &[Form("Duplicate alias in transaction queue")]),
    entry(29, ERROR, &[Form("Alias does not exist")]),
    entry(30, UNSEEN, &[Form("Error accessing transaction file")]),
    entry(31, UNSEEN, &[Form("Network not found")]),
    entry(32, UNSEEN, &[Form("Postoffice not found")]),
    entry(33, UNSEEN, &[Form("Template file not found")]),
    entry(34, UNSEEN, &[Form("Template information not accessible")]),
    entry(
        35,
        UNSEEN,
        &[Form("Template memory allocation error in file")],
    ),
    entry(36, UNSEEN, &[Form("Template mismatch error in file")]),
    entry(37, UNSEEN, &[Form("Prompt not found in template")]),
    entry(38, UNSEEN, &[Form("Error loading postoffice template")]),
    entry(
        39,
        FATAL,
        &[
            Form("Error generating TID. Allocating unique ID."),
            Form("Error generating TID"),
        ],
    ),
    entry(40, FATAL, &[Form("Possible database corruption detected")]),
    entry(41, UNSEEN, &[Form("Internal sort error")]),
    entry(42, UNSEEN, &[Form("File already opened and locked")]),
    entry(
        43,
        WARNING,
        &[Form("Gateway alias has no physical address")],
    ),
    entry(
        44,
        ERROR,
        &[
            Form("Gateway not installed: {text}"),
            Form("Gateway not installed"),
        ],
    ),
    entry(
        45,
        ERROR,
        &[
            Form("File error sorting queue: {text}"),
            Form("File error sorting queue"),
        ],
    ),
    entry(46, ERROR, &[Form("No fullname")]),
    entry(47, UNSEEN, &[Form("Transaction has no effect")]),
    entry(48, UNSEEN, &[Form("Expecting physical address")]),
    entry(49, FATAL, &[Form("Fatal error creating network: {text}")]),
    entry(
        50,
        FATAL,
        &[Form("Fatal error creating postoffice: {text}")],
    ),
    entry(51, UNSEEN, &[Form("Error creating mailbag")]),
    entry(
        52,
        UNSEEN,
        &[Form("Error accessing configuration information")],
    ),
    entry(
        53,
        UNSEEN,
        &[Form("Unable to read network and postoffice definitions")],
    ),
    entry(
        54,
        FATAL,
        &[
            Form("No Server name has been set"),
            Form("Server name could not be accessed."),
        ],
    ),
    entry(
        55,
        UNSEEN,
        &[Form("Can't find Dir-Sync Server postoffice definition")],
    ),
    entry(56, UNSEEN, &[Form("Error accessing input file")]),
    entry(57, UNSEEN, &[Form("Error accessing output file")]),
    entry(58, UNSEEN, &[Form("Error accessing database file")]),
    entry(59, FATAL, &[Form("Error autocreating postoffice: {text}")]),
    entry(
        60,
        STATUS,
        &[Form("Using direct routing for autocreated postoffice")],
    ),
    entry(
        61,
        UNSEEN,
        &[Form("No template information defined for postoffice")],
    ),
    entry(62, UNSEEN, &[Form("Replace option failed")]),
    entry(63, UNSEEN, &[Form("Resync extract failed")]),
    entry(64, UNSEEN, &[Form("Reserved network name")]),
    entry(65, UNSEEN, &[Form("No template defined for postoffice")]),
    entry(66, WARNING, &[Form("Local postoffice transaction ignored")]),
    entry(
        67,
        UNSEEN,
        &[Form(
            "Resync extract can be performed only at a Directory Synchronization Server",
        )],
    ),
    entry(68, ERROR, &[Form("Network name already in use")]),
    entry(
        69,
        UNSEEN,
        &[Form("Alphanumeric characters only allowed in network name")],
    ),
    entry(
        70,
        UNSEEN,
        &[Form(
            "Alphanumeric characters only allowed in postoffice name",
        )],
    ),
    entry(
        71,
        UNSEEN,
        &[Form("Alphanumeric characters only allowed in mailbox name")],
    ),
    entry(72, ERROR, &[Form("Fullname is too long")]),
    entry(
        73,
        UNSEEN,
        &[Form(
            "Template option not set, template information will be ignored",
        )],
    ),
    entry(74, UNSEEN, &[Form("FAX recipient address field too long")]),
    entry(75, UNSEEN, &[Form("FAX location address field too long")]),
    entry(76, UNSEEN, &[Form("FAX company address field too long")]),
    entry(
        77,
        UNSEEN,
        &[Form("FAX phone number address field too long")],
    ),
    entry(78, UNSEEN, &[Form("Out of file handles")]),
    entry(79, UNSEEN, &[Form("Out of disk")]),
    entry(80, UNSEEN, &[Form("Out of memory")]),
    entry(81, ERROR, &[Form("No mailbox name")]),
    entry(
        82,
        UNSEEN,
        &[Form(
            "Local user information not allowed for this address type",
        )],
    ),
    entry(
        83,
        UNSEEN,
        &[Form("Invalid local user token value: {text}")],
    ),
    entry(84, UNSEEN, &[Form("Invalid local user token: {text}")]),
    entry(85, UNSEEN, &[Form("Unable to create local user: {text}")]),
    entry(86, UNSEEN, &[Form("Unable to delete local user: {text}")]),
    entry(
        87,
        UNSEEN,
        &[Form("Maximum number of local users has been reached")],
    ),
    entry(88, UNSEEN, &[Form("Invalid token assignment: {text}")]),
    entry(
        89,
        UNSEEN,
        &[Form("Truncating password to 8 characters: {text}")],
    ),
    entry(90, WARNING, &[Form("Transaction not processed")]),
    entry(
        91,
        FATAL,
        &[
            Form("The database is locked by another process: {text}"),
            Form("The mail database is locked by another process: {text}"),
        ],
    ),
    entry(
        92,
        UNSEEN,
        &[Form("Can't modify local user to external: {text}")],
    ),
    entry(
        93,
        UNSEEN,
        &[Form("ACCESS tokens ignored for admin user: {text}")],
    ),
    entry(100, UNSEEN, &[Form("Coding is incomplete")]),
    entry(101, STATUS, &[Form("Begin execution")]),
    entry(102, STATUS, &[Form("End process")]),
    entry(103, UNSEEN, &[Form("Could not parse value")]),
    entry(
        104,
        STATUS,
        &[
            Form("Requestor process failed."),
            Form("Requestor process failed"),
        ],
    ),
    entry(
        105,
        STATUS,
        &[
            Form("Requestor updates received: {number}"),
            Form("ReqRx received {number} updates"),
        ],
    ),
    entry(
        106,
        STATUS,
        &[
            Form("Requestor updates sent: {number}"),
            Form("ReqTx send {number} updates"),
        ],
    ),
    entry(107, STATUS, &[Form("No more records")]),
    entry(108, UNSEEN, &[Form("Error getting next record")]),
    entry(109, UNSEEN, &[Form("Error getting first record")]),
    entry(110, UNSEEN, &[Form("Failed to read the last transaction")]),
    entry(113, FATAL, &[Form("Failure to send mail to {text}")]),
    entry(114, UNSEEN, &[Form("Failure to delete a message")]),
    entry(115, ERROR, &[Form("Failure to read mail from {text}")]),
    entry(116, UNSEEN, &[Form("Attachment is missing or is empty")]),
    entry(118, FATAL, &[Form("Transaction limit reached")]),
    entry(120, ERROR, &[Form("Requestor not registered")]),
    entry(123, UNSEEN, &[Form("Could not compress file")]),
    entry(124, UNSEEN, &[Form("Invalid transaction format")]),
    entry(125, UNSEEN, &[Form("Failure to copy attachment file")]),
    entry(
        128,
        WARNING,
        &[Form("Could not process requestor status report")],
    ),
    entry(129, ERROR, &[Form("Could not find specified sync number")]),
    entry(133, ERROR, &[Form("Invalid Server Request")]),
    entry(
        136,
        UNSEEN,
        &[Form("The local requestor is not registered")],
    ),
    entry(
        138,
        ERROR_OR_FATAL,
        &[Form("Server sync does not exist anymore ({number})")],
    ),
    entry(
        139,
        ERROR_OR_FATAL,
        &[Form(
            "Number of missing transactions = {number} ({number}->{number})",
        )],
    ),
    entry(
        150,
        FATAL,
        &[Form("Could not append transactions to the updates file")],
    ),
    entry(151, UNSEEN, &[Form("Requestor configuration busy")]),
    entry(
        152,
        WARNING,
        &[Form("Failure to transmit requestor updates")],
    ),
    entry(154, WARNING, &[Form("Non-delivery report from {text}")]),
    entry(155, ERROR, &[Form("Invalid DirSync profile from {text}")]),
    entry(
        156,
        ERROR,
        &[
            Form("Invalid DirSync password from {text}"),
            Form("Invalid Dirsync password from {text}"),
        ],
    ),
    entry(157, ERROR, &[Form("DirSync software version out of sync")]),
    entry(
        158,
        ERROR,
        &[
            Form("Requestor not registered : {text}"),
            Form("Requestor not registered"),
        ],
    ),
    entry(
        159,
        FATAL,
        &[
            Form("Failure to send update mail to requestors {text}"),
            Form("Failure to send update mail to requestor {text}"),
        ],
    ),
    entry(161, FATAL, &[Form("Server configuration busy")]),
    entry(162, UNSEEN, &[Form("Failure to transmit server updates")]),
    entry(163, UNSEEN, &[Form("Failure to copy server updates")]),
    entry(
        166,
        FATAL,
        &[
            Form("Manual Import required for {text}"),
            Form("Manual import required for {text}"),
        ],
    ),
    entry(
        167,
        STATUS,
        &[Form("Server updates requested for address types: {text}")],
    ),
    entry(171, STATUS, &[Form("No requestor updates to send")]),
    entry(201, STATUS, &[Form("Warning .USR file missing")]),
    entry(
        202,
        FATAL,
        &[
            Form("No Valid Postoffice found"),
            Form("No Valid Postoffice Found."),
            Form("No valid postoffice found"),
            Form("No Valid Postoffice found."),
        ],
    ),
    entry(203, FATAL, &[Form("GAL Rebuild problem accessing files")]),
    entry(204, UNSEEN, &[Form("GAL Rebuild out of disk space")]),
    entry(249, UNSEEN, &[Form("Not enough free file handles")]),
];
