//! How a step ended, by the rules of its workflow, in their order: `accept`, `expect`, `retry`.

mod changed;

use std::time::Duration;

use runsheet_language::expression::{Expr, Template};
use runsheet_language::workflow::{Node, Timeout};
use runsheet_record::event::{Check, Ended, Retried, Told, What};
use runsheet_record::scope::{Names, failure_value};
use runsheet_record::state::InstanceId;
use runsheet_record::{State, Status};
use runsheet_step::decode::decode;
use runsheet_step::{Failure, Moment, Name, Outcome, Value, duration};

use crate::schedule::bad_expression;

pub(crate) use changed::{Changed, changed};

/// What a step came to, before it is judged.
pub(crate) type Verdict = Result<Outcome, Box<Failure>>;

/// Its end, or the attempt to come.
pub(crate) fn judge(state: &State, id: InstanceId, verdict: Verdict, now: Moment) -> What {
    let instance = state.instance(id);
    let node = state.workflow().node(instance.node);
    let (verdict, accepted) = accept(node, verdict);
    let (verdict, checks) = expect(state, id, node, verdict);
    let verdict = verdict.and_then(|outcome| match changed(state, id, &outcome) {
        Ok(changed) => Ok((outcome, changed)),
        Err(failure) => Err(failure.outputs(outcome.outputs).into()),
    });
    match verdict {
        Ok((outcome, changed)) => {
            let warnings = warn(state, id, node, &outcome, accepted.as_ref());
            What::Ended(Ended {
                address: instance.address.clone(),
                status: Status::Succeeded,
                outputs: outcome.outputs,
                changed: changed == Changed::Yes,
                may_change: changed == Changed::Unknown,
                rescued: false,
                failure: accepted,
                checks,
                warnings,
                causes: Vec::new(),
            })
        }
        Err(failure) => match retry(state, id, node, &failure, now) {
            Some(retried) => What::Retried(retried),
            None => What::Ended(failed(state, id, *failure, checks)),
        },
    }
}

/// The end of a step that failed, with what its failure means.
pub(crate) fn failed(state: &State, id: InstanceId, failure: Failure, checks: Vec<Check>) -> Ended {
    let instance = state.instance(id);
    Ended {
        address: instance.address.clone(),
        status: Status::Failed,
        outputs: failure.outputs.clone(),
        changed: !instance.changes.is_empty(),
        may_change: false,
        rescued: false,
        causes: causes(state, id, &failure),
        failure: Some(failure),
        checks,
        warnings: Vec::new(),
    }
}

/// A failure that is named by `accept:` is a success with `outputs.fault`.
fn accept(node: &Node, verdict: Verdict) -> (Verdict, Option<Failure>) {
    if node.accept.is_empty() {
        return (verdict, None);
    }
    match verdict {
        Ok(outcome) => {
            let outputs = with_fault(&outcome.outputs, Value::Null);
            (Ok(Outcome { outputs, ..outcome }), None)
        }
        Err(failure) if node.accept.iter().any(|accept| accept.takes(&failure)) => {
            let outputs = with_fault(&failure.outputs, failure_value(&failure));
            (
                Ok(Outcome {
                    outputs,
                    changed: true,
                }),
                Some(*failure),
            )
        }
        Err(failure) => (Err(failure), None),
    }
}

fn with_fault(outputs: &Value, fault: Value) -> Value {
    let mut map = outputs.as_map().cloned().unwrap_or_default();
    map.insert("fault".into(), fault);
    Value::Map(map.into())
}

/// A success whose `expect:` does not hold is a failure.
fn expect(state: &State, id: InstanceId, node: &Node, verdict: Verdict) -> (Verdict, Vec<Check>) {
    let (Some(rule), Ok(outcome)) = (&node.expect, &verdict) else {
        return (verdict, Vec::new());
    };
    match check(state, id, rule, &outcome.outputs) {
        Err(failure) => (Err(failure), Vec::new()),
        Ok(check) if check.holds => (verdict, vec![check]),
        Ok(check) => {
            let failure = Failure::code("expect", broken(&check)).outputs(outcome.outputs.clone());
            (Err(failure.into()), vec![check])
        }
    }
}

fn broken(check: &Check) -> String {
    let reads: Vec<_> = check
        .reads
        .iter()
        .map(|(name, value)| format!("{name} is {value}"))
        .collect();
    format!("`{}` does not hold: {}", check.rule, reads.join(", "))
}

/// A rule held against outputs, with everything it read.
fn check(
    state: &State,
    id: InstanceId,
    rule: &Expr,
    outputs: &Value,
) -> Result<Check, Box<Failure>> {
    let names = Names::of(state, id).with_outputs(outputs);
    let value = rule.evaluate(&names);
    let value = value.map_err(|trouble| Box::new(bad_expression("expect", &trouble)))?;
    let reads = rule.reads(&names);
    // What a plan cannot know has not failed.
    let holds = !matches!(value, Value::Bool(false));
    Ok(Check {
        rule: rule.to_string().into(),
        reads,
        holds,
    })
}

