//! What can be asked of the run and of its steps.

use runsheet_diagnostics::words;
use runsheet_language::expression::scope::{Found, Key, Missing};
use runsheet_language::workflow::StepId;
use runsheet_step::Value;

use super::{failure_value, key_name, missing};
use crate::state::{Instance, InstanceId, State};

/// How many items are named.
const ITEMS: usize = 8;

impl State {
    /// The instance that `steps.<name>` means to an instance; nothing where it is not there yet.
    #[must_use]
    pub fn seen_from(&self, from: InstanceId, name: &str) -> Option<InstanceId> {
        let workflow = self.workflow();
        let step = workflow.named(self.instance(from).node, name)?;
        let parent = workflow.node(step).parent();
        let holds = |id: &InstanceId| {
            let instance = self.instance(*id);
            instance.node == parent && !instance.is_fan
        };
        let group = self.outward(from).find(holds).unwrap_or(self.main());
        self.child_of(group, step)
    }

    /// A host by its name, or one already.
    pub(crate) fn host_value(&self, value: &Value) -> Result<Value, Missing> {
        match value {
            Value::Text(name) => match self.bound.hosts.get(name) {
                Some(host) => Ok(Value::Host(host.clone())),
                None => Err(missing(0, &format!("`{name}` is no host of the site"))),
            },
            other => Ok(other.clone()),
        }
    }

    pub(super) fn run_value(&self) -> Value {
        let begun = self.begun.as_ref();
        let id = begun.map_or(Value::Null, |begun| Value::Text(begun.run.0.clone()));
        let started = self.instance(self.main()).started.into();
        let in_run = |value: Value| match self.planning {
            true => Value::unknown("the start of the run"),
            false => value,
        };
        Value::map([
            ("id", in_run(id)),
            ("site", Value::Text(self.bound.site.clone())),
            ("started", in_run(started)),
        ])
    }

    /// What failed as expressions see it: in a `rescue:` what that is for, else the first failure of
    /// the run, or in a call the first of that; null if nothing has failed.
    #[must_use]
    pub fn failure_seen_from(&self, id: InstanceId) -> Value {
        if let Some(rescued) = self.rescued_around(id) {
            let failed = self.instance(rescued).rescuing.as_ref();
            let failure = failed.and_then(|failed| failed.failure.as_ref());
            return match (failure, self.planning) {
                (_, true) => Value::unknown("what fails"),
                (failure, false) => failure.map_or(Value::Null, failure_value),
            };
        }
        let failed = match self.call_around(id) {
            Some(call) => self.first_failure_in(call),
            None => self.first_failure(),
        };
        match failed.and_then(|instance| instance.failure.as_deref()) {
            Some(failure) => failure_value(failure),
            // That nothing is foreseen to fail does not mean that nothing will.
            None if self.planning => Value::unknown("what fails"),
            None => Value::Null,
        }
    }

