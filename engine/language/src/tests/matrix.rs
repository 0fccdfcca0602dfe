//! What is a matrix elsewhere is a `foreach:` here.

use super::catalogue::read;
use super::remedies::step;

#[test]
fn a_matrix_of_another_tool_is_a_foreach() {
    let with = "{n: [1, 2]}, uses: assert, with: {that: \"${{ n > 0 }}\"}}";
    let right = format!("- {{id: a, foreach: {with}");
    step(&format!("- {{id: a, matrix: {with}"), &right);
    let elsewhere = with.replace("n > 0", "matrix.n > 0 && 1 < matrix.n");
    let right = right.replace("n > 0", "n > 0 && 1 < n");
    step(&format!("- {{id: a, matrix: {elsewhere}"), &right);
    let strategy = elsewhere.replacen("{n: [1, 2]}", "{matrix: {n: [1, 2]}}", 1);
    step(&format!("- {{id: a, strategy: {strategy}"), &right);
    step(
        "- id: a\n    strategy:\n      fail-fast: false\n      matrix:\n        n:\n          - 1\n          - 2\n      \
         max-parallel: 2\n    uses: assert\n    with: {that: \"${{ matrix.n > 0 }}\"}",
        "- id: a\n    foreach: {n: [1, 2], failures: finish, parallel: 2}\n    uses: assert\n    with: {that: \"${{ n > 0 }}\"}",
    );
}

#[test]
fn a_matrix_of_several_lists_is_told_once_and_left() {
    let (_, told, ..) = read(
        "workflow: 1\nname: x\nsteps:\n  - id: a\n    strategy: {matrix: {n: [1, 2], m: [a, b]}}\n    uses: assert\n    \
         with: {that: \"${{ matrix.n > 0 && matrix.m != 'c' }}\"}\n",
    );
    let [only] = told.as_slice() else {
        panic!("{told:#?}");
    };
    assert!(only.fixes.is_empty(), "{only:#?}");
    assert!(
        only.help
            .as_deref()
            .unwrap_or_default()
            .starts_with("`foreach:` takes one list")
    );
}
