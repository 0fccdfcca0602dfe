//! Three-valued logic, exhaustively: every operand true, false, unknown, or in trouble.

use super::result;
use crate::expression::operators::Operator;

/// True, false, unknown, and what has no value.
const ALL: [char; 4] = ['t', 'f', 'u', '!'];

/// As it is written; trouble is a key that there is not, asked of a map.
fn written(operand: char) -> &'static str {
    match operand {
        't' => "t",
        'f' => "f",
        'u' => "u",
        _ => "m.c",
    }
}

/// What an expression comes to, in one letter.
#[track_caller]
fn letter(text: &str) -> char {
    match result(text).as_str() {
        "true" => 't',
        "false" => 'f',
        "(known after u)" => 'u',
        "`c`: there is no `c`" => '!',
        other => panic!("{text}: {other}"),
    }
}

/// A row for each left operand, in it a column for each right one, both in the order of `ALL`.
#[track_caller]
fn square(operator: &str, rows: [&str; 4]) {
    for (a, row) in ALL.into_iter().zip(rows) {
        for (b, wanted) in ALL.into_iter().zip(row.chars()) {
            let text = format!("{} {operator} {}", written(a), written(b));
            assert_eq!(letter(&text), wanted, "{text}");
        }
    }
}

#[test]
fn and_is_decided_by_what_is_false() {
    for sign in ["&&", "and"] {
        square(sign, ["tfu!", "ffff", "ufuu", "!!!!"]);
    }
}

#[test]
fn or_is_decided_by_what_is_true() {
    for sign in ["||", "or"] {
        square(sign, ["tttt", "tfu!", "tuuu", "!!!!"]);
    }
}

#[test]
fn no_other_operator_is_decided_by_one_side() {
    square("==", ["tfu!", "ftu!", "uuu!", "!!!!"]);
    square("!=", ["ftu!", "tfu!", "uuu!", "!!!!"]);
    let others = Operator::ALL.into_iter().filter(|operator| {
        !matches!(
            operator,
            Operator::And | Operator::Or | Operator::Equal | Operator::NotEqual | Operator::In
        )
    });
    for operator in others {
        for (a, b, wanted) in [
            ("u", "1", 'u'),
            ("1", "u", 'u'),
            ("u", "u", 'u'),
            ("m.c", "1", '!'),
            ("1", "m.c", '!'),
            ("u", "m.c", '!'),
            ("m.c", "u", '!'),
        ] {
            let text = format!("{a} {operator} {b}");
            assert_eq!(letter(&text), wanted, "{text}");
        }
    }
}

#[test]
fn not_turns_what_is_known() {
    for sign in ["!", "not "] {
        for (a, wanted) in ALL.into_iter().zip("ftu!".chars()) {
            assert_eq!(letter(&format!("{sign}{}", written(a))), wanted);
        }
    }
}

#[test]
fn a_choice_is_what_was_chosen_or_what_both_are() {
    for condition in ALL {
        for yes in ALL {
            for no in ALL {
                let wanted = match condition {
                    't' => yes,
                    'f' => no,
                    '!' => '!',
                    _ if yes == no && "tf".contains(yes) => yes,
                    _ => 'u',
                };
                let (condition, yes, no) = (written(condition), written(yes), written(no));
                let text = format!("{condition} ? {yes} : {no}");
                assert_eq!(letter(&text), wanted, "{text}");
            }
        }
    }
}

/// `any` or `all` as it is asked item by item: one that decides ends it, trouble ends it unless
/// something before it may decide.
fn quantified(operands: &[char], decides: char, otherwise: char) -> char {
    let mut answer = otherwise;
    for operand in operands {
        match operand {
            '!' if answer == 'u' => {}
            '!' => return '!',
            'u' => answer = 'u',
            known if *known == decides => return decides,
            _ => {}
        }
    }
    answer
}

