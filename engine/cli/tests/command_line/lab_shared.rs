//! A lab on disk that several processes change at once: whatever one of them has done stays.

use std::fmt::Write;
use std::fs;
use std::thread;

use crate::lab_on_disk::{OnDisk, text};

/// How often each process changes something.
const TIMES: usize = 12;

/// A workflow that writes values of its own, one after the other.
fn writing(name: &str) -> String {
    let values: Vec<String> = (0..TIMES).map(|it| format!("{name}-{it}")).collect();
    format!(
        r"workflow: 1
name: {name}
summary: Write values that nobody else writes
steps:
  - id: each
    foreach: {{value: [{}]}}
    uses: registry
    host: EXCH1
    with: {{key: HKLM\SYSTEM\CurrentControlSet\Services\MSExchangeDX, value: '${{{{ value }}}}', type: sz, data: there}}
",
        values.join(", ")
    )
}

#[test]
fn nothing_is_lost_of_what_two_processes_do_in_one_lab_at_once() {
    let lab = OnDisk::new("shared-do", &["--postoffices", "1"]);
    let lab = &lab;
    thread::scope(|scope| {
        for name in ["ADA", "BEN"] {
            scope.spawn(move || {
                for number in 0..TIMES {
                    lab.does(
                        "SALES",
                        &format!("admin create {name}{number} {name} {number}"),
                    );
                }
            });
        }
    });
    let shown = lab.runsheet(&["lab", "show", "queues", "SALES", "--lab", "site"]);
    let queue = text(&shown.stdout);
    for number in 0..TIMES {
        for name in ["ADA", "BEN"] {
            let record = format!("PCM:NORTH/SALES/{name}{number}\n");
            assert_eq!(queue.matches(&record).count(), 1, "{record}{queue}");
        }
    }
    let numbers = queue
        .lines()
        .filter_map(|line| line.split_whitespace().next()?.parse().ok());
    let numbers: Vec<usize> = numbers.collect();
    let each_once: Vec<usize> = (1..=2 * TIMES).collect();
    assert_eq!(numbers, each_once, "{queue}");
}

#[test]
fn nothing_is_lost_of_what_two_runs_do_in_one_lab_at_once() {
    let lab = OnDisk::new("shared-apply", &["--postoffices", "1"]);
    let runs = ["ada", "ben"].map(|name| {
        let file = format!("{name}.yaml");
        fs::write(lab.path("..").join(&file), writing(name)).expect("the desk is ours");
        file
    });
    let lab = &lab;
    thread::scope(|scope| {
        for file in &runs {
            scope.spawn(move || {
                let ran = lab.runsheet(&["apply", file, "--site", "site/site.yaml", "--no-input"]);
                let told = text(&ran.stdout) + &text(&ran.stderr);
                assert!(ran.status.success(), "{told}");
            });
        }
    });
    let shown = lab.runsheet(&["lab", "show", "registry", "EXCH1", "--lab", "site"]);
    let registry = text(&shown.stdout);
    let mut missing = String::new();
    for number in 0..TIMES {
        for name in ["ada", "ben"] {
            let value = format!("{name}-{number} ");
            if registry.matches(&value).count() != 1 {
                let _ = writeln!(missing, "{value}");
            }
        }
    }
    assert_eq!(missing, "", "{registry}");
    // What they have left is whole, for whoever comes next.
    lab.seen();
    lab.works("SALES", "reqmain -dM -t");
}
