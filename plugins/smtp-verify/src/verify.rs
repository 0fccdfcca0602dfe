//! The kind `smtp-verify`.

use std::sync::LazyLock;
use std::time::Duration;

use runsheet_guest::step::fact::Key;
use runsheet_guest::step::request::Verb;
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{
    Answer, Failure, Field, Form, Input, Name, Outcome, Shape, Step, Stop, Value, World,
};
use serde::Deserialize;

use crate::facility::NAME;

static SHAPE: LazyLock<Shape> = LazyLock::new(|| {
    let sender = "on whose behalf; default: nobody, as for reports of delivery";
    let starttls = "whether the server has to offer encryption, with a certificate that holds";
    Shape::new("a mail server is asked whether it takes mail for a recipient")
        .inputs([
            Field::new("recipient", Type::Text, "an address").required(),
            Field::new("sender", Type::Text, sender),
            Field::new("starttls", Type::Bool, starttls),
            Field::new("refused", Type::Bool, "whether it is to refuse the recipient"),
            Field::new("timeout", Type::Duration, "how long the server may take; default: 30s"),
        ])
        .outputs([
            Field::new("greeting", Type::Text, "how the server greeted"),
            Field::new("extensions", Type::list(Type::Text), "what it says it can do"),
            Field::new("code", Type::Int, "its reply to the recipient: 250 is yes"),
            Field::new("reply", Type::Text, "the same in words"),
        ])
        .example(
            "- id: takes-mail\n  uses: smtp-verify\n  host: MAIL\n  with: {recipient: postmaster@example.org}\n",
        )
});

/// The fields of `with:`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct VerifyInput {
    recipient: Name,
    #[serde(default)]
    sender: Option<Name>,
    #[serde(default)]
    starttls: bool,
    #[serde(default)]
    refused: bool,
    #[serde(default)]
    timeout: Value,
}

/// The kind.
pub struct SmtpVerify;

impl Step for SmtpVerify {
    fn kind(&self) -> &str {
        "smtp-verify"
    }

    fn shape(&self) -> &Shape {
        &SHAPE
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        let bad = |field: &'static str| {
            let address = input.with.get(field).as_text()?;
            if is_address(address) || (field == "sender" && address.is_empty()) {
                return None;
            }
            let message = format!("`{address}` is no address of mail");
            let help = "it is of the form name@server, with nothing around it";
            Some(Failure::code("bad-input", message).at(&[field]).help(help))
        };
        ["recipient", "sender"]
            .into_iter()
            .filter_map(bad)
            .collect()
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        if let Some(fault) = self.check(input).into_iter().next() {
            return Err(fault.into());
        }
        let with: VerifyInput = input.read()?;
        let key = Key {
            host: input.host_name()?,
            facility: NAME.into(),
            resource: with.recipient.clone(),
        };
        let said = match world.ask(key.request(with.question()))? {
            Answer::Value(said) => said.items().first().unwrap_or(&Value::Null),
            Answer::Fault(fault) => return Err(fault.clone().into()),
            _ => &Value::Null,
        };
        let outputs = ["greeting", "extensions", "code", "reply"]
            .map(|field| (field, said.get(field).clone()));
        with.judged(said)
            .map_err(|failure| failure.outputs(Value::map(outputs.clone())))?;
        Ok(Outcome::same(outputs))
    }
}

/// Whether a text is an address that cannot be taken for anything else in a line to a server.
fn is_address(text: &str) -> bool {
    let is_plain = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>');
    let parts = text.rsplit_once('@');
    parts.is_some_and(|(name, server)| !name.is_empty() && !server.is_empty())
        && text.chars().all(is_plain)
}

impl VerifyInput {
    fn question(&self) -> Verb {
        let timeout = match self.timeout {
            Value::Duration(span) => span,
            _ => Duration::from_secs(30),
        };
        Verb::List(Value::map([
            ("sender", self.sender.clone().unwrap_or_default().into()),
            ("starttls", self.starttls.into()),
            (
                "timeout",
                i64::try_from(timeout.as_nanos().div_ceil(1_000_000))
                    .unwrap_or(i64::MAX)
                    .into(),
            ),
        ]))
    }

    fn judged(&self, said: &Value) -> Result<(), Failure> {
        let (recipient, reply) = (&self.recipient, said.get("reply"));
        let Some(code) = said.get("code").as_int() else {
            let message = "the answer of the smtp driver lacks `code`";
            return Err(Failure::code("bad-answer", message));
        };
        match (code, self.refused) {
            (200..300, false) | (500..600, true) => Ok(()),
            (200..300, true) => {
                let message = format!("the server takes mail for {recipient}: {code} {reply}");
                Err(Failure::code("not-refused", message))
            }
            (400..500, _) => {
                let message = format!("the server does not say for now: {code} {reply}");
                let failure = Failure::code("refused-for-now", message);
                Err(Failure {
                    transient: true,
                    ..failure.help("try it again: `retry: {max: 3, delay: 1m, on: [transient]}`")
                })
            }
            _ => {
                let message = format!("the server refuses mail for {recipient}: {code} {reply}");
                Err(Failure::new(Form::code("refused"), message))
            }
        }
    }
}
