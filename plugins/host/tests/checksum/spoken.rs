//! What is really said to plugins, held against the published schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use jsonschema::Validator;
use runsheet_host::library::Library;
use runsheet_host::line::{Line, Trouble};
use runsheet_host::plugin::Plugin;
use runsheet_messages::method::Method;
use runsheet_step::fact::{Change, Fact};
use runsheet_step::request::{Act, Request, Verb};
use runsheet_step::{Answer, Catalogue, Value};
use serde_json::{Value as Json, json};

use crate::{compiled, input, line, of_file};

/// A line that reads along.
struct Heard {
    line: Library,
    schema: BTreeMap<String, Validator>,
    methods: Methods,
}

impl Heard {
    fn hold(&self, name: &str, said: &[u8]) {
        let said: Json = serde_json::from_slice(said).expect("what is said is JSON");
        if let Err(error) = self.schema[name].validate(&said) {
            panic!("{name}: {error}\n{said}");
        }
    }
}

impl Line for Heard {
    fn answers(&self, method: Method) -> bool {
        self.line.answers(method)
    }

    fn hear(
        &self,
        method: Method,
        message: &[u8],
        hears: &mut dyn FnMut(&[u8]),
    ) -> Result<(), Trouble> {
        self.hold(method.name(), message);
        let mut hears = |answer: &[u8]| {
            self.hold(&format!("{method}.answer"), answer);
            hears(answer);
        };
        self.line.hear(method, message, &mut hears)?;
        self.methods.lock().expect("no panic").insert(method.name());
        Ok(())
    }
}

/// The methods that were heard.
type Methods = Arc<Mutex<BTreeSet<&'static str>>>;

fn plugin(path: &Path, methods: &Methods) -> Catalogue {
    let text = std::fs::read_to_string(compiled::plugins("abi/messages.schema.json"));
    let schema: Json = serde_json::from_str(&text.expect("it is there")).expect("it is JSON");
    let names = Method::ALL.map(|method| [method.to_string(), format!("{method}.answer")]);
    let validator = |name: String| {
        let root = json!({"$ref": format!("#/$defs/{name}"), "$defs": schema["$defs"]});
        (
            name,
            jsonschema::draft202012::new(&root).expect("it can be compiled"),
        )
    };
    let line = Heard {
        line: Library::load(path).expect("it is a plugin"),
        schema: names.into_iter().flatten().map(validator).collect(),
        methods: methods.clone(),
    };
    let plugin = Plugin::at(Arc::new(line)).expect("it describes itself");
    plugin.fill(Catalogue::default())
}

fn said(methods: &Methods) -> Vec<&'static str> {
    methods.lock().expect("no panic").iter().copied().collect()
}

#[test]
fn all_that_is_said_to_a_plugin_in_c_is_in_the_schema() {
    let methods = Methods::default();
    for (_, path) in compiled::LIBRARIES.iter() {
        let catalogue = plugin(path, &methods);
        let kind = catalogue.kind("checksum").expect("it is there");
        for input in [input([("file", r"C:\ÄÖ.TXT".into())]), input([])] {
            let lines = Value::list([line("a")]);
            for answer in [Answer::Value(lines), Answer::Absent] {
                kind.turn(&input, &of_file(answer));
            }
            kind.turn(&input, &[]);
            kind.check(&input);
        }
    }
    assert_eq!(said(&methods), ["check", "describe", "turn"]);
}

#[test]
fn all_that_is_said_to_a_plugin_in_rust_is_in_the_schema() {
    let methods = Methods::default();
    let me = std::env::current_exe().expect("a test has a path");
    let target = me.ancestors().nth(2).expect("a test is in `deps`");
    let [before, after] = [std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX];
    let shelf = target
        .join("examples")
        .join(format!("{before}shelf{after}"));
    let catalogue = plugin(&shelf, &methods);
    let kind = catalogue.kind("add-books").expect("it is there");
    let input = input([("count", 2.into())]);
    kind.check(&input);
    kind.turn(&input, &[]);
    let shelf = catalogue.facility_named("shelf").expect("it is there");
    let request = Request {
        host: "WEB".into(),
        facility: "shelf".into(),
        resource: "books".into(),
        verb: Verb::Act(Act {
            name: "add".into(),
            args: Value::map([("count", Value::from(2))]),
            effects: None,
        }),
    };
    shelf.predict(&request, &|_| Fact::Known(3.into()));
    shelf.inverse(&Change {
        key: request.key(),
        before: Fact::Absent,
        after: Fact::Known(1.into()),
    });
    shelf.repeat(&request);
    shelf.probed(&request, &Answer::Absent);
    shelf.matches(&Value::Null, &Value::from(1));
    shelf.show(&Value::from(1));
    assert!(shelf.same(&Value::Null, &Value::Null));
    let wanted = [
        "about", "check", "describe", "inverse", "matches", "predict", "repeat", "turn",
    ];
    assert_eq!(said(&methods), wanted);
}
