//! COMMAND: what an operator does to files at the prompt of MS-DOS, one command at a time:
//! `command /c copy M:\GLB\RESYNC.GLB N:\GLB`.
//!
//! The resets of dir-sync are made of such commands: `type nul > FILE` cuts a file to nothing, `del`
//! removes what a tool left, `ren` puts a rebuilt list in its place, `md` makes a directory again,
//! `copy` hands RESYNC.GLB over (Q96060, Q99117, Q112303, Q119449). A file that a program holds
//! open cannot be touched. What is said is MS-DOS's own.

mod files;
pub(super) mod path;

use std::sync::Arc;

use super::Program;
use super::terminal::Terminal;
use crate::lab::{Lab, Role};
use files::Refused;
use path::Place;

/// How long a command takes.
const LASTS: std::time::Duration = std::time::Duration::from_millis(500);

/// One command: what it does with what stands after its name.
type Run = fn(&mut Lab, &Place, &[String], &mut Terminal<'_>) -> Result<(), Refused>;

const COMMANDS: [(&str, Run); 11] = [
    ("ATTRIB", files::attrib),
    ("COPY", files::copy),
    ("DEL", files::del),
    ("DIR", files::dir),
    ("ECHO", files::echo),
    ("ERASE", files::del),
    ("MD", files::md),
    ("MKDIR", files::md),
    ("REN", files::ren),
    ("RENAME", files::ren),
    ("TYPE", files::type_out),
];

/// Readies one command; it is found from everywhere. Exit codes are inferred: those of COMMAND
/// itself say nothing.
pub(crate) fn launch(arguments: &[String], cwd: &str, _: &Lab, at: Role) -> Program {
    let words = words(arguments);
    let Some((name, rest)) = words.split_first() else {
        return Program::ending("", 0);
    };
    let name = name.to_ascii_uppercase();
    let Some((_, run)) = COMMANDS.iter().find(|(known, _)| *known == name) else {
        return Program::ending("Bad command or file name", 1);
    };
    let (rest, place) = (rest.to_vec(), Place::new(at, cwd));
    let run = *run;
    let act = move |lab: &mut Lab, terminal: &mut Terminal<'_>| {
        if let Err(refused) = run(lab, &place, &rest, terminal) {
            terminal.say(refused.0);
            terminal.leave(1);
        }
    };
    Program::acting(LASTS, vec![Arc::new(act)])
}

/// The words after `/c`, with `>` and `>>` as words of their own. What ECHO is to print stays as it
/// was typed.
fn words(arguments: &[String]) -> Vec<String> {
    let after = arguments
        .iter()
        .skip_while(|it| it.eq_ignore_ascii_case("/c"));
    let line: Vec<&str> = after.map(String::as_str).collect();
    let line = line.join(" ");
    let (name, said) = line.split_once(' ').unwrap_or((&line, ""));
    if name.eq_ignore_ascii_case("echo") {
        let end = said.find('>').unwrap_or(said.len());
        let (said, rest) = said.split_at(end);
        let said = said.strip_suffix(' ').unwrap_or(said);
        let rest = separate(rest);
        return [vec![name.to_owned(), said.to_owned()], rest].concat();
    }
    separate(&line)
}

fn separate(line: &str) -> Vec<String> {
    let line = line.replace(">>", "\u{1}").replace('>', " > ");
    let line = line.replace('\u{1}', " >> ");
    line.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arrow_is_a_word_wherever_it_stands() {
        let line = ["/C", "type", r"nul>M:\GLB\SRVTRANS.GLB"].map(str::to_owned);
        assert_eq!(words(&line), ["type", "nul", ">", r"M:\GLB\SRVTRANS.GLB"]);
        let line = ["/c", "echo A  B >>x.txt"].map(str::to_owned);
        assert_eq!(words(&line), ["echo", "A  B", ">>", "x.txt"]);
    }
}
