//! Secrets are opened just before a driver and tidied just after it, below planner and runner
//! alike, so that neither a plan nor a journal ever holds one.
//!
//! What is tidied is text that comes from outside: values, never the names of fields; and never
//! what the engine goes by, which no secret is ever part of: places in a stream, the handle of
//! what an act has begun, and what a question itself says openly. What is shorter than
//! [`SHORTEST`] is found everywhere and protects nothing: whoever fills a vault refuses it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use aho_corasick::{AhoCorasick, MatchKind};
use runsheet_step::request::{Act, Effect, Verb};
use runsheet_step::{Answer, Facility, Fault, Name, Piece, Request, Secret, Value};

/// What is shown in place of a secret.
const MASK: &str = "***";

/// How many characters make a secret, or a line of one, something that can be found in a text.
pub const SHORTEST: usize = 4;

/// The secrets of a run by reference. It has no `Debug`, and nothing here writes one anywhere.
#[derive(Clone, Default)]
pub struct Vault {
    secrets: BTreeMap<Name, Name>,
    /// Finds every form a secret may come back in, the longest first; nothing: there are none.
    forms: Option<AhoCorasick>,
}

impl Vault {
    /// A vault that holds these.
    #[must_use]
    pub fn new(secrets: BTreeMap<Name, Name>) -> Vault {
        let forms: Vec<String> = secrets
            .values()
            .flat_map(|secret| parts_of(secret))
            .flat_map(forms_of)
            .collect();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&forms);
        let forms = finder.ok().filter(|_| !forms.is_empty());
        Vault { secrets, forms }
    }

    /// A question with its secrets in the clear, for a driver only.
    ///
    /// # Errors
    /// A reference that the vault does not hold.
    pub fn open(&self, request: &Request) -> Result<Request, Fault> {
        let verb = match &request.verb {
            Verb::Put(value) => Verb::Put(self.open_value(value)?),
            Verb::List(filter) => Verb::List(self.open_value(filter)?),
            Verb::Act(act) => Verb::Act(Act {
                name: act.name.clone(),
                args: self.open_value(&act.args)?,
                effects: act
                    .effects
                    .as_ref()
                    .map(|effects| self.open_all(effects))
                    .transpose()?,
            }),
            other => other.clone(),
        };
        Ok(Request {
            verb,
            ..request.clone()
        })
    }

    fn open_all(&self, effects: &[Effect]) -> Result<Vec<Effect>, Fault> {
        let open = |effect: &Effect| {
            let after = effect
                .after
                .as_ref()
                .map(|value| self.open_value(value))
                .transpose()?;
            Ok(Effect {
                after,
                ..effect.clone()
            })
        };
        effects.iter().map(open).collect()
    }

    fn open_value(&self, value: &Value) -> Result<Value, Fault> {
        Ok(match value {
            Value::Secret(secret) => Value::text(self.open_text(secret)?),
            Value::List(items) => {
                let items: Result<Vec<_>, _> =
                    items.iter().map(|one| self.open_value(one)).collect();
                Value::list(items?)
            }
            Value::Map(map) => {
                let open = |(name, one): (&Name, &Value)| Ok((name.clone(), self.open_value(one)?));
                Value::map(map.iter().map(open).collect::<Result<Vec<_>, Fault>>()?)
            }
            other => other.clone(),
        })
    }

    fn open_text(&self, secret: &Secret) -> Result<String, Fault> {
        let mut text = String::new();
        for piece in secret.pieces() {
            match piece {
                Piece::Plain(plain) => text.push_str(plain),
                Piece::Reference(name) => {
                    text.push_str(self.secrets.get(name).ok_or_else(|| {
                        let code = runsheet_step::Form::code("no-secret");
                        Fault::new(code, format!("the secret `{name}` was not given"))
                    })?)
                }
            }
        }
        Ok(text)
    }

    /// The answer to this question (secrets closed) without the secrets that came back in it.
    /// What its facility says it has begun can still be waited for.
    #[must_use]
    pub fn tidy(&self, asked: &Request, facility: Option<&dyn Facility>, answer: Answer) -> Answer {
        if self.forms.is_none() || asked.verb == Verb::Mark {
            return answer;
        }
        let handle = match (&asked.verb, &answer) {
            (Verb::Act(act), Answer::Value(reply)) => {
                facility.and_then(|facility| facility.begun(act, reply))
            }
            _ => None,
        };
        let kept = [Some(&asked.resource), handle.as_ref()];
        match answer {
            Answer::Value(value) => Answer::Value(self.tidy_value(value, kept)),
            Answer::Raced(value) => Answer::Raced(self.tidy_value(value, kept)),
            Answer::Fault(fault) => {
                let message = self
                    .tidy_text(&fault.message)
                    .map_or(fault.message, Into::into);
                Answer::Fault(Fault { message, ..fault })
            }
            other => other,
        }
    }

    /// Output without the secrets that were echoed in it.
    #[must_use]
    pub fn tidy_bytes(&self, output: &[u8]) -> Vec<u8> {
        let mut tidied = Vec::with_capacity(output.len());
        match &self.forms {
            None => tidied.extend(output),
            Some(finder) => finder.replace_all_with_bytes(output, &mut tidied, |_, _, out| {
                out.extend(MASK.as_bytes());
                true
            }),
        }
        tidied
    }

    /// Whether there is nothing to be kept back.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.forms.is_none()
    }

    fn tidy_value(&self, value: Value, kept: [Option<&Name>; 2]) -> Value {
        let tidy = |one: &Value| self.tidy_value(one.clone(), kept);
        match &value {
            Value::Text(text) if kept.contains(&Some(text)) => value,
            Value::Text(text) => self.tidy_text(text).map_or(value, Value::text),
            Value::List(items) => Value::list(items.iter().map(tidy)),
            Value::Map(map) => Value::map(map.iter().map(|(name, one)| (name.clone(), tidy(one)))),
            _ => value,
        }
    }

    /// The text without secrets, if it held any.
    fn tidy_text(&self, text: &str) -> Option<String> {
        let finder = self.forms.as_ref().filter(|finder| finder.is_match(text))?;
        let mut tidied = String::with_capacity(text.len());
        finder.replace_all_with(text, &mut tidied, |_, _, out| {
            out.push_str(MASK);
            true
        });
        Some(tidied)
    }
}

