//! A template as it is written down: its parts in a row, those within a part before it.
//!
//! As with expressions, a tree in JSON would be several times as deep as the template, and readers
//! of JSON go only so deep.

use runsheet_diagnostics::span::Span;
use runsheet_step::{Name, Value};
use serde::{Deserialize, Serialize};

use super::{Part, Template};
use crate::document::Limits;
use crate::expression::Expr;
use crate::spanned::Spanned;

/// The parts of a template in a row.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Row(Vec<Piece>);

/// One part; the items of a list and the values of a map come before it in the row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Piece {
    Literal(Value, Span),
    Expr(Expr),
    Text(Vec<Part>, Span),
    List(usize, Span),
    Map(Vec<Spanned<Name>>, Span),
}

impl From<Template> for Row {
    fn from(template: Template) -> Row {
        let mut row = Vec::new();
        push(template, &mut row);
        Row(row)
    }
}

fn push(template: Template, row: &mut Vec<Piece>) {
    let piece = match template {
        Template::Literal(value) => Piece::Literal(value.value, value.span),
        Template::Expr(expr) => Piece::Expr(expr),
        Template::Text(parts) => Piece::Text(parts.value, parts.span),
        Template::List(items) => {
            let count = items.len();
            items.value.into_iter().for_each(|item| push(item, row));
            Piece::List(count, items.span)
        }
        Template::Map(entries) => {
            let span = entries.span;
            let entries = entries.value.into_iter();
            let names = entries.map(|(name, value)| {
                push(value, row);
                name
            });
            Piece::Map(names.collect(), span)
        }
    };
    row.push(piece);
}

/// A row that is no template.
const BROKEN: &str = "this is no value with expressions";

impl TryFrom<Row> for Template {
    type Error = &'static str;

    fn try_from(row: Row) -> Result<Template, &'static str> {
        let mut read = Read::default();
        for piece in row.0 {
            let template = read.template(piece)?;
            read.put(template)?;
        }
        match (read.parts.pop(), read.parts.pop()) {
            (Some((only, _)), None) => Ok(only),
            _ => Err(BROKEN),
        }
    }
}

/// What was read and belongs to no part yet, each with its levels.
#[derive(Default)]
struct Read {
    parts: Vec<(Template, usize)>,
    /// The levels of the deepest part taken since the last one was put.
    inside: usize,
}

impl Read {
    fn put(&mut self, template: Template) -> Result<(), &'static str> {
        let levels = std::mem::take(&mut self.inside) + 1;
        // A scalar is within the deepest list and no level of YAML.
        if levels > Limits::default().depth + 1 {
            return Err("the value is deeper than any that can be written");
        }
        self.parts.push((template, levels));
        Ok(())
    }

    /// The last so many parts.
    fn several(&mut self, count: usize) -> Result<Vec<Template>, &'static str> {
        let first = self.parts.len().checked_sub(count).ok_or(BROKEN)?;
        let parts = self.parts.split_off(first).into_iter();
        let parts = parts.map(|(template, levels)| {
            self.inside = self.inside.max(levels);
            template
        });
        Ok(parts.collect())
    }

    fn template(&mut self, piece: Piece) -> Result<Template, &'static str> {
        Ok(match piece {
            Piece::Literal(value, span) => Template::Literal(Spanned::new(value, span)),
            Piece::Expr(expr) => Template::Expr(expr),
            Piece::Text(parts, span) => Template::Text(Spanned::new(parts, span)),
            Piece::List(count, span) => Template::List(Spanned::new(self.several(count)?, span)),
            Piece::Map(names, span) => {
                let values = self.several(names.len())?;
                let entries = names.into_iter().zip(values).collect();
                Template::Map(Spanned::new(entries, span))
            }
        })
    }
}
