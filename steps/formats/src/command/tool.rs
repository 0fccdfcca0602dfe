//! The tools with their switches.

/// What may be glued to a switch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    None,
    /// A drive's letter, or the path of a database.
    Drive,
    /// Letters of drives, or ranges of them.
    Drives,
    /// Something.
    Text,
    /// Another command line, in quotes or not.
    Command,
    /// A file, or a path.
    File,
    /// A file, or nothing.
    FileOrNone,
    /// A number.
    Number,
    /// A type of addresses, or `PCM:net\po`.
    Type,
    /// A time: `18:00`, or `+60`.
    Time,
}

/// A tool.
#[derive(Debug, PartialEq, Eq)]
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// Its switches, without the hyphen.
    pub switches: &'static [(&'static str, Value)],
    /// How many words that are no switches it takes, at least and at most.
    pub words: (usize, usize),
    /// Switches beside which others are ignored; the first that are given decide (Q119016).
    ignores: &'static [(&'static [&'static str], &'static [&'static str])],
}

impl Tool {
    /// The switches that are ignored beside those that are given.
    #[must_use]
    pub fn ignored(&self, is_given: impl Fn(&str) -> bool) -> &'static [&'static str] {
        let mut rows = self.ignores.iter();
        let decisive = rows.find(|(by, _)| by.iter().all(|it| is_given(it)));
        decisive.map_or(&[], |(_, ignored)| ignored)
    }
}

const fn tool(
    name: &'static str,
    words: (usize, usize),
    switches: &'static [(&'static str, Value)],
) -> Tool {
    Tool {
        name,
        switches,
        words,
        ignores: &[],
    }
}

/// What IMPORT ignores (Q119016).
const IGNORED: &[(&[&str], &[&str])] = &[
    (&["s"], &["a", "c", "e", "g", "q", "r", "t", "x", "f"]),
    (&["st", "f"], &["a", "c", "e", "g", "q", "r", "t", "x"]),
    (&["e"], &["a", "c", "g", "l", "q", "r", "t", "v", "x"]),
    (&["q"], &["a", "c", "f", "g", "r", "t", "x"]),
    (&["x"], &["a", "c", "r"]),
];

/// The tools: Q96060 for REQMAIN, SRVMAIN, IMPORT, REBUILD, NSDA, LISTDS, LISTQ and DSSCHED,
/// Q102926, Q112285, Q112897 and Q118447 for IMPORT, Q111703 for SCONFIX, Q134225 for DISPATCH,
/// Q92438, Q131422 and Q134382 for EXTERNAL.
const TOOLS: &[Tool] = &[
    tool(
        "reqmain",
        (0, 0),
        &[("d", Value::Drive), ("t", Value::None), ("r", Value::None)],
    ),
    tool(
        "srvmain",
        (0, 0),
        &[("d", Value::Drive), ("t", Value::None), ("r", Value::None)],
    ),
    tool(
        "rebuild",
        (0, 0),
        &[("d", Value::Drive), ("f", Value::None)],
    ),
    tool("sconfix", (0, 0), &[("d", Value::Drive)]),
    tool(
        "nsda",
        (0, 0),
        &[
            ("d", Value::Drive),
            ("rt", Value::None),
            ("s", Value::None),
            ("rr", Value::None),
        ],
    ),
    Tool {
        name: "import",
        words: (0, 1),
        ignores: IGNORED,
        switches: &[
            ("p", Value::Text),
            ("d", Value::Drive),
            ("q", Value::None),
            ("y", Value::None),
            ("f", Value::File),
            ("e", Value::None),
            ("x", Value::FileOrNone),
            ("g", Value::Type),
            ("a", Value::None),
            ("c", Value::None),
            ("r", Value::None),
            ("s", Value::None),
            ("st", Value::None),
            ("t", Value::None),
            ("l", Value::FileOrNone),
            ("n", Value::None),
            ("v", Value::None),
            ("?", Value::None),
        ],
    },
    tool(
        "listds",
        (1, 1),
        &[
            ("p", Value::Text),
            ("d", Value::Drive),
            ("s", Value::None),
            ("r", Value::None),
            ("z", Value::None),
            ("v", Value::None),
            ("?", Value::None),
        ],
    ),
    tool(
        "listq",
        (1, 1),
        &[
            ("p", Value::Text),
            ("d", Value::Drive),
            ("f", Value::File),
            ("t", Value::None),
            ("c", Value::None),
            ("?", Value::None),
        ],
    ),
    tool(
        "dssched",
        (1, 1),
        &[
            ("p", Value::Text),
            ("d", Value::Drive),
            ("i", Value::File),
            ("x", Value::File),
            ("v", Value::None),
            ("?", Value::None),
        ],
    ),
    tool(
        "external",
        (0, 0),
        &[
            ("0", Value::None),
            ("d", Value::Drives),
            ("ms", Value::None),
            ("mr", Value::None),
            ("v20", Value::None),
            ("v", Value::None),
            ("l", Value::FileOrNone),
            ("a", Value::None),
            ("w", Value::None),
            ("q", Value::Number),
            ("br", Value::Time),
            ("bt", Value::Time),
            ("bd", Value::Text),
            ("instancename=", Value::Text),
            ("drivesdirectpo=", Value::Drives),
            ("drivesdynamic=", Value::Drives),
            ("intervalupdate=", Value::Number),
            ("commdisable", Value::None),
            ("logsession", Value::None),
            ("logsent", Value::None),
            ("logreceive", Value::None),
        ],
    ),
    tool(
        "dispatch",
        (0, 0),
        &[
            ("d", Value::Drives),
            ("i", Value::Command),
            ("f", Value::None),
            ("n", Value::Number),
            ("tu", Value::Number),
            ("tl", Value::Number),
            ("tz", Value::Text),
            ("l", Value::None),
            ("instancename=", Value::Text),
            ("drivehomepo=", Value::Drive),
            ("drivesdirectpo=", Value::Drives),
            ("drivesdynamic=", Value::Drives),
            ("idleprocess=", Value::Command),
            ("idleprocessmaxperiod=", Value::Number),
            ("idleprocessminperiod=", Value::Number),
            ("idletime=", Value::Number),
            ("logsession", Value::None),
        ],
    ),
    tool("admin", (0, 9), &[("d", Value::Drive), ("p", Value::Text)]),
    tool("podiag", (0, 1), &[("d", Value::Drive), ("p", Value::Text)]),
    tool(
        "mtacheck",
        (0, 1),
        &[("v", Value::None), ("f", Value::None), ("rd", Value::None)],
    ),
];

