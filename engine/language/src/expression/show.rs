//! Expressions as text again, and what they read, for plans, verdicts and reports.

use std::fmt;

use runsheet_step::{Name, Value};

use super::scope::Scope;
use super::{Each, Expr, Kind};

impl fmt::Display for Expr {
    /// In one canonical form: `outputs.r == outputs.was + outputs.sent`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.kind {
            Kind::Literal(value) => show_literal(value, out),
            Kind::Name(name) => out.write_str(name),
            Kind::Field(of, name) => write!(out, "{}.{}", Within(of), name.value),
            Kind::Index(of, index) => write!(out, "{}[{index}]", Within(of)),
            Kind::Not(of) => write!(out, "!{}", Within(of)),
            Kind::Negative(of) => write!(out, "-{}", Within(of)),
            Kind::Binary(operator, left, right) => {
                let sign = operator.sign();
                write!(
                    out,
                    "{} {sign} {}",
                    self.side(left, false),
                    self.side(right, true)
                )
            }
            Kind::Choice(test, yes, no) => {
                write!(out, "{} ? {} : {}", Within(test), Within(yes), Within(no))
            }
            Kind::List(items) => write!(out, "[{}]", commas(items)),
            Kind::Call(name, arguments) => write!(out, "{}({})", name.value, commas(arguments)),
            Kind::Each(each) => show_each(each, out),
        }
    }
}

impl Expr {
    /// What it reads with the values that a scope has for it, each once, in the order written.
    #[must_use]
    pub fn reads(&self, scope: &dyn Scope) -> Vec<(Name, Value)> {
        let mut found: Vec<(Name, Value)> = Vec::new();
        let mut todo = vec![self];
        while let Some(expr) = todo.pop() {
            let (base, links) = expr.links();
            if matches!(&*base.kind, Kind::Name(_)) && !links.is_empty() {
                let name = Name::from(expr.to_string());
                if let (false, Ok(value)) = (known(&found, &name), expr.evaluate(scope)) {
                    found.push((name, value));
                }
            } else {
                todo.extend(expr.parts().into_iter().rev());
            }
        }
        found
    }

    /// One side of an operator, in parentheses where it binds less than the operator.
    fn side<'e>(&self, side: &'e Expr, is_right: bool) -> Side<'e> {
        let strength = |expr: &Expr| match &*expr.kind {
            Kind::Binary(operator, ..) => Some(operator.strength()),
            Kind::Choice(..) => Some(0),
            _ => None,
        };
        let looser = strength(side).is_some_and(|inner| {
            strength(self).is_some_and(|own| inner < own || (is_right && inner == own))
        });
        Side { expr: side, looser }
    }
}

fn known(found: &[(Name, Value)], name: &Name) -> bool {
    found.iter().any(|(known, _)| known == name)
}

struct Side<'e> {
    expr: &'e Expr,
    looser: bool,
}

impl fmt::Display for Side<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.looser {
            write!(out, "({})", self.expr)
        } else {
            write!(out, "{}", self.expr)
        }
    }
}

/// In parentheses unless it stands by itself.
struct Within<'e>(&'e Expr);

impl fmt::Display for Within<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0.kind {
            Kind::Binary(..) | Kind::Choice(..) | Kind::Not(_) | Kind::Negative(_) => {
                write!(out, "({})", self.0)
            }
            _ => write!(out, "{}", self.0),
        }
    }
}

fn show_literal(value: &Value, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    match value {
        Value::Text(text) => write!(
            out,
            "\"{}\"",
            text.replace('\\', "\\\\").replace('"', "\\\"")
        ),
        other => write!(out, "{other}"),
    }
}

fn show_each(each: &Each, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let name = if each.all { "all" } else { "any" };
    write!(
        out,
        "{name}({}, {} => {})",
        each.list, each.item.value, each.condition
    )
}

fn commas(items: &[Expr]) -> String {
    items
        .iter()
        .map(Expr::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}
