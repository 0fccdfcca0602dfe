//! A run whose journal breaks off: what was at work then is told as what it is now.

use runsheet_record::event::{Ended, Event, What};
use runsheet_record::state::{Instance, InstanceId};
use runsheet_record::{State, Status};
use runsheet_step::{Failure, Moment};

use crate::ledger::Ledger;

/// Ends what was running when nobody wrote any more: what had been asked to do something is in
/// doubt, and the rest has come to nothing. The run itself has not ended.
pub fn settle(state: &mut State, ledger: &Ledger) {
    let at = ledger.last.unwrap_or(Moment(0));
    let mut inner_first = state.in_order();
    inner_first.reverse();
    for id in inner_first {
        let instance = state.instance(id);
        if instance.status == Status::Running && !instance.address.is_empty() {
            let what = What::Ended(ended(state, id, ledger));
            state.apply(&Event { at, what });
        }
    }
}

fn ended(state: &State, id: InstanceId, ledger: &Ledger) -> Ended {
    let instance = state.instance(id);
    let is_step = instance.children.is_empty();
    let in_doubt = if is_step {
        !ledger.deeds_of(&instance.address).is_empty()
    } else {
        let is_so = |child: &Instance| child.status == Status::InDoubt;
        let mut children = instance.children.iter();
        children.any(|child| is_so(state.instance(*child)))
    };
    let message = "it had been asked to act when the run was interrupted";
    Ended {
        address: instance.address.clone(),
        status: if in_doubt {
            Status::InDoubt
        } else {
            Status::Cancelled
        },
        failure: (is_step && in_doubt).then(|| Failure::code("interrupted", message)),
        ..Ended::default()
    }
}
