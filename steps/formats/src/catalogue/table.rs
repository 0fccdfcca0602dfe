//! The table of messages: number, severities seen, printings.
//!
//! Texts are those of DIRSYNC.TXT (Q96001 to Q96004) and, where a log is printed, of the article
//! that prints it: 105, 167 and 171 of Q149271, 138 and 139 of Q108067, 39 of Q135486, 54 of
//! Q136514, 158 of Q99268, 7 of Q134228. The texts of 2, 4, 8, 106 and 152 are in part inferred.

use super::Entry;
use crate::log::Severity;

const UNSEEN: &[Severity] = &[];
const STATUS: &[Severity] = &[Severity::Status];
const WARNING: &[Severity] = &[Severity::Warning];
const ERROR: &[Severity] = &[Severity::Error];
const FATAL: &[Severity] = &[Severity::Fatal];
const FATAL_OR_WARNING: &[Severity] = &[Severity::Fatal, Severity::Warning];
const ERROR_OR_FATAL: &[Severity] = &[Severity::Error, Severity::Fatal];

/// An entry of the table.
const fn entry(
    number: u16,
    severities: &'static [Severity],
    texts: &'static [&'static str],
) -> Entry {
    Entry {
        number,
        severities,
        texts,
    }
}

/// Every message, by number.
pub(super) const ENTRIES: &[Entry] = &[
    entry(2, FATAL_OR_WARNING, &["Error opening file: {text}"]),
    entry(4, WARNING, &["Error reading file: {text}"]),
    entry(7, FATAL, &["Error renaming file: {text}"]),
    entry(8, WARNING, &["Error deleting file: {text}"]),
    entry(
        9,
        WARNING,
        &["Out of memory: {text}", "Out of memory", "Out of Memory"],
    ),
    entry(10, UNSEEN, &["Directory Sync has not been enabled"]),
    entry(12, ERROR, &["Invalid character in column 1"]),
    entry(
        13,
        ERROR,
        &[
            "Invalid transaction command",
            "Dirsync import error accessing {file}",
        ],
    ),
    entry(
        14,
        FATAL,
        &["Error processing RESYNC.GLB", "Error processing Resync.glb"],
    ),
    entry(15, UNSEEN, &["Invalid character in phone number"]),
    entry(16, UNSEEN, &["Unknown address type"]),
    entry(17, UNSEEN, &["Unexpected end of line in node address"]),
    entry(18, UNSEEN, &["Unexpected end of line in fullname"]),
    entry(19, UNSEEN, &["Unexpected end of line in physical address"]),
    entry(
        20,
        ERROR,
        &[
            "Address element is too long: {text}",
            "Address element is too long",
        ],
    ),
    entry(
        21,
        UNSEEN,
        &[
            "Input file is corrupt or has incorrect format.",
            "Input file is corrupt or has incorrect format",
        ],
    ),
    entry(22, UNSEEN, &["Expecting '/' in template information line"]),
    entry(23, UNSEEN, &["Expecting tab or space"]),
    entry(
        24,
        UNSEEN,
        &["Template info not allowed for this address type"],
    ),
    entry(25, UNSEEN, &["Physical address is too long"]),
    entry(26, UNSEEN, &["Error in physical address"]),
    entry(
        27,
        WARNING,
        &["Alias already exists {text}", "Alias already exists"],
    ),
    entry(28, UNSEEN, &["Duplicate alias in transaction queue"]),
    entry(29, ERROR, &["Alias does not exist"]),
    entry(30, UNSEEN, &["Error accessing transaction file"]),
    entry(31, UNSEEN, &["Network not found"]),
    entry(32, UNSEEN, &["Postoffice not found"]),
    entry(33, UNSEEN, &["Template file not found"]),
    entry(34, UNSEEN, &["Template information not accessible"]),
    entry(35, UNSEEN, &["Template memory allocation error in file"]),
    entry(36, UNSEEN, &["Template mismatch error in file"]),
    entry(37, UNSEEN, &["Prompt not found in template"]),
    entry(38, UNSEEN, &["Error loading postoffice template"]),
    entry(
        39,
        FATAL,
        &[
            "Error generating TID. Allocating unique ID.",
            "Error generating TID",
        ],
    ),
    entry(40, FATAL, &["Possible database corruption detected"]),
    entry(41, UNSEEN, &["Internal sort error"]),
    entry(42, UNSEEN, &["File already opened and locked"]),
    entry(
        43,
        WARNING,
        &[
            "Gateway alias has no physical address",
            "Gateway alias has no physical address.",
        ],
    ),
    entry(
        44,
        ERROR,
        &["Gateway not installed: {text}", "Gateway not installed"],
    ),
    entry(
        45,
        ERROR,
        &[
            "File error sorting queue: {text}",
            "File error sorting queue",
        ],
    ),
    entry(46, ERROR, &["No fullname", "No Fullname"]),
    entry(47, UNSEEN, &["Transaction has no effect"]),
    entry(48, UNSEEN, &["Expecting physical address"]),
    entry(49, FATAL, &["Fatal error creating network: {text}"]),
    entry(50, FATAL, &["Fatal error creating postoffice: {text}"]),
    entry(51, UNSEEN, &["Error creating mailbag"]),
    entry(52, UNSEEN, &["Error accessing configuration information"]),
    entry(
        53,
        UNSEEN,
        &["Unable to read network and postoffice definitions"],
    ),
    entry(
        54,
        FATAL,
        &[
            "No Server name has been set",
            "Server name could not be accessed.",
        ],
    ),
    entry(
        55,
        UNSEEN,
        &["Can't find Dir-Sync Server postoffice definition"],
    ),
    entry(56, UNSEEN, &["Error accessing input file"]),
    entry(57, UNSEEN, &["Error accessing output file"]),
    entry(58, UNSEEN, &["Error accessing database file"]),
    entry(59, FATAL, &["Error autocreating postoffice: {text}"]),
    entry(
        60,
        STATUS,
        &["Using direct routing for autocreated postoffice"],
    ),
    entry(
        61,
        UNSEEN,
        &["No template information defined for postoffice"],
    ),
    entry(62, UNSEEN, &["Replace option failed"]),
    entry(63, UNSEEN, &["Resync extract failed"]),
    entry(64, UNSEEN, &["Reserved network name"]),
    entry(65, UNSEEN, &["No template defined for postoffice"]),
    entry(66, WARNING, &["Local postoffice transaction ignored"]),
    entry(
        67,
        UNSEEN,
        &["Resync extract can be performed only at a Directory Synchronization Server"],
    ),
    entry(68, ERROR, &["Network name already in use"]),
    entry(
        69,
        UNSEEN,
        &["Alphanumeric characters only allowed in network name"],
    ),
    entry(
        70,
        UNSEEN,
        &["Alphanumeric characters only allowed in postoffice name"],
    ),
    entry(
        71,
        UNSEEN,
        &["Alphanumeric characters only allowed in mailbox name"],
    ),
    entry(
        72,
        ERROR,
        &["Fullname is too long", "Fullname is too long:"],
    ),
    entry(
        73,
        UNSEEN,
        &["Template option not set, template information will be ignored"],
    ),
    entry(74, UNSEEN, &["FAX recipient address field too long"]),
    entry(75, UNSEEN, &["FAX location address field too long"]),
    entry(76, UNSEEN, &["FAX company address field too long"]),
    entry(77, UNSEEN, &["FAX phone number address field too long"]),
    entry(78, UNSEEN, &["Out of file handles"]),
    entry(79, UNSEEN, &["Out of disk"]),
    entry(80, UNSEEN, &["Out of memory"]),
    entry(81, ERROR, &["No mailbox name", "No mailbox NAME"]),
    entry(
        82,
        UNSEEN,
        &["Local user information not allowed for this address type"],
    ),
    entry(83, UNSEEN, &["Invalid local user token value: {text}"]),
    entry(84, UNSEEN, &["Invalid local user token: {text}"]),
    entry(85, UNSEEN, &["Unable to create local user: {text}"]),
    entry(86, UNSEEN, &["Unable to delete local user: {text}"]),
    entry(
        87,
        UNSEEN,
        &["Maximum number of local users has been reached"],
    ),
    entry(88, UNSEEN, &["Invalid token assignment: {text}"]),
    entry(89, UNSEEN, &["Truncating password to 8 characters: {text}"]),
    entry(90, WARNING, &["Transaction not processed"]),
    entry(
        91,
        FATAL,
        &[
            "The database is locked by another process: {text}",
            "The mail database is locked by another process: {text}",
        ],
    ),
    entry(92, UNSEEN, &["Can't modify local user to external: {text}"]),
    entry(
        93,
        UNSEEN,
        &["ACCESS tokens ignored for admin user: {text}"],
    ),
    entry(100, UNSEEN, &["Coding is incomplete"]),
    entry(101, STATUS, &["Begin execution"]),
    entry(102, STATUS, &["End process"]),
    entry(103, UNSEEN, &["Could not parse value"]),
    entry(
        104,
        STATUS,
        &["Requestor process failed.", "Requestor process failed"],
    ),
    entry(
        105,
        STATUS,
        &[
            "Requestor updates received: {number}",
            "ReqRx received {number} updates",
        ],
    ),
    entry(
        106,
        STATUS,
        &[
            "Requestor updates sent: {number}",
            "ReqTx send {number} updates",
        ],
    ),
    entry(107, STATUS, &["No more records"]),
    entry(108, UNSEEN, &["Error getting next record"]),
    entry(109, UNSEEN, &["Error getting first record"]),
    entry(110, UNSEEN, &["Failed to read the last transaction"]),
    entry(113, FATAL, &["Failure to send mail to {text}"]),
    entry(114, UNSEEN, &["Failure to delete a message"]),
    entry(115, ERROR, &["Failure to read mail from {text}"]),
    entry(116, UNSEEN, &["Attachment is missing or is empty"]),
    entry(118, FATAL, &["Transaction limit reached"]),
    entry(120, ERROR, &["Requestor not registered"]),
    entry(123, UNSEEN, &["Could not compress file"]),
    entry(124, UNSEEN, &["Invalid transaction format"]),
    entry(125, UNSEEN, &["Failure to copy attachment file"]),
    entry(128, WARNING, &["Could not process requestor status report"]),
    entry(
        129,
        ERROR,
        &[
            "Could not find specified sync number",
            "Could not find the specified sync number",
        ],
    ),
    entry(133, ERROR, &["Invalid Server Request"]),
    entry(136, UNSEEN, &["The local requestor is not registered"]),
    entry(
        138,
        ERROR_OR_FATAL,
        &["Server sync does not exist anymore ({number})"],
    ),
    entry(
        139,
        ERROR_OR_FATAL,
        &["Number of missing transactions = {number} ({number}->{number})"],
    ),
    entry(
        150,
        FATAL,
        &["Could not append transactions to the updates file"],
    ),
    entry(151, UNSEEN, &["Requestor configuration busy"]),
    entry(152, WARNING, &["Failure to transmit requestor updates"]),
    entry(154, WARNING, &["Non-delivery report from {text}"]),
    entry(155, ERROR, &["Invalid DirSync profile from {text}"]),
    entry(
        156,
        ERROR,
        &[
            "Invalid DirSync password from {text}",
            "Invalid Dirsync password from {text}",
        ],
    ),
    entry(157, ERROR, &["DirSync software version out of sync"]),
    entry(
        158,
        ERROR,
        &[
            "Requestor not registered : {text}",
            "Requestor not registered",
        ],
    ),
    entry(
        159,
        FATAL,
        &[
            "Failure to send update mail to requestors {text}",
            "Failure to send update mail to requestor {text}",
            "Failure to send update mail to requesters",
            "Failure to send update mail to requestors",
        ],
    ),
    entry(161, FATAL, &["Server configuration busy"]),
    entry(162, UNSEEN, &["Failure to transmit server updates"]),
    entry(163, UNSEEN, &["Failure to copy server updates"]),
    entry(
        166,
        FATAL,
        &[
            "Manual Import required for {text}",
            "Manual import required for {text}",
        ],
    ),
    entry(
        167,
        STATUS,
        &["Server updates requested for address types: {text}"],
    ),
    entry(171, STATUS, &["No requestor updates to send"]),
    entry(201, STATUS, &["Warning .USR file missing"]),
    entry(
        202,
        FATAL,
        &[
            "No Valid Postoffice found",
            "No Valid Postoffice Found.",
            "No valid postoffice found",
            "No Valid Postoffice found.",
        ],
    ),
    entry(
        203,
        FATAL,
        &[
            "GAL Rebuild problem accessing files",
            "Gal Rebuild problem accessing files",
        ],
    ),
    entry(204, UNSEEN, &["GAL Rebuild out of disk space"]),
    entry(249, UNSEEN, &["Not enough free file handles"]),
];
