//! Plugins as somebody takes, checks, signs and trusts them.

use runsheet_cli::exit::Exit;
use runsheet_trust::manifest::Manifest;

use crate::desk::{Desk, Outcome, Person};
use crate::driven::{library, of_http};

const WORKFLOW: &str = "\
workflow: 1
name: look
plugins: {http: plugins/http}
steps:
  - {id: look, uses: http, host: WEB, with: {url: /version}}
";

/// A desk with the plugin `http` beside a workflow that names it; nobody has taken it.
pub(crate) fn desk(name: &str) -> Desk {
    let desk = Desk::new(name);
    std::fs::create_dir_all(desk.path("plugins")).expect("room");
    std::fs::copy(library(), desk.path(&file())).expect("the library is built");
    let driver = desk.path("plugins/http_driver.py");
    std::fs::copy(of_http("http_driver.py"), driver).expect("it is there");
    desk.write("look.yaml", WORKFLOW);
    desk
}

/// The library as it is named there.
pub(crate) fn file() -> String {
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    format!("plugins/{before}http{after}")
}

fn run(desk: &Desk, command: &str) -> Outcome {
    desk.run(command, Person::Nobody)
}

#[track_caller]
pub(crate) fn done(desk: &Desk, command: &str) -> String {
    let outcome = run(desk, command);
    assert_eq!(outcome.exit, Exit::Done, "{}{}", outcome.data, outcome.talk);
    outcome.data
}

#[track_caller]
pub(crate) fn fails(desk: &Desk, command: &str, code: &str) {
    let outcome = run(desk, command);
    assert_eq!(outcome.exit, Exit::Failed, "{}", outcome.data);
    assert!(outcome.talk.contains(code), "{}", outcome.talk);
}

#[test]
fn a_plugin_is_used_after_it_was_taken_and_not_before() {
    let desk = desk("taken");
    fails(&desk, "check look.yaml", "plugin-missing");
    let told = done(&desk, "plugin add plugins/http");
    assert!(told.contains("locked it in runsheet.lock"), "{told}");
    assert!(told.contains("drivers     http"), "{told}");
    done(&desk, "check look.yaml");
    let again = done(&desk, "plugin add plugins/http");
    assert!(again.contains("runsheet.lock has it as it is"), "{again}");
    fails(
        &desk,
        "plugin list runsheet.lock",
        "is no workflow and no site",
    );
    fails(&desk, "plugin add plugins/htp", "did you mean `plugins/");
}

#[test]
fn a_workflow_is_checked_and_explained_with_nothing_of_the_plugin_running() {
    let desk = desk("described");
    done(&desk, "plugin add plugins/http");
    // What is no library cannot run.
    let path = desk.path(&file());
    let manifest = format!("{}.plugin.yaml", file());
    std::fs::write(&path, "no library").expect("room");
    fails(&desk, "check look.yaml", "plugin-changed");
    let told = done(&desk, "explain http -w look.yaml");
    assert!(told.contains("  url"), "{told}");
    // The facility of that name too, with its driver and what that is told.
    for words in [
        "facility http: What a host serves",
        "  act       `request`",
        "  base  the URL",
    ] {
        assert!(told.contains(words), "{words}: {told}");
    }
    // Where no workflow is named, it is told how.
    fails(&desk, "explain http", "runsheet explain http -w look.yaml");
    // A site is named beside a workflow.
    desk.write(
        "look.yaml",
        "site: 1\nname: s\nplugins: {http: plugins/http}\n",
    );
    let remedy = "runsheet explain http -w WORKFLOW --site look.yaml";
    fails(&desk, "explain http", remedy);
    desk.write("look.yaml", WORKFLOW);
    fails(&desk, "explain htpp", "with `-w FILE` also");
    let schema = done(&desk, "schema workflow -w look.yaml");
    assert!(schema.contains("wait-for-http"), "{schema}");
    std::fs::remove_file(&path).expect("it is there");
    done(&desk, "explain http -w look.yaml");
    fails(&desk, "check look.yaml", "plugin-missing");
    desk.write(&manifest, "plugin: 2\n");
    fails(&desk, "check look.yaml", "plugin-refused");
}

