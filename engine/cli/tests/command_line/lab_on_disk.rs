//! Labs on disk, with real processes at work in them.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};

use runsheet_lab::password;

use crate::desk::Desk;

/// The workflow of the product, in the repository.
const FLAGSHIP: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../workflows/manual-dirsync-exchange-server.yaml"
);

/// A lab of one Exchange server and three postoffices.
pub(crate) struct OnDisk {
    desk: Desk,
}

impl OnDisk {
    #[track_caller]
    pub(crate) fn new(name: &str, options: &[&str]) -> OnDisk {
        let lab = OnDisk {
            desk: Desk::new(name),
        };
        let made = lab.runsheet(&[&["lab", "new", "site"], options].concat());
        assert!(made.status.success(), "{}", text(&made.stderr));
        lab
    }

    pub(crate) fn path(&self, inner: &str) -> PathBuf {
        self.desk.path("site").join(inner)
    }

    pub(crate) fn runsheet(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runsheet"));
        let command = command.args(arguments).current_dir(self.desk.path(""));
        command.stdin(Stdio::null()).output().expect("it was built")
    }

    fn runsheet_lab(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_runsheet-lab"));
        command.args(arguments).current_dir(self.desk.path(""));
        command
    }

    /// A program in the directory of a machine's programs.
    fn program(&self, host: &str, line: &str) -> Command {
        let home = self.path(host).join("MAILEXE");
        let mut words = line.split(' ');
        let name = words.next().expect("a line begins with a program");
        // What a script starts in the background hears no Ctrl-C, nor does what that starts.
        let mut command = Command::new("env");
        command.arg("--default-signal=INT").arg(home.join(name));
        let secret = format!("-p{}", password::of(host));
        let words = words.map(|word| if word == "-p" { secret.as_str() } else { word });
        command.args(words).current_dir(home);
        command
    }

    #[track_caller]
    fn ends(&self, host: &str, line: &str) -> (Option<i32>, String) {
        let mut program = self.program(host, line);
        let left = program.stdin(Stdio::null()).output().expect("it is linked");
        assert_eq!(text(&left.stderr), "", "{line} at {host}");
        (left.status.code(), text(&left.stdout))
    }

    #[track_caller]
    pub(crate) fn works(&self, host: &str, line: &str) {
        assert_eq!(
            self.ends(host, line),
            (Some(0), String::new()),
            "{line} at {host}"
        );
    }

    /// One pass of the mail.
    #[track_caller]
    fn pump(&self) {
        let pumped = self.runsheet_lab(&["pump", "site"]).output();
        let pumped = pumped.expect("it was built");
        assert!(pumped.status.success(), "{}", text(&pumped.stderr));
    }

    #[track_caller]
    pub(crate) fn does(&self, host: &str, line: &str) {
        let done = self.runsheet(&["lab", "do", host, line, "--lab", "site"]);
        assert!(done.status.success(), "{line}: {}", text(&done.stderr));
    }

    #[track_caller]
    fn size(&self, file: &str) -> u64 {
        fs::metadata(self.path(file))
            .unwrap_or_else(|why| panic!("{file}: {why}"))
            .len()
    }

    /// What the lab is like: everything that `show` shows, and its clock.
    #[track_caller]
    pub(crate) fn seen(&self) -> String {
        let views = ["numbers", "queues", "files", "mail", "lists", "clock"];
        let shown = views.map(|view| {
            let shown = self.runsheet(&["lab", "show", view, "--lab", "site"]);
            assert!(shown.status.success(), "{view}: {}", text(&shown.stderr));
            text(&shown.stdout)
        });
        shown.concat()
    }
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A lab that is served, until this goes.
struct Served(Child);

impl Served {
    fn new(lab: &OnDisk, speed: &str) -> Served {
        let mut command = lab.runsheet_lab(&["serve", "site", "--clock", speed]);
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("it was built");
        let mut screen = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut first = String::new();
        screen.read_line(&mut first).expect("it talks");
        assert!(first.starts_with("serving "), "{first}");
        // Nobody reads on; a full pipe must not hold it up.
        std::thread::spawn(move || screen.read_to_end(&mut Vec::new()));
        Served(child)
    }

