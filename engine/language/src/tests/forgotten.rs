//! Expressions that stand without their `${{ }}`.

use runsheet_diagnostics::diagnostic::Diagnostic;

use super::catalogue::read;

const HEAD: &str = "\
workflow: 1
name: x
inputs:
  dx: {type: host, vars: {drive: text}}
  all: list<text>
  n: {type: int, default: 3}
  limit: {type: duration, default: 3m}
steps:
  - {id: a, uses: exec, host: \"${{ inputs.dx }}\", with: {argv: [ls, \"${{ inputs.dx.vars.drive }}\"]}}
";

/// The codes of all that is said of a step below, and what stands there after the first change.
fn told(step: &str) -> (Vec<&'static str>, Option<String>) {
    let (_, mut found, sources, id) = read(&format!("{HEAD}  - {step}\n"));
    found.retain(|one| one.code.name != "unused-input");
    let fix = found.first().and_then(|one| one.fixes.first());
    let mended = fix.map(|fix| fix.apply(&sources, id));
    let last = mended.map(|text| text.lines().last().unwrap_or_default()[4..].to_owned());
    (found.iter().map(|one| one.code.name).collect(), last)
}

#[track_caller]
fn mended(code: &str, wrong: &str, right: &str) {
    let (codes, fix) = told(wrong);
    assert_eq!(codes, [code], "{wrong}");
    assert_eq!(fix.as_deref(), Some(right));
    assert_eq!(told(right).0, [""; 0], "{right}");
}

#[test]
fn a_text_that_names_what_is_there_is_told_with_its_braces() {
    mended(
        "bare-expression",
        "{id: z, uses: exec, host: inputs.dx, with: {argv: [ls]}}",
        "{id: z, uses: exec, host: \"${{ inputs.dx }}\", with: {argv: [ls]}}",
    );
    mended(
        "bare-expression",
        "{id: z, uses: exec, host: h, with: {argv: [ls, 'steps.a.outputs.stdout']}}",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '${{ steps.a.outputs.stdout }}']}}",
    );
    mended(
        "bare-expression",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '-d {{ inputs.n + 1 }}']}}",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '-d ${{ inputs.n + 1 }}']}}",
    );
    mended(
        "bare-expression",
        "{id: z, foreach: {po: [{of: x}]}, uses: exec, host: h, with: {argv: [ls, host.name]}}",
        "{id: z, foreach: {po: [{of: x}]}, uses: exec, host: h, with: {argv: [ls, \"${{ host.name }}\"]}}",
    );
}

#[test]
fn an_item_that_names_a_host_is_told_with_its_braces() {
    let step = |host| {
        format!("{{id: z, foreach: {{po: [h]}}, uses: exec, host: {host}, with: {{argv: [po]}}}}")
    };
    mended("bare-expression", &step("po"), &step("\"${{ po }}\""));
    mended("bare-expression", &step("'{{ po }}'"), &step("'${{ po }}'"));
}

#[test]
fn what_is_made_of_a_list_is_mended_and_secrets_only_where_they_may_stand() {
    mended(
        "bare-expression",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '{{ len(inputs.all) }}s']}}",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '${{ len(inputs.all) }}s']}}",
    );
    mended(
        "bare-expression",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '{{ secrets.pw }}']}}",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '${{ secrets.pw }}']}}",
    );
    let (codes, fix) =
        told("{id: z, uses: exec, host: h, with: {argv: [ls], cwd: '{{ secrets.pw }}'}}");
    assert_eq!((codes, fix), (vec!["bare-expression"], None));
}