/// A secret and, where it has several lines, each of them: programs echo line by line.
fn parts_of(secret: &str) -> impl Iterator<Item = &str> {
    let lines = secret.lines().filter(move |line| *line != secret);
    let parts = std::iter::once(secret).chain(lines);
    parts.filter(|part| part.chars().count() >= SHORTEST)
}

/// The forms in which programs echo a secret: plain, hexadecimal, Base64 (RFC 4648), percent
/// encoding (RFC 3986), and UTF-16 read as bytes.
fn forms_of(secret: &str) -> Vec<String> {
    let bytes = secret.as_bytes();
    let wide: Vec<u8> = secret.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms = vec![
        secret.to_owned(),
        hex(bytes),
        hex(bytes).to_uppercase(),
        percent(bytes),
        wide.iter().map(|byte| char::from(*byte)).collect(),
        hex(&wide),
    ];
    for text in [bytes, &wide] {
        forms.extend((0..3).filter_map(|shift| base64_inside(text, shift)));
    }
    forms.retain(|form| !form.is_empty());
    forms
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn percent(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(byte) {
            text.push(char::from(*byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

/// The characters of Base64 that only this text can give when it stands `shift` bytes after a
/// boundary of three: the ones at the edges depend on what stands around it.
fn base64_inside(bytes: &[u8], shift: usize) -> Option<String> {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits = bytes.len() * 8;
    let skip = (6 - (shift * 8) % 6) % 6;
    let sextets = bits.saturating_sub(skip) / 6;
    let bit = |n: usize| usize::from(bytes[n / 8] >> (7 - n % 8) & 1);
    let letter = |n: usize| {
        let value = (0..6).fold(0, |value, m| value << 1 | bit(skip + n * 6 + m));
        char::from(LETTERS[value])
    };
    (sextets >= 4).then(|| (0..sextets).map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::{Vault, base64_inside};
    use runsheet_step::request::{Act, Verb};
    use runsheet_step::{Answer, Facility, Name, Piece, Request, Secret, Value};
    use std::collections::BTreeMap;

    fn vault() -> Vault {
        Vault::new(BTreeMap::from([("SALES.pw".into(), "tr0ub4dor".into())]))
    }

    #[test]
    fn a_secret_is_opened_for_the_driver_only() {
        let secret = Secret::text([
            Piece::Plain("-p".into()),
            Piece::Reference("SALES.pw".into()),
        ]);
        let args = Value::list([Value::Secret(secret.into())]);
        let act = Act {
            name: "start".into(),
            args,
            effects: None,
        };
        let request = Request {
            host: "SALES".into(),
            facility: "process".into(),
            resource: "import".into(),
            verb: Verb::Act(act),
        };
        let opened = vault().open(&request).expect("it is held");
        let Verb::Act(act) = opened.verb else {
            panic!("still an act")
        };
        assert_eq!(act.args.items()[0], "-ptr0ub4dor".into());
        assert!(
            Vault::default().open(&request).is_err(),
            "an empty vault cannot"
        );
    }

    #[test]
    fn no_form_of_a_secret_comes_back() {
        let forms = [
            "tr0ub4dor",
            "74723075623464 6f72",
            "7472307562346 46f72",
            "747230756234646f72",
            "dHIwdWI0ZG9y",
            "eHRyMHViNGRvcg==",
            "t\x00r\x000\x00u\x00b\x004\x00d\x00o\x00r\x00",
        ];
        let tidied = |text: &str| vault().tidy(&look(), None, Answer::Value(text.into()));
        for form in [forms[0], forms[3], forms[4], forms[5], forms[6]] {
            let shown = tidied(&format!("<{form}>"));
            assert!(
                format!("{shown:?}").contains("***"),
                "{form} came back as {shown:?}"
            );
        }
        assert_eq!(
            tidied(forms[1]),
            Answer::Value(forms[1].into()),
            "other text stays"
        );
        assert_eq!(
            base64_inside(b"tr0ub4dor", 0).as_deref(),
            Some("dHIwdWI0ZG9y")
        );
    }

    fn look() -> Request {
        Request {
            host: "SALES".into(),
            facility: "process".into(),
            resource: "import".into(),
            verb: Verb::Get,
        }
    }

    /// Programs whose start is answered with a handle.
    struct Programs;

    impl Facility for Programs {
        fn name(&self) -> &str {
            "process"
        }

        fn begun(&self, _: &Act, reply: &Value) -> Option<Name> {
            reply.get("handle").as_text().cloned()
        }
    }

    fn told(secret: &str, verb: Verb, reply: &Value) -> Value {
        let vault = Vault::new(BTreeMap::from([("pw".into(), secret.into())]));
        let asked = Request { verb, ..look() };
        match vault.tidy(&asked, Some(&Programs), Answer::Value(reply.clone())) {
            Answer::Value(value) => value,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_the_engine_goes_by_is_never_touched() {
        let start = Act {
            name: "start".into(),
            args: Value::Null,
            effects: None,
        };
        let handle = Value::map([("handle", Value::text("a-run/exit/send#1.0.0"))]);
        for secret in ["send", "handle", "a-run"] {
            assert_eq!(told(secret, Verb::Act(start.clone()), &handle), handle);
        }
        let end = Value::map([("stdout", Value::text("exit")), ("exit", 0.into())]);
        let tidied = Value::map([("stdout", Value::text("***")), ("exit", 0.into())]);
        assert_eq!(told("exit", Verb::Get, &end), tidied, "names of fields");
        let place = Value::map([("stream", Value::text("app"))]);
        assert_eq!(told("import", Verb::Mark, &place), place);
        let same = Value::list(["import".into(), "imported".into()]);
        let tidied = Value::list(["import".into(), "***ed".into()]);
        assert_eq!(told("import", Verb::Get, &same), tidied, "its resource");
    }

    #[test]
    fn each_line_of_a_secret_is_one() {
        let key = "-----BEGIN\nMIIEpAIB\nend";
        let said = Value::text("got MIIEpAIB, then the end");
        let tidied = Value::text("got ***, then the end");
        assert_eq!(told(key, Verb::Get, &said), tidied);
    }

    #[test]
    fn what_is_too_short_is_not_looked_for() {
        let said = Value::text("out of 222");
        assert_eq!(told("2", Verb::Get, &said), said);
        assert_eq!(told("222", Verb::Get, &said), said);
    }
}
