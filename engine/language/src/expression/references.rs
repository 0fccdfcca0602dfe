//! What an expression refers to, without evaluating it.

use runsheet_diagnostics::span::Span;
use runsheet_step::{Name, Value};

use super::scope::Scope;
use super::{Expr, Kind, Operator, evaluate};
use crate::spanned::Spanned;

/// A name with the keys after it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The name: `steps`.
    pub root: Spanned<Name>,
    /// What is asked of it: `.t1[po].outputs`.
    pub keys: Vec<Part>,
    /// All of it.
    pub span: Span,
}

/// One key after a name.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// `.t1`.
    Name(Spanned<Name>),
    /// `["t1"]`; its place holds the quotes.
    Quoted(Spanned<Name>),
    /// `[0]`, or another constant.
    Constant(Spanned<Value>),
    /// Something to be computed, whose own references are listed too.
    Computed(Span),
}

impl Part {
    /// The name, if it is one, in brackets or not.
    pub fn name(&self) -> Option<&Spanned<Name>> {
        match self {
            Part::Name(name) | Part::Quoted(name) => Some(name),
            _ => None,
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Part::Name(name) | Part::Quoted(name) => name.span,
            Part::Constant(value) => value.span,
            Part::Computed(span) => *span,
        }
    }
}

/// A step on the way from a name to what is asked of it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Link<'e> {
    Field(&'e Spanned<Name>),
    Index(&'e Expr),
}

impl Link<'_> {
    pub(super) fn span(self) -> Span {
        match self {
            Link::Field(name) => name.span,
            Link::Index(expr) => expr.span,
        }
    }
}

impl Expr {
    /// The innermost value of a chain such as `a.b[c].d`, and what is asked of it in order.
    pub(super) fn links(&self) -> (&Expr, Vec<Link<'_>>) {
        let mut links = Vec::new();
        let mut base = self;
        loop {
            base = match &*base.kind {
                Kind::Field(of, name) => {
                    links.push(Link::Field(name));
                    of
                }
                Kind::Index(of, index) => {
                    links.push(Link::Index(index));
                    of
                }
                _ => break,
            };
        }
        links.reverse();
        (base, links)
    }

    /// Every name it refers to, in order; names that it binds itself (`x => ...`) are left out.
    pub fn references(&self) -> Vec<Reference> {
        let mut found = Vec::new();
        collect(self, &mut Vec::new(), &mut found);
        found
    }

    /// The variables that it asks of hosts, whatever these come from: `drive` of
    /// `any(pos, p => p.vars.drive == 'M')`.
    pub fn vars(&self) -> Vec<Spanned<Name>> {
        let mut found = Vec::new();
        let (base, links) = self.links();
        let is_map =
            matches!(&*base.kind, Kind::Name(name) if matches!(&**name, "inputs" | "steps"));
        let keys: Vec<Part> = links.iter().map(|link| part(*link)).collect();
        for (at, two) in keys.windows(2).enumerate() {
            let of_host = two[0].name().is_some_and(|name| &*name.value == "vars");
            // An input or a step may be called `vars` as well.
            if of_host && (at > 0 || !is_map) {
                found.extend(two[1].name().cloned());
            }
        }
        let indices = links.iter().filter_map(|link| match link {
            Link::Index(index) => Some(*index),
            Link::Field(_) => None,
        });
        found.extend(base.parts().into_iter().chain(indices).flat_map(Expr::vars));
        found
    }
}

impl Expr {
    /// As [`Expr::references`], but for those that are never come to in a scope: what stands behind
    /// `a &&` where `a` is false there, and the like.
    pub(crate) fn references_within(&self, scope: &dyn Scope) -> Vec<Reference> {
        let mut dead = Vec::new();
        passed_over(self, scope, &mut dead);
        let lives = |one: &Reference| {
            let at = one.root.span;
            !dead.iter().any(|part: &Span| {
                part.source == at.source && part.start <= at.start && at.end <= part.end
            })
        };
        self.references().into_iter().filter(lives).collect()
    }
}

/// The parts that no value is asked of, since others tell already what comes of it.
fn passed_over(expr: &Expr, scope: &dyn Scope, dead: &mut Vec<Span>) {
    let is = |condition: &Expr| evaluate::condition(condition, scope).ok()?.as_bool();
    let part = match &*expr.kind {
        Kind::Binary(Operator::And, a, b) => (is(a) == Some(false)).then_some(b),
        Kind::Binary(Operator::Or, a, b) => (is(a) == Some(true)).then_some(b),
        Kind::Choice(a, b, c) => is(a).map(|holds| if holds { c } else { b }),
        _ => None,
    };
    dead.extend(part.map(|part| part.span));
    for inner in expr.parts() {
        passed_over(inner, scope, dead);
    }
}

fn collect<'e>(expr: &'e Expr, bound: &mut Vec<&'e str>, found: &mut Vec<Reference>) {
    let (base, links) = expr.links();
    if let Kind::Name(name) = &*base.kind {
        if !bound.contains(&&**name) {
            let root = Spanned::new(name.clone(), base.span);
            let keys = links.iter().map(|link| part(*link)).collect();
            let span = expr.span;
            found.push(Reference { root, keys, span });
        }
    } else {
        inside(base, bound, found);
    }
    for link in links {
        if let Link::Index(index) = link {
            collect(index, bound, found);
        }
    }
}

fn inside<'e>(expr: &'e Expr, bound: &mut Vec<&'e str>, found: &mut Vec<Reference>) {
    let Kind::Each(each) = &*expr.kind else {
        for part in expr.parts() {
            collect(part, bound, found);
        }
        return;
    };
    collect(&each.list, bound, found);
    bound.push(&each.item.value);
    collect(&each.condition, bound, found);
    bound.pop();
}

fn part(link: Link<'_>) -> Part {
    match link {
        Link::Field(name) => Part::Name(name.clone()),
        Link::Index(index) => match &*index.kind {
            Kind::Literal(Value::Text(name)) => {
                Part::Quoted(Spanned::new(name.clone(), index.span))
            }
            Kind::Literal(value) => Part::Constant(Spanned::new(value.clone(), index.span)),
            _ => Part::Computed(index.span),
        },
    }
}
