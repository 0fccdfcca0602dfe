//! The keys of a step.

use runsheet_step::shape::Type;

use super::super::{causes, effects, failures, foreach, gates, judgement, timing};
use crate::keys::{Key, Keys, Takes};

/// Steps in a list.
pub(in crate::read) const STEPS: Takes = Takes::List(&Takes::Keys(|| &STEP));

/// What only single steps have.
pub(in crate::read) const NOT_OF_GROUPS: &[&str] = &["with", "effects", "in_doubt"];

pub(in crate::read) static STEP: Keys<'static> = Keys::table("a step", KEYS)
    .one_of(&["uses", "steps"])
    .apart("steps", NOT_OF_GROUPS)
    .called(&[
        ("if", "when"),
        ("only_if", "when"),
        ("condition", "when"),
        ("on", "host"),
        ("hosts", "host"),
        ("delegate_to", "host"),
        ("target", "host"),
        ("name", "id"),
        ("ide", "id"),
        ("ids", "id"),
        ("identifier", "id"),
        ("label", "id"),
        ("step", "id"),
        ("description", "doc"),
        ("desc", "doc"),
        ("title", "doc"),
        ("comment", "doc"),
        ("depends_on", "needs"),
        ("dependsOn", "needs"),
        ("depends", "needs"),
        ("dependencies", "needs"),
        ("requires", "needs"),
        ("kind", "uses"),
        ("module", "uses"),
        ("args", "with"),
        ("inputs", "with"),
        ("params", "with"),
        ("parameters", "with"),
        ("loop", "foreach"),
        ("for_each", "foreach"),
        ("matrix", "foreach"),
        ("block", "steps"),
        ("tasks", "steps"),
        ("assert", "expect"),
        ("retries", "retry"),
        ("retryStrategy", "retry"),
        ("rollback", "undo"),
        ("mutex", "lock"),
        ("catch", "rescue"),
        ("except", "rescue"),
        ("on_error", "rescue"),
        ("on_failure", "rescue"),
        ("on-failure", "rescue"),
        ("onfail", "rescue"),
    ])
    .explained(&[
        ("run", A_PROGRAM),
        ("shell", A_PROGRAM),
        ("command", A_PROGRAM),
        ("cmd", A_PROGRAM),
        ("script", A_PROGRAM),
        ("argv", "it is input of the kind: put it under `with:`"),
        (
            "env",
            "a program is given its environment by `exec`: put it under `with:`",
        ),
        (
            "register",
            "leave it out: what a step gives is `steps.ID.outputs` to those after it",
        ),
        (
            "notify",
            "leave it out: a later step looks at `steps.ID.changed` in its `when:`",
        ),
        (
            "outputs",
            "leave it out: what a kind gives is `steps.ID.outputs` to the steps after it",
        ),
        (
            "parallel",
            "steps of a group run one after another; one with `needs: []` starts at once, and \
             `parallel:` of `foreach:` says how many instances do",
        ),
        (
            "become",
            "leave it out: the site file says as whom each host is spoken to",
        ),
        ("ignore_errors", ACCEPTED),
        ("continue-on-error", ACCEPTED),
        ("allow_failure", ACCEPTED),
        ("unless", "say the opposite: `when: not ..`"),
        (
            "changed_when",
            "here it is `changed:`, with an expression that may ask `outputs`",
        ),
        (
            "failed_when",
            "say the opposite in `expect:`: what must hold of `outputs`",
        ),
        (
            "attempts",
            "`retry:` says how often it is tried again after the first attempt",
        ),
        (
            "after",
            "`needs:` names the steps it waits for; in a patch, `$after:` says where a step stands",
        ),
        ("delete", "in a patch, `$delete: true` takes a step out"),
        ("timeout-minutes", WITH_UNIT),
        ("timeout_minutes", WITH_UNIT),
        (
            "finally",
            "`finally:` belongs to the workflow: move it to the outermost level",
        ),
    ]);

const ACCEPTED: &str = "name the failures that are none in `accept:`";

const WITH_UNIT: &str = "here it is `timeout:`, with the unit behind the number: `timeout: 5m`";

const A_PROGRAM: &str = "a program is started by `uses: exec`, with `argv:` under `with:`";

