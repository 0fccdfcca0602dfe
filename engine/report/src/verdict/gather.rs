//! The plain parts of a verdict: steps, warnings, what was taken back.

use runsheet_record::State;
use runsheet_record::state::{Instance, InstanceId};
use runsheet_step::{Answer, Name};

use super::{Part, Returned, Warning};
use crate::ledger::Ledger;
use crate::tally::Tally;

/// The steps of the outermost list, and of `finally:`.
pub(super) fn parts(state: &State) -> Vec<Part> {
    let lists = [Some(state.main()), state.finally()];
    let steps = lists
        .into_iter()
        .flatten()
        .flat_map(|list| &state.instance(list).children);
    steps.map(|step| part(state, *step)).collect()
}

fn part(state: &State, id: InstanceId) -> Part {
    let instance = state.instance(id);
    let span = instance
        .started
        .zip(instance.ended)
        .map(|(from, to)| to.since(from));
    let tally = Tally::of(state, id);
    let is_single = tally.total() <= 1 && instance.children.is_empty();
    Part {
        address: instance.address.clone(),
        status: instance.status,
        rescued: instance.rescued,
        tally: if is_single {
            String::new()
        } else {
            tally.words()
        },
        millis: span.and_then(|span| u64::try_from(span.as_millis()).ok()),
    }
}

pub(super) fn warnings(state: &State) -> Vec<Warning> {
    let in_order = state.in_order().into_iter().map(|id| state.instance(id));
    let told = in_order.flat_map(|instance| {
        let one = |text: Name| Warning {
            address: instance.address.clone(),
            text,
        };
        let rescued = rescued(instance).into_iter();
        rescued.chain(instance.warnings.iter().cloned()).map(one)
    });
    told.collect()
}

/// That something failed though it ended well in the end, and what that means.
fn rescued(instance: &Instance) -> Option<Name> {
    let failure = instance.failure.as_ref().filter(|_| instance.rescued)?;
    let mut text = format!("it failed and was rescued: {}", failure.message);
    for told in &instance.causes {
        text.push_str(&format!("; {}", told.cause));
    }
    Some(text.into())
}

pub(super) fn returned(ledger: &Ledger) -> Vec<Returned> {
    let one = |restored: &runsheet_record::event::Restored| Returned {
        address: restored.address.clone(),
        phrase: ledger.phrase(&restored.request),
        trouble: match &restored.answer {
            Answer::Fault(fault) => Some(fault.message.clone()),
            _ => None,
        },
    };
    ledger.restored.iter().map(one).collect()
}
