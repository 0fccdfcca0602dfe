//! One process of a driver: started, heard line by line, and ended with all it has started.

use std::process::Stdio;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

#[cfg(unix)]
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::mpsc::{Receiver, Sender, UnboundedReceiver, UnboundedSender};
use tokio::sync::mpsc::{channel, unbounded_channel};
use tokio::task::JoinHandle;
#[cfg(unix)]
use tokio::time::sleep;
use tokio::time::timeout;

use crate::launch::{Launch, Limits};

/// How many messages may wait to be taken; then the driver waits.
const BACKLOG: usize = 64;

/// The longest line of a log. One that is cut could end in half a secret, so it is left out.
const LOGGED: usize = 64 << 10;

/// How much of the last line of a log is told.
const TOLD: usize = 300;

/// How long the end of a process is waited for whose output has ended.
const LAST_WORDS: Duration = Duration::from_secs(2);

/// How often it is looked whether a process has ended.
#[cfg(unix)]
const LOOKS: Duration = Duration::from_millis(5);

/// A line that a driver said, or why there is none any more.
pub(crate) type Heard = Result<Vec<u8>, Over>;

/// Why nothing more is heard.
pub(crate) enum Over {
    /// Its output has ended.
    Ended,
    /// It said more than it may in one line.
    TooLong,
}

/// A running driver.
pub(crate) struct Process {
    child: Child,
    /// The first of its group, until that is ended.
    #[cfg(unix)]
    leader: Option<Pid>,
    /// Ends the group where this program cannot.
    #[cfg(unix)]
    _keeper: Option<Child>,
    /// Lines for it; its input is closed with this.
    pub(crate) tell: Option<UnboundedSender<Vec<u8>>>,
    heard: Receiver<Heard>,
    last: Arc<Mutex<String>>,
    log: Option<JoinHandle<()>>,
}

impl Process {
    /// # Errors
    /// Why there is no such process.
    pub(crate) fn start(launch: &Launch, limits: Limits) -> Result<Process, String> {
        let (program, arguments) = launch.run.split_first().ok_or("its `run` is empty")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .current_dir(&launch.folder)
            .env_clear()
            .envs(&launch.environment)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        // An interrupt at the terminal is for the engine, which then tells its drivers.
        #[cfg(unix)]
        command.process_group(0);
        #[cfg(target_os = "linux")]
        crate::leash::tie(&mut command);
        let started = command.spawn();
        let mut child =
            started.map_err(|error| format!("`{program}` cannot be started: {error}"))?;
        let (tell, lines) = unbounded_channel();
        let (say, heard) = channel(BACKLOG);
        let last = Arc::default();
        let mut logged = None;
        if let Some(pipe) = child.stdin.take() {
            tokio::spawn(write(pipe, lines));
        }
        if let Some(pipe) = child.stdout.take() {
            tokio::spawn(hear(BufReader::new(pipe), limits.longest, say));
        }
        if let Some(pipe) = child.stderr.take() {
            let log = log(BufReader::new(pipe), launch.clone(), Arc::clone(&last));
            logged = Some(tokio::spawn(log));
        }
        Ok(Process {
            #[cfg(unix)]
            leader: leader(&child),
            #[cfg(unix)]
            _keeper: child.id().and_then(crate::keeper::keep),
            child,
            tell: Some(tell),
            heard,
            last,
            log: logged,
        })
    }

    /// The next line. May be dropped and called again.
    pub(crate) async fn hear(&mut self) -> Heard {
        self.heard.recv().await.unwrap_or(Err(Over::Ended))
    }

    /// A line for it. One that cannot be said is for a process that has ended, which is heard.
    pub(crate) fn tell(&self, line: Vec<u8>) {
        if let Some(tell) = &self.tell {
            tell.send(line).ok();
        }
    }

    /// How it ended, in words; it is ended where it has not.
    pub(crate) async fn post_mortem(mut self) -> String {
        let ended = self.ends_within(LAST_WORDS).await;
        self.end_group();
        let status = match ended {
            true => self.child.wait().await.ok(),
            false => None,
        };
        self.put_down(match status {
            Some(status) => format!("it ended with {status}"),
            None => "it closed its output and was ended".to_owned(),
        })
        .await
    }

    /// Ends it for this reason. Says that, and what it wrote last.
    pub(crate) async fn put_down(mut self, how: String) -> String {
        self.end_group();
        if let Some(log) = self.log.take() {
            timeout(LAST_WORDS, log).await.ok();
        }
        let last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match last.is_empty() {
            true => how,
            false => format!("{how}, and wrote last: {last}"),
        }
    }

    /// Closes its input, and ends it if it does not end by itself.
    pub(crate) async fn end(mut self, within: Duration) {
        self.tell = None;
        self.ends_within(within).await;
        self.end_group();
    }

