//! Addresses of steps taken apart: `t1["NORTH/SALES"].send` is `t1`, of `NORTH/SALES`, and `send`.

use runsheet_language::workflow::{Node, StepId, Workflow};

/// One part of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part<'a> {
    /// The id of a step or group.
    Step(&'a str),
    /// The name of an item of a `foreach`.
    Item(&'a str),
}

impl<'a> Part<'a> {
    /// The id or the name.
    #[must_use]
    pub fn name(self) -> &'a str {
        match self {
            Part::Step(name) | Part::Item(name) => name,
        }
    }
}

/// The parts of an address, the outermost first.
#[must_use]
pub fn parts(address: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        if let Some(item) = rest.strip_prefix("[\"") {
            let end = item.find("\"]").unwrap_or(item.len());
            parts.push(Part::Item(&item[..end]));
            rest = item.get(end + 2..).unwrap_or("");
        } else {
            let step = rest.strip_prefix('.').unwrap_or(rest);
            let end = step.find(['.', '[']).unwrap_or(step.len());
            parts.push(Part::Step(&step[..end]));
            rest = &step[end..];
        }
    }
    parts
}

/// An address without its items: what all instances of a step have in common.
#[must_use]
pub fn without_items(address: &str) -> String {
    let steps = parts(address).into_iter().filter_map(|part| match part {
        Part::Step(id) => Some(id),
        Part::Item(_) => None,
    });
    steps.collect::<Vec<_>>().join(".")
}

/// The items of an address, as one name; empty where there are none.
#[must_use]
pub fn items(address: &str) -> String {
    let items = parts(address).into_iter().filter_map(|part| match part {
        Part::Item(name) => Some(name),
        Part::Step(_) => None,
    });
    items.collect::<Vec<_>>().join(", ")
}

/// The groups around a step and the step itself as written, the outermost first, as far as the
/// workflow has them.
#[must_use]
pub fn nodes<'w>(address: &str, workflow: &'w Workflow) -> Vec<&'w Node> {
    let mut at = StepId::MAIN;
    let mut found = Vec::new();
    for part in parts(address) {
        if let Part::Step(name) = part {
            let Some(next) = child(workflow, at, name) else {
                break;
            };
            at = next;
            found.push(workflow.node(at));
        }
    }
    found
}

/// The step of this name in a group; the list `finally` stands beside the outermost one, and that
/// of a `rescue` beside what it rescues.
pub(crate) fn child(workflow: &Workflow, group: StepId, name: &str) -> Option<StepId> {
    let last = || {
        let is_last = group == StepId::MAIN && name == "finally";
        workflow.finally.filter(|_| is_last)
    };
    let rescue = || workflow.node(group).rescue.filter(|_| name == "rescue");
    workflow.child(group, name).or_else(last).or_else(rescue)
}

#[cfg(test)]
mod tests {
    use super::{Part, items, parts, without_items};

    #[test]
    fn an_address_comes_apart_at_its_own_dots_only() {
        let address = r#"t1["NORTH/SALES.2"].send"#;
        let expected = [
            Part::Step("t1"),
            Part::Item("NORTH/SALES.2"),
            Part::Step("send"),
        ];
        assert_eq!(parts(address), expected);
        assert_eq!(without_items(address), "t1.send");
        assert_eq!(items(address), "NORTH/SALES.2");
    }
}
