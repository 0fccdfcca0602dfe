//! Files in bash: the script that is generated offers options wherever nothing is typed yet, and so
//! none of the files that stand there.

use clap::{Arg, Command, ValueHint};

/// How the generated script names its function.
const GENERATED: &str = "complete -F _runsheet ";

/// Stands around the generated function. Bash itself offers files where it is given no word.
const AROUND: &str = r#"
_runsheet_and_files() {
    local cur="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" word
    local -a words=()
    # `--fix=all` comes in three words.
    if [[ "${cur}" == "=" ]]; then
        cur=""
    elif [[ "${before}" == "=" ]]; then
        before="${COMP_WORDS[COMP_CWORD-2]}"
    fi
    _runsheet "$1" "${cur}" "${before}"
    # What belongs to an option is as it was found; options themselves are offered behind a dash.
    if [[ "${cur}" == -* || ( "${before}" == -* && " ${COMPREPLY[*]}" != *" -"* ) ]]; then
        return 0
    fi
    for word in "${COMPREPLY[@]}"; do
        [[ "${word}" == -* ]] || words+=("${word}")
    done
    COMPREPLY=()
    if [[ ${#words[@]} -gt 0 ]]; then
        COMPREPLY=("${words[@]}")
        return 0
    fi
    case " ${COMP_WORDS[*]:1:COMP_CWORD-1} " in
        FILES) ;;
        *) compopt +o default +o bashdefault 2>/dev/null ;;
    esac
    return 0
}
"#;

/// The script, with files where a command takes some, and words where it takes those.
pub(super) fn with_files(script: &str, command: &Command) -> String {
    let patterns: Vec<String> = takers(command, "")
        .iter()
        .map(|path| format!("*\" {path} \"*"))
        .collect();
    let around = AROUND.replace("FILES", &patterns.join("|"));
    let own = GENERATED.replace("_runsheet", "_runsheet_and_files");
    let script = script.replace(GENERATED, &own);
    match script.find("\nif [[ \"${BASH_VERSINFO[0]}\"") {
        Some(end) => format!("{}{around}{}", &script[..end], &script[end..]),
        None => script,
    }
}

/// The commands that take a path without an option before it: `check`, `plugin add`.
fn takers(command: &Command, before: &str) -> Vec<String> {
    let mut found = Vec::new();
    for inner in command.get_subcommands() {
        let path = format!("{before}{}", inner.get_name());
        found.extend(takers(inner, &format!("{path} ")));
        if inner.get_positionals().any(is_path) {
            found.push(path);
        }
    }
    found
}

fn is_path(arg: &Arg) -> bool {
    use ValueHint::{AnyPath, DirPath, FilePath};
    matches!(arg.get_value_hint(), AnyPath | DirPath | FilePath)
}
