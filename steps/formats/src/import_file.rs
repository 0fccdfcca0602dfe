//! The import file: a change of an address list a line, as IMPORT reads and writes it, and as
//! queues and mail carry it (Q96001, Q131151).
//!
//! ```text
//! R PCM:NORTH/SALES                                the list is emptied
//! A Doe, John                      PCM:NORTH/SALES/JDOE
//! - Phone:/(206) 635-7022                          information for its template
//! M Doe, John                      PCM:NORTH/SALES/JDOE
//!   Doe, Jonathan                  PCM:NORTH/SALES/JDOE
//! T SNADS:GATE/DGN                                 a template is defined
//!  Division:~15~25~A~~
//! # Last record processed.                         nothing happens
//! ```
//!
//! Start reading at [`read`] for a file and at [`record::Record`] for one change.

pub mod entry;
pub mod kind;
pub mod recipient;
pub mod record;
pub mod refusal;
pub mod template;
mod x400;

use std::fmt::Write;

use entry::Layout;
use record::Record;
use refusal::Refusal;

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contents {
    /// Its records, each with the number of its first line.
    pub records: Vec<(usize, Record)>,
    /// What is no record, in the order of the lines. Such lines are left out, as IMPORT does.
    pub refusals: Vec<Refusal>,
}

/// Reads a file. Lines are counted from 1; empty ones are passed over (Q159294).
#[must_use]
pub fn read(text: &str, layout: Layout) -> Contents {
    let mut contents = Contents::default();
    let lines = text
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    let lines = lines.map(|(number, line)| (number, line.trim_end_matches([' ', '\r'])));
    let mut lines = lines.filter(|(_, line)| !line.is_empty()).peekable();
    while let Some((number, line)) = lines.next() {
        let second = match record::is_modify(line) {
            true => lines.next_if(|(_, next)| record::is_second(next, layout)),
            false => None,
        };
        let second = second.map(|(_, second)| second);
        if let Err(refusal) = take(&mut contents.records, number, line, second, layout) {
            contents.refusals.push(refusal.at(number));
        }
    }
    refuse_halves(&mut contents);
    contents
}

/// Refuses modifications that say nothing new.
fn refuse_halves(contents: &mut Contents) {
    for (number, record) in contents
        .records
        .extract_if(.., |(_, record)| record.is_half())
    {
        let refusal = Refusal::new(21, &record.to_string());
        contents.refusals.push(refusal.at(number));
    }
    contents.refusals.sort_by_key(|refusal| refusal.line);
}

/// Begins a record, or adds a line to the one above.
fn take(
    records: &mut Vec<(usize, Record)>,
    number: usize,
    line: &str,
    second: Option<&str>,
    layout: Layout,
) -> Result<(), Refusal> {
    let defines = layout == Layout::Printed
        && records
            .last()
            .is_some_and(|(_, last)| last.is_defined_by(line));
    if defines || record::goes_on(line, layout) {
        let (_, last) = records.last_mut().ok_or_else(|| Refusal::new(12, line))?;
        return last.go_on(line, layout);
    }
    records.push((number, Record::begin(line, second, layout)?));
    Ok(())
}

/// Prints records as a file.
#[must_use]
pub fn write<'r>(records: impl IntoIterator<Item = &'r Record>) -> String {
    let mut text = String::new();
    for record in records {
        let _ = writeln!(text, "{record}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "\
R PCM:NORTH/SALES
A Doe, John                      PCM:NORTH/SALES/JDOE
- Phone:/(206) 635-7022
- City//ST//Zip:/Any City, Any State, 12345
M Doe, John                      PCM:NORTH/SALES/JDOE
  Doe, Jonathan                  PCM:NORTH/SALES/JDOE
T SNADS:GATE/DGN
 Division:~15~25~A~~
D Roe\tFAX:Roe~Room 5~Litware~206 635-7022
# Last record processed.
";

    #[test]
    fn a_file_is_written_as_it_was_read() {
        let contents = read(FILE, Layout::Strict);
        assert_eq!(contents.refusals, []);
        assert_eq!(contents.records.len(), 6);
        let records = contents.records.iter().map(|(_, record)| record);
        assert_eq!(write(records), FILE);
    }

    #[test]
    fn what_is_no_record_is_refused_by_number_and_line() {
        let refused = [
            ("- Phone:/none above", 12),
            ("?", 12),
            ("X Doe, John                      PCM:NORTH/SALES/JDOE", 13),
            ("AA", 23),
            ("A Doe, John PCM:NORTH/SALES/JDOE", 23),
            ("A Doe, John", 18),
            ("A                                PCM:NORTH/SALES/JDOE", 46),
            ("A Doe, John\t", 48),
            ("A Doe, John\tTELEX:1234", 16),
            ("A Doe, John\tPCM:NORTH", 17),
            ("A Doe, John\tPCM:NORTH/SALES", 19),
            ("A Doe, John\tPCM:NORTH/SALES/JOHNATHANDOE", 20),
            ("A Doe, John\tPCM:NO-RTH/SALES/JDOE", 69),
            ("A Doe, John\tPCM:NORTH/SA.LES/JDOE", 70),
            ("A Doe, John\tPCM:NORTH/SALES/J DOE", 71),
            (
                "A Doe, John Jacob Jingleheimer Schmidt\tPCM:NORTH/SALES/JDOE",
                72,
            ),
            ("A Doe, John\tFAX:A~B~C~12a", 15),
            ("A Doe, John\tFAX:A~B~C", 26),
            ("A Doe, John\tX400:C=US'A=ATTMAIL;O=ATTMAIL;S=Bad", 26),
            ("M Doe, John\tPCM:NORTH/SALES/JDOE", 21),
        ];
        for (line, number) in refused {
            let contents = read(line, Layout::Strict);
            let found: Vec<_> = contents
                .refusals
                .iter()
                .map(|it| (it.line, it.number))
                .collect();
            assert_eq!(found, [(1, number)], "{line}");
            assert_eq!(contents.records, [], "{line}");
        }
    }

    #[test]
    fn a_bad_line_costs_itself_only() {
        let text = FILE.replace("- Phone:/(206)", "- Phone:(206)");
        let contents = read(&text, Layout::Strict);
        assert_eq!(contents.refusals.len(), 1);
        assert_eq!(
            (contents.refusals[0].line, contents.refusals[0].number),
            (3, 22)
        );
        assert_eq!(contents.records.len(), 6);
    }
}
