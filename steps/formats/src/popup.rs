//! What Control Panel and NET say when a service does not do as it is told.
//!
//! Error 2140 of a *pause* is how a kicked cycle of DX looks (Q146738, Q147464); of a *start* it is
//! real (Q140951, Q185225).

use std::fmt;

use crate::form::Form;
use crate::sentence::Sentence;

/// The texts: Q140951, Q146738, Q156063, Q158308, Q185225, Q198393, Q151228, Q168857.
const TEXTS: &[Form] = &[
    Form("Could not {verb} the {text} service on \\\\{server}. Error {service-error} {reason}"),
    Form("Could not {verb} the {text} service on \\\\{server}. Error {service-error}: {reason}"),
    Form("Could not {verb} the {text} service on {server}. Error {service-error}: {reason}"),
    Form(
        "[STOP] \"Could not {verb} the {text} service on {server}. Error {service-error}: {reason}\"",
    ),
    Form("Could not {verb} the {known-service} on {server}. Error {service-error}: {reason}"),
    Form("Could not {verb} the {known-service} on \\\\{server}. Error {service-error}: {reason}"),
    Form("Error {service-error}: {reason}"),
    Form("Internal Windows NT Error 2140"),
    Form(
        "The {text} service failed to {verb}. More help is available by typing NET HELPMSG{number}.",
    ),
    Form(
        "The {text} service failed to {verb}. More help is available by typing NET HELPMSG {number}.",
    ),
    Form("The {text} service failed to {verb}."),
    Form("...service failed to {verb}. More help is available by typing NET HELPMSG{number}."),
    Form("The {text} service returned service specific error {number}"),
    Form("The {text} service returned service specific error {number}."),
    Form("The {text} service returned service-specific error {number}."),
    Form("The {text} service terminated with service-specific error {number}."),
];

/// The services of Exchange by the names that Control Panel shows (Q143380).
pub(crate) const SERVICES: [&str; 9] = [
    "Microsoft Exchange System Attendant",
    "Microsoft Exchange Directory Service",
    "Microsoft Exchange Information Store",
    "Microsoft Exchange Message Transfer Agent",
    "Microsoft Exchange Directory Synchronization",
    "Microsoft Exchange Schdplus Free/Busy Connector",
    "Microsoft Exchange Internet Mail Connector",
    "Microsoft Exchange Mail Connector Interchange",
    "MS Mail Connector Interchange",
];

/// The errors of services with their texts. Those of 1067, 2186, 5 and 1069 are NT's.
pub(crate) const ERRORS: &[(&str, &str)] = &[
    ("5", "Access is denied."),
    ("1067", "The process terminated unexpectedly."),
    ("1069", "The service did not start due to a logon failure."),
    ("2140", "an internal Windows NT error occurred."),
    ("2140", "An internal Windows NT error occurred."),
    ("2140", "An Internal Windows NT error occurred."),
    ("2140", "An internal Windows NT error occurred"),
    ("2140", "An Internal Windows NT error occurred"),
    (
        "2186",
        "The service is not responding to the control function.",
    ),
];

/// A popup, or a line of NET.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Popup(Sentence);

impl Popup {
    /// Reads a popup.
    ///
    /// # Errors
    /// Says which text it nearly is, or that the error's number and text do not agree.
    pub fn parse(text: &str) -> Result<Self, String> {
        let sentence = Sentence::read(TEXTS, &crate::log::squeezed(text))?;
        let classes: Vec<&str> = sentence.form.classes().collect();
        let argument = |class| {
            let place = classes.iter().position(|it| *it == class);
            place.and_then(|place| sentence.arguments.get(place))
        };
        if let (Some(number), Some(reason)) = (argument("service-error"), argument("reason")) {
            let agrees = ERRORS
                .iter()
                .any(|(it, text)| it == number && text == reason);
            agrees
                .then_some(())
                .ok_or_else(|| format!("error {number} does not say `{reason}`"))?;
        }
        Ok(Self(sentence))
    }

    /// What the service was told: `start`, `stop`, `pause` or `continue`.
    #[must_use]
    pub fn verb(&self) -> Option<&str> {
        let place = self.0.form.classes().position(|it| it == "verb")?;
        self.0.arguments.get(place).map(String::as_str)
    }
}

impl fmt::Display for Popup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_start_is_told_from_a_pause() {
        let start = "Could not start the Microsoft Exchange Directory Synchronization service on \
            \\\\WOLVERINE. Error 2140 an internal Windows NT error occurred.";
        let read = Popup::parse(start).unwrap();
        assert_eq!(
            (read.verb(), read.to_string().as_str()),
            (Some("start"), start)
        );
        let pause = start.replace("start", "pause");
        assert_eq!(Popup::parse(&pause).unwrap().verb(), Some("pause"));
        for (from, to) in [
            ("2140", "2141"),
            ("start", "strt"),
            ("internal", "internl"),
            ("\\\\W", "\\W"),
        ] {
            assert!(Popup::parse(&start.replace(from, to)).is_err(), "{to}");
        }
    }
}
