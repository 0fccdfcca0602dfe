//! The command lines of the tools: switches with glued values, of either case, in any order
//! (Q96060, Q119016, Q118621).
//!
//! ```text
//! import -dM admin -pSECRET -q -y
//! forcedos reqmain -dM -t
//! ```

mod dos;
pub mod tool;

use std::fmt;

use tool::{Tool, Value};

/// An argument.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Argument {
    /// What is no switch: the administrator's mailbox, a service.
    Word(String),
    /// A switch of the tool.
    Switch {
        /// The switch, in small letters.
        name: &'static str,
        /// What is glued to it.
        value: String,
        /// All of it as it was written.
        written: String,
    },
}

/// A command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Command {
    /// What runs.
    pub tool: &'static Tool,
    /// Its arguments, in order.
    pub arguments: Vec<Argument>,
    /// The program as it was written, with `forcedos` before it if that was.
    program: Vec<String>,
}

impl Command {
    /// Reads a command line.
    ///
    /// # Errors
    /// Says that the tool is not known, that it has no such switch, that a switch's value cannot
    /// be one, or that there are words too many.
    pub fn parse(line: &str) -> Result<Self, String> {
        let mut words = words(line)?.into_iter();
        let first = words.next().ok_or("there is no command")?;
        let mut program = vec![first];
        if dos::is_prompt(&program[0]) {
            program.push(words.next().ok_or("nothing is typed at the prompt")?);
        }
        if program[program.len() - 1].eq_ignore_ascii_case("forcedos") {
            program.push(
                words
                    .next()
                    .ok_or("forcedos runs a program, and none is named")?,
            );
        }
        if program[program.len() - 1].eq_ignore_ascii_case("net") {
            let verb = words
                .next()
                .ok_or("net does one of start, stop, pause and continue")?;
            let net = program.pop().unwrap_or_default();
            program.push(format!("{net} {verb}"));
        }
        let name = program[program.len() - 1].as_str();
        let tool = tool::named(dos::name(name));
        let tool = tool.ok_or_else(|| format!("`{name}` is none of the tools"))?;
        let arguments: Result<Vec<_>, _> = words.map(|word| argument(tool, word)).collect();
        let command = Self {
            tool,
            arguments: arguments?,
            program,
        };
        let words = command.words().count();
        if words < tool.words.0 || words > tool.words.1 {
            let (least, most) = tool.words;
            return Err(format!(
                "{} takes {least} to {most} words, not {words}",
                tool.name
            ));
        }
        dos::check(&command)?;
        Ok(command)
    }

    /// What is no switch, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().filter_map(|argument| match argument {
            Argument::Word(word) => Some(word.as_str()),
            Argument::Switch { .. } => None,
        })
    }

    /// What is glued to a switch, if that is given.
    #[must_use]
    pub fn value(&self, switch: &str) -> Option<&str> {
        self.arguments.iter().find_map(|argument| match argument {
            Argument::Switch { name, value, .. } if *name == switch => Some(value.as_str()),
            _ => None,
        })
    }

    /// Whether a switch is given and counts: IMPORT ignores some beside others (Q119016).
    #[must_use]
    pub fn counts(&self, switch: &str) -> bool {
        let is_given = |it: &str| self.value(it).is_some();
        is_given(switch) && !self.tool.ignored(is_given).contains(&switch)
    }
}

impl fmt::Display for Command {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let arguments = self.arguments.iter().map(|argument| match argument {
            Argument::Word(word) => word.as_str(),
            Argument::Switch { written, .. } => written.as_str(),
        });
        let all: Vec<&str> = self
            .program
            .iter()
            .map(String::as_str)
            .chain(arguments)
            .collect();
        f.write_str(&all.join(" "))
    }
}

/// Whether a word is a command of MS-DOS itself, and no program: `type`, `copy`, `del`.
#[must_use]
pub fn is_of_dos(word: &str) -> bool {
    dos::is_command(word)
}

