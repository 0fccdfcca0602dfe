//! A process of its own answers as a library here does, and starts anew when it has died.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use runsheet_host::interrupt::Interrupt;
use runsheet_host::line::{Line, Trouble};
use runsheet_host::process::{Limits, Process};
use runsheet_messages::method::Method;

use crate::desk::{example, gone, in_process, limits, lines, misbehaving, program, turn};

#[test]
fn it_answers_as_a_library_here_does() {
    let [(_, here), (_, apart)] = lines(&example("shelf"));
    let long = format!(r#"{{"kind":"{}","input":{{}}}}"#, "x".repeat(1 << 20));
    let messages = [
        "{}",
        "",
        "{",
        r#"{"kind":"add-books","input":{"host":null,"with":{"count":0}}}"#,
        r#"{"kind":"fall","input":{"host":null,"with":null},"transcript":[]}"#,
        r#"{"facility":"shelf","of":{"show":[1]}}"#,
        &long,
    ];
    for method in Method::ALL {
        assert_eq!(here.answers(method), apart.answers(method), "{method}");
        for message in messages {
            let said = here.say(method, message.as_bytes());
            let again = apart.say(method, message.as_bytes());
            let begin = message.get(..80).unwrap_or(message);
            assert_eq!(said, again, "{method} {begin}");
        }
    }
}

#[test]
fn several_threads_may_speak_at_once() {
    let process = in_process(&example("shelf"));
    let said = process.say(Method::Describe, b"{}");
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..50 {
                    assert_eq!(process.say(Method::Describe, b"{}"), said);
                }
            });
        }
    });
}

#[test]
fn what_is_no_plugin_is_refused_in_words() {
    let this = std::env::current_exe().expect("a test has a path");
    let refused = Process::start(program(), &this, limits()).err();
    let refused = refused.expect("a test is no plugin");
    assert!(refused.starts_with("it cannot be loaded: "), "{refused}");
    let refused = Process::start(program(), "libshelf.so".as_ref(), limits()).err();
    assert_eq!(
        refused.as_deref(),
        Some("a plugin is loaded by its whole path only")
    );
}

#[test]
fn a_program_that_is_no_child_host_is_told_apart() {
    let of = |path: &str| {
        let mut program = program();
        program.path = path.into();
        Process::start(program, &example("shelf"), limits()).err()
    };
    let ended = of("/bin/true");
    assert_eq!(
        ended.as_deref(),
        Some("its process ended itself with code 0")
    );
    let missing = of("/nowhere/runsheet").expect("there is no such file");
    assert!(
        missing.starts_with("its process cannot be started: "),
        "{missing}"
    );
}

#[test]
fn a_library_that_does_not_fit_into_the_memory_is_refused() {
    let limits = Limits {
        memory: Some(1 << 20),
        ..limits()
    };
    assert!(Process::start(program(), &example("shelf"), limits).is_err());
}

#[test]
fn a_message_that_is_too_long_is_not_sent() {
    let process = in_process(&example("shelf"));
    let long = vec![b' '; (64 << 20) + 1];
    let refused = process.say(Method::Turn, &long);
    assert!(matches!(refused, Err(Trouble::Nonsense(_))), "{refused:?}");
    assert!(process.say(Method::Describe, b"{}").is_ok());
}

#[test]
fn a_dead_child_is_followed_by_a_new_one_until_it_is_hopeless() {
    let process = in_process(&misbehaving(&[]));
    for _ in 0..2 {
        for _ in 0..2 {
            let why = gone(&process, "segfault");
            assert!(why.contains("SIGSEGV"), "{why}");
        }
        assert!(turn(&process, "well").is_ok());
    }
    for _ in 0..3 {
        gone(&process, "exit");
    }
    let why = gone(&process, "well");
    assert_eq!(
        why,
        "its process has died 3 times in a row and is not started again"
    );
}

