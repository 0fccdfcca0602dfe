//! What is said about expressions is true.

use super::result;
use crate::expression::functions;
use crate::expression::manual::{Entry, NAMES, OPERATORS, TYPES};
use crate::expression::operators::Operator;
use crate::keys::type_names;

#[track_caller]
fn all_true(of: &str, examples: &[(&str, &str)]) {
    assert!(!examples.is_empty(), "{of}: no example");
    for (text, wanted) in examples {
        assert_eq!(result(text), *wanted, "{of}: {text}");
    }
}

#[test]
fn every_example_of_every_function_is_true() {
    for function in functions::ALL {
        all_true(function.name, function.examples);
    }
}

#[test]
fn every_example_of_a_type_or_an_operator_is_true() {
    for Entry {
        written, examples, ..
    } in TYPES.iter().chain(OPERATORS)
    {
        all_true(written, examples);
    }
}

#[test]
fn every_operator_is_told_of() {
    let told: Vec<&str> = OPERATORS
        .iter()
        .flat_map(|entry| entry.written.split(' '))
        .collect();
    for operator in Operator::ALL {
        assert!(told.contains(&operator.sign()), "{operator}");
    }
    for word in ["and", "or", "not", "?", ":", "!a", "-a"] {
        assert!(told.contains(&word), "{word}");
    }
}

#[test]
fn every_type_that_an_expression_can_have_is_told_of() {
    let told = |name: &&str| TYPES.iter().any(|entry| entry.written == *name);
    // A path and a pattern are texts, and anything is one of the others.
    let texts = ["path", "pattern", "any"];
    let untold: Vec<_> = type_names()
        .into_iter()
        .filter(|name| !texts.contains(name) && !told(name))
        .collect();
    assert_eq!(untold, Vec::<&str>::new());
}

#[test]
fn a_name_is_told_of_once() {
    let mut names: Vec<&str> = NAMES.iter().map(|entry| entry.written).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), NAMES.len());
}