#[test]
fn any_and_all_are_decided_by_one_item() {
    let mut lists: Vec<Vec<char>> = vec![Vec::new()];
    let mut from = 0;
    for _ in 0..3 {
        let longer: Vec<Vec<char>> = lists[from..]
            .iter()
            .flat_map(|list| ALL.map(|more| [list.as_slice(), &[more]].concat()))
            .collect();
        from = lists.len();
        lists.extend(longer);
    }
    assert_eq!(lists.len(), 1 + 4 + 16 + 64);
    for list in lists {
        // The condition picks the operand of its item, so that no other is ever worked out.
        let mut pick = "f".to_owned();
        for (n, operand) in list.iter().enumerate().rev() {
            pick = format!("(i == {n} ? {} : {pick})", written(*operand));
        }
        let items: Vec<String> = (0..list.len()).map(|n| n.to_string()).collect();
        let items = items.join(", ");
        for (name, decides, otherwise) in [("any", 't', 'f'), ("all", 'f', 't')] {
            let text = format!("{name}([{items}], i => {pick})");
            assert_eq!(
                letter(&text),
                quantified(&list, decides, otherwise),
                "{text}"
            );
            if !list.contains(&'!') {
                let plain: Vec<&str> = list.iter().map(|one| written(*one)).collect();
                let text = format!("{name}([{}])", plain.join(", "));
                assert_eq!(
                    letter(&text),
                    quantified(&list, decides, otherwise),
                    "{text}"
                );
            }
        }
    }
}

#[test]
fn membership_is_decided_by_an_item_that_is_known() {
    for (text, wanted) in [
        ("1 in [1, u]", 't'),
        ("1 in [u, 1]", 't'),
        ("1 in [2, u]", 'u'),
        ("u in [1]", 'u'),
        ("1 in u", 'u'),
        ("1 not in [1, u]", 'f'),
        ("1 not in [u]", 'u'),
        ("contains([u, 1], 1)", 't'),
        ("contains(u, 1)", 'u'),
    ] {
        assert_eq!(letter(text), wanted, "{text}");
    }
}

/// `in` as it is worked out: all items first, then one that is known to be it decides.
fn contained(needle: &str, items: &[&str]) -> char {
    match needle {
        _ if needle == "m.c" || items.contains(&"m.c") => '!',
        "u" => 'u',
        _ if items.contains(&needle) => 't',
        _ if items.contains(&"u") => 'u',
        _ => 'f',
    }
}

#[test]
fn membership_is_asked_of_every_list_of_up_to_three_items() {
    let all = ["1", "2", "u", "m.c"];
    let mut lists: Vec<Vec<&str>> = vec![Vec::new()];
    for length in 0..3 {
        let shorter: Vec<_> = lists
            .iter()
            .filter(|list| list.len() == length)
            .cloned()
            .collect();
        let longer = |list: &Vec<&'static str>| all.map(|more| [list.as_slice(), &[more]].concat());
        lists.extend(shorter.iter().flat_map(longer));
    }
    assert_eq!(lists.len(), 1 + 4 + 16 + 64);
    for list in lists {
        for needle in all {
            let wanted = contained(needle, &list);
            let text = format!("{needle} in [{}]", list.join(", "));
            assert_eq!(letter(&text), wanted, "{text}");
            let wanted = match wanted {
                't' => 'f',
                'f' => 't',
                other => other,
            };
            let text = format!("{needle} not in [{}]", list.join(", "));
            assert_eq!(letter(&text), wanted, "{text}");
        }
    }
}

#[test]
fn no_operator_looks_into_a_secret_except_for_null() {
    for operator in Operator::ALL {
        let logical = matches!(operator, Operator::And | Operator::Or);
        for (a, b) in [
            ("pw", "1"),
            ("1", "pw"),
            ("pw", "pw"),
            ("pw", "u"),
            ("u", "pw"),
        ] {
            let text = format!("{a} {operator} {b}");
            let told = result(&text);
            let refused = match logical {
                // What is on the right of something unknown may never be asked for.
                true if a == "u" => told == "(known after u)",
                true => told.contains("expected a bool, found"),
                false => {
                    told == "`pw`: a secret can be handed on or put into text, not looked into"
                }
            };
            assert!(refused, "{text}: {told}");
        }
    }
    for (text, wanted) in [
        ("pw == null", "false"),
        ("null != pw", "true"),
        ("false && pw", "false"),
        ("true || pw", "true"),
        ("t ? pw : 1", "***"),
        ("u ? pw : pw", "***"),
        ("!pw", "`pw`: expected a bool, found a secret"),
        ("-pw", "`pw`: `-` is not for a secret"),
        ("pw ? 1 : 2", "`pw`: expected a bool, found a secret"),
        ("any([pw], x => x)", "`x`: expected a bool, found a secret"),
    ] {
        assert_eq!(result(text), wanted, "{text}");
    }
}
