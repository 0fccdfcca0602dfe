//! Formatting: what is put right, and what is left alone.

use super::*;

#[track_caller]
fn becomes(text: &str, wanted: &str) {
    let formatted = format(SourceId(0), text).expect("it can be read");
    assert_eq!(formatted, wanted);
    let again = format(SourceId(0), &formatted).expect("it can be read");
    assert_eq!(again, formatted, "once is enough");
}

#[test]
fn levels_are_two_columns_deep() {
    becomes(
        "a:\n    b:\n          - c:  1\n            d: 2\n          -   e\n",
        "a:\n  b:\n    - c: 1\n      d: 2\n    - e\n",
    );
}

#[test]
fn a_list_stands_deeper_than_its_key() {
    becomes(
        "a:\n- b: 1\n  c:\n  - 1\n  - - 2\n    - 3\nd: 4\n",
        "a:\n  - b: 1\n    c:\n      - 1\n      - - 2\n        - 3\nd: 4\n",
    );
}

#[test]
fn brackets_hold_no_blanks_and_commas_are_followed_by_one() {
    becomes(
        "a: {  b:   1 ,c: [ 1,2 ,  3 ],\"d\":4, e: , f:}\n",
        "a: {b: 1, c: [1, 2, 3], \"d\": 4, e: , f:}\n",
    );
}

#[test]
fn lines_between_brackets_stay_lines() {
    becomes(
        "a: [1,\n  2,\n     3]\nb: [\n    1,\n    # two\n    2,\n    ]\n- c\n"
            .trim_end_matches("- c\n"),
        "a: [1,\n    2,\n    3]\nb: [\n  1,\n  # two\n  2,\n]\n",
    );
}

#[test]
fn a_comment_keeps_its_column_where_it_can() {
    becomes(
        "a:    1        # one\nbc: 2          # two\nlonger: text# no comment\nd: 3\t# tab\n",
        "a: 1           # one\nbc: 2          # two\nlonger: text# no comment\nd: 3 # tab\n",
    );
}

#[test]
fn a_comment_goes_along_with_what_it_stands_above() {
    becomes(
        "# top\na:\n    # of b\n    b: 1\n    # of the end of b\n# of c\nc:\n- 1\n# of two\n- 2\n# end\n",
        "# top\na:\n  # of b\n  b: 1\n  # of the end of b\n# of c\nc:\n  - 1\n  # of two\n  - 2\n# end\n",
    );
}

#[test]
fn of_several_blank_lines_one_remains_and_none_at_the_ends() {
    becomes("\n\na: 1\n\n\n\nb: 2   \n\n  \n", "a: 1\n\nb: 2\n");
    becomes("a: 1", "a: 1\n");
    becomes("# only this", "# only this\n");
    becomes(" \n", "");
}

#[test]
fn a_block_moves_and_stays_as_it_is() {
    becomes(
        "a:\n    b:   |   # why\n            one\n\n              two  \n\n\n    c: >-\n     x\n",
        "a:\n  b: |     # why\n    one\n\n      two  \n\n  c: >-\n    x\n",
    );
    becomes(
        "a:\n- |2\n    deep\n- |+\n  x\n\n\n- y\n",
        "a:\n  - |2\n      deep\n  - |+\n    x\n\n\n  - y\n",
    );
    becomes("a: |+\n  x\n\n", "a: |+\n  x\n\n");
    becomes("a: |", "a: |\n");
    becomes("a: |\n\n\nb: 1\n", "a: |\n\nb: 1\n");
    becomes("--- |\n text\n", "--- |\n text\n");
}

#[test]
fn a_text_of_several_lines_moves_as_a_whole() {
    becomes(
        "a:\n    b:   \"one\n          two\n\n          three\"\n    c: d\n      e   # f\n",
        "a:\n  b: \"one\n      two\n\n      three\"\n  c: d\n    e   # f\n",
    );
    becomes("a: 'x\n y'\n", "a: 'x\n  y'\n");
}

#[test]
fn anchors_tags_aliases_and_odd_keys_stay_what_they_are() {
    becomes(
        "a:   &x   !!str  b\nc: *x\n*x : d\n? e\n:   f\ng: &y\n    h: 1\n-k: 2\n",
        "a: &x !!str b\nc: *x\n*x : d\n? e\n: f\ng: &y\n  h: 1\n-k: 2\n",
    );
    becomes(
        "%YAML 1.2\n---\na:   1\n...\n",
        "%YAML 1.2\n---\na: 1\n...\n",
    );
}

#[test]
fn line_breaks_of_windows_and_the_byte_order_mark_are_kept() {
    becomes(
        "\u{feff}a:   1\r\nb: |\r\n  x\r\n",
        "\u{feff}a: 1\r\nb: |\r\n  x\r\n",
    );
    becomes("a: 1\r\nb: 2\nc: 3\n", "a: 1\nb: 2\nc: 3\n");
}

#[test]
fn what_cannot_be_read_is_refused_with_the_reasons() {
    let left = format(SourceId(0), "a: [1\n").expect_err("the bracket is open");
    let Unformatted::Unreadable(found) = left else {
        panic!("{left:?}");
    };
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].code.name, "syntax");
}

#[test]
fn a_text_that_would_mean_something_else_is_left_alone_and_told() {
    let (before, _) = Document::parse(SourceId(0), "a:  1\n");
    assert_eq!(
        unharmed(&before, "a: 1\n".to_owned()),
        Ok("a: 1\n".to_owned())
    );
    for other in ["a: 2\n", "b: 1\n", "a: '1'\n", "a: [1]\n", "a: [\n", ""] {
        let left = unharmed(&before, other.to_owned());
        assert_eq!(left, Err(Unformatted::Odd), "{other}");
    }
}
