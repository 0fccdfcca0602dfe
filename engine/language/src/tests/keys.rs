//! The tables of keys say all that there is to say.

use super::{Keys, LISTS_OF_STEPS, SITE, Takes, WORKFLOW, within};

fn all() -> Vec<&'static Keys<'static>> {
    [within(&WORKFLOW), within(&SITE)].concat()
}

#[test]
fn every_key_says_what_it_means_in_sentences() {
    for keys in all() {
        for key in keys.keys() {
            let is_sentence = key.doc.ends_with('.') && !key.doc.starts_with(char::is_lowercase);
            assert!(is_sentence, "{}: {}: {}", keys.what, key.name, key.doc);
        }
    }
}

#[test]
fn no_key_stands_twice_in_a_table() {
    for keys in all() {
        let names: Vec<_> = keys.names().collect();
        let mut once = names.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), names.len(), "{}", keys.what);
    }
}

#[test]
fn words_of_other_tools_lead_to_keys_and_are_none() {
    for keys in all() {
        for (other, ours) in keys.called {
            assert!(
                keys.knows(ours) && !keys.knows(other),
                "{}: {other}",
                keys.what
            );
        }
        for name in keys.one_of {
            assert!(keys.knows(name), "{}: {name}", keys.what);
        }
    }
}

#[test]
fn maps_are_told_apart_by_what_they_are() {
    let mut all = all();
    // A table that both lead to is one.
    all.sort_unstable_by_key(|keys| std::ptr::from_ref(*keys));
    all.dedup_by_key(|keys| std::ptr::from_ref(*keys));
    let mut names: Vec<_> = all.iter().map(|keys| keys.what).collect();
    names.sort_unstable();
    let count = names.len();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn steps_stand_in_the_lists_that_are_known_for_it_and_in_no_others() {
    let holds = |takes: &Takes| match takes {
        Takes::List(Takes::Keys(keys)) => keys().what == "a step",
        _ => false,
    };
    for key in all().iter().flat_map(|keys| keys.keys()) {
        assert_eq!(
            holds(&key.takes),
            LISTS_OF_STEPS.contains(&key.name),
            "{}",
            key.name
        );
    }
}
