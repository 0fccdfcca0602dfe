//! The names that an expression of a step sees while a run goes on.

mod asked;
mod given;

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use runsheet_language::expression::scope::{Found, Key, Missing, Scope};
use runsheet_language::workflow::Node;
use runsheet_step::{Map, Value};

use crate::state::{InstanceId, State};

/// How many inputs of calls one expression may have worked out. Each is worked out where it is
/// asked for, so that calls in calls could ask for any number.
const INPUTS: u32 = 10_000;

/// The names as one instance sees them.
pub struct Names<'s> {
    state: &'s State,
    id: InstanceId,
    outputs: Option<&'s Value>,
    failure: Option<Value>,
    item: Option<(&'s str, &'s Value)>,
    in_host: bool,
    /// Whether these are the names inside of a call, rather than those around it.
    inside: Option<Inside<'s>>,
    /// How many inputs of calls may still be worked out for one expression.
    left: Rc<Cell<u32>>,
}

/// The names inside of a call.
#[derive(Clone, Copy)]
enum Inside<'s> {
    /// Of a default: the inputs before it.
    Inputs(&'s Map),
    /// Of an output: all of its inputs and steps.
    All,
}

impl<'s> Names<'s> {
    /// What an instance sees before it starts.
    #[must_use]
    pub fn of(state: &'s State, id: InstanceId) -> Names<'s> {
        Names {
            state,
            id,
            outputs: None,
            failure: None,
            item: None,
            in_host: false,
            inside: None,
            left: Rc::new(Cell::new(INPUTS)),
        }
    }

    /// What the outputs of a call see: its own inputs and steps.
    #[must_use]
    pub fn inside(state: &'s State, call: InstanceId) -> Names<'s> {
        Names {
            inside: Some(Inside::All),
            ..Names::of(state, call)
        }
    }

    /// The names that another instance sees, on the way to a value for this one.
    fn at(&self, id: InstanceId) -> Names<'s> {
        Names {
            left: self.left.clone(),
            ..Names::of(self.state, id)
        }
    }

    /// With its own `outputs`, for `expect` and `warn`.
    #[must_use]
    pub fn with_outputs(self, outputs: &'s Value) -> Names<'s> {
        Names {
            outputs: Some(outputs),
            ..self
        }
    }

    /// With a `failure`, for causes and `finally`.
    #[must_use]
    pub fn with_failure(self, failure: Value) -> Names<'s> {
        Names {
            failure: Some(failure),
            ..self
        }
    }

    /// With an item that has no instance yet, for the `key:` of a `foreach`.
    #[must_use]
    pub fn with_item(self, name: &'s str, item: &'s Value) -> Names<'s> {
        Names {
            item: Some((name, item)),
            ..self
        }
    }

    /// The host of the instance's step, evaluated; null if it has none.
    ///
    /// # Errors
    /// A name that is no host of the site, or an expression that fails.
    pub fn host(&self) -> Result<Value, Missing> {
        let node = self.node();
        let (template, from) = match (node.action(), &node.at) {
            (Some(action), _) => (action.host.as_ref(), action.host_from),
            (None, at) => (
                at.as_ref().map(|at| &at.host),
                at.as_ref().and_then(|at| at.from),
            ),
        };
        let Some(template) = template else {
            return Ok(Value::Null);
        };
        if self.in_host && from.is_none() {
            return Err(missing(0, "`host:` cannot read `host`"));
        }
        let names = Names {
            in_host: from.is_none(),
            ..self.at(self.state.caller(self.id, from))
        };
        let value = template
            .evaluate(&names)
            .map_err(|fault| missing(0, &fault.message))?;
        self.state.host_value(&value)
    }

