//! What is hardly meant, in a workflow without a mistake: rules that look at the whole of it.
//!
//! They tell warnings, and an error where a run would fail for certain; and only where nothing is
//! wrong before: whoever has a name mistyped need not be told that nobody uses the right one. Every
//! rule is a file; [`RULES`] lists them.

mod constant_condition;
mod duplicate_item;
mod edits;
mod no_host;
mod shadowed_name;
mod source;
mod unbounded_wait;
mod unconfirmed;
mod unordered_writes;
mod unreachable_step;
mod unused_input;
mod unused_output;

use std::collections::BTreeSet;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::source::Sources;
use runsheet_step::Catalogue;

use crate::read::Shelf;
use crate::resolve::Resolved;
use source::Texts;

/// An input that nothing reads.
static UNUSED_INPUT: Code = Code::new("unused-input", include_str!("pages/unused-input.md"));
/// An output of a definition that no call of it is asked for.
static UNUSED_OUTPUT: Code = Code::new("unused-output", include_str!("pages/unused-output.md"));
/// A wait that nothing ends.
static UNBOUNDED_WAIT: Code = Code::new("unbounded-wait", include_str!("pages/unbounded-wait.md"));
/// A step that destroys, and nobody is asked.
static UNCONFIRMED: Code = Code::new("unconfirmed", include_str!("pages/unconfirmed.md"));
/// A step that no run comes to.
static UNREACHABLE_STEP: Code = Code::new(
    "unreachable-step",
    include_str!("pages/unreachable-step.md"),
);
/// A condition that says nothing.
static CONSTANT_CONDITION: Code = Code::new(
    "constant-condition",
    include_str!("pages/constant-condition.md"),
);
/// Two steps that write one thing, in no order.
static UNORDERED_WRITES: Code = Code::new(
    "unordered-writes",
    include_str!("pages/unordered-writes.md"),
);
/// A name that hides another, or is hidden.
static SHADOWED_NAME: Code = Code::new("shadowed-name", include_str!("pages/shadowed-name.md"));
/// Two items of one name.
static DUPLICATE_ITEM: Code = Code::new("duplicate-item", include_str!("pages/duplicate-item.md"));

/// All codes of this module.
pub(crate) static CODES: &[&Code] = &[
    &UNUSED_INPUT,
    &UNUSED_OUTPUT,
    &UNBOUNDED_WAIT,
    &UNCONFIRMED,
    &UNREACHABLE_STEP,
    &CONSTANT_CONDITION,
    &UNORDERED_WRITES,
    &SHADOWED_NAME,
    &DUPLICATE_ITEM,
];

/// A rule and which steps it is for.
struct Rule {
    look: fn(&Checked<'_, '_>, &mut Vec<Diagnostic>),
    /// Whether it is for definitions too that nobody calls, and of which nobody knows the caller.
    uncalled: bool,
}

/// All rules.
const RULES: &[Rule] = &[
    Rule {
        look: unused_input::look,
        uncalled: false,
    },
    Rule {
        look: unused_output::look,
        uncalled: false,
    },
    Rule {
        look: unbounded_wait::look,
        uncalled: false,
    },
    Rule {
        look: unconfirmed::look,
        uncalled: false,
    },
    Rule {
        look: unreachable_step::look,
        uncalled: true,
    },
    Rule {
        look: constant_condition::look,
        uncalled: true,
    },
    Rule {
        look: unordered_writes::look,
        uncalled: false,
    },
    Rule {
        look: shadowed_name::look,
        uncalled: true,
    },
    Rule {
        look: duplicate_item::look,
        uncalled: true,
    },
    Rule {
        look: no_host::look,
        uncalled: true,
    },
];

/// What a rule looks at: the steps of a workflow, or the definitions that nobody calls.
struct Checked<'c, 'd> {
    resolved: &'c Resolved<'d>,
    /// The workflow, and the definitions that nobody calls.
    both: [&'c Resolved<'d>; 2],
    catalogue: &'c Catalogue,
    texts: &'c Texts<'c>,
}

/// Looks at a workflow, and at what is defined beside it and called by nobody.
pub(crate) fn look<'d>(
    workflow: &Resolved<'d>,
    uncalled: &Resolved<'d>,
    (shelf, sources): (&Shelf, &Sources),
    catalogue: &Catalogue,
) -> Vec<Diagnostic> {
    let texts = Texts::of(shelf, sources);
    let mut found = Vec::new();
    for (resolved, of_nobody) in [(workflow, false), (uncalled, true)] {
        let checked = Checked {
            resolved,
            both: [workflow, uncalled],
            catalogue,
            texts: &texts,
        };
        for rule in RULES.iter().filter(|rule| rule.uncalled || !of_nobody) {
            (rule.look)(&checked, &mut found);
        }
    }
    let mut told = BTreeSet::new();
    found.retain(|one| told.insert((one.code.name, one.span())));
    found
}

#[cfg(test)]
mod tests;