#[test]
fn a_plugin_that_was_changed_is_told_of_and_not_run() {
    let desk = desk("changed");
    done(&desk, "plugin add plugins/http");
    let told = done(&desk, "plugin verify");
    assert!(told.contains("as it was taken; signed by nobody"), "{told}");
    desk.write("plugins/http_driver.py", "print('anything')\n");
    fails(&desk, "plugin verify", "plugin-changed");
    fails(&desk, "check look.yaml", "plugin-changed");
    fails(&desk, "plugin list", "http_driver.py of the plugin `http`");
    // A site that binds what it brings is told of that alone.
    let site = "\
site: 1
name: s
plugins: {http: plugins/http}
hosts: {WEB: {facilities: {http: {driver: http, base: 'http://localhost'}}}}
";
    desk.write("site.yaml", site);
    desk.write(
        "look.yaml",
        &WORKFLOW.replace("plugins: {http: plugins/http}\n", ""),
    );
    let told = run(&desk, "check look.yaml --site site.yaml").talk;
    assert_eq!(told.matches("  × ").count(), 1, "{told}");
}

#[test]
fn what_a_manifest_says_is_locked_and_signed_with_the_files() {
    let desk = desk("edited");
    done(&desk, "plugin add plugins/http");
    done(&desk, "plugin sign --new-key mine.key");
    done(&desk, "plugin sign plugins/http --key mine.key");
    let manifest = format!("{}.plugin.yaml", file());
    let text = std::fs::read_to_string(desk.path(&manifest)).expect("it is there");
    let edited = text.replace("acts: each_time", "acts: never");
    assert_ne!(edited, text, "{text}");
    desk.write(&manifest, &edited);
    fails(&desk, "check look.yaml", "plugin-changed");
    fails(&desk, "plugin list", "what its manifest says");
    // Where the lock is of the edited manifest, the signature is still of the other.
    let sha256 = |text: &str| Manifest::read(text).expect("it is read").sha256;
    let lock = std::fs::read_to_string(desk.path("runsheet.lock")).expect("it is there");
    desk.write(
        "runsheet.lock",
        &lock.replace(&sha256(&text), &sha256(&edited)),
    );
    fails(&desk, "check look.yaml", "plugin-signature");
    // What is taken is what the plugin says, not what is said of it.
    desk.write("runsheet.lock", &lock);
    done(&desk, "plugin add plugins/http");
    done(&desk, "check look.yaml");
    let again = std::fs::read_to_string(desk.path(&manifest)).expect("it is there");
    assert_eq!(again, text);
}

#[test]
fn a_score_of_what_a_plugin_was_before_is_not_told() {
    let desk = desk("scored");
    done(&desk, "plugin add plugins/http");
    let manifest = format!("{}.plugin.yaml", file());
    let text = std::fs::read_to_string(desk.path(&manifest)).expect("it is there");
    let scored = format!("{text}score: {{passed: 10, of: 10}}\n");
    desk.write(&manifest, &scored);
    let told = done(&desk, "plugin list");
    assert!(told.contains("tested      not as it is now"), "{told}");
    let sha256 = Manifest::read(&text).expect("it is read").sha256;
    desk.write(
        &manifest,
        &scored.replace("of: 10}", &format!("of: 10, sha256: '{sha256}'}}")),
    );
    let told = done(&desk, "plugin list");
    let says = |whose: &str| format!("tested      10 of 10 checks hold, says {whose}\n");
    assert!(told.contains(&says("its manifest")), "{told}");
    // Whoever signs answers for it, and for nothing that is written there later.
    let key = done(&desk, "plugin sign --new-key mine.key");
    let key = key.lines().last().expect("how to trust it").to_owned();
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    let trust = format!("trust:\n{}\n", key.replace("YOU", "me"));
    desk.write(".home/.config/runsheet/config.yaml", &trust);
    done(&desk, "plugin sign plugins/http --key mine.key");
    let told = done(&desk, "plugin list");
    assert!(told.contains(&says("me")), "{told}");
    let signed = std::fs::read_to_string(desk.path(&manifest)).expect("it is there");
    desk.write(&manifest, &signed.replace("of: 10", "of: 11"));
    let told = done(&desk, "plugin list");
    let claimed = "10 of 11 checks hold, says its manifest";
    assert!(told.contains(claimed), "{told}");
}

