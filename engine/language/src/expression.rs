//! The expressions that stand in `${{ }}`: small, strict, and of bounded work.
//!
//! Nothing is taken for true that is not `true`, nothing undefined is passed over, types are never
//! mixed. What a plan does not know is a third truth value. A secret stays one through all that is
//! done with it. There is no clock and no I/O.
//!
//! [`Expr::parse`] reads one; [`evaluate::value`] gives its value in a [`scope::Scope`];
//! [`infer::infer`] gives its type before there are values; [`template::Template`] is a tree of
//! values in which expressions stand. [`functions::ALL`] lists what can be called, [`manual`] all else that can
//! be written.

pub mod evaluate;
mod flat;
pub(crate) mod forgotten;
pub mod functions;
pub mod infer;
mod lexer;
pub mod manual;
mod operators;
mod parser;
mod quotes;
pub mod references;
mod rules;
pub mod scope;
mod show;
pub mod template;

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_step::{Name, Value};
use serde::{Deserialize, Serialize};

use crate::spanned::Spanned;

pub(crate) use functions::version_of as version;
pub use lexer::sign;
pub use operators::Operator;
pub(crate) use quotes::fit;
pub use rules::CODES;
pub(crate) use rules::{UNKNOWN_NAME, WRONG_VALUE};
pub use template::Template;

/// An expression, every part of which knows its bytes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(into = "flat::Row", try_from = "flat::Row")]
pub struct Expr {
    /// What it is.
    pub kind: Box<Kind>,
    /// Where it stands.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// `5`, `"text"`, `true`, `null`
    Literal(Value),
    /// `inputs`
    Name(Name),
    /// `a.b`
    Field(Expr, Spanned<Name>),
    /// `a[b]`
    Index(Expr, Expr),
    /// `!a`, `not a`
    Not(Expr),
    /// `-a`
    Negative(Expr),
    /// `a && b` and all other operators between two
    Binary(Operator, Expr, Expr),
    /// `a ? b : c`
    Choice(Expr, Expr, Expr),
    /// `[a, b]`
    List(Vec<Expr>),
    /// `len(a)`
    Call(Spanned<Name>, Vec<Expr>),
    /// `any(list, x => condition)`
    Each(Each),
}

/// A condition asked of every item of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Each {
    /// Whether it must hold for all of them, or for any.
    pub all: bool,
    /// The list.
    pub list: Expr,
    /// The name of the item in the condition.
    pub item: Spanned<Name>,
    /// The condition.
    pub condition: Expr,
}

impl Expr {
    fn new(kind: Kind, span: Span) -> Self {
        Self {
            kind: Box::new(kind),
            span,
        }
    }

    /// Reads an expression. `place` gives the source bytes of a stretch of `text`.
    ///
    /// # Errors
    /// The first mistake, at its bytes.
    pub fn parse(
        text: &str,
        place: &dyn Fn(Range<usize>) -> Span,
    ) -> Result<Self, Box<Diagnostic>> {
        parser::parse(text, place)
    }

    /// Its value, which may be unknown.
    ///
    /// # Errors
    /// The part that has no value, and why.
    pub fn evaluate(&self, scope: &dyn scope::Scope) -> Result<Value, scope::Trouble> {
        evaluate::value(self, scope)
    }

    /// The expressions directly within this one.
    fn parts(&self) -> Vec<&Expr> {
        match &*self.kind {
            Kind::Literal(_) | Kind::Name(_) => Vec::new(),
            Kind::Field(a, _) | Kind::Not(a) | Kind::Negative(a) => vec![a],
            Kind::Index(a, b) | Kind::Binary(_, a, b) => vec![a, b],
            Kind::Choice(a, b, c) => vec![a, b, c],
            Kind::List(all) | Kind::Call(_, all) => all.iter().collect(),
            Kind::Each(each) => vec![&each.list, &each.condition],
        }
    }
}

#[cfg(test)]
#[path = "tests/expression/mod.rs"]
mod tests;
