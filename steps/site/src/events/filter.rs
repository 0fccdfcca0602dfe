//! Which records a filter means, and how it reads in one line.

use runsheet_step::{Map, Name, Value};

use crate::fold::same_name;
use crate::text;

/// Whether a record is what a filter means. Of a list of filters any one will do.
pub(super) fn matches(filter: &Value, item: &Value) -> bool {
    match filter {
        Value::List(filters) => filters.iter().any(|filter| matches(filter, item)),
        Value::Map(fields) => fields.iter().all(|(name, want)| is(name, want, item)),
        _ => true,
    }
}

fn is(name: &str, want: &Value, item: &Value) -> bool {
    match (name, want) {
        (_, Value::Null) => true,
        ("fields", want) => want
            .as_map()
            .is_none_or(|want| holds(want, item.get("fields"))),
        ("text", want) => text::matches_a_line(want, item.get("text")),
        ("contains", want) => text::contains(want, item.get("text")),
        ("after", want) => item.get("time").as_moment() >= want.as_moment(),
        (_, Value::List(any)) => any.iter().any(|want| alike(want, item.get(name))),
        (_, want) => alike(want, item.get(name)),
    }
}

fn holds(want: &Map, has: &Value) -> bool {
    let find = |name: &Name| {
        let has = has.as_map()?;
        let found = has.iter().find(|(other, _)| same_name(name, other));
        found.map(|(_, value)| value)
    };
    want.iter()
        .all(|(name, want)| want.is_null() || find(name).is_some_and(|has| alike(want, has)))
}

/// Texts by their letters, whatever the case; a number also by its digits.
fn alike(want: &Value, has: &Value) -> bool {
    match (want, has) {
        (Value::Text(want), Value::Text(has)) => same_name(want, has),
        (Value::Int(number), Value::Text(text)) | (Value::Text(text), Value::Int(number)) => {
            text.trim() == number.to_string()
        }
        _ => want == has,
    }
}

/// A filter or an event in one line: `event 4395 Moved Out by PCMTA-HQ, FROM A TO B`.
pub(super) fn told(event: &Value) -> String {
    match event {
        Value::List(events) => {
            let each: Vec<_> = events.iter().map(told).collect();
            each.join(", or ")
        }
        event => one_told(event),
    }
}

fn one_told(event: &Value) -> String {
    let mut line = match event.get("type") {
        Value::Null => String::new(),
        // Most records are; that is no news.
        Value::Text(kind) if same_name(kind, "information") => String::new(),
        kind => format!("{} ", any(kind)),
    };
    line.push_str("event");
    for name in ["id", "category"] {
        if !event.get(name).is_null() {
            line.push_str(&format!(" {}", any(event.get(name))));
        }
    }
    if !event.get("source").is_null() {
        line.push_str(&format!(" by {}", any(event.get("source"))));
    }
    let mut comma = ",";
    for (name, value) in event.get("fields").as_map().into_iter().flatten() {
        line.push_str(&format!("{comma} {name} {value}"));
        comma = "";
    }
    if !event.get("contains").is_null() {
        line.push_str(&format!(", with `{}`", event.get("contains")));
    }
    line
}

/// What a filter wants of a field: one, or any of several.
fn any(wanted: &Value) -> String {
    match wanted {
        Value::List(several) => {
            let each: Vec<_> = several.iter().map(Value::to_string).collect();
            each.join(" or ")
        }
        one => one.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::{matches, told};
    use runsheet_step::{Moment, Value};

    fn moved_out() -> Value {
        Value::map([
            ("id", 4395.into()),
            ("time", Moment(1000).into()),
            ("category", Value::text("Moved Out")),
            ("source", Value::text("PCMTA-HQ")),
            ("type", Value::text("information")),
            (
                "fields",
                Value::map([
                    ("FROM", Value::text("CONTOSO/SALES/$SYSTEM")),
                    ("TO", Value::text("CONTOSO/HQ/$SYSTEM")),
                ]),
            ),
            (
                "text",
                Value::text("Mail sent from \\\\SALES\\MAILDATA\nSize: 900"),
            ),
        ])
    }

    fn matched(filter: Value) -> bool {
        matches(&filter, &moved_out())
    }

    fn one(name: &str, want: Value) -> Value {
        Value::map([(name, want)])
    }

    #[test]
    fn a_record_is_found_whatever_the_case_of_names_and_addresses() {
        let from = |from: &str| Value::map([("From", Value::text(from))]);
        assert!(matched(Value::map([
            ("id", 4395.into()),
            ("category", Value::text("moved out")),
            ("fields", from("contoso/sales/$system")),
        ])));
        assert!(!matched(one("fields", from("CONTOSO/PLANT/$SYSTEM"))));
        assert!(!matched(one("id", 4355.into())));
    }

    #[test]
    fn a_field_that_an_event_has_not_never_matches() {
        let fields = Value::map([("Size", Value::text("900"))]);
        assert!(!matched(one("fields", fields)));
    }

    #[test]
    fn a_pattern_matches_a_line_of_the_text() {
        let text = |text: &str| one("text", Value::text(text));
        assert!(matched(text("Size: {n:int}")));
        assert!(matched(text("Mail sent from {share:word}")));
        assert!(!matched(text("Size")));
    }

    #[test]
    fn a_part_of_the_text_is_found_whatever_its_case() {
        let contains = |text: &str| one("contains", Value::text(text));
        assert!(matched(contains(r"\\sales\maildata")));
        assert!(!matched(contains(r"\\PLANT\")));
    }

    #[test]
    fn of_several_any_one_will_do() {
        let ids = |ids: [i64; 2]| one("id", Value::list(ids.map(Value::Int)));
        assert!(matched(ids([136, 4395])));
        assert!(!matched(ids([136, 139])));
        let either = |id: i64| Value::list([one("id", id.into()), one("source", "X".into())]);
        assert!(matched(either(4395)));
        assert!(!matched(either(4396)));
    }

    #[test]
    fn what_is_older_does_not_count() {
        let after = |at: i64| one("after", Moment(at).into());
        assert!(matched(after(1000)));
        assert!(!matched(after(1001)));
    }

    #[test]
    fn an_event_is_told_in_one_line() {
        assert_eq!(
            told(&moved_out()),
            "event 4395 Moved Out by PCMTA-HQ, FROM CONTOSO/SALES/$SYSTEM TO CONTOSO/HQ/$SYSTEM"
        );
        let wanted = Value::map([
            ("id", Value::list([136.into(), 139.into()])),
            ("type", "error".into()),
            ("contains", "SALES".into()),
        ]);
        let several = Value::list([wanted, one("source", "MSExchangeMSMI".into())]);
        assert_eq!(
            told(&several),
            "error event 136 or 139, with `SALES`, or event by MSExchangeMSMI"
        );
    }
}
