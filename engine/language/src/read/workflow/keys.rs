//! The keys of a workflow file.

use runsheet_step::shape::Type;

use super::super::{causes, define, gates, include, inputs, step, timing, type_name};
use crate::keys::{Key, Keys, Takes};
use crate::plugins;

/// The keys of a workflow file.
pub static WORKFLOW: Keys<'static> = Keys::table("a workflow", KEYS).called(&[
    ("version", "workflow"),
    ("description", "summary"),
    ("doc", "summary"),
    ("params", "inputs"),
    ("vars", "inputs"),
    ("imports", "include"),
    ("import", "include"),
    ("jobs", "steps"),
    ("tasks", "steps"),
])
.explained(&[
    ("timeout", FOR_ALL),
    ("retry", FOR_ALL),
    ("host", FOR_ALL),
    ("lock", FOR_ALL),
    ("pool", FOR_ALL),
    (
        "hosts",
        "hosts are a matter of the site; a step names its own with `host:`, and `defaults:` that \
         of all",
    ),
    (
        "site",
        "a workflow runs at any site: name the file of one with `--site`",
    ),
    (
        "on",
        "leave it out: a workflow runs when somebody applies it",
    ),
]);

const FOR_ALL: &str = "what holds for all steps stands under `defaults:`";

pub(in crate::read) static DEFAULTS: Keys<'static> = Keys::table(
    "`defaults`",
    &[
        Key::new(
            "host",
            Takes::Value(|| Type::Host),
            "The host of steps that name none.",
        ),
        Key::new(
            "timeout",
            timing::TIMEOUT_TAKES,
            "How long a step may take.",
        ),
        Key::new(
            "lock",
            gates::LOCK_TAKES,
            "What a step that can write holds while it acts.",
        ),
        Key::new(
            "pool",
            gates::POOL_TAKES,
            "Pools that a step that can write takes a place of while it acts.",
        ),
        Key::new(
            "retry",
            timing::RETRY_TAKES,
            "How often a failed step is tried again.",
        ),
    ],
)
.called(&[("on", "host")]);

/// In the order in which a person writes them.
const KEYS: &[Key] = &[
    Key::new(
        "workflow",
        Takes::Format,
        "The version of the format, `1`; always the first key.",
    )
    .required(),
    Key::new("name", Takes::Text, "The name of the workflow.").required(),
    Key::new("summary", Takes::Text, "What it is for, in one line."),
    Key::new("see", Takes::Texts, "Where more is to be read."),
    Key::new(
        "extends",
        Takes::Text,
        "The workflow file that this one is a variant of; its path is seen from this file.",
    ),
    Key::new(
        "include",
        include::TAKES,
        "Files whose kinds, types and causes can be used here: each under the name of the file, or one \
         that `as:` says, and a dot. What such a file includes itself is its own affair.",
    ),
    Key::new("plugins", plugins::TAKES, plugins::DOC).example(plugins::EXAMPLE),
    Key::new(
        "types",
        type_name::TAKES,
        "Types of inputs by name: each has a `type:`, and for hosts the `vars:` that are read of \
         them.",
    )
    .example("types:\n  words: list<text>"),
    Key::new(
        "inputs",
        inputs::TAKES,
        "What a workflow is given: for each name a `type:`, and a `default:`, which may look at \
         the site. `--set NAME=VALUE` gives another value.",
    )
    .example("inputs:\n  words: {type: list<text>, default: [one, two]}"),
    Key::new(
        "outputs",
        define::OUTPUTS,
        "What a workflow gives to who calls it, by name: a value, or a `type:`, a `value:` and a \
         `doc:`.",
    )
    .example("outputs:\n  site: ${{ site.name }}"),
    Key::new(
        "defaults",
        Takes::Keys(|| &DEFAULTS),
        "What holds for each step of the workflow that says nothing else: `host`, `timeout`, \
         `lock`, `pool`, `retry`. Not for groups.",
    )
    .example("defaults: {timeout: 15m, lock: host}"),
    Key::new(
        "causes",
        causes::NAMED,
        "What failures mean, by name: lists of causes for the `causes:` of all steps that name \
         them.",
    )
    .example(
        "causes:\n  exits:\n    - {when: failure.exit == 2, say: the folder is not there, remedy: \
         make it}",
    ),
    Key::new(
        "define",
        Takes::Map(&Takes::Keys(|| &define::DEFINE)),
        "Kinds of steps that are made of steps, by name; a step calls one with `uses:`. What \
         stands in it sees its own inputs and steps, and callers see its outputs.",
    )
    .example(
        "define:\n  sure:\n    inputs: {that: bool}\n    steps:\n      - {id: look, uses: assert, \
         with: {that: \"${{ inputs.that }}\"}}",
    ),
    Key::new(
        "steps",
        step::STEPS,
        "What it does. Each step starts when those above it have ended well, unless it says \
         `needs:`.",
    )
    .required()
    .example("steps:\n  - {id: sure, uses: assert, with: {that: true}}"),
    Key::new(
        "finally",
        step::STEPS,
        "Steps that run once at the end, whether the run succeeded, failed or was cancelled; each \
         of them runs even if one before it failed.",
    )
    .example("finally:\n  - {id: last, uses: assert, with: {that: true}}"),
    Key::new(
        "patch",
        Takes::Patch(|| &WORKFLOW),
        "What differs from the workflow that is extended: maps are merged by their keys, steps by \
         their names.",
    ),
];
