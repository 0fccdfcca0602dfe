//! The type of an expression, before there are values.
//!
//! A name that there is not and an operand of a wrong type are told at their exact bytes. After a
//! mistake the type is anything, so that nothing else follows from it.

pub mod families;
mod members;
mod operands;
mod remedies;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::pattern::{BadPattern, Pattern};
use runsheet_step::shape::Type;
use runsheet_step::{Field, Name, Value};

use super::functions::{self, Function};
use super::references::Link;
use super::template::mistyped_capture;
use super::{Each, Expr, Kind, rules};
use crate::spanned::Spanned;
use families::{ANY, BOOL, Families, LIST, MAP, NUMBER, SECRET, TEXT};

/// The names an expression may use, with their types.
pub trait TypeScope {
    /// The type of a name and as many of the keys after it as the scope knows by itself.
    ///
    /// # Errors
    /// Which element there is not.
    fn path(&self, root: &str, keys: &[TypeKey<'_>]) -> Result<FoundType, Absent>;
}

/// One key after a name.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKey<'k> {
    /// A key that is written there, with or without brackets.
    Name(&'k str),
    /// Something of this type, in brackets.
    Of(Type),
}

/// A type, and how many of the keys led to it; the rest is looked up inside it.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundType {
    /// The type.
    pub kind: Type,
    /// How many keys were used.
    pub used: usize,
}

/// A name or key that there is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Absent {
    /// Which element: 0 is the name, 1 the first key after it.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What there is instead, the likeliest first; the nearest is suggested.
    pub known: Vec<String>,
    /// What to do about it, where nothing near is known.
    pub help: Option<String>,
    /// A change that would mend it, such as a step to be added to `needs:`.
    pub fix: Option<Box<Fix>>,
}

impl Absent {
    /// An element that is none of those known.
    pub fn new(
        at: usize,
        message: impl Into<String>,
        known: impl IntoIterator<Item = String>,
    ) -> Self {
        Self {
            at,
            message: message.into(),
            known: known.into_iter().collect(),
            help: None,
            fix: None,
        }
    }
}

/// The type of an expression.
pub fn infer(expr: &Expr, scope: &dyn TypeScope, found: &mut Vec<Diagnostic>) -> Type {
    let mut inference = Inference {
        scope,
        found,
        bound: Vec::new(),
    };
    inference.kind(expr)
}

/// The type of a condition: complains if it can be no bool.
pub fn condition(expr: &Expr, scope: &dyn TypeScope, found: &mut Vec<Diagnostic>) {
    let mut inference = Inference {
        scope,
        found,
        bound: Vec::new(),
    };
    inference.truth(expr);
}

/// Whether a value of the type `given` can stand where `wanted` is.
pub fn fits(wanted: &Type, given: &Type) -> bool {
    match (wanted, given) {
        (Type::List(wanted), Type::List(given)) => fits(wanted, given),
        (Type::OneOf(wanted), _) => wanted.iter().any(|wanted| fits(wanted, given)),
        (_, Type::OneOf(given)) => given.iter().any(|given| fits(wanted, given)),
        _ => Families::of(wanted).meets(Families::of(given)),
    }
}

/// The type of what is asked of a value by one key.
///
/// # Errors
/// What cannot be asked of it.
pub(crate) fn member(kind: &Type, key: &TypeKey<'_>) -> Result<Type, Absent> {
    members::walk(kind.clone(), std::slice::from_ref(key), 0)
}

/// How a condition is made of something that is none.
fn asked(kind: &Type) -> &'static str {
    let family = Families::of(kind);
    if family.meets(LIST.or(MAP)) {
        return "ask how long it is: `len(..) > 0`";
    }
    match family.meets(TEXT) {
        true => "compare it with a text, such as `== \"yes\"`",
        false => "compare it with something, such as `!= null` or `> 0`",
    }
}

struct Inference<'s, 'e> {
    scope: &'s dyn TypeScope,
    found: &'s mut Vec<Diagnostic>,
    /// Names bound by `x => ...`, the innermost last.
    bound: Vec<(&'e str, Type)>,
}

impl<'e> Inference<'_, 'e> {
    fn kind(&mut self, expr: &'e Expr) -> Type {
        match &*expr.kind {
            Kind::Literal(value) => families::type_of(value),
            Kind::Name(_) | Kind::Field(..) | Kind::Index(..) => self.chain(expr),
            Kind::Not(inner) => self.truth(inner),
            Kind::Negative(inner) => {
                let kind = self.kind(inner);
                match self.expect(inner.span, &kind, NUMBER, "`-`") {
                    true => kind,
                    false => Type::Any,
                }
            }
            Kind::Binary(operator, a, b) => self.binary(*operator, expr, a, b),
            Kind::Choice(condition, yes, no) => {
                self.truth(condition);
                let (yes, no) = (self.kind(yes), self.kind(no));
                either(yes, no)
            }
            Kind::List(items) => {
                let kinds = items.iter().map(|item| self.kind(item));
                Type::list(kinds.reduce(either).unwrap_or(Type::Any))
            }
            Kind::Call(name, arguments) => self.call(name, arguments, expr),
            Kind::Each(each) => self.each(each),
        }
    }

