//! A workflow whose kinds and driver come from a plugin, planned and applied against a server.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use runsheet_cli::exit::Exit;

use crate::desk::{Desk, Person};

/// The plugin `http`, as it lies in this repository.
pub(crate) fn of_http(name: &str) -> PathBuf {
    let plugins = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../plugins/http");
    plugins.join(name)
}

/// The library of the plugin, which is built with this test.
pub(crate) fn library() -> PathBuf {
    let me = std::env::current_exe().expect("a test has a path");
    let beside = me.parent().expect("a test is in a folder");
    let (before, after) = (std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    beside.join(format!("{before}runsheet_http{after}"))
}

/// A server, for as long as this is there.
struct Server(Child, String);

impl Server {
    fn start() -> Server {
        let mut child = Command::new("python3")
            .arg(of_http("tests/server.py"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("there is Python");
        let mut port = String::new();
        let mut output = BufReader::new(child.stdout.take().expect("its output"));
        output.read_line(&mut port).expect("it says its port");
        Server(child, format!("http://127.0.0.1:{}", port.trim()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().ok();
    }
}

const WORKFLOW: &str = "\
workflow: 1
name: look
summary: A server is asked
defaults: {host: WEB}
steps:
  - id: version
    uses: http
    with: {url: /version, says: 'version: {version:int}'}
  - id: said
    uses: http
    with:
      url: /echo
      method: POST
      json: {version: '${{ steps.version.outputs.version }}'}
      headers: {X-Word: '${{ secrets.word }}'}
      holds: {method: POST}
  - id: healthy
    uses: wait-for-http
    timeout: 1m
    with: {url: /health, every: 10ms, holds: {status: UP}}
";

fn site(base: &str) -> String {
    format!(
        "\
site: 1
name: shop
plugins: {{http: plugins/http}}
secrets: {{word: {{file: word}}}}
hosts:
  WEB: {{facilities: {{http: {{driver: http, base: '{base}'}}}}}}
"
    )
}

/// A desk with the plugin, which was taken, a workflow and a site.
fn desk(name: &str, base: &str, driver: &str) -> Desk {
    let desk = Desk::new(name);
    let plugins = desk.path("plugins");
    std::fs::create_dir_all(&plugins).expect("room");
    let file = library();
    let file = file
        .file_name()
        .expect("a library has a name")
        .to_string_lossy();
    let file = plugins.join(file.replace("runsheet_http", "http"));
    std::fs::copy(library(), file).expect("the library is built");
    desk.write("plugins/http_driver.py", driver);
    desk.write("look.yaml", WORKFLOW);
    desk.write("shop.yaml", &site(base));
    desk.write("word", "xyzzy-plugh\n");
    desk.close_to_others("word");
    let added = desk.run("plugin add plugins/http", Person::Nobody);
    assert_eq!(added.exit, Exit::Done, "{}{}", added.data, added.talk);
    assert!(added.data.contains("drivers     http\n"), "{}", added.data);
    desk
}

/// The driver of the plugin.
fn real() -> String {
    std::fs::read_to_string(of_http("http_driver.py")).expect("it is there")
}

#[test]
fn a_plan_looks_and_a_run_acts_through_a_driver_in_python() {
    let server = Server::start();
    let desk = desk("driven", &server.1, &real());
    let plan = desk.run("plan look.yaml --site shop.yaml", Person::Nobody);
    assert_eq!(plan.exit, Exit::Done, "{}{}", plan.data, plan.talk);
    assert!(plan.data.contains("POST /echo"), "{}", plan.data);
    let told = ", signed by nobody you trust, not tested\n";
    assert!(plan.talk.contains(told), "{}", plan.talk);
    assert!(
        plan.data
            .contains("wait until GET /health succeeds and holds"),
        "{}",
        plan.data
    );
    let run = desk.run(
        "apply look.yaml --site shop.yaml --yes --json",
        Person::Nobody,
    );
    assert_eq!(run.exit, Exit::Done, "{}{}", run.data, run.talk);
    let journal = desk.run("show latest --json", Person::Nobody).data;
    let told = format!("{}{}{journal}", run.data, run.talk);
    assert!(told.contains(r#""sent":"{\"version\": 42}""#), "{told}");
    assert!(!told.contains("xyzzy") && told.contains("***"), "{told}");
}

/// A driver that tells what lies beside it and what it was given.
const TELLS: &str = "import json, os, sys
for line in sys.stdin:
    ((kind, message),) = json.loads(line).items()
    said = {'hello': {'version': 1, 'reads': True}}
    if 'id' in message:
        given = [name for name in sorted(os.environ) if not name.startswith('LC_')]
        told = ' '.join(['beside', *sorted(os.listdir('.')), 'given', *given])
        fault = {'form': {'code': 'told'}, 'message': told}
        said = {'answer': {'id': message['id'], 'answer': {'fault': fault}}}
    print(json.dumps(said), flush=True)
";

#[test]
fn a_driver_runs_where_its_own_files_are_alone_and_is_given_a_short_environment() {
    let desk = desk("copied", "http://127.0.0.1:1", TELLS);
    desk.write("plugins/json.py", "raise SystemExit('a stranger')\n");
    let run = desk.run("plan look.yaml --site shop.yaml", Person::Nobody);
    let told = "beside http_driver.py given HOME PYTHONDONTWRITEBYTECODE";
    let said = format!("{}{}", run.data, run.talk);
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(told), "{said}");
}

/// A driver that answers every look, and falls with the first act.
const FALLS: &str = "\
import json, sys
for line in sys.stdin:
    ((kind, message),) = json.loads(line).items()
    if kind == 'hello':
        said = {'hello': {'version': 1, 'reads': True}}
    elif 'id' in message and 'act' in message['request']['verb']:
        sys.exit('it is all over')
    elif 'id' in message:
        response = {'status': 200, 'body': 'version: 42'}
        said = {'answer': {'id': message['id'], 'answer': {'value': [response]}}}
    print(json.dumps(said), flush=True)
";

#[test]
fn a_driver_that_falls_leaves_its_act_in_doubt_and_nothing_else() {
    let server = Server::start();
    let desk = desk("fallen", &server.1, FALLS);
    let run = desk.run("apply look.yaml --site shop.yaml --yes", Person::Nobody);
    assert_eq!(run.exit, Exit::InDoubt, "{}{}", run.data, run.talk);
    let told = "the driver http: it ended with exit status: 1, and wrote last: it is all over";
    assert!(run.data.contains(told), "{}", run.data);
}

/// A driver that answers another question than the one it was asked.
const MISTAKES: &str = "\
import json, sys
for line in sys.stdin:
    ((kind, message),) = json.loads(line).items()
    said = {'hello': {'version': 1, 'reads': True}}
    if 'id' in message:
        said = {'answer': {'id': message['id'] + 7, 'answer': 'absent'}}
    print(json.dumps(said), flush=True)
";

#[test]
fn a_driver_that_answers_another_question_is_not_waited_for() {
    let desk = desk("mistaken", "http://127.0.0.1:1", MISTAKES);
    let run = desk.run("plan look.yaml --site shop.yaml", Person::Nobody);
    assert_eq!(run.exit, Exit::Failed, "{}{}", run.data, run.talk);
    let told = "the driver http: it answered question 8, which it was not asked";
    let said = run.data.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(said.contains(told), "{said}");
}

/// A driver that never says anything; it and what it has started hold a pipe open as long as they
/// live. Whoever of them is left behind tells that there.
#[cfg(target_os = "linux")]
const HANGS: &str = "\
import os, subprocess, time
with open(os.environ['HOME'] + '/held', 'w') as pipe:
    subprocess.Popen(['sh', '-c', 'sleep 60; echo left behind; sleep 600'], stdout=pipe)
    print('held', file=pipe, flush=True)
    time.sleep(60)
    print('left behind', file=pipe, flush=True)
    time.sleep(600)
";

#[cfg(target_os = "linux")]
#[test]
fn a_driver_that_hangs_and_what_it_has_started_end_with_a_run_that_is_killed() {
    let desk = desk("killed", "http://127.0.0.1:1", HANGS);
    let pipe = desk.path(".home/held");
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("there is mkfifo").success());
    let mut run = Command::new(env!("CARGO_BIN_EXE_runsheet"))
        .args(["plan", "look.yaml", "--site", "shop.yaml"])
        .current_dir(desk.path(""))
        .env("HOME", desk.path(".home"))
        .env_remove("XDG_CACHE_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it was built");
    // It can be opened once the driver has opened it, and ends when none holds it any more.
    let mut held = BufReader::new(File::open(pipe).expect("it can be read")).lines();
    let said = held.next().expect("it says so");
    assert_eq!(said.expect("it is text"), "held");
    run.kill().expect("it runs");
    run.wait().expect("it ends");
    let said = held.next().transpose().expect("it is text");
    assert_eq!(said, None);
}

#[test]
fn a_driver_of_a_plugin_serves_its_own_facility_only() {
    let desk = desk("misplaced", "http://127.0.0.1:1", &real());
    let wrong = site("x").replace("{http: {driver", "{process: {driver");
    desk.write("shop.yaml", &wrong);
    let checked = desk.run("check look.yaml --site shop.yaml", Person::Nobody);
    assert_eq!(checked.exit, Exit::Failed, "{}", checked.talk);
    let told = "the driver `http` does not serve `process`";
    assert!(
        checked.talk.contains(told),
        "{}{}",
        checked.data,
        checked.talk
    );
    desk.write("shop.yaml", &site("x").replace("base:", "bass:"));
    let checked = desk.run("check look.yaml --site shop.yaml", Person::Nobody);
    let told = "`bass` is no key of the options of the driver `http`";
    assert!(checked.talk.contains(told), "{}", checked.talk);
    let wrong = site("x").replace("base: 'x'", "base: [x]");
    desk.write("shop.yaml", &wrong);
    let checked = desk.run("check look.yaml --site shop.yaml", Person::Nobody);
    assert!(checked.talk.contains("wrong-type"), "{}", checked.talk);
    desk.write(
        "shop.yaml",
        &site("x").replace("driver: http", "driver: htp"),
    );
    let checked = desk.run("check look.yaml --site shop.yaml", Person::Nobody);
    assert!(
        checked.talk.contains("did you mean `http`?"),
        "{}",
        checked.talk
    );
}

#[test]
fn a_driver_of_the_program_takes_nothing_beside_its_name() {
    let desk = Desk::new("bare");
    desk.write(
        "home.yaml",
        "site: 1\nname: home\nhosts: {HERE: {facilities: {process: {driver: local, sevrer: A}}}}\n",
    );
    desk.write(
        "a.yaml",
        "workflow: 1\nname: a\nsteps:\n  - {id: a, uses: exec, host: HERE, with: {argv: [ls]}}\n",
    );
    let checked = desk.run("check a.yaml --site home.yaml", Person::Nobody);
    assert_eq!(checked.exit, Exit::Failed, "{}", checked.data);
    let told = "`sevrer` is no key of the options of the driver `local`";
    assert!(checked.talk.contains(told), "{}", checked.talk);
}
