//! Words of other tools: who types one is told what says it here.

use clap::error::{ContextKind, ContextValue, ErrorKind};

/// What is typed out of habit.
struct Habit {
    words: &'static [&'static str],
    /// After which commands, as the usage that is told has them; none: after any.
    after: &'static [&'static str],
    /// What says it here.
    tip: &'static str,
}

const OPTIONS: &[Habit] = &[
    Habit {
        words: &[
            "--dry-run",
            "--check",
            "--noop",
            "--what-if",
            "--diff",
            "-n",
            "-C",
        ],
        after: &["apply"],
        tip: "`plan` is the dry run: it shows what would happen, and changes nothing",
    },
    Habit {
        words: &["--dry-run", "--check", "--noop", "--what-if", "-n", "-C"],
        after: &["plan"],
        tip: "`plan` changes nothing as it is",
    },
    Habit {
        words: &["--var", "--extra-vars", "--input", "--param", "-e", "-p"],
        after: TAKE_INPUTS,
        tip: "`--set NAME=VALUE` gives an input, `--set-var HOST.VAR=VALUE` a variable of a host",
    },
    Habit {
        words: &["--var-file", "--vars-file", "--values", "--params", "-f"],
        after: TAKE_INPUTS,
        tip: "`--inputs FILE` gives inputs in a file, a YAML map of their names and values",
    },
    Habit {
        words: &["--set", "--set-var", "--inputs", "--var", "-e"],
        after: &["check", "diff", "render"],
        tip: "inputs are given to `plan`, `apply`, `graph` and `explain`; here their defaults count",
    },
    Habit {
        words: &["--inventory", "--env", "--environment", "--target", "-i"],
        after: &["plan", "apply", "explain", "graph", "check"],
        tip: "`--site FILE` names the site: its hosts, and where they are",
    },
    Habit {
        words: &["--limit", "--hosts", "--only", "-l"],
        after: &["plan", "apply"],
        tip: "which hosts take part is said by an input: `--set NAME=HOST,HOST`",
    },
    Habit {
        words: &[
            "--tags",
            "--skip-tags",
            "--skip",
            "--step",
            "--steps",
            "--start-at-task",
            "-t",
        ],
        after: &["plan", "apply"],
        tip: "what is left out is said by an input, `--set NAME=false`, or by an `--overlay FILE`",
    },
    Habit {
        words: &[
            "--forks",
            "--jobs",
            "--parallel",
            "--parallelism",
            "--concurrency",
            "-j",
            "-f",
        ],
        after: &["apply"],
        tip: "`--limit-acting N` says how many steps may act at once",
    },
    Habit {
        words: &[
            "--auto-approve",
            "--assume-yes",
            "--force",
            "--no-confirm",
            "-y",
        ],
        after: &["apply"],
        tip: "`--yes` answers yes to every question",
    },
    Habit {
        words: &["--output", "--format", "-o"],
        after: &["plan", "apply", "show", "runs", "diff"],
        tip: "`--json` writes JSON, for programs",
    },
    Habit {
        words: &["--debug", "--trace", "-d"],
        after: &[],
        tip: "`-v` tells more about what happens, `-vv` every request",
    },
    Habit {
        words: &["--no-color", "--no-colour"],
        after: &[],
        tip: "without colours where NO_COLOR is set: `NO_COLOR=1 runsheet ..`",
    },
];

const TAKE_INPUTS: &[&str] = &["plan", "apply", "explain", "graph"];

const COMMANDS: &[Habit] = &[
    command(
        &["validate", "lint", "verify", "test", "syntax-check"],
        "`check` tells everything that is wrong with a workflow",
    ),
    command(&["format"], "`fmt` puts files in order"),
    command(
        &["preview", "dry-run", "simulate", "noop"],
        "`plan` shows what a run would do, and changes nothing",
    ),
    command(
        &[
            "exec", "execute", "start", "up", "play", "playbook", "deploy",
        ],
        "`apply` plans a workflow and carries it out",
    ),
    command(
        &["list", "ls", "history"],
        "`runs` lists the runs there have been, `explain` the kinds of step",
    ),
    command(
        &["log", "logs", "status"],
        "`show last` tells the last run again",
    ),
    command(
        &["describe", "doc", "docs", "info"],
        "`explain` explains a kind of step, a key or a code",
    ),
    command(&["init", "create"], "`new` makes a first workflow"),
    command(
        &["dag", "tree", "viz", "visualize"],
        "`graph` draws the order of a workflow",
    ),
    command(&["compare"], "`diff` tells what differs between workflows"),
    command(
        &["template", "compile", "merge", "export", "convert"],
        "`render` writes a workflow and all that it is made of as one file",
    ),
];

const fn command(words: &'static [&'static str], tip: &'static str) -> Habit {
    Habit {
        words,
        after: &["[OPTIONS]"],
        tip,
    }
}

/// Tells what says it here, in the place of what is only spelt alike.
pub(super) fn tell(error: &mut clap::Error) {
    let (habits, kind, alike) = match error.kind() {
        ErrorKind::UnknownArgument => (OPTIONS, ContextKind::InvalidArg, ContextKind::SuggestedArg),
        ErrorKind::InvalidSubcommand => (
            COMMANDS,
            ContextKind::InvalidSubcommand,
            ContextKind::SuggestedSubcommand,
        ),
        _ => return,
    };
    let Some(ContextValue::String(typed)) = error.get(kind) else {
        return;
    };
    let usage = error.get(ContextKind::Usage).map(ToString::to_string);
    let usage = usage.unwrap_or_default();
    let is_after = |habit: &&Habit| {
        let mut after = habit.after.iter();
        habit.after.is_empty() || after.any(|it| usage.contains(&format!("runsheet {it} ")))
    };
    let mut meant = habits.iter().filter(is_after);
    let meant = meant.find(|habit| habit.words.contains(&typed.as_str()));
    if let Some(habit) = meant {
        error.remove(alike);
        let tips = ContextValue::StyledStrs(vec![habit.tip.into()]);
        error.insert(ContextKind::Suggested, tips);
    }
}
