//! Under a plan, a write that the plan did not foresee and did not leave open is not performed.

use std::collections::HashMap;

use runsheet_record::plan::{Deed, End, Grasp, Plan, Row, Sign};
use runsheet_step::request::{Request, Verb};
use runsheet_step::{Access, Catalogue, Fault, Form, Name};

/// What a plan allows.
pub(crate) struct Permit<'p> {
    rows: HashMap<&'p str, &'p Row>,
    /// The `foreach`es whose items the plan did not know.
    open: Vec<&'p str>,
}

impl<'p> Permit<'p> {
    /// What this plan allows.
    pub(crate) fn of(plan: &'p Plan) -> Permit<'p> {
        let rows = plan.rows.iter().map(|row| (&*row.address, row)).collect();
        let open = plan
            .rows
            .iter()
            .filter(|row| matches!(row.end, End::Open(_)));
        Permit {
            rows,
            open: open.map(|row| &*row.address).collect(),
        }
    }

    /// Whether a question of a step may be performed.
    ///
    /// # Errors
    /// The fault `not-in-plan`, with what was planned instead.
    pub(crate) fn check(
        &self,
        address: &str,
        request: &Request,
        catalogue: &Catalogue,
    ) -> Result<(), Fault> {
        let facility = catalogue.facility_named(&request.facility);
        let access = facility.map_or(Access::Opaque, |facility| facility.access(request));
        if access == Access::Read {
            return Ok(());
        }
        let Some(row) = self.rows.get(address) else {
            let open = self.open.iter().any(|fan| is_item(address, fan));
            return if open {
                Ok(())
            } else {
                Err(not_in_plan(&[], request, catalogue))
            };
        };
        if matches!(row.end, End::Open(_)) || row.assumes {
            return Ok(());
        }
        let mut here = row.deeds.iter().filter(|deed| deed.key == request.key());
        if here.any(|deed| foreseen(deed, request, catalogue)) {
            return Ok(());
        }
        Err(not_in_plan(&row.deeds, request, catalogue))
    }
}

/// Whether a step stands in an instance of a `foreach`.
fn is_item(address: &str, fan: &str) -> bool {
    let rest = address.strip_prefix(fan);
    rest.is_some_and(|rest| rest.starts_with('['))
}

fn foreseen(deed: &Deed, request: &Request, catalogue: &Catalogue) -> bool {
    let Some(facility) = catalogue.facility_named(&request.facility) else {
        return true;
    };
    match &request.verb {
        Verb::Put(_) if matches!(deed.sign, Sign::Act | Sign::Wait | Sign::Delete) => false,
        Verb::Put(value) => deed.grasp != Grasp::Exact || facility.same(&deed.value, value),
        Verb::Delete => deed.sign == Sign::Delete,
        _ => *deed.phrase == *facility.phrase(request),
    }
}

fn not_in_plan(deeds: &[Deed], request: &Request, catalogue: &Catalogue) -> Fault {
    let wanted = catalogue.facility_named(&request.facility).map_or_else(
        || request.verb.word().to_owned(),
        |facility| facility.phrase(request),
    );
    let planned: Vec<Name> = deeds.iter().map(|deed| deed.phrase.clone()).collect();
    let planned = if planned.is_empty() {
        "nothing".to_owned()
    } else {
        planned.join("; ")
    };
    let message = format!("`{wanted}` is not in the plan, which says `{planned}`: plan again");
    Fault::new(Form::code("not-in-plan"), message)
}
