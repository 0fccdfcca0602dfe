//! What it costs to lay a large variant over a large base, held against the base alone.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use runsheet_kit::desk::Desk;

/// Steps of the base.
const STEPS: usize = 8_000;

/// Of so many steps the variant changes the first, gives the second another name, puts one behind
/// the third and takes the fourth out.
const EVERY: usize = 5;

/// How many times the check of the base the check of the variant may take.
const MOST: f64 = 3.0;

/// How often each is measured.
const TIMES: usize = 3;

/// Measures, and tells. Gives whether the bar was kept.
///
/// # Errors
/// A screen that cannot be written to, a variant that is not what it is to be.
pub(crate) fn measure() -> io::Result<bool> {
    let mut desk = Desk::new();
    desk.folder().write("base.yaml", &base());
    desk.folder().write("variant.yaml", &variant());
    let mut check = |file: &str| -> io::Result<Duration> {
        let mut took = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let began = Instant::now();
            let left = desk.runsheet(&format!("check {file}"));
            took.push(began.elapsed());
            if left.code != 0 {
                return Err(io::Error::other(left.screen));
            }
        }
        took.sort_unstable();
        Ok(took[TIMES / 2])
    };
    let (base, variant) = (check("base.yaml")?, check("variant.yaml")?);
    let ratio = variant.as_secs_f64() / base.as_secs_f64();
    let kept = ratio <= MOST;
    writeln!(
        io::stdout(),
        "a variant with {} changes of {STEPS} steps: {} ms, {ratio:.1} of {MOST} times its base of {} ms  {}",
        STEPS / EVERY * 4,
        variant.as_millis(),
        base.as_millis(),
        if kept { "kept" } else { "MISSED" },
    )?;
    Ok(kept)
}

fn base() -> String {
    let mut text = "workflow: 1\nname: base\nsteps:\n".to_owned();
    for n in 0..STEPS {
        let _ = writeln!(text, "  - {{id: s{n}, uses: assert, with: {{that: true}}}}");
    }
    text
}

fn variant() -> String {
    let mut text = "workflow: 1\nname: variant\nextends: base.yaml\npatch:\n  steps:\n".to_owned();
    for n in (0..STEPS).step_by(EVERY) {
        let (second, third, fourth) = (n + 1, n + 2, n + 3);
        let _ = writeln!(
            text,
            "    - {{id: s{n}, doc: changed}}\n    - {{id: s{second}, $rename: t{second}}}\n    \
             - {{id: u{third}, $after: s{third}, uses: assert, with: {{that: true}}}}\n    \
             - {{id: s{fourth}, $delete: true}}"
        );
    }
    text
}