    fn node(&self) -> &'s Node {
        self.state
            .workflow()
            .node(self.state.instance(self.id).node)
    }

    /// The call whose inputs and steps are seen; nothing: those of the run.
    fn scope(&self) -> Option<InstanceId> {
        match self.inside {
            Some(_) => Some(self.id),
            None => self.state.call_around(self.id),
        }
    }

    /// The value of a `foreach` variable around this instance, as far as its scope goes.
    fn item(&self, name: &str) -> Option<Value> {
        if let Some((own, item)) = self.item
            && own == name
        {
            return Some(item.clone());
        }
        let scope = self.scope();
        let around = self.state.outward(self.id);
        let mut around = around.take_while(|id| Some(*id) != scope);
        around.find_map(|id| {
            let instance = self.state.instance(id);
            let foreach = self.state.workflow().node(instance.node).foreach.as_ref()?;
            if &*foreach.var == name {
                instance.item.clone()
            } else {
                None
            }
        })
    }

    /// `steps.<id>...`: the step, then what is asked of it.
    fn steps(&self, keys: &[Key<'_>]) -> Result<Found, Missing> {
        let Some(first) = keys.first().and_then(key_name) else {
            return Err(missing(0, "`steps` is followed by the id of a step"));
        };
        let node = self.state.instance(self.id).node;
        let workflow = self.state.workflow();
        let child = self.inside.map(|_| workflow.child(node, &first));
        if child
            .unwrap_or_else(|| workflow.named(node, &first))
            .is_none()
        {
            return Err(missing(1, &format!("there is no step `{first}`")));
        }
        let found = match child.flatten() {
            Some(child) => self.state.child_of(self.id, child),
            None => self.state.seen_from(self.id, &first),
        };
        let found = found.ok_or_else(|| missing(1, &format!("`{first}` is not there yet")))?;
        if self.may_have_failed(found) {
            return Ok(Found {
                value: Value::unknown("what fails"),
                used: keys.len(),
            });
        }
        self.state.property(found, keys, 1)
    }

    /// Whether a plan looks from steps that may rescue a group at one in it: they run only where
    /// something in it did not end as planned.
    fn may_have_failed(&self, step: InstanceId) -> bool {
        let state = self.state;
        let rescued = state.rescued_around(self.id).filter(|_| state.planning);
        rescued.is_some_and(|rescued| {
            let list = state.instance(rescued).children.last();
            let may_run = list.is_some_and(|list| state.instance(*list).maybe);
            may_run && state.outward(step).any(|around| around == rescued)
        })
    }
}

impl Scope for Names<'_> {
    fn path(&self, root: &str, keys: &[Key<'_>]) -> Result<Found, Missing> {
        let whole = |value: Value| Ok(Found { value, used: 0 });
        match root {
            "inputs" => self.inputs(keys),
            "site" => whole(self.state.bound.site_value.clone()),
            "secrets" => whole(self.state.bound.secrets.clone()),
            "host" => whole(self.host()?),
            "run" => whole(self.state.run_value()),
            "steps" => self.steps(keys),
            "outputs" if self.outputs.is_some() => whole(self.outputs.cloned().unwrap_or_default()),
            "failure" => {
                let failure = || self.state.failure_seen_from(self.id);
                whole(self.failure.clone().unwrap_or_else(failure))
            }
            name => match self.item(name) {
                Some(value) => whole(value),
                None => Err(missing(0, &format!("`{name}` is not defined here"))),
            },
        }
    }
}

/// A failure as expressions see it: `{win32, exit, code, message}`, of which the first three are
/// null where they do not apply.
#[must_use]
pub fn failure_value(failure: &runsheet_step::Failure) -> Value {
    use runsheet_step::Form;
    let (mut win32, mut exit, mut code) = (Value::Null, Value::Null, Value::Null);
    match &failure.form {
        Form::Win32(number) => win32 = (*number).into(),
        Form::Exit(number) => exit = (*number).into(),
        Form::Code(name) => code = Value::Text(name.clone()),
    }
    let message = Value::Text(failure.message.clone());
    Value::map([
        ("win32", win32),
        ("exit", exit),
        ("code", code),
        ("message", message),
    ])
}

pub(crate) fn key_name<'k>(key: &Key<'k>) -> Option<Cow<'k, str>> {
    match key {
        Key::Name(name) => Some(Cow::Borrowed(name)),
        Key::Value(Value::Text(name)) => Some(Cow::Borrowed(name)),
        Key::Value(Value::Host(host)) => Some(Cow::Borrowed(&host.name)),
        Key::Value(Value::Int(number)) => Some(Cow::Owned(number.to_string())),
        Key::Value(_) => None,
    }
}

pub(crate) fn missing(at: usize, message: &str) -> Missing {
    Missing {
        at,
        message: message.into(),
        help: None,
    }
}
