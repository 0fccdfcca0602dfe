//! The end of groups and `foreach`es in a plan.

use runsheet_record::Status;
use runsheet_record::event::What;
use runsheet_record::plan::End;
use runsheet_record::state::InstanceId;
use runsheet_step::Turn;

use super::Planner;
use crate::dispatcher::{fan_ended, group_status, verdict};

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
        self.emit(What::Ended(ended));
    }
}
