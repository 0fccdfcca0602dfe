//! Programs that run on the workstations of the site.
//!
//! A program does its work in stages while the clock goes on, so mail it has sent may be carried
//! away before it ends.

use std::time::Duration;

use crate::lab::{Due, Lab, Role};
use crate::postoffice::PostofficeId;
use crate::tools::{self, Program};

/// A process, counted from 1 on its host.
pub type ProcessId = usize;

/// A program that was started.
#[derive(Debug, Clone)]
pub struct Process {
    program: Program,
    end: Option<End>,
}

/// How a process ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By itself, with this exit code.
    Exited(i32),
    /// It was ended from outside.
    Killed,
}

impl Process {
    /// What it has printed.
    #[must_use]
    pub fn console(&self) -> &str {
        &self.program.console
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
    /// Starts a program on a host, from a directory. Its arguments are not kept: one may be a
    /// password.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn spawn(
        &mut self,
        host: &str,
        argv: &[String],
        cwd: &str,
    ) -> Result<ProcessId, NotStarted> {
        let Some(Role::Postoffice(postoffice)) = self.role(host) else {
            return Err(NotStarted::NoSuchHost);
        };
        let program = tools::launch(argv, cwd, &mut self.postoffices[postoffice])?;
        let first = program.stages.first().map_or(program.lasts, |it| it.after);
        let processes = self.processes.entry(postoffice).or_default();
        processes.push(Process { program, end: None });
        let process = processes.len();
        self.schedule(first, Due::Stage(postoffice, process, 0));
        Ok(process)
    }

    /// Does on a host what a program would do, all of it at this moment: for a person at its
    /// screen, who takes no time in the lab.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn perform(
        &mut self,
        host: &str,
        argv: &[String],
        cwd: &str,
    ) -> Result<Program, NotStarted> {
        let Some(Role::Postoffice(postoffice)) = self.role(host) else {
            return Err(NotStarted::NoSuchHost);
        };
        let program = tools::launch(argv, cwd, &mut self.postoffices[postoffice])?;
        for stage in &program.stages {
            (stage.act)(self, postoffice);
        }
        Ok(program)
    }

    /// A process of a host.
    #[must_use]
    pub fn process(&self, host: &str, process: ProcessId) -> Option<&Process> {
        let Some(Role::Postoffice(postoffice)) = self.role(host) else {
            return None;
        };
        let processes = self.processes.get(&postoffice)?;
        processes.get(process.checked_sub(1)?)
    }

    /// Ends a process where it stands. What it has done stays done.
    pub fn kill(&mut self, host: &str, process: ProcessId) {
        if let Some(Role::Postoffice(postoffice)) = self.role(host) {
            self.forget(
                |due| matches!(due, Due::Stage(at, it, _) if (*at, *it) == (postoffice, process)),
            );
            self.end(postoffice, process, End::Killed);
        }
    }

    /// A process does what stage `number` of its program says, or ends if there is none.
    pub(crate) fn stage(&mut self, postoffice: PostofficeId, process: ProcessId, number: usize) {
        let Some(running) = self
            .processes
            .get(&postoffice)
            .and_then(|it| it.get(process - 1))
        else {
            return;
        };
        let program = &running.program;
        let Some(stage) = program.stages.get(number).copied() else {
            let end = End::Exited(program.exit);
            return self.end(postoffice, process, end);
        };
        let next = program
            .stages
            .get(number + 1)
            .map_or(program.lasts, |it| it.after);
        (stage.act)(self, postoffice);
        let wait = next.saturating_sub(stage.after);
        self.schedule(wait, Due::Stage(postoffice, process, number + 1));
    }

    fn end(&mut self, postoffice: PostofficeId, process: ProcessId, end: End) {
        let processes = self.processes.get_mut(&postoffice);
        if let Some(running) = processes.and_then(|it| it.get_mut(process - 1)) {
            running.end.get_or_insert(end);
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
