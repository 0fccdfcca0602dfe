//! Something else stands where a plugin or a file of it belongs.

use crate::taken::{desk, done, fails, file};

#[test]
fn what_stands_where_a_file_of_a_plugin_belongs_is_told_with_what_mends_it() {
    let desk = desk("folders");
    done(&desk, "plugin add plugins/http");
    done(&desk, "plugin sign --new-key mine.key");
    done(&desk, "plugin sign plugins/http --key mine.key");
    let is_folder = "this is a folder, and no file";
    for beside in [".plugin.yaml", ".sig"] {
        let file = desk.path(&format!("{}{beside}", file()));
        let text = std::fs::read_to_string(&file).expect("it was written");
        std::fs::remove_file(&file).expect("it is there");
        std::fs::create_dir(&file).expect("room");
        for command in ["check look.yaml", "plugin sign plugins/http --key mine.key"] {
            fails(&desk, command, is_folder);
            fails(&desk, command, "move that folder elsewhere");
        }
        std::fs::remove_dir(&file).expect("it is empty");
        std::fs::write(&file, text).expect("room");
    }
    desk.write("runsheet.lock", "");
    fails(&desk, "check look.yaml", "runsheet.lock: it is empty");
    std::fs::remove_file(desk.path("runsheet.lock")).expect("it is there");
    std::fs::create_dir(desk.path("runsheet.lock")).expect("room");
    for command in ["check look.yaml", "plugin add plugins/http"] {
        fails(&desk, command, &format!("runsheet.lock: {is_folder}"));
    }
    // What is no plugin is told alike by all that ask for one.
    for (path, why) in [
        ("look.yaml", "look.yaml is no library"),
        (".", ". is a folder, and no library"),
        ("plugins/none", "none.so: there is no such file"),
    ] {
        for command in ["add PATH", "test PATH", "sign PATH --key mine.key"] {
            let command = format!("plugin {}", command.replace("PATH", path));
            fails(
                &desk,
                &command,
                &why.replace(".so", std::env::consts::DLL_SUFFIX),
            );
        }
    }
}

#[test]
fn a_slip_in_what_names_plugins_is_told_where_they_are_listed() {
    let desk = desk("slips");
    done(&desk, "plugin add plugins/http");
    let file = |plugins: &str| {
        let steps = "steps: [{id: a, uses: assert, with: {that: true}}]";
        desk.write(
            "slip.yaml",
            &format!("workflow: 1\nname: a\nplugins: {plugins}\n{steps}\n"),
        );
    };
    for command in [
        "plugin list slip.yaml",
        "plugin verify slip.yaml",
        "plugin list",
    ] {
        file("[http]");
        fails(&desk, command, "expected a map, found a list");
        file("{http: {fil: plugins/http}}");
        fails(&desk, command, "`fil` is no key of a plugin");
        file("{http: {file: plugins/http, isolation: proces}}");
        fails(&desk, command, "`proces` is not possible here");
        file("{http: plugins/http");
        fails(&desk, command, "is never closed");
        file("{http: plugins/http}");
        done(&desk, command);
    }
}
