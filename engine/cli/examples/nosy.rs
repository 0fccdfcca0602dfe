//! A plugin for the tests: kinds that ask the system for what thinking does without.

use std::time::SystemTime;

use runsheet_guest::step::shape::HostNeed;
use runsheet_guest::step::{Input, Outcome, Shape, Step, Stop, World};

/// A kind that does something before it is done.
struct Nosy {
    kind: &'static str,
    shape: Shape,
    act: fn(),
}

impl Nosy {
    fn new(kind: &'static str, act: fn()) -> Nosy {
        let example = format!("- id: it\n  uses: {kind}\n");
        let shape = Shape::new("it asks around").host(HostNeed::None);
        Nosy {
            kind,
            shape: shape.example(&example),
            act,
        }
    }
}

impl Step for Nosy {
    fn kind(&self) -> &str {
        self.kind
    }

    fn shape(&self) -> &Shape {
        &self.shape
    }

    fn acts(&self, _: &Input) -> bool {
        false
    }

    fn run(&self, _: &Input, _: &World<'_>) -> Result<Outcome, Stop> {
        (self.act)();
        Ok(Outcome::default())
    }
}

runsheet_guest::export_plugin! {
    name: "nosy",
    summary: "it asks the system for what it is not to know",
    steps: [
        Nosy::new("keeps-to-itself", || {}),
        Nosy::new("reads-a-file", || drop(std::fs::read("/etc/hostname"))),
        Nosy::new("asks-when-it-is", || assert!(SystemTime::now() > SystemTime::UNIX_EPOCH)),
        Nosy::new("asks-the-network", || drop(std::net::UdpSocket::bind("127.0.0.1:0"))),
        Nosy::new("starts-a-thread", || drop(std::thread::spawn(|| {}).join())),
    ],
}
