//! What helps where a plan foresees that steps fail.

use runsheet_diagnostics::source::Sources;
use runsheet_record::plan::{End, Plan, Row};
use runsheet_report::address;

/// So many places are told.
const MOST: usize = 3;

/// Says of every step that would fail where it is written.
pub(super) fn place(plan: &mut Plan, sources: &Sources) {
    let workflow = &plan.bound.workflow;
    let would_fail = |row: &&mut Row| matches!(row.end, End::Fails(_));
    for row in plan.rows.iter_mut().filter(would_fail) {
        let around = address::nodes(&row.address, workflow);
        let span = around.last().map(|own| own.span);
        let span = span.filter(|span| sources.iter().any(|(id, _)| id == span.source));
        row.place = span.map(|span| sources.place(span).into());
    }
}

/// To mend the steps that would fail, where they stand.
pub(super) fn remedy(failing: &[&Row]) -> String {
    let mut places: Vec<String> = Vec::new();
    for place in failing.iter().filter_map(|row| row.place.as_ref()) {
        if !places.iter().any(|told| **told == **place) {
            places.push(place.to_string());
        }
    }
    format!("mend what would fail{}, and plan again", at(&places))
}

/// `, at ONE, ANOTHER and 2 more`; nothing of nothing.
fn at(places: &[String]) -> String {
    match places {
        [] => String::new(),
        [only] => format!(", at {only}"),
        [first @ .., last] if places.len() <= MOST => {
            format!(", at {} and {last}", first.join(", "))
        }
        _ => {
            let more = places.len() - MOST;
            format!(", at {} and {more} more", places[..MOST].join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::at;

    #[test]
    fn no_more_places_are_told_than_one_can_read() {
        let places = ["a:1:1", "b:2:2", "c:3:3", "d:4:4", "e:5:5"].map(str::to_owned);
        let told = [0, 1, 2, 3, 5].map(|count| at(&places[..count]));
        assert_eq!(
            told,
            [
                "",
                ", at a:1:1",
                ", at a:1:1 and b:2:2",
                ", at a:1:1, b:2:2 and c:3:3",
                ", at a:1:1, b:2:2, c:3:3 and 2 more",
            ]
        );
    }
}
