//! The one who speaks with the process of a driver: starts it when there is something to ask,
//! hands questions over as many at a time as it takes, and ends it when it does not keep to what
//! was agreed. Calls send orders and wait for what they hear.

mod hello;
mod open;

use std::borrow::Cow;
use std::collections::VecDeque;
use std::time::Duration;

use runsheet_step::driver::CallKey;
use runsheet_step::{Cursor, Name};
use tokio::sync::mpsc::{Sender, UnboundedReceiver};
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

use crate::launch::{Launch, Limits};
use crate::message::{Cancel, FromDriver, Goodbye, Interrupt, Introduction, ToDriver, line};
use crate::process::{Over, Process};
use hello::Starting;
use open::{Open, OpenCalls};

/// What a call hears.
pub(crate) enum Heard {
    /// A piece of output.
    Output(String),
    /// The answer.
    Answer(runsheet_step::Answer),
    /// Nothing within the slice.
    NotYet(Option<Cursor>),
    /// There will be no answer, and it may have happened.
    Lost(Name),
    /// It was never asked.
    Gone(Name),
}

/// A question.
pub(crate) struct Question {
    pub(crate) id: u64,
    /// Nothing: a plan asks.
    pub(crate) key: Option<CallKey>,
    /// What it is, in words.
    pub(crate) what: Name,
    /// Whether it may change something, so that a run waits for it until it is told twice to end.
    pub(crate) writes: bool,
    pub(crate) line: Vec<u8>,
    /// Of a wait: how long it may be held open.
    pub(crate) slice: Option<Duration>,
    pub(crate) hears: Sender<Heard>,
}

/// What a session is to do.
pub(crate) enum Order {
    Ask(Question),
    /// Nobody waits for the answer any more.
    Forget(u64),
    Interrupt(CallKey),
    Close(oneshot::Sender<()>),
}

/// A driver that has said hello.
struct Up {
    process: Process,
    hello: Introduction,
}

pub(crate) struct Session {
    launch: Launch,
    limits: Limits,
    starting: Option<Starting>,
    up: Option<Up>,
    waiting: VecDeque<Question>,
    open: OpenCalls,
    /// How often in a row it has ended without having answered anything.
    deaths: u32,
    /// Why it ended last.
    why: String,
}

/// What woke the session.
enum Woken {
    Order(Option<Order>),
    Said(crate::process::Heard),
    Waits,
    Late,
}

impl Session {
    pub(crate) fn new(launch: Launch, limits: Limits) -> Session {
        Session {
            launch,
            limits,
            starting: None,
            up: None,
            waiting: VecDeque::new(),
            open: OpenCalls::default(),
            deaths: 0,
            why: String::new(),
        }
    }

    /// Until nobody can give orders any more.
    pub(crate) async fn run(mut self, mut orders: UnboundedReceiver<Order>) {
        loop {
            self.ask_on().await;
            match self.woken(&mut orders).await {
                Woken::Order(Some(Order::Close(done))) => {
                    self.close().await;
                    done.send(()).ok();
                }
                Woken::Order(Some(order)) => self.obey(order),
                Woken::Order(None) => return self.close().await,
                Woken::Waits => self.tell_wait(),
                Woken::Said(said) if self.starting.is_some() => self.said_first(Some(said)).await,
                Woken::Late if self.starting.is_some() => self.said_first(None).await,
                Woken::Said(Ok(line)) => self.said(&line).await,
                Woken::Said(Err(over)) => self.ended(over).await,
                Woken::Late if self.open.give_up(Instant::now()) => {}
                Woken::Late => self.fell(self.open.late()).await,
            }
        }
    }

