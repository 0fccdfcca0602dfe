//! What would be taken back at the end.

use runsheet_language::workflow::Undo;
use runsheet_record::plan::{Deed, End, Row, Sign};

use super::Planner;

impl Planner<'_> {
    /// Temporary changes in the reverse order of the steps that would make them.
    pub(super) fn restores(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for id in self.state.in_order().into_iter().rev() {
            let node = self.state.workflow().node(self.state.instance(id).node);
            let Some(row) = self.rows.get(&id).filter(|_| node.undo == Undo::AtEnd) else {
                continue;
            };
            let deeds: Vec<Deed> = row.deeds.iter().rev().filter_map(back).collect();
            if !deeds.is_empty() {
                rows.push(Row {
                    deeds,
                    end: End::Known,
                    ..row.clone()
                });
            }
        }
        rows
    }
}

/// The way back of a write; acts and waits have none.
fn back(deed: &Deed) -> Option<Deed> {
    let (before, after) = deed.change.clone()?;
    let sign = match deed.sign {
        Sign::Create => Sign::Delete,
        Sign::Delete => Sign::Create,
        other => other,
    };
    Some(Deed {
        sign,
        change: Some((after, before)),
        ..deed.clone()
    })
}
