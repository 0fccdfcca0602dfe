//! Who says yes or no to a `confirm:`.

use std::sync::Arc;

use runsheet_runner::drivers::{Confirmation, Operator};
use runsheet_step::driver::Pending;

use crate::person::Person;

/// How questions are answered.
#[derive(Clone)]
pub(crate) enum Answers {
    /// With yes, because `--yes` was typed.
    Yes,
    /// With no, because `--no-input` was typed or there is nobody at a terminal.
    No(&'static str),
    /// By the person.
    Person(Arc<Person>),
}

impl Answers {
    /// Who answers, by the options and by who is there.
    pub(crate) fn of(yes: bool, no_input: bool, person: &Arc<Person>) -> Answers {
        match () {
            () if yes => Answers::Yes,
            () if no_input => Answers::No("--no-input was given"),
            () if person.is_there() => Answers::Person(person.clone()),
            () => Answers::No("there is no terminal, and no --yes"),
        }
    }
}

impl Operator for Answers {
    fn confirm<'a>(&'a self, address: &'a str, say: &'a str) -> Pending<'a, Confirmation> {
        Box::pin(async move {
            match self {
                Answers::Yes => said(true, "--yes"),
                Answers::No(why) => said(false, &format!("nobody: {why}")),
                Answers::Person(person) => {
                    let _turn = person.turn().await;
                    match person.yes(&format!("{address}: {say}")).await {
                        Ok(Some(yes)) => said(yes, "the person at the terminal"),
                        Ok(None) => said(false, "nobody: the input has ended"),
                        Err(error) => said(false, &format!("nobody: {error}")),
                    }
                }
            }
        })
    }
}

fn said(yes: bool, by: &str) -> Confirmation {
    Confirmation { yes, by: by.into() }
}
