//! The keys of a site file.

use super::{lab, secrets};
use crate::keys::{Key, Keys, Own, Takes};
use crate::plugins;

/// The keys of a site file.
pub static SITE: Keys<'static> = Keys::table(
    "a site",
    &[
        Key::new(
            "site",
            Takes::Format,
            "The version of the format, `1`; always the first key.",
        )
        .required(),
        Key::new("name", Takes::Text, "The name of the site.").required(),
        Key::new(
            "real",
            Takes::Bool,
            "Whether it is no lab: its first run shows the plan and wants the name typed, or `--yes`.",
        ),
        Key::new("plugins", plugins::TAKES, plugins::DOC).example(plugins::EXAMPLE),
        Key::new(
            "lab",
            Takes::Keys(|| &lab::LAB),
            "A simulated site, made of what is said here; its drivers are the lab's.",
        )
        .example("lab: {profile: exchange-4.0, users: 2, polling: 1m}"),
        Key::new(
            "groups",
            Takes::Map(&Takes::Either(&[Takes::List(&Takes::Text), Takes::Keys(|| &GROUP)])),
            "Groups of hosts: for each its hosts, or `{hosts, vars}`.",
        )
        .example("groups: {dx: [EXCH1], requestors: [SALES, PLANT]}"),
        Key::new(
            "vars",
            VARS,
            "Variables of every host; groups and hosts may say otherwise.",
        ),
        Key::new(
            "hosts",
            Takes::Map(&Takes::Either(&[Takes::Keys(|| &HOST), Takes::Nothing])),
            "The hosts there are, by name.",
        )
        .required()
        .example("hosts:\n  SALES: {vars: {drive: M}}\n  PLANT: {}"),
        Key::new(
            "secrets",
            Takes::Map(&Takes::Keys(|| &secrets::SECRET)),
            "Where secrets are kept that belong to no host: `{env: NAME}`, `{file: PATH}` or \
             `{ask: question}`.",
        )
        .example("secrets: {admin: {env: ADMIN_PW}}"),
    ],
)
.called(&[("version", "site"), ("variables", "vars"), ("all", "hosts")]);

const VARS: Takes = Takes::Map(&Takes::Anything);

pub(super) static GROUP: Keys<'static> = Keys::table(
    "a group",
    &[
        Key::new(
            "hosts",
            Takes::List(&Takes::Text),
            "The hosts of the group.",
        ),
        Key::new("vars", VARS, "Variables of the hosts of the group."),
    ],
)
.called(&[("members", "hosts"), ("variables", "vars")]);

pub(super) static HOST: Keys<'static> = Keys::table(
    "a host",
    &[
        Key::new(
            "at",
            Takes::Text,
            "The machine that acts for it, if it is another one.",
        ),
        Key::new(
            "exclusive",
            Takes::Text,
            "What it shares with every host that names it, such as a drive letter.",
        ),
        Key::new("vars", VARS, "Its own variables."),
        Key::new(
            "facilities",
            Takes::Facilities(&Takes::Either(&[Takes::Text, Takes::Keys(|| &BINDING)])),
            "Which driver serves which facility.",
        ),
    ],
)
.called(&[
    ("variables", "vars"),
    ("drivers", "facilities"),
    ("via", "at"),
]);

/// What a driver is told beside its name is the driver's to say.
static BINDING: Keys<'static> = Keys::table(
    "a driver",
    &[Key::new("driver", Takes::Text, "Its name, such as `local`.").required()],
)
.own(&OPTION);

static OPTION: Own = Own {
    name: "option",
    takes: Takes::Anything,
    doc: "An option of the driver.",
};
