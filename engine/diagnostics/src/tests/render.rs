//! What a person sees of diagnostics.

use super::*;
use crate::code::Code;

static CODE: Code = Code::new("unknown-key", "");

fn shown(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    graphical(diagnostics, sources, Look::default())
}

#[test]
fn several_are_shown_in_the_order_of_their_places() {
    let mut sources = Sources::new();
    let id = sources.add("a.yaml", "one: 1\ntwo: 2\nthree: 3\nfour: 4\n");
    let at = |range| Diagnostic::error(&CODE, "unknown key").at(Span::at(id, range), "here");
    let found = [
        at(23..27).did_you_mean("five", Span::at(id, 23..27)),
        at(0..3),
    ];
    let text = shown(&found, &sources);
    let wanted = "unknown-key

  × unknown key
   ╭─[a.yaml:1:1]
 1 │ one: 1
   · ─┬─
   ·  ╰── here
 2 │ two: 2
   ╰────

unknown-key

  × unknown key
   ╭─[a.yaml:4:1]
 3 │ three: 3
 4 │ four: 4
   · ──┬─
   ·   ╰── here
   ╰────
  help: did you mean `five`?

";
    assert_eq!(text, wanted);
}

#[test]
fn lines_that_end_as_on_windows_have_the_same_numbers() {
    let unix = "one: 1\ntwo: 2\n\nthree: 3\nfour: 4\n\nfive: 5\n";
    let windows = unix.replace('\n', "\r\n");
    for word in ["one", "two", "three", "four", "five"] {
        let screens = [unix, windows.as_str()].map(|text| {
            let mut sources = Sources::new();
            let id = sources.add("a.yaml", text);
            let at = text.find(word).unwrap();
            let span = Span::at(id, at..at + word.len());
            let found = Diagnostic::error(&CODE, "unknown key").at(span, "here");
            shown(&[found], &sources)
        });
        assert_eq!(screens[0], screens[1], "{word}");
    }
}

#[test]
fn places_in_several_files_are_all_shown() {
    let mut sources = Sources::new();
    let a = sources.add("a.yaml", "one: 1\n");
    let b = sources.add("b.yaml", "x: 1\ntwo: 2\n");
    let found = Diagnostic::warning(&CODE, "two groups disagree")
        .at(Span::at(a, 0..3), "this one")
        .at(Span::at(b, 5..8), "and this one")
        .at(Span::at(a, 5..6), "its value")
        .help("say it once");
    let text = shown(&[found], &sources);
    let order = [
        "a.yaml:1:1",
        "this one",
        "b.yaml:2:1",
        "and this one",
        "say it once",
    ];
    let places: Vec<_> = order.map(|word| text.find(word)).into_iter().collect();
    assert!(places.iter().all(Option::is_some), "{text}");
    assert!(places.is_sorted(), "{text}");
    assert!(text.contains("its value"), "{text}");
}

#[test]
fn a_diagnostic_without_a_place_or_at_the_very_end_is_shown_too() {
    let mut sources = Sources::new();
    let id = sources.add("a.yaml", "one: 1");
    let end = Diagnostic::error(&CODE, "cut off").at(Span::at(id, 6..6), "");
    let text = shown(
        &[Diagnostic::error(&CODE, "no site"), end.clone()],
        &sources,
    );
    assert!(
        text.contains("no site") && text.contains("a.yaml:1:6"),
        "{text}"
    );
    assert_eq!(
        line(&end, &sources),
        "a.yaml:1:7: error[unknown-key]: cut off"
    );
}

#[test]
fn colours_are_used_only_when_asked_for() {
    let mut sources = Sources::new();
    let id = sources.add("a.yaml", "one: 1");
    let found = [Diagnostic::error(&CODE, "no").at(Span::at(id, 0..3), "x")];
    let look = Look {
        colour: true,
        ..Look::default()
    };
    assert!(graphical(&found, &sources, look).contains('\u{1b}'));
    assert!(!shown(&found, &sources).contains('\u{1b}'));
}

#[test]
fn a_line_that_holds_a_secret_is_named_and_not_shown() {
    let mut sources = Sources::new();
    let id = sources.add("site.yaml", "a: 1\npw: hunter2\n");
    let found = Diagnostic::error(&CODE, "a secret is never written out")
        .at(Span::at(id, 9..16), "not where it is kept")
        .help("name where it is kept")
        .confidential();
    let wanted = "unknown-key

  × a secret is never written out, at site.yaml:2:5
  help: name where it is kept

";
    assert_eq!(shown(&[found], &sources), wanted);
}

#[test]
fn what_is_confidential_is_not_shown_beside_another_mistake_either() {
    let mut sources = Sources::new();
    let id = sources.add("site.yaml", "a: 1\npw: hünter2\nb: 2\n");
    let secret = Diagnostic::error(&CODE, "a secret is never written out");
    let secret = secret.at(Span::at(id, 9..17), "").confidential();
    let other = Diagnostic::error(&CODE, "no").at(Span::at(id, 18..19), "x");
    let text = shown(&[other, secret], &sources);
    assert!(text.contains("pw: ********"), "{text}");
    assert!(!text.contains("nter2"), "{text}");
}

#[test]
fn a_line_that_nobody_could_read_is_named_and_not_shown() {
    let mut sources = Sources::new();
    let id = sources.add("a.json", format!("{{\"one\": \"{}\"}}", "1".repeat(9_000)));
    let found = Diagnostic::error(&CODE, "unknown key").at(Span::at(id, 2..5), "here");
    let text = shown(&[found], &sources);
    assert_eq!(text, "unknown-key\n\n  × unknown key, at a.json:1:3\n\n");
}
