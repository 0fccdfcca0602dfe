//! What IMPORT is told to do, and which of its switches then count (Q119016).

use runsheet_formats::command::tool;

use crate::tools::CommandLine;

/// The switches that count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Switches {
    /// What is done.
    pub(super) task: Task,
    /// `-y`: nothing is asked.
    pub(super) sure: bool,
    /// `-n`: what goes into the logs is printed too.
    pub(super) plain: bool,
    /// `-v`: records passed over are told too. The switch is not documented (Q118447).
    pub(super) talkative: bool,
    /// `-l`: a log of its own; `-n` turns it off (Q112897).
    pub(super) log: Option<String>,
}

/// What IMPORT does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Task {
    /// `-q`: RESYNC.GLB and SRVTRANS.GLB.
    Queue,
    /// `-e`: a file goes into REQTRANS.GLB (Q131151).
    Stream(String),
    /// `-f`: a file goes into the lists.
    File {
        /// Its path.
        path: String,
        /// `-a`: into the Postoffice Address List too (Q101933).
        listed: bool,
        /// `-c`: networks and postoffices are created (Q136514).
        create: bool,
        /// `-r`: lists are replaced (Q112285).
        replace: bool,
        /// `-t`: template lines are accepted.
        templates: bool,
    },
    /// `-x`: a list goes into a file.
    Extract {
        /// The file's path.
        path: String,
        /// `-g`: the type, or `PCM:net/po`.
        gateway: String,
        /// `-t`: with template lines.
        templates: bool,
    },
    /// `-s`: RESYNC.GLB is made of the server's lists (Q96060).
    Resync {
        /// `-st`: with templates.
        templates: bool,
    },
    /// Nothing that makes sense.
    Nothing,
}

impl Switches {
    /// The switches of a command line that count.
    pub(super) fn of(line: &CommandLine) -> Self {
        let has = |letter: char| line.has(letter) && !is_ignored(line, letter);
        let value = |letter: char| {
            let value = line.value(letter).filter(|_| has(letter));
            value.unwrap_or_default().to_owned()
        };
        let with_templates = value('s').eq_ignore_ascii_case("t");
        let task = if has('s') {
            Task::Resync {
                templates: with_templates,
            }
        } else if has('e') && has('f') {
            Task::Stream(value('f'))
        } else if has('q') {
            Task::Queue
        } else if has('x') && (has('f') || !value('x').is_empty()) {
            Task::Extract {
                path: if has('f') { value('f') } else { value('x') },
                gateway: value('g'),
                templates: has('t'),
            }
        } else if has('f') {
            Task::File {
                path: value('f'),
                listed: has('a'),
                create: has('c'),
                replace: has('r'),
                templates: has('t'),
            }
        } else {
            Task::Nothing
        };
        let log = has('l') && !line.has('n');
        Self {
            task,
            sure: has('y'),
            plain: has('n'),
            talkative: has('v'),
            log: log.then(|| value('l')),
        }
    }
}

/// Whether a switch is ignored beside the others.
fn is_ignored(line: &CommandLine, letter: char) -> bool {
    let import = tool::named("import");
    let ignored = import.map_or(&[][..], |it| it.ignored(|switch| is_given(line, switch)));
    ignored.iter().any(|it| it.chars().eq([letter]))
}

/// Whether a switch of the table is given. `-st` is not `-s`.
fn is_given(line: &CommandLine, switch: &str) -> bool {
    match switch {
        "st" => line.has_value('s', "t"),
        "s" => line.has('s') && !line.has_value('s', "t"),
        _ => switch.chars().all(|letter| line.has(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(line: &str) -> Task {
        let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
        Switches::of(&CommandLine::parse(&arguments)).task
    }

    #[test]
    fn the_stronger_switch_makes_the_others_count_for_nothing() {
        let stream = Task::Stream("new.txt".to_owned());
        assert_eq!(task("admin -q -e -fnew.txt -a -c"), stream);
        assert_eq!(task("admin -q -fnew.txt -x -gFAX"), Task::Queue);
        let resync = Task::Resync { templates: false };
        assert_eq!(task("admin -s -e -q -fnew.txt"), resync);
        assert_eq!(task("admin -ST -q"), Task::Resync { templates: true });
        let extract = Task::Extract {
            path: "out.txt".to_owned(),
            gateway: "FAX".to_owned(),
            templates: true,
        };
        assert_eq!(task("admin -x -fout.txt -gFAX -a -c -r -t"), extract);
        assert_eq!(task("admin -xout.txt -gFAX -t"), extract);
        assert_eq!(task("admin -x -gFAX"), Task::Nothing);
    }

    #[test]
    fn a_plain_run_keeps_no_log_of_its_own() {
        let of = |line: &str| {
            let arguments: Vec<String> = line.split(' ').map(str::to_owned).collect();
            Switches::of(&CommandLine::parse(&arguments)).log
        };
        assert_eq!(of("admin -fa.txt -l"), Some(String::new()));
        assert_eq!(
            of("admin -fa.txt -lLOG\\A.LOG -q"),
            Some("LOG\\A.LOG".to_owned())
        );
        assert_eq!(of("admin -fa.txt -l -n"), None);
        assert_eq!(of("admin -fa.txt -l -e"), None, "-e ignores it");
    }
}