#[test]
fn a_value_of_another_type_is_told_with_its_braces() {
    mended(
        "wrong-type",
        "{id: z, uses: assert, with: {that: inputs.n == 3}}",
        "{id: z, uses: assert, with: {that: \"${{ inputs.n == 3 }}\"}}",
    );
    mended(
        "wrong-type",
        "{id: z, uses: assert, with: {that: '{{ inputs.n == 3 }}'}}",
        "{id: z, uses: assert, with: {that: '${{ inputs.n == 3 }}'}}",
    );
    mended(
        "wrong-value",
        "{id: z, timeout: inputs.limit, uses: exec, host: h, with: {argv: [ls]}}",
        "{id: z, timeout: \"${{ inputs.limit }}\", uses: exec, host: h, with: {argv: [ls]}}",
    );
    mended(
        "wrong-type",
        "{id: z, foreach: {one: inputs.all}, uses: exec, host: h, with: {argv: [ls, \"${{ one }}\"]}}",
        "{id: z, foreach: {one: \"${{ inputs.all }}\"}, uses: exec, host: h, with: {argv: [ls, \"${{ one }}\"]}}",
    );
    mended(
        "wrong-type",
        "{id: z, foreach: inputs.all, uses: exec, host: h, with: {argv: [ls]}}",
        "{id: z, foreach: {item: \"${{ inputs.all }}\"}, uses: exec, host: h, with: {argv: [ls]}}",
    );
    mended(
        "bad-expression",
        "{id: z, when: '{{ inputs.n == 3 }}', uses: exec, host: h, with: {argv: [ls]}}",
        "{id: z, when: '${{ inputs.n == 3 }}', uses: exec, host: h, with: {argv: [ls]}}",
    );
}

#[test]
fn ordinary_text_is_left_alone() {
    let texts = [
        "inputs.gone",
        "inputs",
        "inputs.dx is missing",
        "run.sh",
        "site.conf",
        "site.css",
        "steps.txt",
        "secrets.txt",
        "secrets.exe",
        "outputs.txt",
        "{{ .Names }}",
        "{{ range .Items }}",
        "{{ gone.name }}",
        "{{ 1 + 1 }}",
        "{{ inputs.gone }}",
        "{ inputs.n }",
        "$inputs.n ${inputs.n}",
        "one.txt",
        "${{ '{{ inputs.n }}' }}",
        "${{ 'inputs.n' }}",
    ];
    for text in texts {
        let step = format!(
            "{{id: z, foreach: {{one: [b]}}, uses: exec, host: h, with: {{argv: [ls, \"{text}\"]}}}}"
        );
        assert_eq!(told(&step).0, [""; 0], "{text}");
    }
}

#[test]
fn what_would_be_wrong_in_braces_too_is_told_without_a_change() {
    let steps = [
        // A list is no text.
        "{id: z, uses: exec, host: h, with: {argv: [ls, inputs.all]}}",
        "{id: z, uses: exec, host: h, with: {argv: [ls, '-d {{ inputs.all }}']}}",
        // It has not run yet.
        "{id: z, uses: exec, host: h, with: {argv: [ls, steps.z.outputs.stdout]}}",
        // A number is no host.
        "{id: z, uses: exec, host: inputs.n, with: {argv: [ls]}}",
    ];
    for step in steps {
        assert_eq!(told(step), (vec!["bare-expression"], None), "{step}");
    }
}

/// The first change that is offered for a step below, in a file of its own lines, and what is told
/// of the file after it.
fn after(step: &str) -> Option<(String, Vec<&'static str>)> {
    let (_, found, sources, id) = read(&format!("{HEAD}{step}"));
    let others = |one: &&Diagnostic| one.code.name != "unused-input";
    let mut told = found.iter().filter(others);
    let mended = told.find_map(|one| one.fixes.first())?.apply(&sources, id);
    let found = read(&mended).1;
    let codes = found.iter().map(|one| one.code.name);
    let codes = codes.filter(|code| *code != "unused-input");
    Some((mended[HEAD.len()..].to_owned(), codes.collect()))
}

