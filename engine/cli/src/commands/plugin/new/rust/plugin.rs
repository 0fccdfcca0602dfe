//! The plugin `NAME`, with one kind of step: files of at least a size.
//!
//! A step is a function of its input and of the answers to its questions. It does nothing by
//! itself: it is called again from the top after every answer, by plans as well as by runs. Start
//! reading at `run`.

use runsheet_guest::step::{Failure, Input, Stop, World};
use runsheet_guest::typed::{Ended, Kind, Path, Typed};
use runsheet_site::file::look_at;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The fields of `with:`. The comments are what editors and `runsheet explain` tell.
#[derive(Deserialize, JsonSchema)]
struct Wanted {
    /// the path of the file at `host:`
    file: Path,
    /// how many bytes it must have
    #[serde(default)]
    at_least: u64,
}

/// What later steps can use, as `steps.ID.outputs`.
#[derive(Serialize, JsonSchema)]
struct Found {
    /// how many bytes it has
    size: u64,
}

struct FileSize;

impl Kind for FileSize {
    const NAME: &'static str = "NAME";
    const SUMMARY: &'static str = "a file has at least a size";
    const EXAMPLE: &'static str =
        "- id: it\n  uses: NAME\n  host: SALES\n  with: {file: GLB\\REQTRANS.GLB}\n";
    type Input = Wanted;
    type Output = Found;

    // It writes nothing, so nothing has to wait for it or be armed before it.
    fn acts(&self) -> bool {
        false
    }

    fn run(&self, wanted: Wanted, input: &Input, world: &World<'_>) -> Result<Ended<Found>, Stop> {
        let seen = look_at(world, &input.host_name()?, &[&*wanted.file.0])?;
        let Some((_, Some(file))) = seen.first() else {
            let none = Failure::code("no-such-file", "there is no such file");
            return Err(none.at(&["file"]).into());
        };
        if file.size < wanted.at_least {
            let small = format!("the file has {} bytes", file.size);
            let small = Failure::code("too-small", small);
            return Err(small.at(&["at_least"]).into());
        }
        Ok(Ended::same(Found { size: file.size }))
    }
}

runsheet_guest::export_plugin! {
    name: "NAME",
    summary: "files of at least a size",
    steps: [Typed::new(FileSize)],
}

#[cfg(test)]
mod tests {
    use runsheet_guest::step::{Answer, Entry, Host, Input, Map, Step, Turn, Value};
    use runsheet_guest::typed::Typed;

    use super::FileSize;

    /// The end of a step that finds this at the host.
    fn end(at_least: i64, found: Answer) -> Turn {
        let host = Host { name: "SALES".into(), groups: Vec::new(), vars: Map::new() };
        let with = Value::map([("file", "a.log".into()), ("at_least", at_least.into())]);
        let input = Input { host: Value::Host(host.into()), with };
        let step = Typed::new(FileSize);
        let Turn::Ask(asked) = step.turn(&input, &[]) else {
            panic!("it has a question");
        };
        assert_eq!((asked.len(), &*asked[0].facility), (1, "file"));
        let request = asked[0].clone();
        step.turn(&input, &[Entry { request, answer: Some(found) }])
    }

    fn file(size: i64) -> Answer {
        Answer::Value(Value::map([("size", Value::from(size))]))
    }

    #[test]
    fn a_file_that_is_large_enough_is_measured() {
        let Turn::Done(outcome) = end(100, file(100)) else {
            panic!("it is done");
        };
        assert_eq!(outcome.outputs.get("size"), &Value::from(100));
        assert!(!outcome.changed);
    }

    #[test]
    fn a_file_that_is_too_small_or_not_there_fails_the_step() {
        for (found, code) in [(file(99), "too-small"), (Answer::Absent, "no-such-file")] {
            let Turn::Failed(failure) = end(100, found) else {
                panic!("it fails");
            };
            assert_eq!(failure.form.to_string(), code);
        }
    }
}