    fn say(&mut self, span: Span, message: String, help: Option<&str>) {
        let diagnostic = Diagnostic::error(&rules::WRONG_OPERAND, message).at(span, "here");
        self.found.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// Complains if nothing of that type can stand here. Says whether all is well.
    fn expect(&mut self, span: Span, kind: &Type, wanted: Families, by: &str) -> bool {
        let fine = Families::of(kind).meets(wanted);
        if !fine {
            let message = format!("{by} expects {}, found {kind}", wanted.words());
            self.say(span, message, None);
        }
        fine
    }

    fn truth(&mut self, expr: &'e Expr) -> Type {
        let kind = self.kind(expr);
        if !Families::of(&kind).meets(BOOL) {
            let message = format!("expected a bool, found {kind}");
            self.say(expr.span, message, Some(asked(&kind)));
        }
        Type::Bool
    }

    fn call(&mut self, name: &Spanned<Name>, arguments: &'e [Expr], whole: &Expr) -> Type {
        let kinds: Vec<Type> = arguments
            .iter()
            .map(|argument| self.kind(argument))
            .collect();
        let Some(function) = functions::find(&name.value) else {
            return Type::Any;
        };
        if !function.takes_count(arguments.len()) {
            let (message, help) = function.miscounted(arguments.len());
            self.say(whole.span, message, Some(&help));
            return (function.gives)(&[]);
        }
        let by = format!("`{}`", function.name);
        let mut fine = true;
        for (n, (kind, argument)) in kinds.iter().zip(arguments).enumerate() {
            let takes = function
                .parameter(n)
                .map_or(ANY, |parameter| parameter.takes);
            let takes = match function.secrets {
                true => takes.or(SECRET),
                false => takes.without(SECRET),
            };
            let is_fine = self.expect(argument.span, kind, takes, &by);
            fine &= is_fine;
            if !is_fine && matches!(function.name, "version" | "duration") {
                self.quote_needed(function.name, argument);
            }
        }
        if fine {
            self.constants(function, arguments);
            self.possible_item(function.name, &kinds, arguments);
        }
        let captured = captured(function, arguments);
        captured.unwrap_or_else(|| (function.gives)(&kinds))
    }

    /// Says of a number that a function takes as text how it is written: `version("5.0")`.
    fn quote_needed(&mut self, function: &str, argument: &Expr) {
        let is_number = matches!(
            &*argument.kind,
            Kind::Literal(Value::Int(_) | Value::Float(_))
        );
        if let Some(told) = self.found.last_mut().filter(|_| is_number) {
            told.help = Some(match function {
                "version" => "a version stands in quotes: `version(\"5.0\")`".to_owned(),
                _ => "a duration stands in quotes, with its unit: `duration(\"90s\")`".to_owned(),
            });
        }
    }

    /// Calls a function on constants right away, since what is wrong with them stays wrong.
    fn constants(&mut self, function: &Function, arguments: &[Expr]) {
        let literal = |expr: &Expr| match &*expr.kind {
            Kind::Literal(value) => Some(value.clone()),
            _ => None,
        };
        if let ("matches" | "capture", [_, pattern]) = (function.name, arguments) {
            if let Some(Value::Text(text)) = literal(pattern)
                && let Err(bad) = Pattern::parse(&text)
            {
                self.found.push(wrong_pattern(pattern.span, &text, bad));
            }
            return;
        }
        let values: Option<Vec<Value>> = arguments.iter().map(literal).collect();
        let Some(values) = values.filter(|values| !values.is_empty()) else {
            return;
        };
        if let Err(message) = (function.call)(&values) {
            self.wrong_value(arguments[0].span, message);
        }
    }

    fn wrong_value(&mut self, span: Span, message: String) {
        let diagnostic = Diagnostic::error(&rules::WRONG_VALUE, message);
        self.found.push(diagnostic.at(span, "here"));
    }

    fn each(&mut self, each: &'e Each) -> Type {
        let list = self.kind(&each.list);
        let by = if each.all { "`all`" } else { "`any`" };
        self.expect(each.list.span, &list, LIST, by);
        let item = match list {
            Type::List(of) => *of,
            _ => Type::Any,
        };
        self.bound.push((&each.item.value, item));
        self.truth(&each.condition);
        self.bound.pop();
        Type::Bool
    }

    fn chain(&mut self, expr: &'e Expr) -> Type {
        let (base, links) = expr.links();
        let keys: Vec<TypeKey<'e>> = links.iter().map(|link| self.key(*link)).collect();
        let result = self.base(base, &keys);
        let walked = result.and_then(|(kind, used)| members::walk(kind, &keys, used));
        walked.unwrap_or_else(|absent| {
            let number = absent.at.checked_sub(1);
            let span = number
                .and_then(|n| links.get(n))
                .map_or(base.span, |link| link.span());
            let written = match (&*base.kind, number.and_then(|n| keys.get(n))) {
                (_, Some(TypeKey::Name(name))) => *name,
                (Kind::Name(name), None) => &**name,
                _ => "",
            };
            self.absent(written, span, absent);
            Type::Any
        })
    }

    fn key(&mut self, link: Link<'e>) -> TypeKey<'e> {
        match link {
            Link::Field(name) => TypeKey::Name(&name.value),
            Link::Index(index) => match &*index.kind {
                Kind::Literal(Value::Text(name)) => TypeKey::Name(name),
                _ => TypeKey::Of(self.kind(index)),
            },
        }
    }

    fn base(&mut self, base: &'e Expr, keys: &[TypeKey<'_>]) -> Result<(Type, usize), Absent> {
        let Kind::Name(name) = &*base.kind else {
            return Ok((self.kind(base), 0));
        };
        let bound = self.bound.iter().rev().find(|(bound, _)| *bound == &**name);
        if let Some((_, kind)) = bound {
            return Ok((kind.clone(), 0));
        }
        let found = self.scope.path(name, keys)?;
        Ok((found.kind, found.used.min(keys.len())))
    }

    fn absent(&mut self, written: &str, span: Span, absent: Absent) {
        let diagnostic = Diagnostic::error(&rules::UNKNOWN_NAME, absent.message);
        let mut diagnostic = diagnostic.at(span, "unknown name");
        // A key in brackets stands between quotes.
        let quotes = span.len().saturating_sub(written.len()) / 2;
        let inner = span.part(quotes..span.len() - quotes);
        let known = || absent.known.iter().map(String::as_str);
        if let Some(fix) = absent.fix {
            diagnostic = diagnostic.fix(*fix);
        } else if let near @ [_, ..] = suggest::all_nearest(written, known()).as_slice() {
            diagnostic = diagnostic.did_you_mean_one_of(near, inner);
        } else if absent.help.is_none() && (1..=12).contains(&absent.known.len()) {
            diagnostic = diagnostic.help(format!("there is {}", words::and_list(known())));
        }
        self.found.push(match absent.help {
            Some(help) if diagnostic.help.is_none() => diagnostic.help(help),
            _ => diagnostic,
        });
    }
}

/// The type of something that is of one type or another.
fn either(one: Type, other: Type) -> Type {
    match (one, other) {
        (one, other) if one == other => one,
        (Type::Any, _) | (_, Type::Any) => Type::Any,
        (Type::Int | Type::Number, Type::Int | Type::Number) => Type::Number,
        (one, other) => Type::OneOf(vec![one, other]),
    }
}

/// A pattern that is written out and is none; of a mistyped type of a capture, with the one meant.
fn wrong_pattern(whole: Span, text: &str, bad: BadPattern) -> Diagnostic {
    // Behind the quote, where no escape has moved anything.
    let span = match whole.len() == text.len() + 2 {
        true => whole.part(bad.start + 1..bad.end + 1),
        false => whole,
    };
    let near = mistyped_capture(&bad, text).filter(|_| span != whole);
    let diagnostic = Diagnostic::error(&rules::WRONG_VALUE, bad.message).at(span, "here");
    match near {
        Some(near) => diagnostic.did_you_mean(near, span),
        None => diagnostic,
    }
}

/// What is captured of a text by a pattern that is written out: its names are known, and no others.
fn captured(function: &Function, arguments: &[Expr]) -> Option<Type> {
    let ("capture", [_, pattern]) = (function.name, arguments) else {
        return None;
    };
    let Kind::Literal(Value::Text(text)) = &*pattern.kind else {
        return None;
    };
    let pattern = Pattern::parse(text).ok()?;
    let names = pattern.captures().iter();
    let fields = names.map(|(name, _)| Field::new(name.clone(), Type::Any, "what was captured"));
    Some(Type::Record(fields.collect()))
}
