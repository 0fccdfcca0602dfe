//! PODIAG.LOG: what PODIAG found, asked and mended (Q110496).

use crate::form::Form;

/// The lines: what was found, with its number; what the operator chose; what was done.
pub const TEXTS: &[Form] = &[
    Form(
        "Error 161 Detected file ({file}) missing. Do you want to create this file in its initial state? If this file is created in its initial state you must follow the instructions given in the online help.",
    ),
    Form("Error 161 Detected file ({file}) missing."),
    Form("Error 161 Detected file ({file}) missing..."),
    Form("User 0 Pressed \"{answer}\""),
    Form("Info 0 Rebuilt the directory synchronization file."),
];