#[test]
fn a_signature_counts_where_its_key_is_trusted_and_is_none_for_another_plugin() {
    let desk = desk("signed");
    done(&desk, "plugin add plugins/http");
    let told = done(&desk, "plugin sign --new-key keys/mine.key");
    let key = told
        .lines()
        .find_map(|line| line.split("YOU, key: ").nth(1));
    let key = key
        .expect("it tells the key")
        .trim_end_matches('}')
        .to_owned();
    fails(
        &desk,
        "plugin sign --new-key keys/mine.key",
        "there already",
    );
    std::fs::create_dir_all(desk.path(".git")).expect("room");
    let warned = run(&desk, "plugin sign --new-key keys/other.key");
    assert!(warned.talk.contains("never commit it"), "{}", warned.talk);
    let quiet = run(&desk, "plugin sign plugins/http --key keys/mine.key");
    assert!(!quiet.talk.contains("chmod"), "{}", quiet.talk);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let open = std::fs::Permissions::from_mode(0o644);
        std::fs::set_permissions(desk.path("keys/mine.key"), open).expect("it is ours");
        let warned = run(&desk, "plugin sign plugins/http --key keys/mine.key");
        assert!(warned.talk.contains("chmod 600"), "{}", warned.talk);
    }
    let told = done(&desk, "plugin list");
    assert!(told.contains("whom you do not trust"), "{told}");
    assert!(told.contains("in a process of its own"), "{told}");
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    let trust = format!("trust:\n  - {{name: me, key: {key}}}\n");
    desk.write(".home/.config/runsheet/config.yaml", &trust);
    let told = done(&desk, "plugin list");
    assert!(told.contains("signed      by me"), "{told}");
    assert!(told.contains("isolation   none"), "{told}");
    desk.write("plugins/http_driver.py", "print('anything')\n");
    let told = done(&desk, "plugin add plugins/http");
    let stale = format!("{}.sig is a signature of what it was before", file());
    assert!(told.contains(&stale), "{told}");
    fails(&desk, "check look.yaml", "plugin-signature");
    fails(&desk, "plugin list", "if you built it anew yourself");
    done(&desk, "plugin sign plugins/http --key keys/mine.key");
    let told = done(&desk, "plugin add plugins/http");
    assert!(!told.contains("signature"), "{told}");
}

#[test]
fn a_plugin_without_what_its_driver_runs_is_not_taken() {
    let desk = desk("undriven");
    std::fs::remove_file(desk.path("plugins/http_driver.py")).expect("it is there");
    let why = "the driver `http` runs `http_driver.py`, which is not beside the library";
    fails(&desk, "plugin add plugins/http", why);
}

#[test]
fn a_plugin_of_ones_own_that_cannot_be_used_stops_only_what_uses_it() {
    let desk = desk("spare");
    let config = ".home/.config/runsheet/config.yaml";
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    desk.write(config, "plugins: {http: ../../../plugins/http}\n");
    let other = "\
workflow: 1
name: other
steps:
  - {id: sure, uses: assert, with: {that: true}}
";
    desk.write("other.yaml", other);
    let told = run(&desk, "check other.yaml");
    assert_eq!(told.exit, Exit::Done, "{}", told.talk);
    assert!(told.talk.contains("plugin-missing"), "{}", told.talk);
    let uses = WORKFLOW.replace("plugins: {http: plugins/http}\n", "");
    desk.write("look.yaml", &uses);
    fails(&desk, "check look.yaml", "there is no kind `http`");
    // Whoever names it wants it.
    desk.write("look.yaml", WORKFLOW);
    let told = run(&desk, "check look.yaml");
    assert_eq!(told.exit, Exit::Failed, "{}", told.talk);
    assert!(told.talk.contains("look.yaml:3:"), "{}", told.talk);
}

#[test]
fn a_plugin_of_a_persons_own_is_there_for_every_workflow() {
    let desk = desk("own");
    let config = ".home/.config/runsheet/config.yaml";
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    desk.write(config, "plugins: {http: ../../../plugins/http}\n");
    done(
        &desk,
        "plugin add plugins/http -w .home/.config/runsheet/config.yaml",
    );
    desk.write(
        "look.yaml",
        &WORKFLOW.replace("plugins: {http: plugins/http}\n", ""),
    );
    done(&desk, "check look.yaml");
    let told = done(&desk, "plugin list look.yaml");
    assert!(told.contains("for every workflow"), "{told}");
}