/// What is to be said of a success whose `warn:` does not hold: what that means, where the
/// workflow knows it, else what was read.
fn warn(
    state: &State,
    id: InstanceId,
    node: &Node,
    outcome: &Outcome,
    accepted: Option<&Failure>,
) -> Vec<Name> {
    let Some(rule) = &node.warn else {
        return Vec::new();
    };
    match check(state, id, rule, &outcome.outputs) {
        Ok(check) if check.holds => Vec::new(),
        Ok(check) => {
            let broken = Failure::code("warn", broken(&check)).outputs(outcome.outputs.clone());
            let told = causes(state, id, accepted.unwrap_or(&broken));
            match told.is_empty() {
                true => vec![broken.message],
                false => told.iter().map(in_a_line).collect(),
            }
        }
        Err(failure) => vec![failure.message],
    }
}

/// `cause (Q1, Q2): remedy`
fn in_a_line(told: &Told) -> Name {
    let mut line = told.cause.to_string();
    if !told.see.is_empty() {
        line.push_str(&format!(" ({})", told.see.join(", ")));
    }
    if let Some(remedy) = &told.remedy {
        line.push_str(&format!(": {remedy}"));
    }
    line.into()
}

fn retry(
    state: &State,
    id: InstanceId,
    node: &Node,
    failure: &Failure,
    now: Moment,
) -> Option<Retried> {
    let instance = state.instance(id);
    let retry = node.retry.as_ref()?;
    let wanted = retry.on.is_empty() || retry.on.iter().any(|on| on.takes(failure));
    let tries = instance.attempt - instance.attempts_before;
    let more = tries <= retry.max && !state.is_cancelled();
    if !(wanted && more) {
        return None;
    }
    let names = Names::of(state, id);
    let backoff = retry
        .backoff
        .as_ref()
        .and_then(|template| template.evaluate(&names).ok());
    let pause = backoff.as_ref().and_then(length).unwrap_or_default();
    let not_before = now.after(pause.saturating_mul(1 << (tries - 1).min(16)));
    let ends = earlier(total_deadline(state, id), deadline_around(state, id));
    // An attempt that would start out of time is none.
    ends.is_none_or(|ends| not_before < ends).then(|| Retried {
        address: instance.address.clone(),
        attempt: instance.attempt + 1,
        not_before,
        failure: failure.clone(),
    })
}

/// When an attempt that begins now is out of time: by its own limit, that of all attempts, or
/// that of a group around it.
pub(crate) fn deadline(state: &State, id: InstanceId, now: Moment) -> Option<Moment> {
    let instance = state.instance(id);
    if instance.is_fan {
        return None;
    }
    let attempt = limit(state, id, |timeout| timeout.attempt.as_ref());
    let total = limit(state, id, |timeout| timeout.total.as_ref());
    let began = instance.started.unwrap_or(now);
    let own = earlier(
        attempt.map(|span| now.after(span)),
        total.map(|span| began.after(span)),
    );
    earlier(own, deadline_around(state, id))
}

/// When the groups around an instance are out of time.
pub(crate) fn deadline_around(state: &State, id: InstanceId) -> Option<Moment> {
    // Each of them has the deadlines of those around it in its own. What is done finally is done,
    // however late it is.
    let inside = state
        .outward(id)
        .take_while(|group| !state.is_finally(*group));
    inside
        .skip(1)
        .find_map(|group| state.instance(group).deadline)
}

/// How long a step may give no sign of life.
pub(crate) fn idle(state: &State, id: InstanceId) -> Option<Duration> {
    limit(state, id, |timeout| timeout.idle.as_ref())
}

/// When a step is out of time, attempts and all.
fn total_deadline(state: &State, id: InstanceId) -> Option<Moment> {
    let span = limit(state, id, |timeout| timeout.total.as_ref())?;
    Some(state.instance(id).started?.after(span))
}

fn limit(
    state: &State,
    id: InstanceId,
    which: impl Fn(&Timeout) -> Option<&Template>,
) -> Option<Duration> {
    let timeout = state
        .workflow()
        .node(state.instance(id).node)
        .timeout
        .as_ref()?;
    length(&which(timeout)?.evaluate(&Names::of(state, id)).ok()?)
}

fn earlier(one: Option<Moment>, other: Option<Moment>) -> Option<Moment> {
    one.into_iter().chain(other).min()
}

fn length(value: &Value) -> Option<Duration> {
    match value {
        Value::Duration(span) => Some(*span),
        other => duration::parse(&decode::<String>(other).ok()?).ok(),
    }
}

/// What a failure means: each cause that holds is told.
fn causes(state: &State, id: InstanceId, failure: &Failure) -> Vec<Told> {
    let node = state.workflow().node(state.instance(id).node);
    let outputs = &failure.outputs;
    let names = || {
        Names::of(state, id)
            .with_outputs(outputs)
            .with_failure(failure_value(failure))
    };
    let holds = |expr: &Expr| matches!(expr.evaluate(&names()), Ok(Value::Bool(true)));
    let text = |template: &Template| {
        template
            .evaluate(&names())
            .map(|value| Name::from(value.to_string()))
    };
    let told = node
        .causes
        .iter()
        .filter(|cause| holds(&cause.when))
        .map(|cause| Told {
            cause: text(&cause.say).unwrap_or_else(|trouble| trouble.message.into()),
            remedy: cause.remedy.as_ref().and_then(|remedy| text(remedy).ok()),
            see: cause.see.clone(),
        });
    told.collect()
}
