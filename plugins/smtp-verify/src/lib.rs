//! A sample plugin: whether a mail server greets, and would take mail for a recipient. The kind
//! `smtp-verify` looks through the facility `smtp`, whose driver, `smtp_driver.py`, goes as far as
//! RCPT and no further: no mail is ever sent.
//!
//! Nothing here opens a connection. Start reading at [`facility`], then [`verify::SmtpVerify`].

pub mod facility;
pub mod verify;

runsheet_guest::export_plugin! {
    name: "smtp-verify",
    summary: "mail servers are asked whether they take mail for a recipient",
    steps: [verify::SmtpVerify],
    facilities: [facility::SmtpFacility],
    drivers: [runsheet_guest::plugin::Driver {
        name: "smtp",
        facility: facility::NAME,
        run: &["python3", "smtp_driver.py"],
        files: &[],
        environment: &[],
        options: Some(facility::options),
    }],
}
