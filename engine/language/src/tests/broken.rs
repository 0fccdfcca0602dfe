//! Texts with several mistakes of syntax: each is told, and none that only follows from another.

use super::carets::check;
use crate::document::{Document, Limits};

#[test]
fn mistakes_of_syntax_in_several_items_are_all_told() {
    check(
        "\
workflow: 1
name: x: y
      ^^^^ syntax
steps:
  - id: a
    when: a ? b : c
          ^^^^^^^^^ unquoted-expression
  - {id: b}
  - id: c
    with: {that: [1, 2}
                 ^ syntax
    when: !d
  - id: d
\tuses: e
^ tab
  - {id: e, when: !f}
                  ^^ tag
  - id: f
    id: g
    ^^ duplicate-key
summary: \"a\" in b
         ^^^^^^^^ unquoted-expression
",
    );
    // What is between a quote and the next one is no part of either.
    check("a:\n  - b: 'c\n       ^ syntax\n  - d: 'e'\n  - f: !g\n       ^^ tag\n");
    check("a: [b\n   ^ syntax\nc: d\ne: 1\ne: 2\n^ duplicate-key\n");
    check("a: &x b: c\n       ^ syntax\nd: *x\n");
    check("a: b: c\n   ^^^^ syntax\nd: *x\n   ^^ alias\n");
}

#[test]
fn mistakes_are_told_up_to_a_number() {
    for wrong in ["a: 1\n", "- !x y\n", "- *x\n"] {
        let (document, found) = Document::parse(Default::default(), wrong.repeat(5000));
        assert_eq!(found.len(), Limits::default().mistakes + 2, "{wrong}");
        let last = &found[found.len() - 1];
        assert_eq!(last.message, "there are more than 1000 mistakes");
        assert!(!document.is_complete());
    }
}
