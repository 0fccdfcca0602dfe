//! A plugin for the tests: a facility of shelves with books on them, and kinds that read, add and
//! fall over.

use runsheet_guest::step::fact::{Change, Fact};
use runsheet_guest::step::request::{Act, Request, Verb};
use runsheet_guest::step::shape::Type;
use runsheet_guest::step::{
    Access, Answer, Facility, Failure, Field, Input, Known, Outcome, Prediction, Shape, Step, Stop,
    Value, World,
};

fn about(host: &str, verb: Verb) -> Request {
    Request {
        host: host.into(),
        facility: "shelf".into(),
        resource: "books".into(),
        verb,
    }
}

/// Adds so many books.
struct Add {
    shape: Shape,
}

impl Step for Add {
    fn kind(&self) -> &str {
        "add-books"
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn check(&self, input: &Input) -> Vec<Failure> {
        match input.with.get("count").as_int() {
            Some(count) if count < 1 => {
                vec![Failure::code("bad-input", "nobody adds so few").at(&["count"])]
            }
            _ => Vec::new(),
        }
    }

    fn run(&self, input: &Input, world: &World<'_>) -> Result<Outcome, Stop> {
        let host = input.host_name()?;
        let count = input.with.get("count").as_int().unwrap_or(1);
        let before = match world.ask(about(&host, Verb::Get))? {
            Answer::Value(value) => value.as_int().unwrap_or(0),
            _ => 0,
        };
        let add = Verb::Act(Act {
            name: "add".into(),
            args: Value::map([("count", count.into())]),
            effects: None,
        });
        world.ask(about(&host, add))?;
        Ok(Outcome::changed([("books", (before + count).into())]))
    }
}

/// Falls over.
struct Fall {
    shape: Shape,
}

impl Step for Fall {
    fn kind(&self) -> &str {
        "fall"
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        panic!("the shelf came down")
    }
}

/// Numbers of books.
struct Shelves;

impl Facility for Shelves {
    fn name(&self) -> &str {
        "shelf"
    }

    fn act_access(&self, _: &Act) -> Access {
        Access::Write
    }

    fn predict_act(&self, request: &Request, act: &Act, known: Known<'_>) -> Prediction {
        let before = known(&request.key());
        let now = before.known().and_then(Value::as_int).unwrap_or(0);
        let more = act.args.get("count").as_int().unwrap_or(0);
        let change = Change {
            key: request.key(),
            before,
            after: Fact::Known((now + more).into()),
        };
        Prediction {
            reply: Answer::Value(Value::Null),
            changes: vec![change],
        }
    }

    fn phrase(&self, request: &Request) -> String {
        format!("{} of {}", request.verb.word(), request.resource)
    }
}

runsheet_guest::export_plugin! {
    name: "shelf",
    summary: "books are put on shelves",
    steps: [
        Add {
            shape: Shape::new("books are put on a shelf")
                .inputs([Field::new("count", Type::Int, "how many").required()])
                .outputs([Field::new("books", Type::Int, "how many there are now")]),
        },
        Fall { shape: Shape::new("it falls over") },
    ],
    facilities: [Shelves],
}
