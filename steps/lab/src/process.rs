//! Programs that run on the machines of the site.
//!
//! A program does its work in stages while the clock goes on, so mail it has sent may be carried
//! away before it ends.

use std::collections::VecDeque;
use std::time::Duration;

use crate::lab::{Due, Lab, Role};
use crate::tools::terminal::Terminal;
use crate::tools::{self, Program};

/// A process, counted from 1 on its host.
pub type ProcessId = usize;

/// A program that was started.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Process {
    /// What it does; found again by its command line when a lab is read from disk.
    #[serde(skip)]
    program: Program,
    /// The command line and the directory it was started from, until it ends.
    started: Option<(Vec<String>, String)>,
    screen: String,
    /// What was typed ahead for it; when it has read all of that, its input is at its end.
    typed: VecDeque<String>,
    end: Option<End>,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum End {
    /// By itself, with this exit code.
    Exited(i32),
    /// It was ended from outside.
    Killed,
}

/// What a program left that was run to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// What it printed.
    pub screen: String,
    /// The code it ended with.
    pub exit: i32,
}

impl Process {
    /// What it has printed.
    #[must_use]
    pub fn console(&self) -> &str {
        &self.screen
    }

    /// How it ended, once it has.
    #[must_use]
    pub fn end(&self) -> Option<End> {
        self.end
    }
}

/// Why a program did not start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotStarted {
    /// Nothing of that name is found from that directory. The dir-sync programs are found only
    /// from their own (Q132731).
    NotFound,
    /// No programs run on that host.
    NoSuchHost,
}

impl Lab {
    /// Starts a program on a host, from a directory, with nothing typed. Its arguments are
    /// forgotten when it ends: one may be a password.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn spawn(
        &mut self,
        host: &str,
        argv: &[String],
        cwd: &str,
    ) -> Result<ProcessId, NotStarted> {
        self.spawn_typed(host, argv, cwd, "")
    }

    /// Starts a program, as [`Lab::spawn`] does, with lines typed ahead for it.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn spawn_typed(
        &mut self,
        host: &str,
        argv: &[String],
        cwd: &str,
        typed: &str,
    ) -> Result<ProcessId, NotStarted> {
        let place = self.role(host).ok_or(NotStarted::NoSuchHost)?;
        let program = tools::launch(argv, cwd, self, place)?;
        let first = program.stages.first().map_or(program.lasts, |it| it.after);
        let processes = self.processes.entry(place).or_default();
        processes.push(Process {
            program,
            started: Some((argv.to_vec(), cwd.to_owned())),
            screen: String::new(),
            typed: typed.lines().map(str::to_owned).collect(),
            end: None,
        });
        let process = processes.len();
        self.schedule(first, Due::Stage(place, process, 0));
        Ok(process)
    }

    /// Does on a host what a program would do, all of it at this moment, and asks `keyboard` where
    /// the program asks: for a person at its screen, who takes no time in the lab.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn perform(
        &mut self,
        host: &str,
        argv: &[String],
        cwd: &str,
        keyboard: &mut dyn FnMut(&str) -> Option<String>,
    ) -> Result<Left, NotStarted> {
        let place = self.role(host).ok_or(NotStarted::NoSuchHost)?;
        let program = tools::launch(argv, cwd, self, place)?;
        let mut terminal = Terminal::new(place, keyboard);
        for stage in &program.stages {
            if terminal.left().is_none() && !terminal.hangs() {
                stage.run(self, &mut terminal);
            }
        }
        Ok(Left {
            exit: terminal.left().unwrap_or(0),
            screen: terminal.into_screen(),
        })
    }

    /// A process of a host.
    #[must_use]
    pub fn process(&self, host: &str, process: ProcessId) -> Option<&Process> {
        let processes = self.processes.get(&self.role(host)?)?;
        processes.get(process.checked_sub(1)?)
    }

    /// Ends a process where it stands. What it has done stays done.
    pub fn kill(&mut self, host: &str, process: ProcessId) {
        if let Some(place) = self.role(host) {
            self.forget(
                |due| matches!(due, Due::Stage(at, it, _) if (*at, *it) == (place, process)),
            );
            self.end(place, process, End::Killed);
            let running = self.processes.get(&place).into_iter().flatten();
            if running.clone().all(|it| it.end.is_some()) {
                self.break_off_imports(place);
            }
        }
    }

    /// A process does what stage `number` of its program says, or ends if there is none.
    pub(crate) fn stage(&mut self, place: Role, process: ProcessId, number: usize) {
        let Some(running) = self.running(place, process) else {
            return;
        };
        let Some(stage) = running.program.stages.get(number).cloned() else {
            return self.end(place, process, End::Exited(0));
        };
        let next = running.program.stages.get(number + 1);
        let next = next.map_or(running.program.lasts, |it| it.after);
        let mut typed = std::mem::take(&mut running.typed);
        let mut keyboard = |_: &str| typed.pop_front();
        let mut terminal = Terminal::new(place, &mut keyboard);
        stage.run(self, &mut terminal);
        let (left, hangs) = (terminal.left(), terminal.hangs());
        let screen = terminal.into_screen();
        if let Some(running) = self.running(place, process) {
            running.screen.push_str(&screen);
            running.typed = typed;
        }
        match left {
            Some(exit) => self.end(place, process, End::Exited(exit)),
            None if hangs => {}
            None => {
                let wait = next.saturating_sub(stage.after);
                self.schedule(wait, Due::Stage(place, process, number + 1));
            }
        }
    }

    /// Finds out what the programs do that were at work when the lab was written down.
    pub(crate) fn ready_processes(&mut self) {
        let mut ready = Vec::new();
        for (place, processes) in &self.processes {
            for (process, number) in processes.iter().zip(1..) {
                if let Some((argv, cwd)) = &process.started {
                    let program = tools::launch(argv, cwd, self, *place);
                    ready.push((*place, number, program.unwrap_or_default()));
                }
            }
        }
        for (place, number, program) in ready {
            if let Some(running) = self.running(place, number) {
                running.program = program;
            }
        }
    }

    fn running(&mut self, place: Role, process: ProcessId) -> Option<&mut Process> {
        self.processes
            .get_mut(&place)?
            .get_mut(process.checked_sub(1)?)
    }

    fn end(&mut self, place: Role, process: ProcessId, end: End) {
        if let Some(running) = self.running(place, process) {
            running.end.get_or_insert(end);
            running.started = None;
        }
    }

    /// Starts a program and lets time pass until it has ended: for histories and tests.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn run(&mut self, host: &str, argv: &[&str], cwd: &str) -> Result<Process, NotStarted> {
        let argv: Vec<String> = argv.iter().map(|it| (*it).to_owned()).collect();
        let process = self.spawn(host, &argv, cwd)?;
        loop {
            match self.process(host, process) {
                Some(running) if running.end.is_none() => {}
                Some(ended) => return Ok(ended.clone()),
                None => return Err(NotStarted::NoSuchHost),
            }
            let due = self
                .next_due()
                .unwrap_or(self.now().after(Duration::from_secs(1)));
            self.advance_to(due);
        }
    }
}
