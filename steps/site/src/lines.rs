//! What the lines of a text say, and what they do not: of a message, an attachment, the output of
//! a program.
//!
//! Kinds take what is to be said as one pattern or several ([`patterns_type`]). A pattern is met
//! by a line, or else by the whole text.

use runsheet_step::pattern::Pattern;
use runsheet_step::shape::Type;
use runsheet_step::{Failure, Field, Map, Name, Value};

use crate::text::{captured_by_a_line, faults_of_pattern, outputs_of_patterns, pattern};

/// One pattern or several.
#[must_use]
pub fn patterns_type() -> Type {
    Type::OneOf(vec![Type::Pattern, Type::list(Type::Pattern)])
}

/// The patterns given; none where nothing is given or it is not known yet.
#[must_use]
pub fn patterns(given: &Value) -> &[Value] {
    match given {
        Value::Text(_) => std::slice::from_ref(given),
        given => given.items(),
    }
}

/// What is wrong with the patterns given, beside captures that two of them share.
#[must_use]
pub fn faults_of_patterns(given: &Value, path: &[&str], outputs: &[Field]) -> Vec<Failure> {
    let Value::List(several) = given else {
        return faults_of_pattern(given, path, outputs);
    };
    let mut faults = Vec::new();
    let mut taken = outputs.to_vec();
    for (index, one) in several.iter().enumerate() {
        let index = index.to_string();
        faults.extend(faults_of_pattern(one, &[path, &[&index]].concat(), &taken));
        taken.extend(outputs_of_patterns([one]));
    }
    faults
}

/// The lines of a text.
#[derive(Clone, Copy, Debug)]
pub struct Lines<'l> {
    /// The whole text.
    pub text: &'l str,
    /// What it is, as messages name it: ``the body of `ReqTx R=8` ``.
    pub of: &'l str,
}

impl Lines<'_> {
    /// What each pattern captures. Of several lines that match one pattern the first counts.
    ///
    /// # Errors
    /// `no-such-line` where a pattern is met nowhere, `bad-pattern`.
    pub fn said(&self, given: &Value, path: &[&str]) -> Result<Map, Failure> {
        let mut found = Map::new();
        for wanted in patterns(given).iter().filter_map(Value::as_text) {
            let pattern = pattern(wanted, path)?;
            let captured = captured_by_a_line(&pattern, self.text);
            found.extend(captured.ok_or_else(|| self.unmet(wanted))?);
        }
        Ok(found)
    }

    /// That none of the patterns is met.
    ///
    /// # Errors
    /// `unwanted-line` with the line and where it stands, `bad-pattern`.
    pub fn unsaid(&self, given: &Value, path: &[&str]) -> Result<(), Failure> {
        for unwanted in patterns(given).iter().filter_map(Value::as_text) {
            let pattern = pattern(unwanted, path)?;
            if let Some((number, line)) = self.find(&pattern) {
                let message = format!("line {number} of {} says `{line}`", self.of);
                let help = format!("no line was to read `{unwanted}`");
                return Err(Failure::code("unwanted-line", message).help(help));
            }
        }
        Ok(())
    }

    fn find(&self, pattern: &Pattern) -> Option<(usize, &str)> {
        let lines = self.text.lines().map(str::trim_end);
        let mut numbered = (1..).zip(lines);
        numbered.find(|(_, line)| pattern.matches(line, false))
    }

    fn unmet(&self, wanted: &Name) -> Failure {
        let message = format!("no line of {} reads `{wanted}`", self.of);
        Failure::code("no-such-line", message).help(match tail(self.text) {
            tail if tail.is_empty() => "it is empty".to_owned(),
            tail => format!("it ends: {tail}"),
        })
    }
}

/// The last lines of a text, for messages.
#[must_use]
pub fn tail(text: &str) -> String {
    let mut lines: Vec<_> = text
        .lines()
        .rev()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .take(5)
        .collect();
    lines.reverse();
    lines.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::{Lines, faults_of_patterns};
    use runsheet_step::Value;

    const LINES: Lines<'_> = Lines {
        text: "[DIRSYNC]\r\nTASK=EXPORT\r\nSRVSEQ=0000000644\r\n",
        of: "the body",
    };

    #[test]
    fn each_pattern_is_met_by_a_line_of_its_own() {
        let wanted = ["TASK={task:word}", "SRVSEQ={srvseq:int}"].map(Value::text);
        let found = LINES.said(&Value::list(wanted), &["body"]);
        let found = found.expect("both are there");
        assert_eq!(found["task"], Value::text("EXPORT"));
        assert_eq!(found["srvseq"], Value::Int(644));
    }

    #[test]
    fn what_is_not_said_and_what_is_not_to_be_said_are_told() {
        let said = LINES.said(&"TYPES={types:word}".into(), &["body"]);
        let failure = said.expect_err("there is no such line");
        assert_eq!(
            failure.to_string(),
            "no-such-line: no line of the body reads `TYPES={types:word}`"
        );
        let help = failure.help.as_deref();
        assert_eq!(
            help,
            Some("it ends: [DIRSYNC] | TASK=EXPORT | SRVSEQ=0000000644")
        );
        let unsaid = LINES.unsaid(&"TASK={task:word}".into(), &["lacks"]);
        assert_eq!(
            unsaid.map_err(|failure| failure.to_string()),
            Err("unwanted-line: line 2 of the body says `TASK=EXPORT`".to_owned())
        );
    }

    #[test]
    fn two_patterns_do_not_capture_one_name() {
        let twice = Value::list(["A={n:int}", "B={n:int}"].map(Value::text));
        let faults = faults_of_patterns(&twice, &["body"], &[]);
        let told: Vec<_> = faults
            .iter()
            .map(|fault| format!("{}: {}", fault.at.join("."), fault.message))
            .collect();
        assert_eq!(
            told,
            ["body.1: the capture `n` would hide the output of that name"]
        );
    }
}
