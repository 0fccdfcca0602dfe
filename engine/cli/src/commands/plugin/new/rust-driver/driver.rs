//! The driver of the facility `NAME`: keeps texts by name in a file, as an example of something
//! that is kept somewhere.
//!
//! It reads messages from its input and writes messages to its output, one JSON object a line;
//! `runsheet/driver.md` explains them. Whatever is printed to the error output goes to the log.
//! Start reading at `answered`.

use std::fs;
use std::io::{self, BufRead, Write};

use serde_json::{Map, Value, json};

/// An answer that says no: a code for workflows, and words for people.
struct Fault {
    code: &'static str,
    message: String,
}

/// The texts of a file.
struct Texts {
    path: String,
}

impl Texts {
    fn all(&self) -> Result<Map<String, Value>, Fault> {
        let unreadable = |error: String| Fault {
            code: "unreadable",
            message: format!("{}: {error}", self.path),
        };
        match fs::read_to_string(&self.path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| unreadable(error.to_string())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Map::new()),
            Err(error) => Err(unreadable(error.to_string())),
        }
    }

    /// All or nothing: whoever reads meanwhile sees the texts before or those after.
    fn keep(&self, texts: Map<String, Value>) -> Result<(), Fault> {
        let beside = format!("{}.new", self.path);
        let written = fs::write(&beside, format!("{:#}\n", Value::Object(texts)));
        written
            .and_then(|()| fs::rename(&beside, &self.path))
            .map_err(|error| Fault {
                code: "unwritable",
                message: format!("{}: {error}", self.path),
            })
    }
}

/// The answer to a request: how the text is, or was before a write.
fn answered(request: &Value, options: &Value) -> Result<Value, Fault> {
    let Some(path) = options["file"].as_str() else {
        let message = "the site file does not say `file:`, where texts are kept".to_owned();
        return Err(Fault { code: "no-file", message });
    };
    let texts = Texts { path: path.to_owned() };
    let name = request["resource"].as_str().unwrap_or_default();
    let verb = &request["verb"];
    let mut all = texts.all()?;
    let before = match all.get(name) {
        Some(text) => json!({ "value": text }),
        None => json!("absent"),
    };
    if let Some(text) = verb.get("put") {
        all.insert(name.to_owned(), text.clone());
        texts.keep(all)?;
    } else if verb == "delete" {
        all.remove(name);
        texts.keep(all)?;
    } else if verb != "get" {
        let message = "texts are read, written and deleted, and no more".to_owned();
        return Err(Fault { code: "unsupported", message });
    }
    Ok(before)
}

/// What is said to a message of the engine; nothing where it wants no answer.
fn said(message: &Value) -> Option<Value> {
    if message.get("hello").is_some() {
        // One question at a time, and plans may ask too.
        return Some(json!({"hello": {"version": 1, "at_once": 1, "reads": true}}));
    }
    let question = message.get("perform").or_else(|| message.get("read"))?;
    let answer = answered(&question["request"], &question["options"]).unwrap_or_else(|fault| {
        json!({"fault": {"form": {"code": fault.code}, "message": fault.message}})
    });
    Some(json!({"answer": {"id": question["id"], "answer": answer}}))
}

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let message: Value = serde_json::from_str(&line?)?;
        if message.get("goodbye").is_some() {
            break;
        }
        if let Some(said) = said(&message) {
            writeln!(out, "{said}")?;
            out.flush()?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::{env, fs, process};

    use serde_json::{Value, json};

    /// The answers to these verbs, one after the other, with a file of their own.
    fn answers(test: &str, verbs: &[Value]) -> Vec<Value> {
        let name = format!("NAME-{test}-{}.json", process::id());
        let path = env::temp_dir().join(name);
        let answers = verbs.iter().map(|verb| answer(&path, verb)).collect();
        // There is none where nothing was written.
        drop(fs::remove_file(&path));
        answers
    }

    fn answer(path: &Path, verb: &Value) -> Value {
        let request = json!({
            "host": "HERE", "facility": "NAME", "resource": "motd", "verb": verb,
        });
        let options = json!({"file": path});
        let message = json!({"perform": {"id": 7, "request": request, "options": options}});
        let said = super::said(&message).expect("it is answered");
        assert_eq!(said["answer"]["id"], 7);
        said["answer"]["answer"].clone()
    }

    #[test]
    fn a_text_is_there_until_it_is_deleted() {
        let verbs = ["get".into(), json!({"put": "hello"}), "get".into(), "delete".into(), "get".into()];
        let (none, hello) = (json!("absent"), json!({"value": "hello"}));
        let wanted = [&none, &none, &hello, &hello, &none].map(Clone::clone);
        assert_eq!(answers("there", &verbs), wanted);
    }

    #[test]
    fn what_cannot_be_done_is_a_fault() {
        let answers = answers("fault", &["mark".into()]);
        assert_eq!(answers[0]["fault"]["form"]["code"], "unsupported");
        let nowhere = json!({"read": {"id": 7, "request": {"verb": "get"}, "options": {}}});
        let said = super::said(&nowhere).expect("it is answered");
        assert_eq!(said["answer"]["answer"]["fault"]["form"]["code"], "no-file");
    }

    #[test]
    fn the_first_message_is_answered_and_others_may_come() {
        let hello = super::said(&json!({"hello": {"version": 1, "facility": "NAME"}}));
        assert_eq!(hello.expect("it is answered")["hello"]["version"], 1);
        assert_eq!(super::said(&json!({"cancel": {"id": 7}})), None);
    }
}
