//! Which types an operator is for.

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::{suggest, words};
use runsheet_step::Value;
use runsheet_step::shape::Type;

use super::families::{
    ANY, DURATION, Families, LIST, MAP, MOMENT, NULL, NUMBER, SECRET, TEXT, VERSION,
};
use super::{Inference, remedies};
use crate::expression::{Expr, Kind, Operator, operators, rules};

impl<'e> Inference<'_, 'e> {
    pub(super) fn binary(
        &mut self,
        operator: Operator,
        whole: &Expr,
        a: &'e Expr,
        b: &'e Expr,
    ) -> Type {
        if matches!(operator, Operator::And | Operator::Or) {
            self.truth(a);
            return self.truth(b);
        }
        let (left, right) = (self.kind(a), self.kind(b));
        if operator.compares() {
            self.compared(operator, whole, (&left, a), (&right, b));
            return Type::Bool;
        }
        let kind = self.calculated(operator, whole, &left, &right);
        self.impossible(operator, whole, a, b);
        kind
    }

    /// Two numbers that stand there are calculated at once: what fails now fails always.
    fn impossible(&mut self, operator: Operator, whole: &Expr, a: &Expr, b: &Expr) {
        let Kind::Literal(Value::Int(b)) = &*b.kind else {
            return;
        };
        let a = match &*a.kind {
            Kind::Literal(Value::Int(a)) => *a,
            // Whatever it is, nothing divides it.
            _ if *b == 0 && matches!(operator, Operator::Divide | Operator::Remainder) => 1,
            _ => return,
        };
        if let Err((message, _)) = operators::apply(operator, &a.into(), &(*b).into()) {
            let diagnostic = Diagnostic::error(&rules::NO_VALUE, message);
            self.found.push(diagnostic.at(whole.span, "here"));
        }
    }

    fn compared(
        &mut self,
        operator: Operator,
        whole: &Expr,
        (left, a): (&Type, &Expr),
        (right, b): (&Type, &Expr),
    ) {
        let (one, other) = (Families::of(left), Families::of(right));
        let held = match (operator, right) {
            (Operator::In, Type::List(of)) => Families::of(of),
            (Operator::In, _) => TEXT,
            _ => other,
        };
        let (bare, bare_held) = (one.without(NULL), held.without(NULL));
        let nothing = bare.is_empty() || bare_held.is_empty();
        let fine = match operator {
            Operator::In => {
                // Null may be an item, but neither a key nor a part of a text.
                let nothing = nothing && matches!(right, Type::List(_));
                other.meets(LIST.or(MAP).or(TEXT)) && (nothing || bare.meets(bare_held))
            }
            Operator::Equal | Operator::NotEqual => {
                nothing || secretless(bare, bare_held) && same_items(left, right)
            }
            _ => ordered(one, other),
        };
        if !fine {
            let message = format!("`{operator}` is not for {left} and {right}");
            self.say(
                whole.span,
                message,
                operators::hint(&left.to_string(), &right.to_string()),
            );
            let fix = remedies::converted(one, b).or_else(|| remedies::converted(other, a));
            if let Some(said) = self.found.last_mut() {
                said.fixes.extend(fix);
            }
            return;
        }
        self.possible_word(left, b);
        self.possible_word(right, a);
    }

    /// What is looked for in a list has to be of the type of its items.
    pub(super) fn possible_item(&mut self, function: &str, kinds: &[Type], given: &[Expr]) {
        let ("contains", [Type::List(of), item], [list, text]) = (function, kinds, given) else {
            return;
        };
        if super::fits(of, item) || **of == Type::Null || *item == Type::Null {
            self.possible_word(of, text);
            return;
        }
        let message = format!("a {} never holds {item}", kinds[0]);
        self.say(list.span.to(text.span), message, None);
    }

    /// A text that is compared with one of a few words has to be one of them; with one of some
    /// well-known forms, not nearly one of them.
    fn possible_word(&mut self, words: &Type, text: &Expr) {
        if let Kind::List(items) = &*text.kind {
            for item in items {
                self.possible_word(words, item);
            }
            return;
        }
        let (Type::Word(known) | Type::Known(known), Kind::Literal(Value::Text(text_value))) =
            (words, &*text.kind)
        else {
            return;
        };
        let near = suggest::nearest(text_value, known.iter().map(|word| &**word));
        let only = suggest::only_nearest(text_value, known.iter().map(|word| &**word));
        let may_be = matches!(words, Type::Known(_)) && near.is_none();
        if known.contains(text_value) || may_be {
            return;
        }
        let message = format!("`{text_value}` is never true here");
        let diagnostic = Diagnostic::error(&rules::WRONG_VALUE, message);
        let span = text.span.part(1..text.span.len().saturating_sub(1));
        let diagnostic = diagnostic.at(span, "unknown word");
        self.found.push(match only {
            Some(near) => diagnostic.did_you_mean(near, span),
            None => diagnostic.help(format!("it can be {}", words::or_list(known))),
        });
    }

    fn calculated(&mut self, operator: Operator, whole: &Expr, left: &Type, right: &Type) -> Type {
        let (one, other) = (Families::of(left), Families::of(right));
        if one == ANY || other == ANY {
            return Type::Any;
        }
        let add = matches!(operator, Operator::Add | Operator::Subtract);
        if one.meets(NUMBER) && other.meets(NUMBER) {
            return match (left, right) {
                (Type::Int, Type::Int) => Type::Int,
                _ => Type::Number,
            };
        }
        if add && other.meets(DURATION) && one.meets(DURATION.or(MOMENT)) {
            return left.clone();
        }
        if operator == Operator::Subtract && one.meets(MOMENT) && other.meets(MOMENT) {
            return Type::Duration;
        }
        let message = format!("`{operator}` is not for {left} and {right}");
        self.say(
            whole.span,
            message,
            operators::hint(&left.to_string(), &right.to_string()),
        );
        Type::Any
    }
}

/// Whether two lists could hold the same; other types could anyway.
fn same_items(one: &Type, other: &Type) -> bool {
    match (one, other) {
        (Type::List(one), Type::List(other)) => {
            let (a, b) = (Families::of(one), Families::of(other));
            a.meets(b) && same_items(one, other)
        }
        _ => true,
    }
}

fn secretless(one: Families, other: Families) -> bool {
    one.without(SECRET).meets(other.without(SECRET))
}

/// Whether two families can be put into an order.
fn ordered(one: Families, other: Families) -> bool {
    let in_order = [NUMBER, VERSION, DURATION, MOMENT];
    in_order
        .iter()
        .any(|family| one.meets(*family) && other.meets(*family))
}
