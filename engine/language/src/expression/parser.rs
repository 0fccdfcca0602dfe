//! From text to expression, with every part at its bytes and the depth bounded.

mod values;

use std::ops::Range;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::Fix;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::suggest;
use runsheet_step::duration;

use super::lexer::{self, BadWord, Token};
use super::operators::COMPARISON;
use super::{Expr, Kind, Operator, rules};

/// The longest expression, in bytes.
const LONGEST: usize = 16 * 1024;
/// The most words in one.
const MOST_WORDS: usize = 512;
/// The most levels within each other.
pub(super) const DEEPEST: usize = 64;
/// How tightly `not` binds: less than comparisons, more than `and`.
const NOT: u8 = COMPARISON - 1;

/// Boxed, since mistakes are rare and large.
type Parsed<T> = Result<T, Box<Diagnostic>>;

/// Gives the source bytes of a stretch of the text.
pub(super) type Place<'p> = &'p dyn Fn(Range<usize>) -> Span;

pub(super) fn parse(text: &str, place: Place<'_>) -> Parsed<Expr> {
    if text.len() > LONGEST {
        return Err(too_long(place(0..0)));
    }
    let mut parser = Parser::new(text, 0, place)?;
    let expr = parser.whole()?;
    parser.expect_end()?;
    bounded(&expr)?;
    Ok(expr)
}

/// Reads the expression that begins at `from` and ends at `}}`; also gives the byte after that.
pub(super) fn parse_embedded(text: &str, from: usize, place: Place<'_>) -> Parsed<(Expr, usize)> {
    let mut parser = Parser::new(text, from, place)?;
    let expr = parser.whole()?;
    if parser.token != Token::Sign("}}") {
        let help = "end the expression with `}}`";
        return Err(parser.unexpected("an operator or `}}`", help));
    }
    if parser.range.end - from > LONGEST {
        return Err(too_long(place(from..from)));
    }
    bounded(&expr)?;
    Ok((expr, parser.range.end))
}

/// A flat chain `a + b + c` nests without the parser going deeper, so the tree is measured, by a
/// walk that itself does not nest.
fn bounded(expr: &Expr) -> Parsed<()> {
    let mut todo = vec![(expr, 1)];
    while let Some((expr, depth)) = todo.pop() {
        if depth > DEEPEST {
            return Err(too_deep(expr.span));
        }
        todo.extend(expr.parts().into_iter().map(|part| (part, depth + 1)));
    }
    Ok(())
}

fn too_long(span: Span) -> Box<Diagnostic> {
    mistake("the expression is longer than 16 KiB", span, "begins here")
}

fn too_deep(span: Span) -> Box<Diagnostic> {
    let message = format!("the expression has more than {DEEPEST} levels");
    mistake(message, span, "here").map(|d| d.help("split it over several steps or inputs"))
}

/// A mistake that is still being described.
trait Described {
    fn map(self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Self;
}

impl Described for Box<Diagnostic> {
    fn map(self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        Box::new(change(*self))
    }
}

fn mistake(message: impl Into<String>, span: Span, label: &str) -> Box<Diagnostic> {
    Box::new(Diagnostic::error(&rules::EXPRESSION, message).at(span, label))
}

struct Parser<'t> {
    text: &'t str,
    place: Place<'t>,
    token: Token,
    range: Range<usize>,
    /// The end of the word before.
    end: usize,
    words: usize,
    depth: usize,
}

impl<'t> Parser<'t> {
    fn new(text: &'t str, from: usize, place: Place<'t>) -> Parsed<Self> {
        let mut parser = Self {
            text,
            place,
            token: Token::End,
            range: from..from,
            end: from,
            words: 0,
            depth: 0,
        };
        parser.advance()?;
        Ok(parser)
    }

    fn advance(&mut self) -> Parsed<Token> {
        self.end = self.range.end;
        self.words += 1;
        if self.words > MOST_WORDS {
            let message = format!("the expression has more than {MOST_WORDS} words");
            return Err(mistake(message, self.here(), "the first too many"));
        }
        let (token, range) = lexer::next(self.text, self.end).map_err(|bad| self.bad_word(bad))?;
        self.range = range;
        Ok(std::mem::replace(&mut self.token, token))
    }

