//! Tables, as a person reads them and as JSON.

use runsheet_report::look::{Look, Tone, one_line};
use serde_json::{Map, Value, json};

/// The version of all JSON about labs; it grows when a program that reads it could misread.
const VERSION: u32 = 1;

/// Something in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cell {
    /// Words.
    Text(String),
    /// A number, right-aligned.
    Number(i64),
    /// Nothing.
    Nothing,
}

impl Cell {
    pub(super) fn number(number: impl TryInto<i64>) -> Cell {
        Cell::Number(number.try_into().unwrap_or(i64::MAX))
    }

    pub(super) fn maybe(text: Option<impl Into<String>>) -> Cell {
        text.map_or(Cell::Nothing, |text| Cell::Text(text.into()))
    }

    fn shown(&self) -> String {
        match self {
            Cell::Text(text) => one_line(text),
            Cell::Number(number) => number.to_string(),
            Cell::Nothing => "-".to_owned(),
        }
    }

    fn value(&self) -> Value {
        match self {
            Cell::Text(text) => json!(text),
            Cell::Number(number) => json!(number),
            Cell::Nothing => Value::Null,
        }
    }
}

impl<T: ToString + ?Sized> From<&T> for Cell {
    fn from(text: &T) -> Cell {
        Cell::Text(text.to_string())
    }
}

/// Rows of one sort.
#[derive(Debug)]
pub(super) struct Table {
    title: String,
    columns: &'static [&'static str],
    rows: Vec<Vec<Cell>>,
    /// What is said where there are no rows.
    empty: &'static str,
}

impl Table {
    pub(super) fn new(
        title: impl Into<String>,
        columns: &'static [&'static str],
        empty: &'static str,
    ) -> Table {
        Table {
            title: title.into(),
            columns,
            rows: Vec::new(),
            empty,
        }
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// Keeps only the last rows.
    pub(super) fn keep_last(&mut self, count: usize) {
        let first = self.rows.len().saturating_sub(count);
        self.rows.drain(..first);
    }

    fn draw(&self, look: Look, text: &mut String) {
        text.push_str(&look.paint(Tone::Strong, &one_line(&self.title)));
        text.push('\n');
        if self.rows.is_empty() {
            text.push_str(&format!("  {}\n", self.empty));
            return;
        }
        let heading: Vec<String> = self.columns.iter().map(|it| (*it).to_owned()).collect();
        let rows = self.rows.iter().map(|row| row.iter().map(Cell::shown));
        let rows: Vec<Vec<String>> = rows.map(Iterator::collect).collect();
        let wide: Vec<usize> = (0..heading.len())
            .map(|column| {
                let cells = std::iter::once(&heading).chain(&rows);
                let widths = cells.filter_map(|row| Some(row.get(column)?.chars().count()));
                widths.max().unwrap_or(0)
            })
            .collect();
        let line = self.line(&heading, &wide);
        text.push_str(&format!("  {}\n", look.paint(Tone::Faint, &line)));
        for row in &rows {
            text.push_str(&format!("  {}\n", self.line(row, &wide)));
        }
    }

    fn line(&self, cells: &[String], wide: &[usize]) -> String {
        let mut line = String::new();
        for (column, (cell, wide)) in cells.iter().zip(wide).enumerate() {
            if column > 0 {
                line.push_str("  ");
            }
            let is_number = self.is_of_numbers(column);
            let padded = if is_number {
                format!("{cell:>wide$}")
            } else {
                format!("{cell:<wide$}")
            };
            line.push_str(&padded);
        }
        line.trim_end().to_owned()
    }

    fn is_of_numbers(&self, column: usize) -> bool {
        let cells = || self.rows.iter().filter_map(|row| row.get(column));
        let has_text = cells().any(|cell| matches!(cell, Cell::Text(_)));
        !has_text && cells().any(|cell| matches!(cell, Cell::Number(_)))
    }

    fn value(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let cells = self.columns.iter().zip(row);
            let cells = cells.map(|(name, cell)| (name.replace([' ', '-'], "_"), cell.value()));
            Value::Object(cells.collect::<Map<_, _>>())
        });
        json!({"title": self.title, "rows": rows.collect::<Vec<_>>()})
    }
}

/// What a command shows: tables, or a text as it is.
#[derive(Debug)]
pub(super) enum Page {
    /// Tables.
    Tables(Vec<Table>),
    /// A log, a message.
    Text(String),
}

impl Page {
    /// As a person reads it.
    pub(super) fn drawn(&self, look: Look) -> String {
        let tables = match self {
            Page::Text(text) => return text.clone(),
            Page::Tables(tables) => tables,
        };
        let mut text = String::new();
        for (number, table) in tables.iter().enumerate() {
            if number > 0 {
                text.push('\n');
            }
            table.draw(look, &mut text);
        }
        text
    }

    /// As a program reads it.
    pub(super) fn json(&self, what: &str, lab: &str, now: &str) -> serde_json::Result<String> {
        let mut view = json!({"runsheet-lab": VERSION, "lab": lab, "clock": now, "what": what});
        match self {
            Page::Text(text) => view["text"] = json!(text),
            Page::Tables(tables) => {
                view["tables"] = tables.iter().map(Table::value).collect();
            }
        }
        serde_json::to_string_pretty(&view)
    }
}

#[cfg(test)]
mod tests {
    use super::{Cell, Page, Table};
    use runsheet_report::look::Look;

    fn page() -> Page {
        let mut table = Table::new("queues", &["host", "waiting mail"], "nothing waits");
        table.row([Cell::from("SALES"), Cell::Number(12)]);
        table.row([Cell::from("HQ"), Cell::Nothing]);
        let empty = Table::new("faults", &["name"], "nothing is wrong");
        Page::Tables(vec![table, empty])
    }

    #[test]
    fn words_stand_left_and_numbers_right() {
        assert_eq!(
            page().drawn(Look::default()),
            "queues\n  host   waiting mail\n  SALES            12\n  HQ                -\n\
             \nfaults\n  nothing is wrong\n"
        );
    }

    #[test]
    fn columns_are_keys_for_programs() {
        let json = page().json("queues", "lab", "1998-01-29 08:00:00").unwrap();
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value["runsheet-lab"], 1);
        assert_eq!(value["tables"][0]["rows"][0]["waiting_mail"], 12);
        assert!(value["tables"][0]["rows"][1]["waiting_mail"].is_null());
    }
}
