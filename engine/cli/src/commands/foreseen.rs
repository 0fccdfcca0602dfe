//! What helps where a plan foresees that steps fail.

use runsheet_diagnostics::source::Sources;
use runsheet_record::plan::{Plan, Row};
use runsheet_report::address;

/// So many places are told.
const MOST: usize = 3;

/// To mend the steps that would fail, where they stand.
pub(super) fn remedy(failing: &[&Row], plan: &Plan, sources: &Sources) -> String {
    let spans = failing.iter().filter_map(|row| {
        let around = address::nodes(&row.address, &plan.bound.workflow);
        around.last().map(|own| own.span)
    });
    let mut places: Vec<String> = Vec::new();
    for span in spans.filter(|span| sources.iter().any(|(id, _)| id == span.source)) {
        let place = sources.place(span);
        if !places.contains(&place) {
            places.push(place);
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