#[test]
fn a_slip_in_a_persons_own_file_stops_only_what_needs_that_file() {
    let desk = desk("slip");
    done(&desk, "plugin add plugins/http");
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    let slip = "trust: []\nplugin: {http: ../../../plugins/http}\n";
    desk.write(".home/.config/runsheet/config.yaml", slip);
    let other = "workflow: 1\nname: other\nsteps:\n  - {id: a, uses: assert, with: {that: true}}\n";
    desk.write("other.yaml", other);
    // What names its plugins itself is used too.
    for file in ["other.yaml", "look.yaml"] {
        let told = run(&desk, &format!("check {file}"));
        assert_eq!(told.exit, Exit::Done, "{}", told.talk);
        let why = "config.yaml: line 2: unknown key `plugin`";
        assert_eq!(told.talk.matches(why).count(), 1, "{}", told.talk);
    }
    desk.write("site.yaml", "site: 1\nname: s\nhosts: {WEB: {}}\n");
    for command in ["plan other.yaml --site site.yaml", "graph other.yaml"] {
        let told = run(&desk, command);
        assert_eq!(told.exit, Exit::Done, "{}", told.talk);
    }
    done(&desk, "plugin add plugins/http");
    fails(&desk, "plugin list", "unknown key `plugin`");
    // Who is trusted is not known, and so nobody is.
    let none = "{http: {file: plugins/http, isolation: none}}";
    desk.write("look.yaml", &WORKFLOW.replace("{http: plugins/http}", none));
    fails(&desk, "check look.yaml", "your own file makes no sense");
    // What would be there with that file is not.
    desk.write(
        "look.yaml",
        &WORKFLOW.replace("plugins: {http: plugins/http}\n", ""),
    );
    fails(&desk, "check look.yaml", "unknown key `plugin`");
}

#[test]
fn nobody_signs_what_a_plugin_that_was_not_taken_does_not_say_of_itself() {
    let desk = desk("unlocked");
    done(&desk, "plugin add plugins/http");
    done(&desk, "plugin sign --new-key mine.key");
    std::fs::remove_file(desk.path("runsheet.lock")).expect("it was written");
    done(&desk, "plugin sign plugins/http --key mine.key");
    let manifest = format!("{}.plugin.yaml", file());
    let text = std::fs::read_to_string(desk.path(&manifest)).expect("it is there");
    desk.write(&manifest, &text.replace("acts: each_time", "acts: never"));
    let told = run(&desk, "plugin sign plugins/http --key mine.key");
    assert_eq!(told.exit, Exit::Failed, "{}", told.data);
    for words in [
        "the manifest of `http` says what the plugin does not say of itself",
        &format!("[{manifest}:"),
        "acts: never",
        "says \"each_time\", in `steps[0].acts`",
        "runsheet plugin add plugins/http",
    ] {
        assert!(told.talk.contains(words), "{}", told.talk);
    }
    // Otherwise laid out it says the same.
    desk.write(&manifest, &format!("# mine\n{text}"));
    done(&desk, "plugin sign plugins/http --key mine.key");
}

#[test]
fn a_workflow_cannot_have_a_strangers_plugin_in_the_process_of_runsheet() {
    let desk = desk("untrusted");
    done(&desk, "plugin add plugins/http");
    let none = "{http: {file: plugins/http, isolation: none}}";
    desk.write("look.yaml", &WORKFLOW.replace("{http: plugins/http}", none));
    fails(&desk, "check look.yaml", "plugin-untrusted");
    fails(&desk, "plugin list", "config.yaml");
    // A person may say so of what they use.
    std::fs::create_dir_all(desk.path(".home/.config/runsheet")).expect("room");
    desk.write(
        ".home/.config/runsheet/config.yaml",
        "plugins: {http: {file: ../../../plugins/http, isolation: none}}\n",
    );
    done(&desk, "check look.yaml");
    let told = done(&desk, "plugin list");
    assert!(told.contains("isolation   none"), "{told}");
}

#[test]
fn what_keeps_a_plugin_from_being_taken_is_told_with_what_mends_it() {
    let desk = desk("hindered");
    let told = run(&desk, "plugin add plugins/nothing").talk;
    assert_eq!(told.matches("nothing").count(), 1, "{told}");
    assert!(told.contains("or name another file"), "{told}");
    fails(
        &desk,
        "plugin add plugins/http -w nothere.yaml",
        "nothere.yaml: there is no",
    );
    desk.write("runsheet.lock", "lock: 2\n");
    fails(&desk, "plugin add plugins/http", "take the Runsheet");
    std::fs::remove_dir_all(desk.path(".home/.cache")).expect("it was made");
    desk.write(".home/.cache", "no folder\n");
    fails(&desk, "plugin add plugins/http", "set XDG_CACHE_HOME");
}
