//! Files made to harm whoever reads them, against what their refusal may cost. That they are refused
//! in so many words is tested beside the command line.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::time::Instant;

use runsheet_kit::desk::Desk;

use crate::memory;

/// The most a refusal takes, in milliseconds.
const MOST_MS: u128 = 1000;

/// The most memory it takes at the peak, in MiB.
const MOST_MIB: u64 = 200;

/// The name that all these rows begin with.
const HOSTILE: &str = "refused: ";

/// A file by what is wrong with it, and its text.
type Row = (&'static str, fn() -> String);

const ROWS: [Row; 13] = [
    ("refused: a million laughs", laughs),
    ("refused: a chain of aliases", chain),
    ("refused: 10,000 lists", || "[".repeat(10_000)),
    ("refused: 10,000 dashes", || "- ".repeat(10_000)),
    ("refused: one long text", || {
        format!("a: \"{}\"\n", "b".repeat(8_000_000))
    }),
    ("refused: too large", || "#".repeat(100 << 20)),
    ("refused: many values", || {
        format!("a: [{}]\n", "[],".repeat(2_700_000))
    }),
    ("refused: many mistakes", || "a: 1\n".repeat(1_600_000)),
    ("refused: many steps", || {
        steps("{id: a, uses: strange}", 280_000)
    }),
    ("refused: a circle of 50,000 includes", || {
        let mut text = "workflow: 1\nname: many\ninclude:\n".to_owned();
        for n in 0..50_000 {
            let _ = writeln!(text, "  - {{file: bad.yaml, as: n{n}}}");
        }
        text + "steps: []\n"
    }),
    ("refused: a circle of 50,000 calls", || {
        steps("{id: a, uses: ./bad.yaml}", 50_000)
    }),
    ("refused: 10,000 items by their names", items),
    ("refused: 100,000 operators", || {
        let sum = "1 + ".repeat(100_000);
        steps(&format!("{{id: a, uses: assert, when: {sum} 1 > 0}}"), 1)
    }),
];

/// Steps that each ask another item of one list, and one that asks what is none.
fn items() -> String {
    let mut items: Vec<String> = (0..10_000).map(|n| format!("i{n}")).collect();
    let mut text = format!(
        "workflow: 1\nname: many\nsteps:\n  - {{id: g, foreach: {{one: [{}]}}, uses: exec, host: h, with: {{argv: [ls]}}}}\n",
        items.join(", ")
    );
    items.push("none".to_owned());
    for item in items {
        let _ = writeln!(
            text,
            "  - {{id: {item}, uses: assert, with: {{that: \"${{{{ steps.g['{item}'].outputs.exit == 0 }}}}\"}}}}"
        );
    }
    text
}

/// All rows, by their names.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    ROWS.iter().map(|(name, _)| *name)
}

/// Whether a row is one of these.
pub(crate) fn has(name: &str) -> bool {
    name.starts_with(HOSTILE)
}

/// Checks one file, and tells what that took. Gives whether the bars were kept.
pub(crate) fn measure(name: &str) -> io::Result<bool> {
    let unknown = || io::Error::other(format!("there is no row `{name}`"));
    let (_, text) = ROWS
        .iter()
        .find(|(row, _)| *row == name)
        .ok_or_else(unknown)?;
    let mut desk = Desk::new();
    desk.folder().write("bad.yaml", &text());
    let began = Instant::now();
    let left = desk.runsheet("check bad.yaml");
    let took = began.elapsed().as_millis();
    if left.code != 1 {
        return Err(io::Error::other(left.screen));
    }
    let peak = memory::peak().map(|kib| kib / 1024);
    let kept = took <= MOST_MS && peak.is_none_or(|peak| peak <= MOST_MIB);
    let shown = peak.map_or("-".to_owned(), |mib| mib.to_string());
    writeln!(
        io::stdout(),
        "{name:<41} {took:>6} of {MOST_MS:>6} ms  {shown:>4} of {MOST_MIB:>4} MiB  {}",
        if kept { "kept" } else { "MISSED" },
    )?;
    Ok(kept)
}

fn laughs() -> String {
    let mut text = "x0: &x0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n".to_owned();
    for n in 1..1000 {
        let row = vec![format!("*x{}", n - 1); 10].join(", ");
        let _ = writeln!(text, "x{n}: &x{n} [{row}]");
    }
    text
}

fn chain() -> String {
    let mut text = "x0: &x0 [1]\n".to_owned();
    for n in 1..100_000 {
        let _ = writeln!(text, "x{n}: &x{n} [*x{}]", n - 1);
    }
    text
}

/// A workflow of one step over and over.
fn steps(step: &str, count: usize) -> String {
    let head = "workflow: 1\nname: many\nsteps:\n";
    head.to_owned() + &format!("  - {step}\n").repeat(count)
}
