//! An expression as it is written down: its parts in a row, those within a part before it.
//!
//! A tree in JSON is as deep as the expression, several times over, and readers of JSON go only so
//! deep. In a row, any expression that can be written can be read again.

use runsheet_diagnostics::span::Span;
use runsheet_step::{Name, Value};
use serde::{Deserialize, Serialize};

use super::parser::DEEPEST;
use super::{Each, Expr, Kind, Operator};
use crate::spanned::Spanned;

/// The parts of an expression in a row.
#[derive(Serialize, Deserialize)]
#[serde(transparent)]
pub(super) struct Row(Vec<(Part, Span)>);

/// One part; what stands within it comes before it in the row.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Part {
    Literal(Value),
    Name(Name),
    Field(Spanned<Name>),
    Index,
    Not,
    Negative,
    Binary(Operator),
    Choice,
    List(usize),
    Call(Spanned<Name>, usize),
    Any(Spanned<Name>),
    All(Spanned<Name>),
}

impl From<Expr> for Row {
    fn from(expr: Expr) -> Row {
        let mut row = Vec::new();
        push(&expr, &mut row);
        Row(row)
    }
}

fn push(expr: &Expr, row: &mut Vec<(Part, Span)>) {
    for part in expr.parts() {
        push(part, row);
    }
    let part = match &*expr.kind {
        Kind::Literal(value) => Part::Literal(value.clone()),
        Kind::Name(name) => Part::Name(name.clone()),
        Kind::Field(_, name) => Part::Field(name.clone()),
        Kind::Index(..) => Part::Index,
        Kind::Not(_) => Part::Not,
        Kind::Negative(_) => Part::Negative,
        Kind::Binary(operator, ..) => Part::Binary(*operator),
        Kind::Choice(..) => Part::Choice,
        Kind::List(items) => Part::List(items.len()),
        Kind::Call(name, arguments) => Part::Call(name.clone(), arguments.len()),
        Kind::Each(each) if each.all => Part::All(each.item.clone()),
        Kind::Each(each) => Part::Any(each.item.clone()),
    };
    row.push((part, expr.span));
}

/// A row that is no expression.
const BROKEN: &str = "this is no expression";

impl TryFrom<Row> for Expr {
    type Error = &'static str;

    fn try_from(row: Row) -> Result<Expr, &'static str> {
        let mut read = Read::default();
        for (part, span) in row.0 {
            let kind = read.kind(part)?;
            read.put(Expr::new(kind, span))?;
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
    parts: Vec<(Expr, usize)>,
    /// The levels of the deepest part taken since the last one was put.
    inside: usize,
}

impl Read {
    fn put(&mut self, expr: Expr) -> Result<(), &'static str> {
        let levels = std::mem::take(&mut self.inside) + 1;
        if levels > DEEPEST {
            return Err("the expression is deeper than any that can be written");
        }
        self.parts.push((expr, levels));
        Ok(())
    }

    fn one(&mut self) -> Result<Expr, &'static str> {
        let (expr, levels) = self.parts.pop().ok_or(BROKEN)?;
        self.inside = self.inside.max(levels);
        Ok(expr)
    }

    fn two(&mut self) -> Result<(Expr, Expr), &'static str> {
        let second = self.one()?;
        Ok((self.one()?, second))
    }

    fn several(&mut self, count: usize) -> Result<Vec<Expr>, &'static str> {
        if count > self.parts.len() {
            return Err(BROKEN);
        }
        let mut all = (0..count)
            .map(|_| self.one())
            .collect::<Result<Vec<_>, _>>()?;
        all.reverse();
        Ok(all)
    }

    fn each(&mut self, all: bool, item: Spanned<Name>) -> Result<Kind, &'static str> {
        let (list, condition) = self.two()?;
        Ok(Kind::Each(Each {
            all,
            list,
            item,
            condition,
        }))
    }

    fn kind(&mut self, part: Part) -> Result<Kind, &'static str> {
        Ok(match part {
            Part::Literal(value) => Kind::Literal(value),
            Part::Name(name) => Kind::Name(name),
            Part::Field(name) => Kind::Field(self.one()?, name),
            Part::Index => self.two().map(|(of, index)| Kind::Index(of, index))?,
            Part::Not => Kind::Not(self.one()?),
            Part::Negative => Kind::Negative(self.one()?),
            Part::Binary(operator) => {
                let (left, right) = self.two()?;
                Kind::Binary(operator, left, right)
            }
            Part::Choice => {
                let (yes, no) = self.two()?;
                Kind::Choice(self.one()?, yes, no)
            }
            Part::List(count) => Kind::List(self.several(count)?),
            Part::Call(name, count) => Kind::Call(name, self.several(count)?),
            Part::Any(item) => self.each(false, item)?,
            Part::All(item) => self.each(true, item)?,
        })
    }
}
