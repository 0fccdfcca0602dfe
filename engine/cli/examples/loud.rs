//! A plugin for the tests: a kind that prints while it thinks.

use std::io::Write;

use runsheet_guest::step::shape::HostNeed;
use runsheet_guest::step::{Input, Outcome, Shape, Step, Stop, World};

struct Loud(Shape);

impl Step for Loud {
    fn kind(&self) -> &str {
        "loud"
    }

    fn shape(&self) -> &Shape {
        &self.0
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        let mut output = std::io::stdout();
        let said = output
            .write_all(b"HERE I AM\n")
            .and_then(|()| output.flush());
        drop(said);
        Ok(Outcome::default())
    }
}

runsheet_guest::export_plugin! {
    name: "loud",
    summary: "it prints while it thinks",
    steps: [Loud(Shape::new("it prints").host(HostNeed::None))],
}
