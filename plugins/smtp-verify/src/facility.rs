//! The facility `smtp`.
//!
#![doc = include_str!("pages/smtp.md")]

use runsheet_guest::step::request::{Request, Verb};
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{Facility, Field, Value};

/// The name of the facility.
pub const NAME: &str = "smtp";

/// What a site file says beside the driver.
#[must_use]
pub fn options() -> Vec<Field> {
    vec![
        Field::new("server", Type::Text, "the name or address of the server").required(),
        Field::new("port", Type::Int, "its port: 25 if it is not said"),
    ]
}

/// Mail servers as the engine needs to know them: everything is a look.
pub struct SmtpFacility;

impl Facility for SmtpFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/smtp.md")
    }

    fn phrase(&self, request: &Request) -> String {
        match &request.verb {
            Verb::List(_) => format!("RCPT TO:<{}>", request.resource),
            verb => format!("{} {}", verb.word(), request.resource),
        }
    }

    fn show(&self, said: &Value) -> String {
        match said.get("code") {
            Value::Null => said.to_string(),
            code => format!("{code} {}", said.get("reply")),
        }
    }
}