#[test]
fn in_a_block_no_quotes_are_put_around() {
    let that = "  - id: z\n    uses: assert\n    with:\n     that: ";
    for dash in ["|-", ">-"] {
        let block = format!("{that}{dash}\n      inputs.n == 3\n");
        let mended = format!("{that}{dash}\n      ${{{{ inputs.n == 3 }}}}\n");
        assert_eq!(after(&block), Some((mended, vec![])));
    }
    // Its line break would be text behind the expression.
    assert_eq!(after(&format!("{that}|\n      inputs.n == 3\n")), None);
    let argv =
        "  - id: z\n    uses: exec\n    host: h\n    with:\n     argv:\n      - ls\n      - ";
    let block = format!("{argv}|-  # why\n        inputs.dx.vars.drive\n");
    let mended = format!("{argv}|-  # why\n        ${{{{ inputs.dx.vars.drive }}}}\n");
    assert_eq!(after(&block), Some((mended, vec![])));
}

#[test]
fn no_change_is_offered_that_is_wrong_next() {
    let that = |that: &str| format!("  - {{id: z, uses: assert, with: {{that: {that}}}}}\n");
    // YAML makes one backslash of two.
    let double = that(r#""inputs.dx.vars.drive == 'M:\\Z'""#);
    assert_eq!(after(&double), None);
    assert_eq!(after(&that("inputs.nothing")), None);
    let plain = after(&that(r#"inputs.dx.vars.drive == "M:\\Z""#));
    let mended = that(r#"'${{ inputs.dx.vars.drive == "M:\\Z" }}'"#);
    assert_eq!(plain, Some((mended, vec![])));
    let plain = that(r"inputs.dx.vars.drive == 'M:\\Z'");
    assert_eq!(after(&plain), None);
}

#[test]
fn a_name_is_asked_for_as_a_shell_does_it() {
    for wrong in ["$po", "'$po'", "\"${po}\""] {
        let step = |host: &str| {
            format!(
                "{{id: z, uses: exec, foreach: {{po: [h]}}, host: {host}, with: {{argv: [ls]}}}}"
            )
        };
        let quote = if wrong.starts_with('\'') { '\'' } else { '"' };
        let right = format!("{quote}${{{{ po }}}}{quote}");
        mended("bare-expression", &step(wrong), &step(&right));
    }
}

#[test]
fn braces_of_other_tools_with_blanks_inside_are_told() {
    for wrong in ["${ inputs.n }", "%{ inputs.n }", "-d ${ inputs.n }"] {
        let right = wrong
            .replacen(['$', '%'], "$", 1)
            .replace("{ ", "{{ ")
            .replace(" }", " }}");
        let with =
            |arg: &str| format!("{{id: z, uses: exec, host: h, with: {{argv: [ls, \"{arg}\"]}}}}");
        // A number alone is no text.
        let right = match wrong.starts_with('-') {
            true => right,
            false => {
                assert_eq!(told(&with(wrong)).0, ["bare-expression"], "{wrong}");
                continue;
            }
        };
        mended("bare-expression", &with(wrong), &with(&right));
    }
    let host =
        |host: &str| format!("{{id: z, uses: exec, host: \"{host}\", with: {{argv: [ls]}}}}");
    mended(
        "bare-expression",
        &host("${ inputs.dx }"),
        &host("${{ inputs.dx }}"),
    );
    for text in ["${ HOME }", "${ gone }", "%{ x }", "${ inputs.gone }"] {
        let step = format!("{{id: z, uses: exec, host: h, with: {{argv: [ls, \"{text}\"]}}}}");
        assert_eq!(told(&step).0, [""; 0], "{text}");
    }
}

#[test]
fn what_people_read_is_not_evaluated() {
    let step =
        |doc: &str| format!("{{id: z, doc: \"{doc}\", uses: exec, host: h, with: {{argv: [ls]}}}}");
    assert_eq!(
        told(&step("of ${{ inputs.n }}")),
        (vec!["bare-expression"], None)
    );
    for doc in ["of inputs.n", "write `${{ inputs.n }}`", "${{ 1 }}", "${{"] {
        assert_eq!(told(&step(doc)).0, [""; 0], "{doc}");
    }
}