    /// Asks it to stop, and waits until it has.
    fn stop(mut self) -> Option<i32> {
        signal(&self.0, "-TERM");
        self.0.wait().expect("it ends").code()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It has ended already, unless the test has failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn signal(child: &Child, signal: &str) {
    let kill = Command::new("kill")
        .args([signal, &child.id().to_string()])
        .status();
    assert!(kill.expect("there is `kill`").success());
}

/// Reads what a program prints until its question.
fn until_asked(child: &mut Child) -> String {
    let output = child.stdout.as_mut().expect("it is piped");
    let (mut heard, mut byte) = (Vec::new(), [0]);
    while !heard.ends_with(b"(Y/N) ") {
        let read = output.read(&mut byte).expect("it talks");
        assert_eq!(read, 1, "{}", text(&heard));
        heard.push(byte[0]);
    }
    text(&heard)
}

#[test]
fn the_flagship_runs_with_real_processes() {
    let lab = OnDisk::new("disk-flagship", &["--processes"]);
    let served = Served::new(&lab, "240");
    let ran = lab.runsheet(&[
        "apply",
        FLAGSHIP,
        "--site",
        "site/site.yaml",
        "--no-input",
        "--set",
        "timeout=2h",
    ]);
    let told = text(&ran.stdout) + &text(&ran.stderr);
    assert!(ran.status.success(), "{told}");
    assert!(
        told.contains(" as planned, 0 differed, 0 missing, 0 unplanned"),
        "{told}"
    );
    assert_eq!(served.stop(), Some(0));
    for host in ["SALES", "PLANT", "OFFICE"] {
        let size = |file: &str| lab.size(&format!("{host}/{file}"));
        assert_eq!(size("GLB/REQTRANS.GLB"), 49);
        assert_eq!(size("GLB/REQCONF.GLB"), 512);
        assert_eq!(size("GLB/SRVTRANS.GLB"), 0);
        assert_eq!(size("GLB/USRTRANS.GLB"), 0);
        assert_eq!(size("KEY/SYSTEM.KEY"), 560);
        assert_eq!(
            size("NME/GAL.NME"),
            45 * 16,
            "four users of each of four systems"
        );
        let log = fs::read_to_string(lab.path(host).join("LOG/DIRSYNC.LOG"));
        assert!(log.expect("it is there").contains("Import is finished."));
    }
}

#[test]
fn a_cycle_by_hand_is_a_row_of_processes() {
    let lab = OnDisk::new("disk-by-hand", &["--postoffices", "1"]);
    let key =
        r"registry set HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX PauseKicksDX dword 1";
    lab.does("EXCH1", key);
    lab.does("EXCH1", "service restart MSExchangeDX");
    lab.does("SALES", "admin export");
    lab.works("SALES", "reqmain -dM -t");
    lab.pump();
    let (code, screen) = lab.ends("EXCH1", "net pause msexchangedx");
    assert_ne!(code, Some(0), "what starts a cycle is told as a failure");
    assert!(screen.contains("HELPMSG"), "{screen}");
    lab.runsheet(&["lab", "clock", "+1m", "--lab", "site"]);
    lab.pump();
    assert_ne!(lab.size("SALES/MBG/SYSTEM.MBG"), 0, "the reply is there");
    lab.works("SALES", "reqmain -dM -r");
    lab.works("SALES", "import -dM admin -p -q -y");
    lab.works("SALES", "rebuild -dM -f");
    assert_eq!(lab.size("SALES/GLB/REQTRANS.GLB"), 49);
    assert_eq!(lab.size("SALES/NME/GAL.NME"), 45 * 8);
}

#[test]
fn a_program_that_is_killed_leaves_a_whole_lab() {
    let lab = OnDisk::new("disk-killed", &[]);
    let before = lab.seen();
    let mut asking = lab.program("SALES", "import -dM admin -p -q");
    let mut child = asking
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("linked");
    until_asked(&mut child);
    assert_eq!(lab.seen(), before, "who thinks keeps nobody from the lab");
    signal(&child, "-KILL");
    child.wait().expect("it ends");
    assert_eq!(lab.seen(), before);
    lab.works("SALES", "reqmain -dM -t");
    assert_ne!(lab.seen(), before, "and the lab goes on");
}

#[test]
fn a_program_killed_between_two_stages_leaves_what_the_first_has_done() {
    let lab = OnDisk::new("disk-between", &[]);
    let served = Served::new(&lab, "1");
    let mut working = lab.program("SALES", "reqmain -dM -t");
    let mut child = working.stdin(Stdio::null()).spawn().expect("it is linked");
    let log = lab.path("SALES/LOG/DIRSYNC.LOG");
    while fs::metadata(&log).map_or(0, |it| it.len()) == 0 {
        // A look takes a while, and keeps nobody from the lab.
        lab.seen();
    }
    signal(&child, "-KILL");
    child.wait().expect("it ends");
    let begun = fs::read_to_string(&log).expect("it is there");
    assert_eq!(served.stop(), Some(0));
    lab.seen();
    assert_eq!(
        fs::read_to_string(&log).expect("it is there"),
        begun,
        "nobody went on with it"
    );
    lab.works("SALES", "reqmain -dM -t");
    assert!(fs::read_to_string(&log).expect("it is there").len() > begun.len());
}

#[test]
fn who_is_asked_answers_through_the_pipe() {
    let lab = OnDisk::new("disk-asked", &[]);
    let mut asking = lab.program("SALES", "import -dM admin -p -q");
    let mut child = asking
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("linked");
    let question = until_asked(&mut child);
    assert!(question.contains("Continue?"), "{question}");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(b"Y\n").expect("it listens");
    drop(input);
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
    let log = fs::read_to_string(lab.path("SALES/LOG/DIRSYNC.LOG"));
    assert!(log.expect("it is there").contains("Import is finished."));
}

/// Programs in MS-DOS show Ctrl+C, and some of them go on (Q93569).
#[test]
fn import_goes_on_where_ctrl_c_ends_rebuild() {
    let lab = OnDisk::new("disk-interrupted", &[]);
    let asked = |line: &str| {
        let mut program = lab.program("SALES", line);
        let program = program.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = program.spawn().expect("linked");
        until_asked(&mut child);
        signal(&child, "-INT");
        child
    };
    let mut import = asked("import -dM admin -p -q");
    let mut input = import.stdin.take().expect("it is piped");
    input.write_all(b"Y\n").expect("it listens");
    assert_eq!(import.wait().expect("it ends").code(), Some(0));
    let log = fs::read_to_string(lab.path("SALES/LOG/DIRSYNC.LOG"));
    assert!(log.expect("it is there").contains("Import is finished."));
    let mut rebuild = asked("rebuild -dM");
    assert_eq!(
        rebuild.wait().expect("it ends").code(),
        None,
        "a signal ended it"
    );
}

#[test]
fn who_serves_a_lab_that_is_taken_away_says_so() {
    let lab = OnDisk::new("disk-gone", &[]);
    let mut serving = lab.runsheet_lab(&["serve", "site", "--clock", "60"]);
    let serving = serving.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = serving.spawn().expect("it was built");
    let mut screen = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut first = String::new();
    screen.read_line(&mut first).expect("it talks");
    fs::remove_dir_all(lab.path("")).expect("it is ours");
    let left = child.wait_with_output().expect("it ends");
    assert_eq!(left.status.code(), Some(1));
    let told = text(&left.stderr);
    assert!(told.starts_with("error: site"), "{told}");
}

#[test]
fn a_lab_is_served_by_one_at_a_time_and_its_clock_is_nobody_elses() {
    let lab = OnDisk::new("disk-served", &[]);
    let served = Served::new(&lab, "60");
    let second = lab
        .runsheet_lab(&["serve", "site"])
        .output()
        .expect("it was built");
    assert_eq!(second.status.code(), Some(1));
    let told = text(&second.stderr);
    assert!(told.contains("another process serves this lab"), "{told}");
    let turned = lab.runsheet(&["lab", "clock", "+1h", "--lab", "site"]);
    assert_eq!(turned.status.code(), Some(1));
    assert!(text(&turned.stderr).contains("it is being served"));
    assert_eq!(served.stop(), Some(0));
    let turned = lab.runsheet(&["lab", "clock", "+1h", "--lab", "site"]);
    assert!(turned.status.success());
}

#[test]
fn a_lost_file_is_shown_as_lost_and_not_as_what_it_held() {
    let lab = OnDisk::new("lost", &["--postoffices", "1"]);
    lab.does("SALES", "admin create MAX Max Muster");
    fs::remove_file(lab.path("SALES/GLB/REQTRANS.GLB")).expect("it is there");
    fs::write(lab.path("SALES/GLB/REQCONF.GLB"), "short").expect("it can be written");
    let queue = lab.runsheet(&["lab", "show", "queues", "SALES", "--lab", "site"]);
    let queue = text(&queue.stdout);
    assert!(
        queue.contains("missing") && !queue.contains("MAX"),
        "{queue}"
    );
    let numbers = lab.runsheet(&["lab", "show", "numbers", "SALES", "--lab", "site"]);
    let numbers = text(&numbers.stdout);
    assert!(
        numbers.contains("SALES  corrupt  missing  corrupt"),
        "{numbers}"
    );
}

#[test]
fn a_word_in_the_place_of_a_number_is_misuse_and_a_number_of_nothing_is_not() {
    let lab = OnDisk::new("misuse", &["--postoffices", "1"]);
    let ended = |number| lab.runsheet(&["lab", "fault", "end", number, "--lab", "site"]);
    assert_eq!(ended("x").status.code(), Some(64));
    assert_eq!(ended("9").status.code(), Some(1));
}

#[test]
fn a_remedy_names_the_lab_that_was_asked() {
    let lab = OnDisk::new("remedy", &[]);
    let asked = "lab show files PLANT NONE.GLB --lab site";
    let told = lab.runsheet(&asked.split(' ').collect::<Vec<_>>()).stderr;
    let remedy = "`runsheet lab show files PLANT --lab site`";
    assert!(text(&told).contains(remedy), "{}", text(&told));
}
