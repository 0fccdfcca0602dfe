//! What a mail server says (RFC 5321).
//!
//! | | |
//! | --- | --- |
//! | resource | the address of a recipient |
//! | `list` | `{sender, starttls, timeout}`; the answer is a list of one `{greeting, extensions, code, reply}` |
//!
//! `code` and `reply` are what the server said to RCPT, or to MAIL where it refused that. The
//! driver is told by the site file which server it is: `server:` and `port:` (25). Faults:
//! `no-connection`, `timeout`, `no-greeting`, `no-starttls`, `untrusted`, `bad-request`.

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
