//! What can be written in an expression: values, names and operators, each with its words and with
//! examples that a test runs. Functions describe themselves, in [`super::functions::ALL`].

/// Something that can be written.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// How it is written; several ways have two blanks between them.
    pub written: &'static str,
    /// What it is.
    pub doc: &'static str,
    /// Expressions and what they come to.
    pub examples: &'static [(&'static str, &'static str)],
}

const fn entry(
    written: &'static str,
    doc: &'static str,
    examples: &'static [(&'static str, &'static str)],
) -> Entry {
    Entry {
        written,
        doc,
        examples,
    }
}

/// What the names stand for that examples use and do not say.
pub const STANDING: &str =
    "In the examples `m` is the map of `a` 1 and `b` 2, `n` is 3, `pw` a secret, and `u` unknown.";

/// Values of every type.
pub static TYPES: &[Entry] = &[
    entry(
        "text",
        "letters between quotes; `\\n`, `\\t`, `\\\\`, `\\\"` and `\\'` stand for what cannot be typed",
        &[("\"T1 done\"", "T1 done"), ("'say \"yes\"'", "say \"yes\"")],
    ),
    entry("int", "a whole number", &[("4395 + 1", "4396")]),
    entry("number", "any number", &[("0.5 * 3", "1.5")]),
    entry("bool", "nothing else is true or false", &[("true", "true")]),
    entry(
        "null",
        "nothing, as of an output that is absent",
        &[("m.a == null", "false")],
    ),
    entry(
        "duration",
        "a length of time",
        &[("duration(\"1h30m\") + duration(\"30s\")", "1h30m30s")],
    ),
    entry(
        "version",
        "numbers with dots between them, compared part by part",
        &[("version(\"5.5\") >= version(\"5.0\")", "true")],
    ),
    entry(
        "time",
        "a point in time; two of them are a duration apart",
        &[("run.started - run.started", "0s")],
    ),
    entry(
        "host",
        "a host of the site, with its `name`, `groups` and `vars`",
        &[("host.vars.address", "CONTOSO/SALES")],
    ),
    entry(
        "secret",
        "can be handed on and put into text, which is a secret then, and never be looked into",
        &[("format(\"-p{}\", pw)", "-p***")],
    ),
    entry(
        "list",
        "values in order, the first of them number 0",
        &[("[4, 5][0]", "4")],
    ),
    entry("map", "values by name", &[("m.b", "2"), ("m[\"b\"]", "2")]),
];

/// Names that stand for something wherever they may be used.
pub static NAMES: &[Entry] = &[
    entry("inputs", "what the workflow was given", &[]),
    entry(
        "site",
        "the `name` of the site and its `groups` of hosts",
        &[],
    ),
    entry("secrets", "the secrets that belong to no host", &[]),
    entry("host", "the host that this step acts at", &[]),
    entry(
        "steps",
        "steps before this one: `.outputs`, `.changed`, `.status`, `.started`, `.ended`; with \
         `foreach` also `.succeeded` and `.failed`, and `steps.t1[po]` for the one of that item",
        &[],
    ),
    entry("run", "the run: `id`, `site`, `started`", &[]),
    entry(
        "outputs",
        "what this step gave, in `expect`, `warn`, `changed` and `causes`",
        &[],
    ),
    entry(
        "failure",
        "how it failed, in `causes` and `finally`: `win32`, `exit`, `code`, `message`",
        &[],
    ),
];

/// Operators, those that bind most tightly first.
pub static OPERATORS: &[Entry] = &[
    entry(
        "a.b  a[b]",
        "what is asked of a value: a key, an item by its number, the instance of an item",
        &[("host.groups[0]", "requestors")],
    ),
    entry(
        "!a  -a",
        "the opposite",
        &[("!true", "false"), ("-3 < 0", "true")],
    ),
    entry(
        "a * b  a / b  a % b",
        "numbers; whole numbers stay whole",
        &[("7 / 2", "3"), ("7 % 2", "1"), ("7.0 / 2", "3.5")],
    ),
    entry(
        "a + b  a - b",
        "numbers, durations, and a time with a duration",
        &[
            ("1 + 1", "2"),
            ("duration(\"5m\") - duration(\"30s\")", "4m30s"),
        ],
    ),
    entry(
        "a == b  a != b",
        "whether two values of one type are the same; anything can be compared with null",
        &[("1 == 1.0", "true"), ("null != \"\"", "true")],
    ),
    entry(
        "a < b  a <= b  a > b  a >= b",
        "the order of numbers, versions, durations and times; texts have none",
        &[("version(\"5.10\") > version(\"5.5\")", "true")],
    ),
    entry(
        "a in b  a not in b",
        "whether a list has an item, a text a part, a map a key",
        &[("2 in [1, 2]", "true"), ("\"c\" not in m", "true")],
    ),
    entry(
        "not a",
        "as `!a`, but of a whole comparison",
        &[("not 1 == 2", "true")],
    ),
    entry(
        "a && b  a and b",
        "whether both hold; where the first decides, the second is not asked",
        &[("false && m.c == 1", "false"), ("u && false", "false")],
    ),
    entry(
        "a || b  a or b",
        "whether any of them holds; where the first decides, the second is not asked",
        &[("true || m.c == 1", "true"), ("u || true", "true")],
    ),
    entry(
        "a ? b : c",
        "the second if the first holds, else the third; only that one is worked out",
        &[("n > 2 ? \"many\" : \"few\"", "many")],
    ),
    entry("[a, b]", "a list", &[("len([1, 2])", "2")]),
];
