//! SENT.LOG and RECV.LOG: mail that went from postoffice to postoffice; the MTA of Exchange writes
//! them too (Q151215).

use crate::form::Form;

/// A line: when, size, from, to, and the names of the mail's files on both sides. What the star
/// means is not documented.
pub const TEXTS: &[Form] = &[
    Form("{date} {time} {number} {mailbox} {mailbox} * {hex8}"),
    Form("{date} {time} {number} {mailbox} {mailbox} * {hex8} {hex8}"),
    Form("{date} {time} {number} {mailbox} {mailbox} {hex8} {hex8}"),
    Form("{date} {time} {number} {mailbox} {mailbox} {hex8}"),
    Form("DATE RECEIVED SIZE FROM TO"),
    Form("DATE SENT SIZE SENDER TO"),
    Form("------------- ---- ---- --"),
    Form("--------- --- ------ --"),
];
