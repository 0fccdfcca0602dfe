//! The words that stand for the menus of ADMIN, for who types them.

use super::MENUS;

/// What is typed, and the menu that it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// What is typed; capitals stand for what is chosen.
    pub typed: &'static str,
    /// The menu.
    pub menu: &'static str,
}

/// Every menu there is.
pub const WORDS: &[Words] = &[
    words("create MAILBOX NAME [exclude]", "Local-Admin, Create"),
    words("modify MAILBOX NAME", "Local-Admin, Modify: another name"),
    words("delete MAILBOX", "Local-Admin, Delete"),
    words(
        "include MAILBOX",
        "Local-Admin, Modify: take part in dir-sync",
    ),
    words("exclude MAILBOX", "Local-Admin, Modify: take no part in it"),
    words("export", "Config, Dir-Sync, Requestor, Export"),
    words("import", "Config, Dir-Sync, Requestor, Import"),
    words(
        "registration NETWORK/POSTOFFICE [PASSWORD]",
        "Config, Dir-Sync, Requestor, Registration",
    ),
    words("types TYPE..|none", "Config, Dir-Sync, Requestor, Types"),
    words(
        "options limit NUMBER|none",
        "Config, Dir-Sync, Requestor, Options, Limit",
    ),
    words(
        "options rebuild|create-po|receive yes|no",
        "Config, Dir-Sync, Requestor, Options",
    ),
    words(
        "options templates send|receive yes|no",
        "Config, Dir-Sync, Requestor, Options, Templates",
    ),
    words("options global-list yes|no", "Config, Global-List"),
    words(
        "schedule T1|T3 DAY HH:MM ..",
        "Config, Dir-Sync, Requestor, Schedule",
    ),
    words(
        "dir-sync yes|no",
        "Config, Dir-Sync, Options: the server, or not",
    ),
    words(
        "requestor create|modify NETWORK/POSTOFFICE [PASSWORD]",
        "Config, Dir-Sync, Server, Requestors",
    ),
    words(
        "requestor delete NETWORK/POSTOFFICE",
        "Config, Dir-Sync, Server, Requestors, Delete",
    ),
    words(
        "server schedule DAY HH:MM ..",
        "Config, Dir-Sync, Server, Schedule",
    ),
    words(
        "server administrator MAILBOX",
        "Config, Dir-Sync, Server, Options",
    ),
    words(
        "server keep-updates DAYS",
        "Config, Dir-Sync, Server, Options",
    ),
    words(
        "gateway install|remove TYPE",
        "the access component of a gateway comes or goes",
    ),
    words("open", "ADMIN is left open"),
    words("close", "ADMIN is closed"),
];

const fn words(typed: &'static str, menu: &'static str) -> Words {
    Words { typed, menu }
}

/// Whether ADMIN has a menu for what was typed.
#[must_use]
pub fn are_understood(typed: &[&str]) -> bool {
    MENUS.iter().any(|menu| menu(typed, 0).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a person may type for one of the words.
    fn chosen(word: &str) -> Vec<&str> {
        match word {
            "MAILBOX" => vec!["DOE"],
            "NAME" => vec!["John", "Doe"],
            "NETWORK/POSTOFFICE" => vec!["NORTH/SALES"],
            "TYPE..|none" | "TYPE" => vec!["FAX"],
            "NUMBER|none" | "DAYS" => vec!["14"],
            "DAY" => vec!["Mon"],
            "HH:MM" => vec!["13:45"],
            ".." => Vec::new(),
            word if word.starts_with('[') => Vec::new(),
            word => word.split('|').take(1).collect(),
        }
    }

    #[test]
    fn admin_understands_what_it_is_said_to() {
        for words in WORDS {
            let typed: Vec<&str> = words.typed.split(' ').flat_map(chosen).collect();
            assert!(are_understood(&typed), "{}: {typed:?}", words.typed);
        }
        for wrong in [&["create"][..], &["frobnicate", "X"], &["delete"], &[]] {
            assert!(!are_understood(wrong), "{wrong:?}");
        }
    }
}
