//! A person at a postoffice, as far as the lab can stand in for one.
//!
//! It runs programs whose menus have no command line (`run`); questions are for a real person.

use runsheet_site::prompt::{self, PromptFacility, reply};
use runsheet_step::driver::Call;
use runsheet_step::request::Verb;
use runsheet_step::{Answer, Facility, Request, Value};

use super::process::{command, not_started};
use super::{Served, fault, unknown_verb};
use crate::lab::Lab;

pub(super) struct Prompt;

impl Served for Prompt {
    const NAME: &'static str = prompt::NAME;

    fn facility(&self) -> &dyn Facility {
        &PromptFacility
    }

    fn get(&self, _: &Lab, _: &Request) -> Answer {
        let message = "there is nobody in the lab to answer a question";
        Answer::Fault(fault("no-terminal", message))
    }

    fn change(&self, lab: &mut Lab, call: &Call<'_>) -> Answer {
        let request = &call.request;
        let act = match &request.verb {
            Verb::Act(act) => act,
            _ => return unknown_verb(request),
        };
        if &*act.name != "run" {
            return Answer::Value(Value::Null);
        }
        let (argv, cwd) = command(&act.args);
        let nobody = &mut |_: &str| None;
        match lab.perform(&request.host, &argv, &cwd, nobody) {
            Ok(left) => {
                let said = Some(left.screen.trim_end()).filter(|it| !it.is_empty());
                let done = left.exit == 0;
                Answer::Value(reply(done, "the lab", said, Value::Null))
            }
            Err(why) => Answer::Fault(not_started(why, request, &argv, &cwd)),
        }
    }
}
