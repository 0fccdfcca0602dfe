//! What ADMIN asks and tells on its screen (Q124042, Q123437, Q131423,
//! Q130115, Q131681).

use crate::form::Form;
use crate::log::squeezed;
use crate::sentence::Sentence;

/// What it asks before a second export or import.
const PROMPTS: &[Form] = &[
    Form("Last Import request processed on {date} at {time}. Continue?"),
    Form("Last Export request processed on {date} at {time}. Continue?"),
];

/// Its notices; the number and the text belong together.
const NOTICES: &[Form] = &[
    Form("Notice 40\nError in sending updated users and groups.\nPress Enter to continue"),
    Form("Notice 40-Error in sending updated users and groups"),
    Form("Notice 40-Error in sending updated users and groups."),
    Form("Notice 40\nError in sending updated users and groups."),
    Form("Notice 40\nError file not accessible\nCheck server connection\nPress Enter to continue"),
    Form(
        "Notice 159\nCould not access Requestor's configuration information.\nPress Enter to continue",
    ),
    Form("Notice 159\nError file not accessible\nCheck server connection\nPress Enter to continue"),
    Form("Notice 162 - Failed to complete installation of the directory server."),
    Form("Notice 163 Failed to complete deinstallation of directory server."),
];

/// Reads a prompt.
///
/// # Errors
/// Says which prompt it nearly is.
pub fn prompt(text: &str) -> Result<Sentence, String> {
    Sentence::read(PROMPTS, &squeezed(text))
}

/// Reads a notice.
///
/// # Errors
/// Says which notice it nearly is.
pub fn notice(text: &str) -> Result<Sentence, String> {
    Sentence::read(NOTICES, &squeezed(text))
}
