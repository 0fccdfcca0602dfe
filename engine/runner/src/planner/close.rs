//! The end of groups and `foreach`es in a plan.

use runsheet_record::Status;
use runsheet_record::event::{Ended, What};
use runsheet_record::plan::End;
use runsheet_record::state::InstanceId;
use runsheet_step::{Name, Turn};

use super::Planner;
use crate::dispatcher::{fan_ended, group_status, verdict};
use crate::rescue;

impl Planner<'_> {
    pub(super) fn close(&mut self, id: InstanceId) {
        let instance = self.state.instance(id);
        if instance.is_fan {
            let ended = fan_ended(&self.state, instance);
            if instance.maybe && instance.children.is_empty() {
                return self.end(id, Status::Succeeded);
            }
            self.warnings.extend(
                ended
                    .warnings
                    .iter()
                    .map(|said| format!("{}: {said}", ended.address).into()),
            );
            return self.emit(What::Ended(ended));
        }
        let status = group_status(&self.state, id);
        if let Some(planned) = instance.rescuing.as_deref().cloned() {
            let is_rescued = planned.status == Status::Failed;
            let ended = is_rescued.then(|| rescue::ended(&self.state, id));
            return self.emit(What::Ended(ended.unwrap_or(planned)));
        }
        self.take_back(id);
        if !matches!(status, Status::Succeeded | Status::Failed) {
            return self.end(id, status);
        }
        let turn = match verdict(&self.state, id, status) {
            Ok(outcome) => Turn::Done(outcome),
            Err(failure) => Turn::Failed(failure),
        };
        let mut row = self.row(id);
        let ended = self.ended(id, turn, &mut row);
        // What fails inside has been told there.
        if matches!(row.end, End::Fails(_)) && status == Status::Succeeded {
            self.rows.push((id, row));
        }
        self.conclude(id, ended);
    }

    /// The end of a step or group; what may rescue it is planned before that.
    pub(super) fn conclude(&mut self, id: InstanceId, ended: Ended) {
        if !rescue::is_there(&self.state, id) {
            return self.emit(What::Ended(ended));
        }
        let is_certain = ended.status == Status::Failed && !self.state.instance(id).maybe;
        self.emit(What::Rescuing(ended));
        let list = self.state.instance(id).children.last().copied();
        if let Some(list) = list.filter(|_| !is_certain) {
            self.state.mark_maybe(list);
        }
    }

    /// What must fail for the list of a `rescue:` to run, if that is this one and a plan does not
    /// know it.
    pub(super) fn may_rescue(&self, list: InstanceId) -> Option<Name> {
        let instance = self.state.instance(list);
        let workflow = self.state.workflow();
        let is_open = instance.maybe && workflow.is_rescue(instance.node);
        let rescued = workflow.node(workflow.node(instance.node).parent());
        is_open.then(|| format!("{} fails", rescued.id).into())
    }
}
