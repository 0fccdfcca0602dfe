//! Marks: taken when what they are taken before could start, and answered before it does.

use std::io;

use indexmap::IndexMap;
use runsheet_record::event::{Armed, What};
use runsheet_record::state::InstanceId;
use runsheet_step::fact::Key;
use runsheet_step::{Answer, Failure, Name, Request};

use super::{Dispatcher, Purpose};
use crate::arming::{self, marks_of};

/// A mark on its way.
pub(super) struct Mark {
    request: Request,
    /// Whom it serves: steps, and which of their marks it is.
    serves: Vec<(Name, u32)>,
}

impl Dispatcher<'_> {
    /// The starters take locks and places; all waiters on one stream share one mark.
    pub(super) fn arm(
        &mut self,
        starters: Vec<(InstanceId, Option<Vec<Name>>)>,
        waiters: Vec<InstanceId>,
    ) -> io::Result<()> {
        let mut asked = Vec::new();
        for waiter in waiters {
            match marks_of(&self.state, &self.catalogue, waiter) {
                Err(failure) if self.is_stop(&failure) => return Ok(()),
                requests => asked.push((waiter, requests)),
            }
        }
        for (id, locks) in starters {
            self.emit(arming::reserved(&self.state, id, locks))?;
        }
        // In the order of the waiters, so that what starts when they are answered does too.
        let mut marks: IndexMap<Key, Mark> = IndexMap::new();
        for (waiter, requests) in asked {
            match requests {
                Ok(requests) => self.promise(waiter, requests, &mut marks)?,
                Err(failure) => self.fail(waiter, *failure)?,
            }
        }
        for (_, mark) in marks {
            let first = mark.serves.first();
            let first = first.and_then(|(address, n)| Some((self.state.find(address)?, *n)));
            let Some((first, n)) = first else { continue };
            let key = self.key(first, 0, n as usize);
            let ticket = self.executor.perform(key, mark.request.clone(), None);
            self.tickets.insert(ticket, Purpose::Mark(mark.into()));
        }
        Ok(())
    }

    fn promise(
        &mut self,
        waiter: InstanceId,
        requests: Vec<Request>,
        marks: &mut IndexMap<Key, Mark>,
    ) -> io::Result<()> {
        let address = self.state.instance(waiter).address.clone();
        self.emit(arming::promised(&self.state, waiter, requests.len()))?;
        for (n, request) in (0..).zip(requests) {
            let mark = marks.entry(request.key());
            let mark = mark.or_insert_with(|| Mark {
                request,
                serves: Vec::new(),
            });
            mark.serves.push((address.clone(), n));
        }
        Ok(())
    }

    /// A mark was answered. One that was not answered with a place fails those it serves; what
    /// they are armed before then does not start.
    pub(super) fn marked(&mut self, mark: Mark, answer: Answer) -> io::Result<()> {
        let failure = match &answer {
            Answer::Value(_) => {
                let Mark { request, serves } = mark;
                return self.emit(What::Armed(Armed {
                    request,
                    answer,
                    serves,
                }));
            }
            Answer::Fault(fault) => Failure::from(fault.clone()),
            _ => Failure::code(
                "no-mark",
                format!("{} cannot be watched", mark.request.resource),
            ),
        };
        for (address, _) in &mark.serves {
            if let Some(waiter) = self.state.find(address)
                && !self.state.instance(waiter).status.has_ended()
            {
                self.fail(waiter, failure.clone())?;
            }
        }
        Ok(())
    }
}