/// In the order in which a person writes them.
const KEYS: &[Key] = &[
    Key::new(
        "id",
        Takes::NewStep,
        "The name of a step in its list: a letter, then letters, digits, `-` and `_`. Others refer \
         to it, and reports show it.",
    )
    .required()
    .example("- {id: sure, uses: assert, with: {that: true}}"),
    Key::new(
        "doc",
        Takes::Text,
        "What a person reads about the step, in a plan and where it fails.",
    )
    .example("- {id: sure, doc: The world is as it was, uses: assert, with: {that: true}}"),
    Key::new(
        "see",
        Takes::Texts,
        "Where more is to be read: articles, chapters.",
    )
    .example("- {id: sure, see: [Q147464], uses: assert, with: {that: true}}"),
    Key::new(
        "uses",
        Takes::Kind,
        "The kind of the step. `runsheet explain` lists the kinds.",
    )
    .example("- {id: sure, uses: assert, with: {that: true}}"),
    Key::new(
        "host",
        Takes::Value(|| Type::Host),
        "The host that the step acts at: a name, or an expression that gives one. A group and \
         `defaults:` hand theirs on.",
    )
    .example("- {id: list, uses: exec, host: HERE, with: {argv: [ls]}}"),
    Key::new(
        "with",
        Takes::With,
        "What the kind takes; `runsheet explain KIND` lists it.",
    )
    .example("- {id: sure, uses: assert, with: {that: \"${{ 1 + 1 == 2 }}\"}}"),
    Key::new(
        "when",
        Takes::Condition,
        "The step runs if this expression holds, and is skipped otherwise. Where only a run can \
         tell, a plan says so.",
    )
    .example("- {id: sure, when: 1 == 2, uses: assert, with: {that: true}}"),
    Key::new(
        "needs",
        Takes::Steps,
        "The steps of the same list that must have ended well before this one starts. If nothing \
         is said: all above it. `[]`: none.",
    )
    .example(
        "- {id: one, uses: assert, with: {that: true}}\n\
         - {id: other, needs: [], uses: assert, with: {that: true}}",
    ),
    Key::new(
        "since",
        Takes::Step,
        "The earlier step from before which a step that watches does so. If nothing is said: the \
         nearest above that acts.",
    )
    .example(
        "- {id: start, uses: exec, host: HERE, with: {argv: [ls]}}\n\
         - {id: more, uses: exec, host: HERE, with: {argv: [ls]}}\n\
         - id: seen\n  \
           since: start\n  \
           uses: wait-for-event\n  \
           host: HERE\n  \
           with: {log: Application, until: {id: 4395}}",
    ),
    Key::new(
        "steps",
        STEPS,
        "The steps of a group. Each starts when those above it have ended well, unless it says \
         `needs:`.",
    )
    .example("- id: group\n  steps:\n    - {id: sure, uses: assert, with: {that: true}}"),
    Key::new(
        "foreach",
        Takes::Keys(|| &foreach::FOREACH),
        "An instance of the step or group for each item of a list: `{NAME: LIST}`.",
    )
    .example(
        "- id: each\n  \
           foreach: {n: \"${{ [1, 2] }}\", parallel: 2, failures: finish}\n  \
           uses: assert\n  \
           with: {that: \"${{ n < 3 }}\"}",
    ),
    Key::new(
        "accept",
        failures::TAKES,
        "Failures that are successes here; `outputs.fault` then tells which it was. A failure is \
         `{win32: 2140}`, `{exit: 3}`, `{code: no-such-key}`, `transient`, `timeout` or `expect`.",
    )
    .example(
        "- {id: stop, accept: [{win32: 1062}], uses: service, host: HERE, \
         with: {name: Spooler, control: stop}}",
    ),
    Key::new(
        "expect",
        Takes::Condition,
        "What must hold of the outputs. If it does not, the step has failed.",
    )
    .example("- {id: list, expect: outputs.exit == 0, uses: exec, host: HERE, with: {argv: [ls]}}"),
    Key::new(
        "warn",
        Takes::Condition,
        "What should hold of the outputs. If it does not, the step ends well with a warning, which \
         tells those of its `causes:` that hold, or else what was read.",
    )
    .example(
        "- {id: list, warn: outputs.stdout != \"\", uses: exec, host: HERE, with: {argv: [ls]}}",
    ),
    Key::new(
        "changed",
        Takes::Condition,
        "Whether the step counts as one that changed something, if it ends well: what \
         `steps.ID.changed` gives to later steps, in place of what the kind says.",
    )
    .example(
        "- {id: list, changed: outputs.stdout != \"\", uses: exec, host: HERE, with: {argv: [ls]}}",
    ),
    Key::new(
        "causes",
        causes::CAUSES,
        "What a failure means, or a warning. Each cause whose `when:` holds is told, with its \
         `remedy:` and where to `see:` more. The name of causes that stand under `causes:` of the \
         file, or of one it includes, brings all of these.",
    )
    .example(
        "- id: list\n  \
           uses: exec\n  \
           host: HERE\n  \
           with: {argv: [ls]}\n  \
           causes:\n    \
             - {when: failure.exit == 2, say: the folder is not there, remedy: make it}",
    ),
    Key::new(
        "retry",
        timing::RETRY_TAKES,
        "How often a failed step is tried again: a number, or `{max, backoff, on}`.",
    )
    .example(
        "- {id: list, retry: {max: 3, backoff: 10s, on: [transient]}, uses: exec, host: HERE, \
         with: {argv: [ls]}}",
    ),
    Key::new(
        "rescue",
        STEPS,
        "Steps that run where this step or group has failed for good, after all `retry:`; beside \
         `foreach:`, for each item by itself. `failure` tells them why. If they end well, so does \
         it, without outputs; if not, it has failed.",
    )
    .example(
        "- id: list\n  \
           uses: exec\n  \
           host: HERE\n  \
           with: {argv: [ls]}\n  \
           rescue:\n    \
             - {id: known, uses: assert, with: {that: \"${{ failure.exit == 2 }}\"}}",
    ),
    Key::new(
        "timeout",
        timing::TIMEOUT_TAKES,
        "How long a step or group may take: `90s`, `5m`, `1h30m`; or `{attempt, total, idle, then}`.",
    )
    .example(
        "- {id: list, timeout: {total: 5m, idle: 1m}, uses: exec, host: HERE, with: {argv: [ls]}}",
    ),
    Key::new(
        "lock",
        gates::LOCK_TAKES,
        "What the step holds while it acts, so that no other with the same lock acts then: `host`, \
         names, or `none`.",
    )
    .example("- {id: list, lock: drive-M, uses: exec, host: HERE, with: {argv: [ls]}}"),
    Key::new(
        "pool",
        gates::POOL_TAKES,
        "Pools that the step takes a place of while it acts, each with its size: no more than so \
         many steps of a pool act at once in the whole run. Steps that only read or wait take none.",
    )
    .example("- {id: list, pool: {lines: 2}, uses: exec, host: HERE, with: {argv: [ls]}}"),
    Key::new(
        "confirm",
        Takes::Value(|| Type::Text),
        "A question that a person answers before the step starts. A no is its failure. `--yes` \
         answers all of them.",
    )
    .example("- {id: list, confirm: Is it late enough?, uses: exec, host: HERE, with: {argv: [ls]}}"),
    Key::new(
        "destructive",
        Takes::Bool,
        "Whether it destroys what nobody can bring back. Then a `confirm:` must stand at the step, \
         at a group around it or at the call, and a plan marks what it does with `!`.",
    )
    .example(
        "- {id: list, destructive: true, confirm: Is it late enough?, uses: exec, host: HERE, \
         with: {argv: [ls]}}",
    ),
    Key::new(
        "undo",
        judgement::UNDO_TAKES,
        "How a change is taken back: `at-end` when the run ends, however it ends; `restore` (the \
         default) only when somebody undoes the run; `none` never.",
    )
    .example(
        "- id: copies\n  \
           undo: at-end\n  \
           uses: setting\n  \
           host: HERE\n  \
           with: {object: DX Server, attribute: Copy administrator on outgoing messages, value: true}",
    ),
    Key::new(
        "effects",
        effects::TAKES,
        "What the step changes, where its kind does not know: `none`, `opaque` (anything on its \
         host), or a list of `{FACILITY: RESOURCE}`.",
    )
    .example("- {id: list, effects: none, uses: exec, host: HERE, with: {argv: [ls]}}"),
    Key::new(
        "in_doubt",
        judgement::IN_DOUBT_TAKES,
        "What is to become of a write that a crash left without an answer: `ask` a person (the \
         default), `repeat` it, or `skip` it.",
    )
    .example("- {id: list, in_doubt: repeat, uses: exec, host: HERE, with: {argv: [ls]}}"),
];
