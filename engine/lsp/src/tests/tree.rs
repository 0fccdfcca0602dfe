//! Trees of whole and of broken texts.

use super::*;

/// A tree in one line: maps in braces, lists in brackets, scalars as they are.
fn drawn(tree: &Tree, id: Id) -> String {
    let children = tree.children(id).iter();
    match &tree.node(id).body {
        Body::Nothing => "~".to_owned(),
        Body::Scalar(inner, _) => tree.text[inner.clone()].to_owned(),
        Body::List(_) => {
            let items: Vec<String> = children.map(|child| drawn(tree, *child)).collect();
            format!("[{}]", items.join(", "))
        }
        Body::Map(_) => {
            let entry = |child: &Id| {
                let key = tree.key(*child).unwrap_or_default();
                match tree.node(*child).colon {
                    true => format!("{key}: {}", drawn(tree, *child)),
                    false => key.to_owned(),
                }
            };
            format!("{{{}}}", children.map(entry).collect::<Vec<_>>().join(", "))
        }
    }
}

fn tree(text: &str) -> String {
    drawn(&Tree::parse(text), Tree::ROOT)
}

#[test]
fn whole_texts_are_trees() {
    let table = [
        ("a: 1\nb: two words # and more\n", "{a: 1, b: two words}"),
        ("a:\n  b: 1\nc: 2\n", "{a: {b: 1}, c: 2}"),
        (
            "a:\n- 1\n- b: 2\n  c: 3\nd: 4\n",
            "{a: [1, {b: 2, c: 3}], d: 4}",
        ),
        ("a:\n  - - 1\n    - 2\n  - 3\n", "{a: [[1, 2], 3]}"),
        ("a: {b: 1, c: [x, \"y, z\"]}\n", "{a: {b: 1, c: [x, y, z]}}"),
        (
            "a: {b: ${{ x.y }}, c: 'it''s'}\n",
            "{a: {b: ${{ x.y }}, c: it''s}}",
        ),
        (
            "a: {\n  b: 1,\n  c: 2\n}\nd: 1\n",
            "{a: {b: 1, c: 2}, d: 1}",
        ),
        ("\"a b\": 'c'\n", "{a b: c}"),
        ("a: &x one\nb: *x\n", "{a: one, b: *x}"),
        ("a: M:\\MAIL\nb: http://x\n", "{a: M:\\MAIL, b: http://x}"),
        ("# only\n\n", "~"),
    ];
    for (text, wanted) in table {
        assert_eq!(tree(text), wanted, "{text}");
    }
}

#[test]
fn a_block_keeps_its_lines() {
    let drawn = tree("a: |\n  - x: 1\n  y\nb: 2\n");
    assert_eq!(drawn, "{a:   - x: 1\n  y, b: 2}");
}

#[test]
fn half_typed_texts_are_what_they_were_going_to_be() {
    let table = [
        ("a: 1\nus", "{a: 1, us}"),
        (
            "- id: x\n  uses: \n  with:\n",
            "[{id: x, uses: ~, with: ~}]",
        ),
        ("- id: x\n  us\n- id: y\n", "[{id: x, us}, {id: y}]"),
        ("a: \"${{ steps.\nb: 1\n", "{a: ${{ steps., b: 1}"),
        ("a: {b: 1, c\nd: 2\n", "{a: {b: 1, c}, d: 2}"),
        ("a: {b: [1, \"x\nd: 2\n", "{a: {b: [1, x]}, d: 2}"),
        ("a: {b: \n", "{a: {b: ~}}"),
        ("needs: [a, ", "{needs: [a]}"),
        ("steps:\n  - ", "{steps: [~]}"),
        ("a:\n    b: 1\n  c: 2\n", "{a: {b: 1, c: 2}}"),
    ];
    for (text, wanted) in table {
        assert_eq!(tree(text), wanted, "{text}");
    }
}

#[test]
fn what_stands_at_a_byte_is_the_innermost() {
    let text = "a:\n  b: {c: one}\n";
    let tree = Tree::parse(text);
    let path = |byte| match tree.at(byte) {
        Some(Hit::Key(id)) => format!("key {:?}", tree.key(id).unwrap_or_default()),
        Some(Hit::Value(id)) => format!("value {:?}", tree.key(id).unwrap_or_default()),
        None => "nothing".to_owned(),
    };
    assert_eq!(path(0), "key \"a\"");
    assert_eq!(path(text.find("c:").unwrap()), "key \"c\"");
    assert_eq!(path(text.find("one").unwrap() + 1), "value \"c\"");
    assert_eq!(path(text.find("{").unwrap()), "value \"b\"");
}

#[test]
fn deep_brackets_are_not_followed_for_ever() {
    let text = format!("a: {}", "[".repeat(100_000));
    assert!(Tree::parse(text).ids().len() < 100);
}
