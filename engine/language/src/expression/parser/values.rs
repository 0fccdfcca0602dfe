//! Values, names and calls: what stands between operators.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::suggest;
use runsheet_step::{Name, Value};

use super::{Described, Parsed, Parser};
use crate::expression::lexer::Token;
use crate::expression::{Each, Expr, Kind, functions, rules};
use crate::spanned::Spanned;

/// Functions of other languages, and what they are called here.
const ELSEWHERE: &[(&str, &str)] = &[
    ("toLower", "lower"),
    ("to_lower", "lower"),
    ("lowercase", "lower"),
    ("toJSON", "json"),
    ("to_json", "json"),
    ("size", "len"),
    ("count", "len"),
    ("str", "text"),
    ("string", "text"),
    ("regex", "matches"),
];

/// Functions of GitHub Actions that ask how the steps before went.
const HOW_IT_WENT: &[&str] = &["success", "failure", "always", "cancelled"];

impl Parser<'_> {
    /// A value with the fields and items asked of it.
    pub(super) fn chain(&mut self) -> Parsed<Expr> {
        let start = self.range.start;
        let mut value = self.value()?;
        loop {
            if self.eat(".")? {
                let field = self.field()?;
                value = Expr::new(Kind::Field(value, field), self.since(start));
            } else if self.eat("[")? {
                let index = self.whole()?;
                self.want("]")?;
                value = Expr::new(Kind::Index(value, index), self.since(start));
            } else {
                return Ok(value);
            }
        }
    }

    fn field(&mut self) -> Parsed<Spanned<Name>> {
        let span = self.here();
        let Token::Name(name) = &self.token else {
            let help = "a key that is no word is asked for as `[\"the key\"]`";
            return Err(self.unexpected("a name", help));
        };
        let name = Name::from(name.as_str());
        self.advance()?;
        Ok(Spanned::new(name, span))
    }

    fn value(&mut self) -> Parsed<Expr> {
        let start = self.range.start;
        let kind = match &self.token {
            Token::Sign("(") => return self.parenthesized(),
            Token::Sign("[") => {
                self.advance()?;
                Kind::List(self.list("]")?)
            }
            Token::Int(_) | Token::Float(_) | Token::Text(_) => Kind::Literal(self.literal()?),
            Token::Name(name) if matches!(&**name, "and" | "or" | "in" | "not") => {
                return Err(self.operator_for_a_value());
            }
            Token::Name(_) => self.named()?,
            Token::End | Token::Sign(_) => {
                return Err(self.unexpected("a value", ""));
            }
        };
        Ok(Expr::new(kind, self.since(start)))
    }

    /// An operator in words where a value is to stand; before a `(` it is a function mistyped.
    fn operator_for_a_value(&self) -> Box<Diagnostic> {
        let diagnostic = self.unexpected("a value", "");
        if !self.text[self.range.end..].starts_with('(') {
            return diagnostic;
        }
        let word = &self.text[self.range.clone()];
        let names = functions::ALL.iter().map(|function| function.name);
        match suggest::nearest(word, names) {
            Some(near) => diagnostic.map(|it| it.did_you_mean(near, self.here())),
            None => diagnostic,
        }
    }

    fn literal(&mut self) -> Parsed<Value> {
        Ok(match self.advance()? {
            Token::Int(number) => Value::Int(number),
            Token::Float(number) => Value::Float(number),
            Token::Text(text) => Value::text(text),
            _ => Value::Null,
        })
    }

    fn parenthesized(&mut self) -> Parsed<Expr> {
        let start = self.range.start;
        self.advance()?;
        let inner = self.whole()?;
        self.want(")")?;
        Ok(Expr::new(*inner.kind, self.since(start)))
    }

    fn list(&mut self, close: &'static str) -> Parsed<Vec<Expr>> {
        let mut all = Vec::new();
        while !self.is(close) {
            all.push(self.whole()?);
            if !self.eat(",")? {
                break;
            }
        }
        self.want(close)?;
        Ok(all)
    }

    /// A constant, a name or a call.
    fn named(&mut self) -> Parsed<Kind> {
        let name = self.field()?;
        match &*name.value {
            "true" => return Ok(Kind::Literal(Value::Bool(true))),
            "false" => return Ok(Kind::Literal(Value::Bool(false))),
            "null" => return Ok(Kind::Literal(Value::Null)),
            _ => {}
        }
        if !self.eat("(")? {
            return Ok(Kind::Name(name.value));
        }
        self.known_function(&name)?;
        match &*name.value {
            "any" | "all" => self.each(name),
            _ => Ok(Kind::Call(name, self.list(")")?)),
        }
    }

    fn known_function(&self, name: &Spanned<Name>) -> Parsed<()> {
        if functions::find(&name.value).is_some() {
            return Ok(());
        }
        let message = format!("there is no function `{}`", name.value);
        let diagnostic =
            Diagnostic::error(&rules::UNKNOWN_FUNCTION, message).at(name.span, "unknown function");
        let known = functions::ALL.iter().map(|function| function.name);
        let elsewhere = ELSEWHERE.iter().find(|(other, _)| *other == &*name.value);
        let near = elsewhere.map(|(_, ours)| *ours);
        let near = near.or_else(|| suggest::nearest(&name.value, known));
        Err(Box::new(match near {
            Some(near) => diagnostic.did_you_mean(near, name.span),
            None if HOW_IT_WENT.contains(&&*name.value) => diagnostic.help(
                "a step runs if those before it ended well; what runs at any rate stands under \
                 `finally:`",
            ),
            None => diagnostic.help("`explain expressions` lists all of them"),
        }))
    }

    /// `any(list)` or `any(list, x => condition)`, behind the first bracket.
    fn each(&mut self, name: Spanned<Name>) -> Parsed<Kind> {
        let list = self.whole()?;
        if !self.eat(",")? {
            self.want(")")?;
            return Ok(Kind::Call(name, vec![list]));
        }
        let item = self.field()?;
        self.want("=>")?;
        let condition = self.whole()?;
        self.want(")")?;
        Ok(Kind::Each(Each {
            all: &*name.value == "all",
            list,
            item,
            condition,
        }))
    }
}
