//! Who serves the small site.

use std::sync::Arc;

use runsheet_step::driver::{Call, CallKey, Clock, Driver, Pending, ReadRequest, Reader, Reply};
use runsheet_step::request::{Act, Cursor, Verb, Wait};
use runsheet_step::{Answer, Fault, Form, Name, Request, Value};

use super::world::{Happening, Site, World};
use crate::drivers::Drivers;

/// All drivers of the small site.
pub(crate) struct Served(pub(crate) World);

impl Drivers for Served {
    fn driver(&self, host: &str, _: &str) -> Option<Arc<dyn Driver>> {
        (host != "nowhere").then(|| Arc::new(Small(self.0.clone())) as Arc<dyn Driver>)
    }

    fn clock(&self) -> Arc<dyn Clock> {
        Arc::new(self.0.clone())
    }
}

/// One driver for every facility, since each has few words.
struct Small(World);

impl Driver for Small {
    fn perform<'a>(&'a self, call: &'a Call<'a>) -> Pending<'a, Reply> {
        Box::pin(async move {
            match self.0.change(|site| site.asked(call)) {
                Some(fault) if fault.form == Form::code("lost") => {
                    return Reply::Lost(fault.message);
                }
                Some(fault) => return Reply::Answer(Answer::Fault(fault)),
                None => {}
            }
            match &call.request.verb {
                Verb::Act(act) if &*act.name == "hold" => self.hold(call, act).await,
                Verb::Wait(wait) => self.wait(call, wait).await,
                _ => Reply::Answer(self.0.change(|site| site.answer(&call.request))),
            }
        })
    }

    fn interrupt<'a>(&'a self, key: &'a CallKey) -> Pending<'a, ()> {
        self.0.change(|site| site.interrupted.insert(key.clone()));
        Box::pin(std::future::ready(()))
    }

    fn outlasts_process(&self) -> bool {
        !self.0.site().fleeting
    }

    fn reader(&self) -> Option<&dyn Reader> {
        Some(self)
    }
}

impl Reader for Small {
    fn read<'a>(&'a self, request: &'a ReadRequest) -> Pending<'a, Answer> {
        let answer = self.0.change(|site| site.answer(request.request()));
        Box::pin(std::future::ready(answer))
    }
}

impl Small {
    /// An act that is answered when it has ended or is asked to.
    async fn hold(&self, call: &Call<'_>, act: &Act) -> Reply {
        // What it was given is echoed in two pieces.
        let echo = format!("began with {}\n", act.args.get("value"));
        let (one, other) = echo.split_at(echo.len() / 2);
        call.sink.output(&call.key, one.as_bytes());
        call.sink.output(&call.key, other.as_bytes());
        let seconds = act.args.get("takes").as_int().unwrap_or_default();
        let mut told = self.0.site().now;
        let end = told + seconds * 1000;
        let began = told;
        self.0.change(|site| {
            (1..=seconds).for_each(|n| site.plan(began + n * 1000, Happening::Tick));
        });
        let chatty = act.args.get("to").as_text().is_some();
        loop {
            let over = |site: &mut Site| {
                let cut = site.interrupted.contains(&call.key);
                (site.now >= end || cut || site.now > told).then_some((site.now, cut))
            };
            match self.0.until(over).await {
                (_, true) => return Reply::Answer(Answer::Fault(cut_short())),
                (now, _) if now >= end => return Reply::Answer(Answer::Value(Value::Null)),
                (now, _) => {
                    told = now;
                    if chatty {
                        call.sink.output(&call.key, b"still here\n");
                    }
                }
            }
        }
    }

    /// Held open for a slice; keeps nothing between two of them.
    async fn wait(&self, call: &Call<'_>, wait: &Wait) -> Reply {
        let _open = Open::new(self.0.clone());
        let end = self.0.alarm(call.slice);
        let request = &call.request;
        self.0
            .until(|site| {
                if site.interrupted.contains(&call.key) {
                    return Some(Reply::Answer(Answer::Fault(cut_short())));
                }
                let reply = site.looked(request, wait);
                match reply {
                    Reply::NotYet(_) if site.now < end => None,
                    reply => Some(reply),
                }
            })
            .await
    }
}

/// A wait that is held open, as long as somebody wants it.
struct Open(World);

impl Open {
    fn new(world: World) -> Open {
        world.site().open_waits += 1;
        Open(world)
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.0.site().open_waits -= 1;
    }
}

fn cut_short() -> Fault {
    Fault {
        transient: true,
        ..Fault::new(Form::code("interrupted"), "it was asked to end")
    }
}

impl Site {
    /// Takes note of a question. Gives the fault that was planned for it.
    fn asked(&mut self, call: &Call<'_>) -> Option<Fault> {
        let request = &call.request;
        self.performed.push((call.key.clone(), request.clone()));
        let writes = match &request.verb {
            Verb::Put(_) | Verb::Delete => true,
            Verb::Act(act) => act.effects.as_ref().is_none_or(|these| !these.is_empty()),
            _ => false,
        };
        let fleeting = self.fleeting;
        let safe =
            |lines: &super::journal::Lines| lines.is_safe(&call.key.address, request, fleeting);
        // What is taken back at the end was written down when it was changed.
        if writes && call.key.attempt > 0 && !self.lines.as_ref().is_none_or(safe) {
            self.unsafe_writes.push(call.key.address.clone());
        }
        let faults = self.faults.get_mut(&request.resource)?;
        (writes && !faults.is_empty()).then(|| faults.remove(0))
    }

