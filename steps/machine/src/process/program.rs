//! One program from its start to its end.

use std::process::ExitStatus;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use runsheet_step::driver::{Call, CallKey, Reply};
use runsheet_step::{Answer, Cursor, Fault, Form, Name, Value};
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Child;
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::sync::{Mutex, Notify};
use tokio::time::{Instant, timeout, timeout_at};

use super::captured::Captured;
use super::group::{End, exit_code, signal};

/// How many pieces of output may wait to be taken; then the program waits.
const BACKLOG: usize = 64;

/// How long output may still come after a program has ended: something it has started may hold
/// the pipe open for ever.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// A program that runs or has run.
pub(super) struct Program {
    started_by: CallKey,
    leader: Option<u32>,
    running: Mutex<Running>,
    ended: Notify,
    kill: Notify,
    interrupted: AtomicBool,
}

struct Running {
    child: Child,
    output: Receiver<(Source, Vec<u8>)>,
    stdout: Captured,
    stderr: Captured,
    /// Its exit code, and until when its last words are taken.
    exit: Option<(i32, Instant)>,
}

#[derive(Clone, Copy)]
enum Source {
    Stdout,
    Stderr,
}

impl Program {
    /// Looks after a child that was just started.
    pub(super) fn new(mut child: Child, started_by: CallKey) -> Program {
        let (sender, output) = channel(BACKLOG);
        if let Some(pipe) = child.stdout.take() {
            tokio::spawn(forward(pipe, Source::Stdout, sender.clone()));
        }
        if let Some(pipe) = child.stderr.take() {
            tokio::spawn(forward(pipe, Source::Stderr, sender));
        }
        Program {
            started_by,
            leader: child.id(),
            running: Mutex::new(Running {
                child,
                output,
                stdout: Captured::default(),
                stderr: Captured::default(),
                exit: None,
            }),
            ended: Notify::new(),
            kill: Notify::new(),
            interrupted: AtomicBool::new(false),
        }
    }

    /// Whether the attempt of this call has started it.
    pub(super) fn is_of(&self, key: &CallKey) -> bool {
        let attempt = |key: &CallKey| (key.run.clone(), key.address.clone(), key.attempt);
        attempt(&self.started_by) == attempt(key)
    }

    /// How it ended, if it does so while the call may be held open.
    pub(super) async fn end(&self, call: &Call<'_>, handle: &Name) -> Reply {
        let mut running = self.running.lock().await;
        let exit = match timeout(call.slice, running.until_exit(call, &self.kill)).await {
            Ok(exit) => exit,
            Err(_) => {
                return Reply::NotYet(Cursor {
                    stream: handle.clone(),
                    position: 0,
                });
            }
        };
        self.ended.notify_one();
        Reply::Answer(if self.interrupted.load(Ordering::SeqCst) {
            let message = "it was interrupted before its end";
            Answer::Fault(Fault::new(Form::code("interrupted"), message))
        } else {
            Answer::Value(Value::list([running.value(handle, exit)]))
        })
    }

    /// Asks it to end, and ends it and all it has started when the grace is over.
    pub(super) async fn interrupt(&self, grace: Duration) {
        let Some(leader) = self.leader.filter(|_| !self.has_ended()) else {
            return;
        };
        self.interrupted.store(true, Ordering::SeqCst);
        signal(leader, End::Please);
        timeout(grace, self.ended.notified()).await.ok();
        signal(leader, End::Now);
        self.kill.notify_one();
    }

    /// Whether it has come to its end by itself; while somebody waits for it, it has not.
    fn has_ended(&self) -> bool {
        let running = self.running.try_lock();
        running.is_ok_and(|mut running| running.has_exited())
    }
}

impl Running {
    /// Hands its output on until it has ended. May be dropped and called again.
    async fn until_exit(&mut self, call: &Call<'_>, kill: &Notify) -> i32 {
        let (exit, until) = loop {
            if let Some(exit) = self.exit {
                break exit;
            }
            tokio::select! {
                Some((source, chunk)) = self.output.recv() => self.take(call, source, &chunk),
                status = self.child.wait() => self.exited(status.ok()),
                () = kill.notified() => drop(self.child.start_kill()),
            }
        };
        while let Ok(Some((source, chunk))) = timeout_at(until, self.output.recv()).await {
            self.take(call, source, &chunk);
        }
        exit
    }

    fn has_exited(&mut self) -> bool {
        if let (None, Ok(Some(status))) = (self.exit, self.child.try_wait()) {
            self.exited(Some(status));
        }
        self.exit.is_some()
    }

    fn exited(&mut self, status: Option<ExitStatus>) {
        self.exit = Some((status.map_or(-1, exit_code), Instant::now() + LAST_WORDS));
    }

    fn take(&mut self, call: &Call<'_>, source: Source, chunk: &[u8]) {
        call.sink.output(&call.key, chunk);
        match source {
            Source::Stdout => self.stdout.push(chunk),
            Source::Stderr => self.stderr.push(chunk),
        }
    }

    fn value(&self, handle: &Name, exit: i32) -> Value {
        Value::map([
            ("handle", Value::Text(handle.clone())),
            ("exited", true.into()),
            ("exit", exit.into()),
            ("stdout", self.stdout.text().into()),
            ("stderr", self.stderr.text().into()),
        ])
    }
}

async fn forward(
    mut pipe: impl AsyncRead + Unpin,
    source: Source,
    sender: Sender<(Source, Vec<u8>)>,
) {
    let mut chunk = vec![0; 8192];
    while let Ok(length @ 1..) = pipe.read(&mut chunk).await {
        if sender
            .send((source, chunk[..length].to_vec()))
            .await
            .is_err()
        {
            return;
        }
    }
}
