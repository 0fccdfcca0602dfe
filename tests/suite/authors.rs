//! The pages that take an author from nothing to a plugin hold: typed line by line in an empty
//! folder, with the program and what the machine has, they give the screens they show.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use runsheet_kit::folder::Folder;
use runsheet_kit::story::Stage;

use crate::loaded::executable;
use crate::stories::holds;

/// A shell in an empty folder, which is its home as well.
struct Shell {
    home: Folder,
    at: PathBuf,
    path: String,
}

impl Shell {
    fn new() -> Shell {
        let runsheet = executable("runsheet-cli", "runsheet");
        let folder = runsheet.parent().expect("it is in a folder").to_owned();
        let home = Folder::new();
        let path = env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(folder).chain(env::split_paths(&path));
        let path = env::join_paths(folders).expect("they are folders");
        Shell {
            at: home.path().to_owned(),
            home,
            path: path.into_string().expect("it is text"),
        }
    }

    /// A shell that has of our environment only where compilers lie.
    fn command(&self, line: &str) -> Command {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("({line}) 2>&1")]);
        shell.current_dir(&self.at).env_clear();
        shell.env("PATH", &self.path).env("LANG", "C.UTF-8");
        shell.env("HOME", self.home.path());
        let own = env::var("HOME").unwrap_or_default();
        for (name, usual) in [("CARGO_HOME", ".cargo"), ("RUSTUP_HOME", ".rustup")] {
            let place = env::var(name).unwrap_or_else(|_| format!("{own}/{usual}"));
            shell.env(name, place);
        }
        shell
    }
}

impl Stage for Shell {
    fn write(&mut self, name: &str, text: &str) {
        self.home.write(name, text);
    }

    fn run(&mut self, command: &str) -> Result<String, String> {
        if let Some(folder) = command.strip_prefix("cd ") {
            self.at.push(folder);
            return Ok(String::new());
        }
        let left = self.command(command).output();
        let left = left.map_err(|error| error.to_string())?;
        let screen = String::from_utf8_lossy(&left.stdout).into_owned();
        // What the program itself refuses is shown; everything else has to work.
        match left.status.success() || command.starts_with("runsheet ") {
            true => Ok(screen),
            false => Err(format!("`{command}` fails:\n{screen}")),
        }
    }
}

#[test]
fn the_way_of_a_plugin_in_c_is_as_its_page_shows_it() {
    assert_eq!(
        holds("plugins/first-plugin-in-c.md", &mut Shell::new()),
        Ok(())
    );
}

#[test]
#[ignore = "it builds fifty packages: .ci/authors"]
fn the_way_of_a_plugin_in_rust_is_as_its_page_shows_it() {
    assert_eq!(
        holds("plugins/first-plugin-in-rust.md", &mut Shell::new()),
        Ok(())
    );
}