    /// Whether it ends by itself in so much time.
    async fn ends_within(&mut self, time: Duration) -> bool {
        timeout(time, self.ended()).await.is_ok()
    }

    /// Waits for its end, but does not see it off: until then its number is not given away.
    #[cfg(unix)]
    async fn ended(&mut self) {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT | WaitIdOptions::NOHANG;
        while let Some(leader) = self.leader {
            if !matches!(waitid(WaitId::Pid(leader), options), Ok(None)) {
                return;
            }
            sleep(LOOKS).await;
        }
    }

    #[cfg(not(unix))]
    async fn ended(&mut self) {
        self.child.wait().await.ok();
    }

    /// Ends whatever it has started, once, and before anybody sees it off: after that the number of
    /// the group is free for others as soon as nobody is left in it.
    fn end_group(&mut self) {
        #[cfg(unix)]
        if let Some(group) = self.leader.take() {
            kill_process_group(group, Signal::KILL).ok();
        }
    }
}

impl Drop for Process {
    /// Whatever it has started ends with it.
    fn drop(&mut self) {
        self.end_group();
    }
}

#[cfg(unix)]
fn leader(child: &Child) -> Option<Pid> {
    child
        .id()
        .and_then(|id| Pid::from_raw(i32::try_from(id).ok()?))
}

async fn write(mut pipe: ChildStdin, mut lines: UnboundedReceiver<Vec<u8>>) {
    while let Some(line) = lines.recv().await {
        if pipe.write_all(&line).await.is_err() {
            return;
        }
    }
}

/// Hands lines on until there are no more, or one is longer than it may be.
async fn hear(mut from: impl AsyncBufRead + Unpin, longest: usize, say: Sender<Heard>) {
    loop {
        let mut line = Vec::new();
        let heard = match read_line(&mut from, longest, &mut line).await {
            Read::Line => Ok(line),
            Read::End => return,
            Read::TooLong => Err(Over::TooLong),
        };
        let is_last = heard.is_err();
        if say.send(heard).await.is_err() || is_last {
            return;
        }
    }
}

enum Read {
    Line,
    End,
    TooLong,
}

async fn read_line(
    from: &mut (impl AsyncBufRead + Unpin),
    longest: usize,
    line: &mut Vec<u8>,
) -> Read {
    loop {
        let Ok(chunk) = from.fill_buf().await else {
            return Read::End;
        };
        if chunk.is_empty() {
            return if line.is_empty() {
                Read::End
            } else {
                Read::Line
            };
        }
        let end = chunk.iter().position(|byte| *byte == b'\n');
        let taken = end.unwrap_or(chunk.len());
        line.extend_from_slice(&chunk[..taken]);
        from.consume(end.map_or(taken, |end| end + 1));
        if line.len() > longest {
            return Read::TooLong;
        }
        if end.is_some() {
            return Read::Line;
        }
    }
}

/// What a driver writes beside, line by line.
async fn log(
    mut from: BufReader<impl AsyncRead + Unpin>,
    launch: Launch,
    last: Arc<Mutex<String>>,
) {
    loop {
        let mut line = Vec::new();
        let line = match read_line(&mut from, LOGGED, &mut line).await {
            Read::End => return,
            Read::TooLong => format!("(part of a line of more than {LOGGED} bytes)"),
            Read::Line => (launch.tidy)(String::from_utf8_lossy(&line).trim_end()),
        };
        tracing::info!(driver = &*launch.name, "{line}");
        if !line.trim().is_empty() {
            let told = line.chars().take(TOLD).collect();
            *last.lock().unwrap_or_else(PoisonError::into_inner) = told;
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::path::PathBuf;
    use std::sync::Arc;
    use std::time::Duration;

    use rustix::process::test_kill_process;

    use super::Process;
    use crate::launch::{Launch, Limits};

    #[tokio::test]
    async fn one_that_has_ended_keeps_its_number_until_its_group_is_ended() {
        let launch = Launch {
            name: "brief".into(),
            facility: "brief".into(),
            run: vec!["true".to_owned()],
            folder: PathBuf::from("/"),
            environment: std::env::vars().collect(),
            tidy: Arc::new(ToOwned::to_owned),
            note: Arc::new(|_| {}),
        };
        let mut process = Process::start(&launch, Limits::default()).expect("it starts");
        let leader = process.leader.expect("it has a number");
        assert!(process.ends_within(Duration::from_mins(1)).await);
        assert_eq!(test_kill_process(leader), Ok(()));
        let told = process.post_mortem().await;
        assert_eq!(told, "it ended with exit status: 0");
        assert!(test_kill_process(leader).is_err());
    }
}