/// What is typed at the prompt of MS-DOS beside programs; see [`super::dos`].
const COMMANDS: [Tool; 13] = [
    tool("attrib", (1, 3), &[("r", Value::None)]),
    tool("cmd", (2, 9), &[("c", Value::None)]),
    tool("command", (2, 9), &[("c", Value::None)]),
    tool("copy", (1, 2), &[]),
    tool("debug", (1, 1), &[]),
    tool("del", (1, 1), &[]),
    tool("dir", (0, 3), &[]),
    tool("erase", (1, 1), &[]),
    tool("md", (1, 1), &[]),
    tool("mkdir", (1, 1), &[]),
    tool("ren", (2, 2), &[]),
    tool("rename", (2, 2), &[]),
    tool("type", (1, 3), &[]),
];

/// Whether a switch is a word, as settings are named in files: it stands behind a slash.
pub(super) fn is_word(switch: &str) -> bool {
    switch.len() > 3
}

/// NET's words; the second is a service (Q156063, Q160572).
const NET: [Tool; 4] = [
    tool("net start", (1, 1), &[]),
    tool("net stop", (1, 1), &[]),
    tool("net pause", (1, 1), &[]),
    tool("net continue", (1, 1), &[]),
];

/// The tool of a name, with or without `.exe`, in any case.
#[must_use]
pub fn named(name: &str) -> Option<&'static Tool> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".exe").unwrap_or(&name);
    let mut all = TOOLS.iter().chain(&COMMANDS).chain(&NET);
    all.find(|tool| tool.name == name)
}

impl Value {
    /// Whether this can be glued to the switch.
    #[must_use]
    pub fn takes(self, glued: &str) -> bool {
        let drives = |most| {
            let letters = glued.bytes().all(|it| it.is_ascii_alphabetic());
            letters && (1..=most).contains(&glued.len())
        };
        let number = !glued.is_empty() && glued.bytes().all(|it| it.is_ascii_digit());
        match self {
            Self::None => glued.is_empty(),
            Self::Drive => drives(1) || is_database(glued),
            Self::Drives => is_range(glued),
            Self::Text => !glued.is_empty(),
            Self::Command => super::Command::parse(glued.trim_matches('"')).is_ok(),
            Self::File => is_file(glued),
            Self::FileOrNone => glued.is_empty() || is_file(glued),
            Self::Number => number,
            Self::Type => is_type(glued),
            Self::Time => {
                let time = crate::stamp::Time::parse(glued).is_some();
                time || glued
                    .strip_prefix('+')
                    .is_some_and(|it| it.parse::<u32>().is_ok())
                    || number
            }
        }
    }
}

/// Letters of drives, each once; a hyphen may stand between two: `MNP`, `M-P`.
fn is_range(text: &str) -> bool {
    let stretches = text.split('-');
    let sound = stretches
        .clone()
        .all(|it| (1..=26).contains(&it.len()) && it.bytes().all(|it| it.is_ascii_alphabetic()));
    sound && each_once(&text.replace('-', ""))
}

fn each_once(letters: &str) -> bool {
    let mut letters: Vec<u8> = letters.to_ascii_lowercase().into_bytes();
    let count = letters.len();
    letters.sort_unstable();
    letters.dedup();
    letters.len() == count
}

/// `m:\maildata`, `M:`, `\\server\share`.
fn is_database(path: &str) -> bool {
    let share = path
        .strip_prefix("\\\\")
        .is_some_and(|rest| rest.contains('\\') && !rest.contains(':'));
    let drive = path.split_once(':').is_some_and(|(drive, rest)| {
        drive.len() == 1
            && drive.bytes().all(|it| it.is_ascii_alphabetic())
            && (rest.is_empty() || rest.starts_with('\\'))
    });
    share || drive
}

/// A file of DOS, with or without a path before it.
pub(super) fn is_file(path: &str) -> bool {
    let name = path.rsplit(['\\', ':']).next().unwrap_or_default();
    let (stem, extension) = name.split_once('.').unwrap_or((name, "x"));
    let letters = |part: &str, most| {
        let all = part
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || b"$_-~!#".contains(&it));
        (1..=most).contains(&part.len()) && all
    };
    letters(stem, 8) && letters(extension, 3)
}

fn is_type(text: &str) -> bool {
    let (name, list) = text.split_once(':').unwrap_or((text, ""));
    let list = list.replace('\\', "/");
    let kind = crate::import_file::kind::named(name);
    kind.is_some_and(|kind| kind.check_list(&list).is_ok())
}
