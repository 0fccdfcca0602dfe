//! The facility `process`.
//!
#![doc = include_str!("pages/process.md")]

use runsheet_step::fact::Key;
use runsheet_step::request::{Act, Verb};
use runsheet_step::{Facility, Failure, Name, Request, Stop, Value, World};

use crate::reply::{act, broken, until, value};

/// The name of the facility.
pub const NAME: &str = "process";

/// Programs as the engine needs to know them.
pub struct ProcessFacility;

impl Facility for ProcessFacility {
    fn name(&self) -> &str {
        NAME
    }

    fn page(&self) -> &str {
        include_str!("pages/process.md")
    }

    fn phrase(&self, request: &Request) -> String {
        match &request.verb {
            Verb::Act(act) => command_line(&act.args),
            verb => format!("{} for the end of {}", verb.word(), request.resource),
        }
    }

    fn begun(&self, act: &Act, reply: &Value) -> Option<Name> {
        let handle = reply.get("handle").as_text();
        handle.filter(|_| &*act.name == "start").cloned()
    }

    fn show(&self, value: &Value) -> String {
        match value.get("exit") {
            Value::Null => value.to_string(),
            exit => format!("exit code {exit}"),
        }
    }
}

/// How a shell would show the start of a program: `M:\MAILEXE> reqmain -dM -t`, secrets as `***`.
#[must_use]
pub fn command_line(args: &Value) -> String {
    let mut words = Vec::new();
    for (name, text) in args.get("env").as_map().into_iter().flatten() {
        words.push(format!("{name}={}", quoted(text)));
    }
    words.extend(args.get("argv").items().iter().map(quoted));
    let line = words.join(" ");
    match args.get("cwd") {
        Value::Null => line,
        cwd => format!("{cwd}> {line}"),
    }
}

fn quoted(word: &Value) -> String {
    let text = word.to_string();
    let plain = |c: char| !c.is_whitespace() && !matches!(c, '"' | '\'' | '&' | '|' | '<' | '>');
    match word {
        Value::Unknown(_) => text,
        _ if !text.is_empty() && text.chars().all(plain) => text,
        _ => format!("\"{}\"", text.replace('"', "\\\"")),
    }
}

/// What to start, and with what.
#[derive(Clone, Debug, Default)]
pub struct Command {
    /// The program and its arguments; each a text, a secret or unknown.
    pub argv: Vec<Value>,
    /// In which directory.
    pub cwd: Option<Value>,
    /// Variables beyond those of the host, by name.
    pub env: Value,
    /// What it reads; nothing: its input is closed.
    pub stdin: Option<Value>,
}

impl Command {
    fn args(self) -> Value {
        Value::map([
            ("argv", Value::list(self.argv)),
            ("cwd", self.cwd.into()),
            ("env", self.env),
            ("stdin", self.stdin.into()),
        ])
    }
}

/// How a program ended.
#[derive(Clone, Debug, PartialEq)]
pub struct Ended {
    /// Its exit code.
    pub exit: i32,
    /// What it wrote: a text, or a blob where that is long.
    pub stdout: Value,
    /// What it wrote beside.
    pub stderr: Value,
}

/// The programs of a host as a step sees them.
pub struct Process<'w, 't> {
    world: &'w World<'t>,
    host: Name,
}

impl<'w, 't> Process<'w, 't> {
    /// The programs at this host.
    pub fn at(world: &'w World<'t>, host: Name) -> Process<'w, 't> {
        Process { world, host }
    }

    /// Starts a program and waits for its end.
    ///
    /// # Errors
    /// No answer yet, unknown (the end of a program, to a plan), or the driver's fault.
    pub fn run(&self, command: Command) -> Result<Ended, Stop> {
        let handle = self.start(command)?;
        let end = self
            .key(&handle)
            .request(until(Value::map([("exited", true.into())])));
        let items = value(self.world.ask(end)?)?;
        let end = items
            .items()
            .first()
            .ok_or_else(|| broken(NAME, "exited"))?;
        let exit = end.get("exit").as_int().and_then(|n| i32::try_from(n).ok());
        Ok(Ended {
            exit: exit.ok_or_else(|| broken(NAME, "exit"))?,
            stdout: end.get("stdout").clone(),
            stderr: end.get("stderr").clone(),
        })
    }

    fn start(&self, command: Command) -> Result<Name, Stop> {
        let program = match command.argv.first() {
            Some(program @ (Value::Text(_) | Value::Secret(_))) => program.to_string(),
            Some(Value::Unknown(why)) => return Err(Stop::Unknown((**why).clone())),
            _ => return Err(Failure::code("bad-input", "there is no program to start").into()),
        };
        let request = self.key(&program).request(act("start", command.args()));
        let reply = value(self.world.ask(request)?)?;
        let handle = reply.get("handle").as_text();
        handle.cloned().ok_or_else(|| broken(NAME, "handle"))
    }

    fn key(&self, resource: &str) -> Key {
        Key {
            host: self.host.clone(),
            facility: NAME.into(),
            resource: resource.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Command, command_line};
    use runsheet_step::{Piece, Secret, Value};

    #[test]
    fn a_command_line_reads_as_in_a_shell_and_shows_no_secret() {
        let pieces = [Piece::Plain("-p".into()), Piece::Reference("pw".into())];
        let command = Command {
            argv: vec![
                "import".into(),
                "-dM".into(),
                Value::Secret(Secret::text(pieces).into()),
                "John Doe".into(),
            ],
            cwd: Some(r"M:\MAILEXE".into()),
            env: Value::map([("LOG", Value::text("on"))]),
            stdin: None,
        };
        assert_eq!(
            command_line(&command.args()),
            r#"M:\MAILEXE> LOG=on import -dM -p*** "John Doe""#
        );
    }

    #[test]
    fn an_empty_argument_and_an_unknown_one_can_be_told_apart() {
        let argv = vec!["a".into(), "".into(), Value::unknown("`t1`")];
        let command = Command {
            argv,
            ..Command::default()
        };
        assert_eq!(command_line(&command.args()), r#"a "" (known after `t1`)"#);
    }
}