/// Reads one argument of a tool: the longest switch it begins with whose value can be one.
fn argument(tool: &'static Tool, written: String) -> Result<Argument, String> {
    let marked = written
        .strip_prefix('-')
        .or_else(|| written.strip_prefix('/'));
    let Some(given) = marked else {
        return Ok(Argument::Word(written));
    };
    let given = given.to_owned();
    let begins = |name: &str| {
        given
            .get(..name.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    // Those that are words stand behind a slash, and no others where there are such (Q134225).
    let has_words = tool.switches.iter().any(|(name, _)| tool::is_word(name));
    let slash = written.starts_with('/');
    let stands = |name: &str| !has_words || tool::is_word(name) == slash;
    let mut named: Vec<_> = tool
        .switches
        .iter()
        .filter(|(name, _)| begins(name) && stands(name))
        .collect();
    named.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for (name, value) in &named {
        let glued = &given[name.len()..];
        if value.takes(glued) {
            let value = glued.to_owned();
            return Ok(Argument::Switch {
                name,
                value,
                written,
            });
        }
    }
    match named.first() {
        None => Err(format!("{} has no switch `{written}`", tool.name)),
        Some((name, Value::None)) => Err(format!("`{written}`: -{name} takes no value")),
        Some((name, _)) => Err(format!("`{written}`: that is no value of -{name}")),
    }
}

/// The words of a line; quotation marks keep spaces together.
fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            ' ' | '\t' if !quoted => {
                words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)))
            }
            _ => {
                quoted ^= letter == '"';
                word.push(letter);
            }
        }
    }
    words.extend((!word.is_empty()).then_some(word));
    match quoted {
        true => Err("a quotation mark is never closed".to_owned()),
        false => Ok(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_printed_as_they_were_read() {
        for line in [
            "reqmain -dM -t",
            "forcedos reqmain -dM -t",
            "import -dM admin -pSECRET -q -y",
            "Import Admin -ppassword -E -ffilename.txt -dM",
            "import -dm -c -t -gsnads -a -fimport2.txt -l -v",
            "import admin -psecret -xusers.txt -gPCM:net\\po",
            "Listds.exe Admin -PSECRET -R -Z -dM",
            "listq admin -ppassword -c -t -freqtrans",
            "external -0 -dMNOP -ms -mr -v -a",
            "external -0 -dFM-O",
            "external -dpq -v -l -q1",
            "dispatch -dmp -i\"external -dmp -a\"",
            "dispatch /instancename=Normal",
            "dispatch -dm /IdleProcess=\"c:\\mailexe\\external.exe\" -tu10",
            "type nul > m:\\mbg\\system.mbg",
            "M:\\MBG> TYPE NUL>INQUEUE.MBG",
            "debug m:\\key\\system.key",
            "forcedos M:\\MAILEXE\\reqmain.exe -dM -t",
            "command /c copy M:\\GLB\\RESYNC.GLB N:\\GLB",
            "del M:\\GLB\\SORT*.GLB",
            "nsda -rt -dM",
            "dssched admin -psecret -dm -xfile.txt",
            "net start \"PC MTA\"",
            "Net pause msexchangedx",
            "rebuild -f -d\\\\SALES\\MAILDATA",
        ] {
            let read = Command::parse(line).unwrap_or_else(|why| panic!("{line}: {why}"));
            assert_eq!(read.to_string(), line);
        }
    }

    #[test]
    fn what_a_tool_does_not_have_is_refused() {
        for wrong in [
            "rqmain -dM -t",
            "reqmain -dM -x",
            "reqmain -dMN -t",
            "reqmain -dM t",
            "reqmain -dM -t1",
            "reqmain -d -t",
            "import admin sales -dM -q",
            "external -1 -dM",
            "external -0 -dM-",
            "external -0 -dMM",
            "rebuild -dM -y",
            "net strt MSExchangeDX",
            "net pause",
            "srvmain -r -d1",
            "dispatch -i\"external -dmp",
            "dispatch -instancename=Normal",
            "dispatch /idleproces=external",
            "dispatch /dm",
            "type nul >",
            "type nul > m:mbg:system.mbg",
            "type > nul > x",
            "copy a",
            "debug",
            "M:\\MAILEX reqmain -dM -t",
            "M\\:MAILEXE\\reqmain -dM -t",
            "",
        ] {
            assert!(Command::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn import_ignores_switches_beside_others() {
        let line = Command::parse("import admin -psecret -dM -q -y -a -fx.txt").unwrap();
        assert!(line.counts("q") && line.counts("y"));
        assert!(!line.counts("a") && !line.counts("f"));
        let line = Command::parse("import admin -psecret -dM -fx.txt -a").unwrap();
        assert!(line.counts("a") && line.counts("f"));
        let line = Command::parse("import admin -psecret -dM -q -e -fx.txt").unwrap();
        assert!(line.counts("f") && !line.counts("q"), "-e is the stronger");
        assert_eq!(line.value("d"), Some("M"));
        assert_eq!(line.words().collect::<Vec<_>>(), ["admin"]);
    }
}
