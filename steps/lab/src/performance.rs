//! A program that a process outside of the lab runs, one stage after the other.
//!
//! Between two stages the lab belongs to everybody else, so what the program has done so far is
//! seen, and stays where its process is killed.

use std::time::Duration;

use crate::lab::{Lab, Role};
use crate::process::NotStarted;
use crate::tools::terminal::Terminal;
use crate::tools::{self, Program};

/// A program at work.
#[derive(Debug)]
pub struct Performance {
    place: Role,
    program: Program,
    next: usize,
    /// When the last stage was, after the start.
    done: Duration,
    screen: String,
    left: Option<i32>,
}

/// A program asks for more lines than it was given. What the stage has done must not stay: it is
/// to be done again with one line more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Everything on the screen, the question last.
    pub screen: String,
}

impl Performance {
    /// Readies a program on a host, from a directory.
    ///
    /// # Errors
    /// Where there is no such program or host.
    pub fn ready(lab: &Lab, host: &str, argv: &[String], cwd: &str) -> Result<Self, NotStarted> {
        let place = lab.role(host).ok_or(NotStarted::NoSuchHost)?;
        Ok(Self {
            place,
            program: tools::launch(argv, cwd, lab, place)?,
            next: 0,
            done: Duration::ZERO,
            screen: String::new(),
            left: None,
        })
    }

    /// How long it works until its next stage, or to its end; nothing once it has ended.
    #[must_use]
    pub fn works_for(&self) -> Option<Duration> {
        if self.left.is_some() {
            return None;
        }
        let next = self.program.stages.get(self.next);
        let until = next.map_or(self.program.lasts, |stage| stage.after);
        Some(until.saturating_sub(self.done))
    }

    /// Does the next stage, or ends. `typed` are the lines typed for this stage so far; nothing
    /// among them is the end of what is typed.
    ///
    /// # Errors
    /// Where it asks for another line: see [`Asked`].
    pub fn stage(&mut self, lab: &mut Lab, typed: &[Option<String>]) -> Result<(), Asked> {
        let Some(stage) = self.program.stages.get(self.next) else {
            self.left.get_or_insert(0);
            return Ok(());
        };
        let mut lines = typed.iter();
        let mut is_over = false;
        let mut lacks = false;
        let mut keyboard = |_: &str| {
            let line = if is_over { Some(&None) } else { lines.next() };
            lacks |= line.is_none();
            is_over |= line.is_none_or(Option::is_none);
            line.cloned().flatten()
        };
        let mut terminal = Terminal::new(self.place, &mut keyboard);
        stage.run(lab, &mut terminal);
        let (left, unanswered) = (terminal.left(), terminal.unanswered());
        let screen = terminal.into_screen();
        if lacks {
            let until = &screen[..unanswered.unwrap_or(screen.len())];
            let screen = format!("{}{until}", self.screen);
            return Err(Asked { screen });
        }
        self.done = stage.after;
        self.next += 1;
        self.screen.push_str(&screen);
        self.left = left;
        Ok(())
    }

    /// Everything it has printed.
    #[must_use]
    pub fn screen(&self) -> &str {
        &self.screen
    }

    /// The code it ended with, once it has.
    #[must_use]
    pub fn exit(&self) -> Option<i32> {
        self.left
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::tests::blueprint;
    use crate::tools::Act;

    fn argv(line: &str) -> Vec<String> {
        line.split(' ').map(str::to_owned).collect()
    }

    fn asking(acts: Vec<Act>) -> Performance {
        Performance {
            place: Role::Postoffice(0),
            program: Program::acting(Duration::from_secs(6), acts),
            next: 0,
            done: Duration::ZERO,
            screen: String::new(),
            left: None,
        }
    }

    #[test]
    fn a_program_run_stage_by_stage_does_what_it_does_at_once() {
        let mut at_once = Lab::build(&blueprint(&["SALES"]));
        let mut staged = Lab::build(&blueprint(&["SALES"]));
        let (argv, cwd) = (argv("reqmain -dM -t"), r"M:\MAILEXE");
        let left = at_once.perform("SALES", &argv, cwd, &mut |_| None).unwrap();
        let mut performance = Performance::ready(&staged, "SALES", &argv, cwd).unwrap();
        let mut lasted = Duration::ZERO;
        while let Some(works_for) = performance.works_for() {
            lasted += works_for;
            performance.stage(&mut staged, &[]).unwrap();
        }
        assert_eq!(performance.exit(), Some(left.exit));
        assert_eq!(performance.screen(), left.screen);
        assert_eq!(lasted, staged.postoffices[0].pace.reqmain);
        let queued = |lab: &Lab| lab.postoffices[0].outgoing.len();
        assert_eq!(queued(&staged), queued(&at_once));
    }

    #[test]
    fn a_question_is_asked_with_all_that_stands_above_it() {
        let asks: Act = Arc::new(|_, terminal| {
            terminal.say("IMPORT");
            let sure = terminal.confirms("Continue? ");
            terminal.say(if sure { "yes" } else { "no" });
            terminal.leave(i32::from(!sure));
        });
        let mut lab = Lab::build(&blueprint(&["SALES"]));
        let mut performance = asking(vec![asks]);
        let asked = performance.stage(&mut lab, &[]).unwrap_err();
        assert_eq!(asked.screen, "IMPORT\nContinue? ");
        assert!(
            performance.works_for().is_some(),
            "the stage is still ahead"
        );
        performance
            .stage(&mut lab, &[Some("y".to_owned())])
            .unwrap();
        assert_eq!(performance.screen(), "IMPORT\nContinue? \nyes\n");
        assert_eq!(performance.exit(), Some(0));
    }

    #[test]
    fn after_the_end_of_what_is_typed_nothing_more_is_asked() {
        let asks: Act = Arc::new(|_, terminal| {
            let lines = [terminal.ask("one "), terminal.ask("two ")];
            terminal.say(&format!("{lines:?}"));
        });
        let mut lab = Lab::build(&blueprint(&["SALES"]));
        let mut performance = asking(vec![asks]);
        performance.stage(&mut lab, &[None]).unwrap();
        assert!(performance.screen().ends_with("[None, None]\n"));
    }
}