    fn bad_word(&self, bad: BadWord) -> Box<Diagnostic> {
        let diagnostic = mistake(bad.message.clone(), (self.place)(bad.range.clone()), "");
        let diagnostic = match self.meant(&bad.range) {
            Some(fix) => diagnostic.map(|d| d.fix(fix)),
            None => diagnostic,
        };
        match self.explained(&bad) {
            "" => diagnostic,
            help => diagnostic.map(|d| d.help(help)),
        }
    }

    /// What to do about a word that is none.
    fn explained(&self, bad: &BadWord) -> &'static str {
        match self.text.get(bad.range.clone()) {
            Some("|") if self.is_filter(bad.range.end) => {
                "values are not piped here: call a function, such as `len(inputs.names)`"
            }
            Some("}") if self.is_embedded(bad.range.start) => "an expression ends with `}}`",
            _ => bad.help,
        }
    }

    /// Whether the text before a byte opens an expression between braces.
    fn is_embedded(&self, at: usize) -> bool {
        self.text[..at].contains("${{")
    }

    /// Whether a filter of a template language follows: a bare name, or a call.
    fn is_filter(&self, at: usize) -> bool {
        let rest = self.text[at..].trim_start();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        let is_word = !name.is_empty() && !matches!(name, "true" | "false" | "not");
        is_word && !after.starts_with(['.', '['])
    }

    /// What a word that is none was probably meant to be.
    fn meant(&self, range: &Range<usize>) -> Option<Fix> {
        let span = (self.place)(range.clone());
        let meant = match self.text.get(range.clone())? {
            "&" => "&&".to_owned(),
            "|" if self.is_filter(range.end) => return None,
            "|" => "||".to_owned(),
            "}" if self.is_embedded(range.start) => "}}".to_owned(),
            word if word.starts_with(|c: char| c.is_ascii_digit()) => {
                duration::parse(word).ok()?;
                format!("duration('{word}')")
            }
            _ => return None,
        };
        Some(Fix::replace(format!("change to `{meant}`"), span, meant))
    }

    fn here(&self) -> Span {
        (self.place)(self.range.clone())
    }

    fn since(&self, start: usize) -> Span {
        (self.place)(start..self.end)
    }

    fn is(&self, sign: &'static str) -> bool {
        self.token == Token::Sign(sign)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(&self.token, Token::Name(name) if name == word)
    }

    fn eat(&mut self, sign: &'static str) -> Parsed<bool> {
        let there = self.is(sign);
        if there {
            self.advance()?;
        }
        Ok(there)
    }

    fn want(&mut self, sign: &'static str) -> Parsed<()> {
        match self.eat(sign)? {
            true => Ok(()),
            false => Err(self.unexpected(&format!("`{sign}`"), "")),
        }
    }

    fn unexpected(&self, wanted: &str, help: &'static str) -> Box<Diagnostic> {
        let found = match &self.token {
            Token::End | Token::Sign("}}") => "the end of the expression".to_owned(),
            _ => format!("`{}`", &self.text[self.range.clone()]),
        };
        let message = format!("expected {wanted}, found {found}");
        let diagnostic = mistake(message, self.here(), &format!("expected {wanted}"));
        let ours = match &self.token {
            Token::Sign("=" | "===") => "==",
            Token::Sign("!==") => "!=",
            Token::Name(word) if word == "is" => {
                return diagnostic.map(|told| told.help(IS));
            }
            _ if help.is_empty() => return diagnostic,
            _ => return diagnostic.map(|told| told.help(help)),
        };
        let fix = Fix::replace(format!("change to `{ours}`"), self.here(), ours);
        let help = format!("two values are compared with `{ours}`");
        diagnostic.map(|told| told.help(help).fix(fix))
    }

    fn expect_end(&self) -> Parsed<()> {
        match &self.token {
            Token::End => Ok(()),
            Token::Name(name) => {
                let near = suggest::nearest(name, ["and", "or", "in", "not"]);
                let diagnostic = self.unexpected("an operator", "");
                Err(match near {
                    Some(near) => diagnostic.map(|d| d.did_you_mean(near, self.here())),
                    None => diagnostic,
                })
            }
            _ => Err(self.unexpected("an operator", "")),
        }
    }

    /// Runs a reading one level deeper.
    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(too_deep(self.here()));
        }
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// A whole expression: a choice or less.
    fn whole(&mut self) -> Parsed<Expr> {
        self.deeper(|parser| {
            let start = parser.range.start;
            let condition = parser.binary(0)?;
            if !parser.eat("?")? {
                return Ok(condition);
            }
            let yes = parser.whole()?;
            parser.want(":")?;
            let no = parser.whole()?;
            Ok(Expr::new(
                Kind::Choice(condition, yes, no),
                parser.since(start),
            ))
        })
    }

    /// Operators at least as strong as `least`, by precedence climbing.
    fn binary(&mut self, least: u8) -> Parsed<Expr> {
        let start = self.range.start;
        let mut left = self.operand(least)?;
        let mut compared = false;
        while let Some((operator, negated)) = self.operator()? {
            if operator.strength() < least {
                break;
            }
            if operator.compares() && std::mem::replace(&mut compared, true) {
                let help = "join two comparisons with `&&`";
                return Err(self.unexpected("`&&`, `||` or the end", help));
            }
            if negated {
                self.advance()?;
            }
            self.advance()?;
            let right = self.deeper(|parser| parser.binary(operator.strength() + 1))?;
            left = Expr::new(Kind::Binary(operator, left, right), self.since(start));
            if negated {
                left = Expr::new(Kind::Not(left), self.since(start));
            }
            compared &= operator.compares();
        }
        Ok(left)
    }

    /// The operator that stands here, and whether it is `not in`.
    fn operator(&self) -> Parsed<Option<(Operator, bool)>> {
        if self.is_word("not") {
            let after = lexer::next(self.text, self.range.end).map_err(|bad| self.bad_word(bad))?;
            let is_in = after.0 == Token::Name("in".to_owned());
            return Ok(is_in.then_some((Operator::In, true)));
        }
        let operator = match &self.token {
            Token::Sign(sign) => operator_of(sign),
            Token::Name(name) => {
                operator_of(name).filter(|_| matches!(&**name, "and" | "or" | "in"))
            }
            _ => None,
        };
        Ok(operator.map(|operator| (operator, false)))
    }

    /// What stands before an operator: a value, or `not` with all that binds more tightly.
    fn operand(&mut self, least: u8) -> Parsed<Expr> {
        let start = self.range.start;
        if self.is_word("not") && least <= NOT {
            self.advance()?;
            let inner = self.deeper(|parser| parser.binary(NOT))?;
            return Ok(Expr::new(Kind::Not(inner), self.since(start)));
        }
        self.unary()
    }

    fn unary(&mut self) -> Parsed<Expr> {
        let start = self.range.start;
        let wrap: fn(Expr) -> Kind = match &self.token {
            Token::Sign("!") => Kind::Not,
            Token::Sign("-") => Kind::Negative,
            _ => return self.chain(),
        };
        self.advance()?;
        let inner = self.deeper(Self::unary)?;
        Ok(Expr::new(wrap(inner), self.since(start)))
    }
}

/// What `x is defined`, `x is None` and `x is not null` are here.
const IS: &str = "compare with `== null` or `!= null`; \
                  `default(value, other)` stands in for what is not there";

fn operator_of(sign: &str) -> Option<Operator> {
    Some(match sign {
        "||" | "or" => Operator::Or,
        "&&" | "and" => Operator::And,
        "==" => Operator::Equal,
        "!=" => Operator::NotEqual,
        "<" => Operator::Less,
        "<=" => Operator::LessOrEqual,
        ">" => Operator::Greater,
        ">=" => Operator::GreaterOrEqual,
        "in" => Operator::In,
        "+" => Operator::Add,
        "-" => Operator::Subtract,
        "*" => Operator::Multiply,
        "/" => Operator::Divide,
        "%" => Operator::Remainder,
        _ => return None,
    })
}