    /// What a wait sees: enough, or from where on to look again.
    fn looked(&mut self, request: &Request, wait: &Wait) -> Reply {
        let Some(since) = &wait.since else {
            return self.resource(request);
        };
        let log = self.logs.get(&request.host).cloned().unwrap_or_default();
        let from = usize::try_from(since.position).unwrap_or(usize::MAX);
        let is = |filter: &Value, item: &Value| {
            let fields = filter.as_map().expect("filters are maps");
            fields.iter().all(|(name, want)| item.get(name) == want)
        };
        let (mut seen, mut found, mut first) = (Vec::new(), 0, None);
        for (n, item) in log.iter().enumerate().skip(from) {
            // More than is asked for is sent on purpose.
            seen.push(item.clone());
            if is(&wait.filter, item) {
                found += 1;
                first = first.or(Some(n));
            } else if wait.abort.as_ref().is_some_and(|abort| is(abort, item)) {
                return Reply::Answer(Answer::Value(Value::list(seen)));
            }
            if found == wait.count {
                return Reply::Answer(Answer::Value(Value::list(log[from..].to_vec())));
            }
        }
        Reply::NotYet(Cursor {
            stream: since.stream.clone(),
            position: first.unwrap_or(log.len().max(from)) as u64,
        })
    }

    fn resource(&mut self, request: &Request) -> Reply {
        let wait = match &request.verb {
            Verb::Wait(wait) => wait,
            _ => unreachable!("only waits are looked at"),
        };
        let value = match &*request.facility {
            "lamp" => self.lamps.get(&request.resource).cloned(),
            "log" => {
                let log = self.logs.get(&request.host);
                log.and_then(|log| log.last().cloned())
            }
            _ => {
                let process = request.resource.parse().unwrap_or_default();
                let exited = self.exited.contains(&process);
                exited.then(|| wait.filter.clone())
            }
        };
        match value {
            Some(value) if value == wait.filter => {
                Reply::Answer(Answer::Value(Value::list([value])))
            }
            _ => Reply::NotYet(Cursor {
                stream: "none".into(),
                position: 0,
            }),
        }
    }

    fn answer(&mut self, request: &Request) -> Answer {
        let name = &request.resource;
        let there = |found: Option<&Value>| found.cloned().map_or(Answer::Absent, Answer::Value);
        match (&*request.facility, &request.verb) {
            ("log", Verb::Mark) if self.deaf.contains(&request.host) => {
                Answer::Fault(Fault::new(Form::code("deaf"), "the log cannot be read"))
            }
            ("log", Verb::Mark) => {
                let position = self.logs.get(&request.host).map_or(0, Vec::len) as u64;
                let stream: Name = format!("{}/{name}", request.host).into();
                Answer::Value(Cursor { stream, position }.to_value())
            }
            ("store", Verb::Get) => there(self.store.get(name)),
            ("store", Verb::Put(value)) => {
                let raced = self.raced.remove(name);
                let before = self.store.insert(name.clone(), value.clone());
                raced.map_or_else(|| there(before.as_ref()), Answer::Raced)
            }
            ("store", Verb::Delete) => there(self.store.remove(name).as_ref()),
            ("lamp", Verb::Get) => there(self.lamps.get(name)),
            ("lamp", Verb::Act(act)) => {
                let at = self.now + 1000;
                self.plan(at, Happening::Lit(name.clone(), act.args.clone()));
                Answer::Value(Value::Null)
            }
            ("tool", Verb::Act(act)) => self.start(name, act),
            _ => Answer::Absent,
        }
    }

    fn start(&mut self, tool: &Name, act: &Act) -> Answer {
        let count = self.starts.entry(tool.clone()).or_default();
        *count += 1;
        let n = *count;
        if &**tool == "cancel" {
            self.happen(Happening::Cancel);
        }
        if &*act.name == "try" {
            return Answer::Value(n.into());
        }
        for emitted in act.args.get("emits").items() {
            let [after, item] = emitted.items() else {
                panic!("`emits` holds pairs of seconds and items");
            };
            let host = item.get("at").as_text().cloned();
            let at = self.now + after.as_int().unwrap_or_default() * 1000;
            let host = host.unwrap_or_else(|| "dx".into());
            self.plan(at, Happening::Emit(host, item.clone()));
        }
        let takes = act.args.get("takes").as_int().unwrap_or_default();
        let process = self.starts.values().sum::<i64>();
        let number = u64::try_from(process).unwrap_or_default();
        self.plan(self.now + takes * 1000, Happening::Exit(number));
        let fails = n <= act.args.get("fails").as_int().unwrap_or_default();
        Answer::Value(Value::map([
            ("exit", i64::from(fails).into()),
            ("process", process.into()),
            ("n", n.into()),
        ]))
    }
}