    /// What comes after a step's id in an expression.
    pub(super) fn property(
        &self,
        id: InstanceId,
        keys: &[Key<'_>],
        used: usize,
    ) -> Result<Found, Missing> {
        let instance = self.instance(id);
        let Some(key) = keys.get(used) else {
            return Ok(Found {
                value: self.summary(id),
                used,
            });
        };
        let is_item = instance.is_fan && matches!(key, Key::Value(_));
        if is_item {
            if let Some(item) = self.item_of(instance, key) {
                return self.property(item, keys, used + 1);
            }
            if self.may_have_more_items(instance) {
                return Ok(Found {
                    value: Value::unknown(format!("the items of `{}`", instance.address)),
                    used: keys.len(),
                });
            }
        }
        let Some(name) = key_name(key) else {
            return Err(missing(used + 1, "there is no such instance"));
        };
        if let Some(value) = self.word(id, &name, used)? {
            return Ok(Found {
                value,
                used: used + 1,
            });
        }
        let is_call = !instance.is_fan && self.workflow().is_call(instance.node);
        let child = self.workflow().child(instance.node, &name);
        match child
            .filter(|_| !is_call)
            .and_then(|child| self.child_of(id, child))
        {
            Some(child) => self.property(child, keys, used + 1),
            None if is_item => Err(self.no_item(instance, &name, used + 1)),
            None => Err(missing(
                used + 1,
                &format!("`{}` has no `{name}`", instance.address),
            )),
        }
    }

    /// Whether a plan does not know yet what all items of a `foreach` are called.
    fn may_have_more_items(&self, fan: &Instance) -> bool {
        let mut items = fan.children.iter().map(|child| self.instance(*child));
        let is_unknown = |item: &Instance| {
            let item = item.item.as_ref();
            item.is_some_and(|item| item.why_unknown().is_some())
        };
        let is_to_come = !fan.expanded && (fan.maybe || !fan.status.has_ended());
        self.planning && (is_to_come || items.any(is_unknown))
    }

    fn no_item(&self, fan: &Instance, name: &str, at: usize) -> Missing {
        let name_of = |child: &InstanceId| {
            let own = self.instance(*child).address.strip_prefix(&*fan.address)?;
            Some(own.strip_prefix("[\"")?.strip_suffix("\"]")?.to_owned())
        };
        let names = fan.children.iter().take(ITEMS).filter_map(name_of);
        let names: Vec<String> = names.collect();
        let more = fan.children.len().saturating_sub(names.len());
        let help = match (names.as_slice(), more) {
            ([], _) => "it has no items".to_owned(),
            (names, 0) => format!("its items are {}", words::and_list(names)),
            (names, more) => format!("its items are {} and {more} more", names.join(", ")),
        };
        Missing {
            help: Some(help),
            ..missing(at, &format!("`{}` has no item `{name}`", fan.address))
        }
    }

    fn item_of(&self, fan: &Instance, key: &Key<'_>) -> Option<InstanceId> {
        let name = key_name(key)?;
        self.find(&format!("{}[\"{name}\"]", fan.address))
    }

    /// One of the words every step has.
    fn word(&self, id: InstanceId, word: &str, used: usize) -> Result<Option<Value>, Missing> {
        let instance = self.instance(id);
        let unknown = || Value::unknown(format!("`{}`", instance.address));
        let unsure = self.planning && (instance.maybe || !instance.status.has_ended());
        Ok(Some(match word {
            "status" if unsure => unknown(),
            "status" => Value::text(instance.status.word()),
            "changed" if unsure || instance.may_change => unknown(),
            "changed" => instance.changed.into(),
            "started" => instance.started.into(),
            "ended" => instance.ended.into(),
            "succeeded" | "failed" if instance.is_fan && unsure => unknown(),
            "succeeded" | "failed" if instance.is_fan => self.items(id, word == "succeeded"),
            "outputs" if unsure && instance.outputs.is_null() => unknown(),
            "outputs" => self.seen_outputs(instance, used)?,
            _ => return Ok(None),
        }))
    }

    /// What a step gave that ended well, and what a call that failed gives all the same: nothing
    /// else tells what happened in it.
    fn seen_outputs(&self, instance: &Instance, used: usize) -> Result<Value, Missing> {
        let is_call = !instance.is_fan && self.workflow().is_call(instance.node);
        let is_there = match instance.status {
            crate::Status::Succeeded => !instance.rescued,
            crate::Status::Failed => is_call && !instance.outputs.is_null(),
            _ => false,
        };
        if is_there {
            return Ok(instance.outputs.clone());
        }
        let why = match instance.status.has_ended() {
            true if instance.rescued => {
                format!(
                    "`{}` failed and was rescued: it has no outputs",
                    instance.address
                )
            }
            true => format!(
                "`{}` was {}: it has no outputs",
                instance.address, instance.status
            ),
            false => format!("`{}` has not ended yet", instance.address),
        };
        Err(Missing {
            help: Some("`default(x, y)` gives `y` where there is no `x`".into()),
            ..missing(used + 1, &why)
        })
    }

    /// The items of a `foreach` whose instances ended well, or did not.
    fn items(&self, fan: InstanceId, well: bool) -> Value {
        let instance = self.instance(fan);
        let children = instance.children.iter().map(|child| self.instance(*child));
        let chosen = children.filter(|child| child.status.is_well() == well);
        Value::list(chosen.filter_map(|child| child.item.clone()))
    }

    fn summary(&self, id: InstanceId) -> Value {
        let instance = self.instance(id);
        Value::map([
            ("status", Value::text(instance.status.word())),
            ("changed", instance.changed.into()),
            ("outputs", instance.outputs.clone()),
        ])
    }

    /// The steps that a name may mean, for tests and reports.
    #[must_use]
    pub fn step_of(&self, id: InstanceId) -> StepId {
        self.instance(id).node
    }
}
