//! What a key costs that is typed in a large workflow, held against a cold check of that file: from
//! the change that the editor tells to the diagnostics it is told.
//!
//! A key is paid for when the editor shows what reading the whole file would tell, to the last
//! letter: the same diagnostics in the same places as a cold check of the text with that key. Mostly
//! that is the first thing it is told; where it is not, what is waited for the rest counts too.

use std::io::{self, Write};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use runsheet_language::compose::NoFiles;
use runsheet_lsp::check::check;
use runsheet_lsp::position::{Encoding, Text};
use runsheet_lsp::server::serve;
use runsheet_lsp::session::Session;
use runsheet_lsp::store::{Buffer, Store};
use runsheet_lsp::{Connection, Message, Notification, Request};
use runsheet_step::Catalogue;
use serde_json::{Value, json};

/// Steps of the file.
const STEPS: usize = 10_000;

/// How many keys are typed, each in a random place.
const KEYS: usize = 50;

/// What a key may cost at the 95th percentile, in hundredths of a cold check.
const MOST: u128 = 25;

/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(5);

/// How often the editor is told of one text at most.
const ANSWERS: usize = 2;

/// What the places are drawn from.
const SEED: u64 = 147_464;

const PATH: &str = "/w/large.yaml";

/// Measures, and tells. Gives whether the bar was kept.
///
/// # Errors
/// A screen that cannot be written to.
pub(crate) fn measure(catalogue: fn() -> Catalogue) -> io::Result<bool> {
    let text = large();
    let mut cold: Vec<Duration> = (0..3).map(|_| cold(&text, &catalogue())).collect();
    cold.sort_unstable();
    let mut random = Random(SEED);
    let mut places = Vec::with_capacity(KEYS);
    while places.len() < KEYS {
        places.extend(Some(random.below(text.len())).filter(|at| text.is_char_boundary(*at)));
    }
    let typed = places
        .iter()
        .map(|at| format!("{}x{}", &text[..*at], &text[*at..]));
    let wholes: Vec<_> = typed.map(|text| whole_answer(&text, catalogue())).collect();
    let mut editor = Editor::open(&text, catalogue());
    let (mut keys, mut at_once, mut never) = (Vec::with_capacity(KEYS), 0, 0);
    for (at, whole) in places.iter().zip(&wholes) {
        let (took, told) = editor.key(&text, *at, whole);
        keys.push(took);
        at_once += usize::from(told == Some(1));
        never += usize::from(told.is_none());
    }
    editor.close();
    keys.sort_unstable();
    let (median, p95) = (keys[KEYS / 2], keys[KEYS * 95 / 100]);
    let share = p95.as_micros() * 100 / cold[1].as_micros().max(1);
    let kept = share <= MOST && never == 0;
    writeln!(
        io::stdout(),
        "a key in {STEPS} steps     until all is told that is so: median {:.1} ms, p95 {:.1} ms: {share} \
         of {MOST} hundredths of a cold check of {:.0} ms; at most {:.0} ms; {at_once} of {KEYS} times \
         at once, {never} times never (seed {SEED})  {}",
        millis(median),
        millis(p95),
        millis(cold[1]),
        millis(keys[KEYS - 1]),
        if kept { "kept" } else { "MISSED" },
    )?;
    Ok(kept)
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

/// A workflow of many steps, each second of which looks at the one before it.
fn large() -> String {
    let mut text = String::from(
        "workflow: 1\nname: large\nsummary: Many steps\ninputs:\n  \
         dx: {type: host, vars: {address: text}, default: \"${{ site.groups.dx[0] }}\"}\n  \
         timeout: {type: duration, default: 15m}\nsteps:\n",
    );
    for n in 0..STEPS / 2 {
        text.push_str(&format!(
            "  - id: send-{n}\n    doc: what is sent by hand, number {n}\n    uses: exec\n    \
             host: ${{{{ inputs.dx }}}}\n    timeout: ${{{{ inputs.timeout }}}}\n    \
             with: {{argv: [reqmain, \"-d${{{{ inputs.dx.vars.address }}}}\", -t], cwd: 'M:\\MAILEXE'}}\n  \
             - id: left-{n}\n    uses: wait-for-event\n    host: ${{{{ inputs.dx }}}}\n    \
             when: steps.send-{n}.outputs.exit == 0\n    with:\n      log: Application\n      \
             until: {{id: 4395, category: Moved Out, \
             fields: {{FROM: \"${{{{ inputs.dx.vars.address }}}}\"}}}}\n"
        ));
    }
    text
}

/// How long it takes to read the file from nothing.
fn cold(text: &str, catalogue: &Catalogue) -> Duration {
    let mut store = Store::new(Arc::new(NoFiles));
    let text = Text::new(text);
    store
        .open
        .insert(PATH.to_owned(), Buffer { text, version: 1 });
    let began = Instant::now();
    let checked = check(PATH, &store, catalogue);
    let took = began.elapsed();
    drop(checked);
    took
}

/// What an editor is told that opens a text.
fn whole_answer(text: &str, catalogue: Catalogue) -> Vec<String> {
    let mut session = Session::new(catalogue, Arc::new(NoFiles));
    let published = session.open(PATH, text.to_owned(), 1);
    let own = published.iter().flat_map(|one| &one.diagnostics);
    sorted(own.map(|one| json!(one)))
}

/// Diagnostics as they are sent, in an order of their own.
fn sorted(all: impl Iterator<Item = Value>) -> Vec<String> {
    let mut all: Vec<String> = all.map(|one| one.to_string()).collect();
    all.sort_unstable();
    all
}

/// An editor that shows the file.
struct Editor {
    connection: Connection,
    server: thread::JoinHandle<()>,
    version: i64,
}

impl Editor {
    fn open(text: &str, catalogue: Catalogue) -> Editor {
        let (here, there) = Connection::memory();
        let server = thread::spawn(move || {
            let mut session = Session::new(catalogue, Arc::new(NoFiles));
            let _ = serve(&there, &mut session);
        });
        let mut editor = Editor {
            connection: here,
            server,
            version: 1,
        };
        editor.ask("initialize", json!({"processId": null, "capabilities": {}}));
        editor.tell("initialized", json!({}));
        let document = json!({"uri": format!("file://{PATH}"), "languageId": "yaml", "version": 1, "text": text});
        editor.tell("textDocument/didOpen", json!({"textDocument": document}));
        editor.told();
        editor
    }

    fn ask(&mut self, method: &str, params: Value) {
        let request = Request::new(1.into(), method.to_owned(), params);
        let _ = self.connection.sender.send(Message::Request(request));
        while let Ok(message) = self.connection.receiver.recv() {
            if matches!(message, Message::Response(_)) {
                return;
            }
        }
    }

    fn tell(&self, method: &str, params: Value) {
        let told = Notification::new(method.to_owned(), params);
        let _ = self.connection.sender.send(Message::Notification(told));
    }

    /// Waits until something is told of the text as it is now.
    fn told(&self) -> Value {
        while let Ok(message) = self.connection.receiver.recv_timeout(PATIENCE) {
            if let Message::Notification(mut told) = message
                && told.params["version"] == self.version
            {
                return told.params["diagnostics"].take();
            }
        }
        Value::Null
    }

    /// Types a letter, waits until all is told, and takes it back; gives how long it took, and how
    /// often something was told until then: nothing, if all was never told.
    fn key(&mut self, text: &str, at: usize, whole: &[String]) -> (Duration, Option<usize>) {
        let place = Text::new(text).place(at, Encoding::Utf16);
        let after = json!({"line": place.line, "character": place.character + 1});
        let began = Instant::now();
        self.change(json!({"start": place, "end": place}), "x");
        let mut took = began.elapsed();
        let told = (1..=ANSWERS).find(|_| {
            let all = self.told();
            took = began.elapsed();
            sorted(all.as_array().into_iter().flatten().cloned()) == whole
        });
        self.change(json!({"start": place, "end": after}), "");
        self.told();
        (took, told)
    }

    fn change(&mut self, range: Value, text: &str) {
        self.version += 1;
        let document = json!({"uri": format!("file://{PATH}"), "version": self.version});
        let changes = json!([{"range": range, "text": text}]);
        self.tell(
            "textDocument/didChange",
            json!({"textDocument": document, "contentChanges": changes}),
        );
    }

    fn close(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        let _ = self.server.join();
    }
}

/// Numbers that look like chance and are the same each time.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let high = usize::try_from(self.0 >> 33).unwrap_or_default();
        high % end
    }
}
