//! What a shell and the manual know of the commands: all of them.

use std::process::Command;

use runsheet_kit::desk::Desk;

/// The commands that `--help` lists.
fn commands(desk: &mut Desk) -> Vec<String> {
    let help = desk.runsheet("--help").data;
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let listed = lines.take_while(|line| line.starts_with("  "));
    let names = listed.filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names
        .filter(|name| *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 10, "{names:?}");
    names
}

#[test]
fn every_shell_completes_every_command() {
    let mut desk = Desk::new();
    let commands = commands(&mut desk);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let left = desk.runsheet(&format!("completions {shell}"));
        assert_eq!(left.code, 0, "{shell}: {}", left.screen);
        for command in &commands {
            assert!(left.data.contains(command.as_str()), "{shell}: {command}");
        }
    }
    assert_eq!(desk.runsheet("completions tcsh").code, 64);
}

/// What bash offers behind some words, the last of which is being typed: its words, or `files` where
/// it is left to offer files.
const TYPED: [(&str, &str); 15] = [
    ("check ", "files"),
    ("check a.yaml --diff ", "files"),
    ("check a.yaml --fix = a", "all"),
    ("check a.yaml --fix =", "sure all"),
    ("plan a.yaml --site s", "site.yaml"),
    ("plugin add ", "files"),
    ("plugin ", "new add list verify sign test help"),
    ("explain unknown-k", "unknown-key unknown-kind"),
    ("explain wait-", "wait-for-event"),
    ("explain fore", "foreach"),
    ("schema ", "workflow site overlay"),
    ("show ", "last"),
    ("runs ", ""),
    ("graph a.yaml --format ", "text mermaid dot svg"),
    ("check --ov", "--overlay"),
];

#[test]
fn bash_offers_files_where_files_stand_and_words_where_words_do() {
    let mut desk = Desk::new();
    let script = desk.runsheet("completions bash").data;
    desk.folder().write("runsheet.bash", &script);
    desk.folder().write("site.yaml", "site: 1\n");
    let mut driven = String::from(
        "source ./runsheet.bash\n\
         compopt() { [[ \"$1\" == +o ]] && left=; return 0; }\n\
         offered() {\n\
         COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); COMPREPLY=(); left=files\n\
         _runsheet_and_files runsheet \"${!#}\" \"${COMP_WORDS[COMP_CWORD-1]}\"\n\
         [[ ${#COMPREPLY[@]} -gt 0 ]] && left=\"${COMPREPLY[*]}\"; echo \"$left\"\n\
         }\n",
    );
    for (typed, _) in TYPED {
        let words: Vec<String> = typed.split(' ').map(|word| format!("'{word}'")).collect();
        driven.push_str(&format!("offered runsheet {}\n", words.join(" ")));
    }
    let told = Command::new("bash")
        .args(["--norc", "-c", &driven])
        .current_dir(desk.folder().path())
        .output()
        .expect("there is bash");
    assert_eq!(String::from_utf8_lossy(&told.stderr), "");
    let offered = String::from_utf8_lossy(&told.stdout).into_owned();
    for ((typed, wanted), offered) in TYPED.iter().zip(offered.lines()) {
        assert_eq!(offered, *wanted, "{typed}");
    }
    assert_eq!(offered.lines().count(), TYPED.len());
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let mut desk = Desk::new();
    let commands = commands(&mut desk);
    let left = desk.runsheet("man pages");
    assert_eq!((left.code, left.screen.as_str()), (0, ""));
    let pages = desk.folder().path().join("pages");
    let text = |name: &str| {
        let page = pages.join(format!("runsheet-{name}.1"));
        std::fs::read_to_string(page).expect("a command has a page")
    };
    let inner = ["lab-show", "lab-vectors", "plugin-list", "plugin-verify"];
    for command in commands.iter().map(String::as_str).chain(inner) {
        let text = text(command);
        for heading in [".SH NAME", ".SH SYNOPSIS", ".SH EXAMPLES"] {
            assert!(text.contains(heading), "{command}: {heading}");
        }
        assert!(
            !text.contains(".SH EXTRA"),
            "{command}: its examples have no heading"
        );
    }
    let synopsis = |name: &str| {
        let text = text(name);
        let line = text.lines().skip_while(|line| *line != ".SH SYNOPSIS");
        line.skip(1)
            .take(1)
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
    assert!(synopsis("check").ends_with(r"<\fIWORKFLOW\fR>..."));
    assert!(synopsis("diff").ends_with(r"<\fIBEFORE\fR> [\fIAFTER\fR]..."));
    assert!(synopsis("plan").ends_with(r"<\fIWORKFLOW\fR>"));
    let whole = desk.runsheet("man").data;
    assert!(whole.contains("runsheet\\-lab(1)") && whole.contains(".SH EXAMPLES"));
}
