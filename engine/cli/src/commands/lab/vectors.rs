//! `lab vectors`: literal samples, each tried: produced by a run of a lab, read and printed back
//! equal, met by an instance, or refused.

mod produced;

use std::fmt;

use runsheet_formats::vectors::{self, Row, Verdict};

use super::table::{Cell, Page, Table};
use crate::args::lab::LabVectorsArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::disk;
use crate::exit::Exit;
use produced::{Production, Productions};

/// What became of a row.
struct Tried<'r> {
    row: &'r Row,
    production: Option<Production>,
    verdict: Verdict,
}

pub(super) fn vectors(
    arguments: &LabVectorsArguments,
    console: &Console,
) -> Result<Exit, Complaint> {
    let shown = arguments.file.display();
    let text = disk::text(&console.resolve(&arguments.file)).map_err(|why| {
        let complaint = Complaint::new(format!("{shown}: {why}"));
        complaint.help("name a file of rows `kb_id kind literal`, with tabs between")
    })?;
    let rows = vectors::read(&text).map_err(|why| {
        let complaint = Complaint::new(format!("{shown}: {why}"));
        complaint.help("its columns are kb_id, kind and literal, with tabs between")
    })?;
    let productions = Productions::of_a_lab();
    let tried: Vec<Tried<'_>> = rows
        .iter()
        .map(|row| Tried::of(row, &productions))
        .collect();
    let failed = tried.iter().filter(|it| !it.is_right()).count();
    let page = Page::Tables(vec![table(&tried, failed)]);
    let text = if arguments.json {
        page.json("vectors", "", "")? + "\n"
    } else {
        runsheet_report::look::drawn(&page.drawn(console.look()))
    };
    console.data(&text)?;
    Ok(if failed == 0 {
        Exit::Done
    } else {
        Exit::Failed
    })
}

impl<'r> Tried<'r> {
    fn of(row: &'r Row, productions: &Productions) -> Tried<'r> {
        Tried {
            row,
            production: productions.find(&row.kind, &row.literal),
            verdict: vectors::tried(&row.kind, &row.literal),
        }
    }

    fn is_right(&self) -> bool {
        vectors::is_right(&self.row.kind, &self.verdict)
    }
}

impl fmt::Display for Tried<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.production, &self.verdict) {
            (Some(production), Verdict::Refused(_)) => write!(f, "{production}; {}", self.verdict),
            (Some(production), verdict) => write!(f, "{production}, {verdict}"),
            (None, Verdict::Refused(why)) if self.is_right() => {
                write!(f, "refused, as it should: {why}")
            }
            (None, verdict) => write!(f, "{verdict}"),
        }
    }
}

fn table(tried: &[Tried<'_>], failed: usize) -> Table {
    let count = |which: fn(&Tried<'_>) -> bool| tried.iter().filter(|it| which(it)).count();
    let title = format!(
        "{} rows: {} produced by a lab, {} round-trip, {} met, {} refused, {failed} wrong",
        tried.len(),
        count(|it| it.production.is_some()),
        count(|it| matches!(it.verdict, Verdict::RoundTrips(_))),
        count(|it| matches!(it.verdict, Verdict::Met { .. })),
        count(|it| matches!(it.verdict, Verdict::Refused(_))),
    );
    let columns = &["line", "article", "kind", "right", "result", "literal"];
    let mut table = Table::new(title, columns, "the file has no rows");
    for it in tried {
        table.row([
            Cell::number(it.row.line),
            Cell::from(&it.row.kb_id),
            Cell::from(&it.row.kind),
            Cell::from(if it.is_right() { "yes" } else { "NO" }),
            Cell::from(it),
            Cell::Text(it.row.literal.replace('\n', "\\n")),
        ]);
    }
    table
}