    async fn woken(&mut self, orders: &mut UnboundedReceiver<Order>) -> Woken {
        let (told, late) = match &self.starting {
            Some(starting) => (starting.told_at, Some(starting.until)),
            None => (self.open.first_told(), self.open.first_deadline()),
        };
        let process = match (&mut self.starting, &mut self.up) {
            (Some(starting), _) => Some(&mut starting.process),
            (None, up) => up.as_mut().map(|up| &mut up.process),
        };
        let said = async {
            match process {
                Some(process) => process.hear().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            order = orders.recv() => Woken::Order(order),
            heard = said => Woken::Said(heard),
            () = at(told) => Woken::Waits,
            () = at(late) => Woken::Late,
        }
    }

    /// Says what is waited for, to whoever looks on.
    fn tell_wait(&mut self) {
        let waits = match &mut self.starting {
            Some(starting) => {
                starting.told_at = None;
                Some(open::waited(
                    "say hello",
                    starting.since,
                    starting.until,
                    open::ONCE,
                ))
            }
            None => self.open.waited_for(Instant::now()),
        };
        if let Some(waits) = waits {
            let waits = (self.launch.tidy)(&waits);
            (self.launch.note)(&format!(
                "waiting for the driver {} to {waits}",
                self.launch.name
            ));
        }
    }

    fn obey(&mut self, order: Order) {
        match order {
            Order::Ask(question) => self.waiting.push_back(question),
            Order::Forget(id) => {
                self.waiting.retain(|question| question.id != id);
                let until = Instant::now() + self.limits.grace;
                if self.open.forget(id, until) {
                    self.tell(&ToDriver::Cancel(Cancel { id }));
                }
            }
            Order::Interrupt(key) => self.interrupt(&key),
            Order::Close(_) => {}
        }
    }

    fn interrupt(&mut self, key: &CallKey) {
        let is_of = |question: &Question| {
            let own = question.key.as_ref();
            own.is_some_and(|own| open::is_same_attempt(own, key))
        };
        let (of, others) = self.waiting.drain(..).partition(is_of);
        self.waiting = others;
        let of: VecDeque<Question> = of;
        for question in of {
            let heard = Heard::Gone("it was taken back before it was asked".into());
            question.hears.try_send(heard).ok();
        }
        let until = Instant::now() + self.limits.grace;
        if self.open.interrupt(key, until) {
            let key = Cow::Borrowed(key);
            self.tell(&ToDriver::Interrupt(Interrupt { key }));
        }
    }

    /// Asks as many of those that wait as the driver takes.
    async fn ask_on(&mut self) {
        while !self.waiting.is_empty() {
            if self.deaths >= self.limits.deaths {
                let (deaths, why) = (self.deaths, &self.why);
                let why = format!("it has failed {deaths} times in a row; last: {why}");
                return self.refuse(&why);
            }
            let Some(up) = &self.up else {
                return self.start();
            };
            if self.open.len() >= up.hello.at_once.max(1) {
                return;
            }
            let Some(question) = self.waiting.pop_front() else {
                return;
            };
            if question.key.is_none() && !up.hello.reads {
                let why = "a look that this driver can take in a run only";
                let unknown = runsheet_step::Unknown::because(why);
                let answer = runsheet_step::Answer::Unknown(unknown);
                question.hears.send(Heard::Answer(answer)).await.ok();
                continue;
            }
            let open = Open::asked(&question, self.patience(up));
            up.process.tell(question.line);
            self.open.insert(question.id, open);
        }
    }

    fn patience(&self, up: &Up) -> open::Patience {
        let said = up.hello.patience_ms.map(Duration::from_millis);
        open::Patience {
            wait: self.limits.grace,
            other: said.unwrap_or(self.limits.patience),
            quiet: self.limits.quiet,
        }
    }

    async fn said(&mut self, line: &[u8]) {
        let (id, heard) = match serde_json::from_slice(line) {
            Ok(FromDriver::Answer(said)) => (said.id, Heard::Answer(said.answer)),
            Ok(FromDriver::NotYet(said)) => (said.id, Heard::NotYet(said.cursor)),
            Ok(FromDriver::Lost(said)) => (said.id, Heard::Lost(said.message)),
            Ok(FromDriver::Output(said)) => {
                let heard = self.open.hear(said.id, Heard::Output(said.text)).await;
                return self.kept_to(heard).await;
            }
            Ok(FromDriver::Hello(_)) => return self.fell("it said hello once more").await,
            Err(_) => return self.fell(&self.no_message("it said", line)).await,
        };
        let answered = self.open.close(id, heard).await;
        if answered.is_ok() {
            self.deaths = 0;
        }
        self.kept_to(answered).await;
    }

    async fn kept_to(&mut self, agreed: Result<(), String>) {
        if let Err(why) = agreed {
            self.fell(&why).await;
        }
    }

    /// Its output has ended, or is no good.
    async fn ended(&mut self, over: Over) {
        let Some(up) = self.up.take() else { return };
        let why = self.last_words(up.process, over).await;
        self.lost(&why).await;
    }

    async fn last_words(&self, process: Process, over: Over) -> String {
        match over {
            Over::Ended => process.post_mortem().await,
            Over::TooLong => {
                let longest = self.limits.longest;
                // It may have written last that nobody read on.
                format!("it said more than {longest} bytes in one line")
            }
        }
    }

    /// It does not keep to what was agreed, and is ended.
    async fn fell(&mut self, why: &str) {
        let why = match self.up.take() {
            Some(up) => up.process.put_down(why.to_owned()).await,
            None => why.to_owned(),
        };
        self.lost(&why).await;
    }

    async fn lost(&mut self, why: &str) {
        tracing::warn!(driver = &*self.launch.name, "{why}");
        let told = format!("the driver {}: {why}", self.launch.name);
        self.died(why.to_owned());
        self.open.lose_all(&told).await;
    }

    fn died(&mut self, why: String) {
        self.deaths += 1;
        self.why = why;
    }

    fn refuse(&mut self, why: &str) {
        tracing::warn!(driver = &*self.launch.name, "{why}");
        let told: Name = format!("the driver {}: {why}", self.launch.name).into();
        for question in self.waiting.drain(..) {
            question.hears.try_send(Heard::Gone(told.clone())).ok();
        }
    }

    fn tell(&self, message: &ToDriver<'_>) {
        if let Some(up) = &self.up {
            up.process.tell(line(message));
        }
    }

    async fn close(&mut self) {
        let starting = self.starting.take().map(|starting| starting.process);
        let up = self.up.take().map(|up| up.process);
        if let Some(process) = starting.or(up) {
            process.tell(line(&ToDriver::Goodbye(Goodbye {})));
            process.end(self.limits.goodbye).await;
        }
        self.deaths = 0;
        self.open.lose_all("nobody waits for it any more").await;
    }

    /// A line that is no message, with what an author can do about it. It is tidied before it is
    /// cut: of a half secret nobody would know that it is one.
    fn no_message(&self, what: &str, line: &[u8]) -> String {
        let whole = (self.launch.tidy)(&String::from_utf8_lossy(line));
        let text: String = whole.chars().take(80).collect();
        format!(
            "{what} `{text}`, which is no such message; what is no message belongs on its error \
             output"
        )
    }
}

async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
