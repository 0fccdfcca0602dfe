//! What a shell and the manual know of the commands: all of them.

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

#[test]
fn every_command_has_a_page_in_the_manual() {
    let mut desk = Desk::new();
    let commands = commands(&mut desk);
    let left = desk.runsheet("man pages");
    assert_eq!((left.code, left.screen.as_str()), (0, ""));
    let pages = desk.folder().path().join("pages");
    for command in commands {
        let page = pages.join(format!("runsheet-{command}.1"));
        let text = std::fs::read_to_string(&page).expect("a command has a page");
        assert!(
            text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"),
            "{command}"
        );
        assert!(
            !text.contains(".SH EXTRA"),
            "{command}: its examples have no heading"
        );
    }
    let whole = desk.runsheet("man").data;
    assert!(whole.contains("runsheet\\-lab(1)") && whole.contains(".SH EXAMPLES"));
}