#[test]
fn a_question_that_wavers_in_a_later_turn_only_is_found_when_it_is_asked() {
    let process = in_process(&misbehaving(&[]));
    let question = turn(&process, "changed-later").expect("it asks at first");
    assert!(question.contains("book 0"), "{question}");
    let message = |transcript: &str| {
        let step = r#""kind":"changed-later","input":{"host":null,"with":null}"#;
        format!(r#"{{{step},"transcript":[{transcript}]}}"#)
    };
    let get = r#"{"host":"A","facility":"shelf","resource":"book 0","verb":"get"}"#;
    let entry = format!(r#"{{"request":{get},"answer":{{"value":null}}}}"#);
    let said = process.say(Method::Turn, message(&entry).as_bytes());
    assert!(matches!(said, Err(Trouble::Wavered(_))), "{said:?}");
}

#[test]
fn how_a_child_died_is_told_with_its_last_words() {
    let process = in_process(&misbehaving(&[]));
    assert_eq!(
        gone(&process, "abort"),
        "its process was ended by SIGABRT: it gave up; its last words: misbehaving: it cannot go \
         on like this"
    );
    assert_eq!(
        gone(&process, "exit"),
        "its process ended itself with code 0"
    );
}

#[test]
fn a_child_that_hangs_up_is_left_a_moment_to_end_by_itself() {
    let process = in_process(&misbehaving(&[]));
    assert_eq!(
        gone(&process, "hang-up-and-leave"),
        "its process ended itself with code 5"
    );
    assert_eq!(
        gone(&process, "hang-up"),
        "it closed its pipe to its host, and was ended"
    );
}

#[test]
fn what_a_plugin_prints_and_reads_is_not_what_is_said() {
    let process = in_process(&misbehaving(&[]));
    let done = turn(&process, "well");
    assert_eq!(turn(&process, "prints"), done);
    // What is written into the pipe itself is no frame.
    gone(&process, "chatter");
    assert_eq!(turn(&process, "well"), done);
}

/// Limits for what is late in any case.
fn soon() -> Limits {
    Limits {
        deadline: Duration::from_secs(4),
        ..limits()
    }
}

#[test]
fn a_child_that_is_late_is_ended() {
    let process = Process::start(program(), &misbehaving(&[]), soon()).expect("it is a plugin");
    assert_eq!(
        gone(&process, "endless-loop"),
        "it did not answer within 4 s, and was ended"
    );
}

/// A pipe with a name, which is at its end when nobody holds it any more.
fn held(name: &str) -> PathBuf {
    let pipe = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_file(&pipe);
    let made = Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("there is such a program").success());
    pipe
}

/// Waits until nobody holds a pipe any more.
fn let_go(mut pipe: File) {
    let (say, over) = channel();
    thread::spawn(move || say.send(pipe.read_to_end(&mut Vec::new()).is_ok()));
    let let_go = over.recv_timeout(Duration::from_mins(2));
    assert_eq!(let_go, Ok(true), "somebody holds it still");
}

#[test]
fn a_child_ends_with_its_parent_even_in_an_endless_loop() {
    let pipe = held("held-by-a-child");
    ends_with_its_parent(&misbehaving(&[("HELD", &pipe)]), "holds", &pipe);
}

#[test]
fn what_a_child_has_started_ends_with_its_parent_too() {
    let pipe = held("held-by-two");
    ends_with_its_parent(&misbehaving(&[("HELD", &pipe)]), "hold", &pipe);
}

#[test]
fn a_child_ends_with_its_parent_even_if_its_library_is_never_loaded_to_the_end() {
    let pipe = held("held-while-it-is-loaded");
    ends_with_its_parent(&misbehaving(&[("HELD_AT_ONCE", &pipe)]), "holds", &pipe);
}

/// The parent of a child that holds a pipe is killed; the child lets go of the pipe.
fn ends_with_its_parent(library: &Path, kind: &str, pipe: &Path) {
    let mut parent = Command::new(program().path.with_file_name("scene"))
        .arg("process")
        .args([library.as_os_str(), kind.as_ref()])
        .stdout(Stdio::null())
        .spawn()
        .expect("the example is there");
    let held = File::open(pipe).expect("the child opens it too");
    parent.kill().expect("it can be ended");
    parent.wait().expect("it ends");
    let_go(held);
}

#[test]
fn what_a_child_has_started_ends_with_it() {
    let pipe = held("held-by-a-grandchild");
    let library = misbehaving(&[("HELD", &pipe)]);
    let process = Process::start(program(), &library, soon()).expect("it is a plugin");
    thread::scope(|scope| {
        scope.spawn(|| gone(&process, "child"));
        let_go(File::open(&pipe).expect("the grandchild opens it too"));
    });
}

/// Somebody wants the run to stop as soon as a turn is thought about for ever.
fn stopped(interrupt: &Interrupt, process: &Process, pipe: &Path) -> Result<String, Trouble> {
    thread::scope(|scope| {
        let turn = scope.spawn(|| turn(process, "holds"));
        let held = File::open(pipe).expect("the child opens it too");
        assert_eq!(interrupt.now(), Vec::<String>::new());
        let_go(held);
        turn.join().expect("nobody panics")
    })
}

#[test]
fn what_is_thought_about_is_ended_when_the_run_is_to_stop_and_is_no_death() {
    let pipe = held("held-until-it-is-stopped");
    let library = misbehaving(&[("HELD", &pipe)]);
    let interrupt = Interrupt::default();
    let process = Process::start_under(&interrupt, program(), &library, limits());
    let process = process.expect("it is a plugin");
    for _ in 0..4 {
        assert_eq!(stopped(&interrupt, &process, &pipe), Err(Trouble::Stopped));
    }
    // Nothing that thinks no more is ended.
    assert_eq!(interrupt.now(), Vec::<String>::new());
    assert!(turn(&process, "well").is_ok());
    interrupt.for_good();
    assert_eq!(turn(&process, "well"), Err(Trouble::Stopped));
}

#[test]
fn what_thinks_in_this_process_is_told_by_its_name() {
    struct Slow(Sender<()>, Mutex<Receiver<()>>);

    impl Line for Slow {
        fn answers(&self, _: Method) -> bool {
            true
        }

        fn hear(&self, _: Method, _: &[u8], hears: &mut dyn FnMut(&[u8])) -> Result<(), Trouble> {
            self.0.send(()).expect("somebody hears it");
            let goes_on = self.1.lock().expect("nobody panics");
            goes_on.recv().expect("it may go on");
            hears(b"well");
            Ok(())
        }
    }

    let (thinks, is_thinking) = channel();
    let (go_on, goes_on) = channel();
    let interrupt = Interrupt::default();
    let line = interrupt.watched("slow", Arc::new(Slow(thinks, Mutex::new(goes_on))));
    thread::scope(|scope| {
        let said = scope.spawn(|| line.say(Method::Describe, b"{}"));
        is_thinking.recv().expect("it thinks");
        assert_eq!(interrupt.now(), ["slow"]);
        go_on.send(()).expect("it waits for that");
        let said = said.join().expect("nobody panics");
        assert_eq!(said, Ok(b"well".to_vec()));
    });
    assert_eq!(interrupt.now(), Vec::<String>::new());
}
