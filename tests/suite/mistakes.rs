//! Mistakes are generated, not chosen. Each slip of the keyboard in a word of the flagship that
//! means something gives exactly one diagnostic, at its bytes, and the first fix of that restores
//! the file to the byte.

mod slips;
mod words;

use std::thread;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix;
use runsheet_language::site::Site;

use crate::product;
use crate::repository::read;
use slips::Slip;
use words::{Role, Word, words};

/// How many mistakes a file can have at once in these tests.
const AT_ONCE: usize = 20;

/// A word with a slip in it.
#[derive(Clone, Debug)]
struct Mistake {
    word: Word,
    slipped: String,
}

impl Mistake {
    fn of(text: &str, word: &Word, slip: Slip, at: usize) -> Option<Mistake> {
        let slipped = slip.of(&text[word.range.clone()], at)?;
        let word = word.clone();
        Some(Mistake { word, slipped })
    }

    /// Whether the help asks which of several words was meant, this one among them: where they are
    /// equally near, none of them is put in the place of the wrong one.
    fn is_asked_for(&self, text: &str, told: &Diagnostic) -> bool {
        let help = told.help.as_deref().unwrap_or_default();
        let asked = help.strip_prefix("did you mean ");
        let asked = asked.and_then(|rest| rest.strip_suffix('?'));
        let words = asked.into_iter().flat_map(|words| words.split('`'));
        let mut words = words.skip(1).step_by(2);
        let word = &text[self.word.range.clone()];
        help.contains("` or `") && words.any(|one| one == word)
    }

    /// The text with this mistake in it.
    fn made_in(&self, text: &str) -> String {
        let mut changed = text.to_owned();
        changed.replace_range(self.word.range.clone(), &self.slipped);
        changed
    }

    /// `line: role word -> slipped`.
    fn told(&self, text: &str) -> String {
        let line = text[..self.word.range.start].matches('\n').count() + 1;
        let word = &text[self.word.range.clone()];
        format!(
            "{line}: {:?} `{word}` -> `{}`",
            self.word.role, self.slipped
        )
    }

    /// What is wrong with the answer to this mistake, if anything is. A name that belongs to the
    /// site is missed only where there is one.
    fn complaint(&self, text: &str, site: &Site) -> Option<String> {
        let mut read = product::workflow(product::FLAGSHIP, &self.made_in(text));
        if read.found.is_empty() {
            read.found = read.bound_to(site);
        }
        let [only] = read.found.as_slice() else {
            let codes: Vec<_> = read.found.iter().map(|it| it.code.name).collect();
            return Some(format!("{} diagnostics {codes:?}", read.found.len()));
        };
        let start = self.word.range.start;
        let place = only.span().map(|span| span.range());
        if place != Some(start..start + self.slipped.len()) {
            let place = place.map(|range| read.sources.get(read.source).text[range].to_owned());
            return Some(format!("{} at {place:?}", only.code.name));
        }
        let Some(first) = only.fixes.first() else {
            let is_asked = self.is_asked_for(text, only);
            return (!is_asked).then(|| format!("{} has no fix", only.code.name));
        };
        let restored = first.apply(&read.sources, read.source) == text;
        (!restored).then(|| format!("{} offers {:?}", only.code.name, first.title))
    }
}

impl Mistake {
    /// Whether a new name for something leaves a file that is still wrong after the first fix, and
    /// how. A name that nothing refers to may be any.
    fn unmended(&self, text: &str) -> Option<String> {
        let read = product::workflow(product::FLAGSHIP, &self.made_in(text));
        let only = match read.found.as_slice() {
            [] => return None,
            [only] => only,
            several => {
                let codes: Vec<_> = several.iter().map(|it| it.code.name).collect();
                return Some(format!("{} diagnostics {codes:?}", several.len()));
            }
        };
        let Some(first) = only.fixes.first() else {
            return Some(format!("{} has no fix", only.code.name));
        };
        let mended = product::workflow(product::FLAGSHIP, &first.apply(&read.sources, read.source));
        (!mended.found.is_empty()).then(|| format!("{:?} mends nothing", first.title))
    }
}

/// All mistakes in all words of some roles.
fn mistakes(text: &str, roles: &[Role]) -> Vec<Mistake> {
    let mut found = Vec::new();
    for word in words(text).iter().filter(|word| roles.contains(&word.role)) {
        for slip in Slip::ALL {
            let letters = 0..word.range.len();
            found.extend(letters.filter_map(|at| Mistake::of(text, word, slip, at)));
        }
    }
    found
}

/// Every mistake whose answer is wrong, with what is wrong about it.
fn complaints(text: &str, mistakes: &[Mistake]) -> Vec<String> {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let share = mistakes.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let workers: Vec<_> = mistakes
            .chunks(share)
            .map(|chunk| scope.spawn(move || complaints_of(text, chunk)))
            .collect();
        let done = workers.into_iter().map(|worker| worker.join());
        done.flat_map(|found| found.expect("reading never panics"))
            .collect()
    })
}

fn complaints_of(text: &str, mistakes: &[Mistake]) -> Vec<String> {
    let (site, _) = product::site(&read(product::LAB));
    let complaint = |mistake: &Mistake| {
        let complaint = mistake.complaint(text, &site)?;
        Some(format!("{}: {complaint}", mistake.told(text)))
    };
    mistakes.iter().filter_map(complaint).collect()
}

#[track_caller]
fn none(found: &[String], of: usize) {
    assert!(
        found.is_empty(),
        "{} of {of} mistakes:\n{}",
        found.len(),
        found.join("\n")
    );
}

/// One mistake of each sort in each word: of its letters, another one from word to word.
fn one_of_each(text: &str, roles: &[Role]) -> Vec<Mistake> {
    let mut found = Vec::new();
    let words = words(text)
        .into_iter()
        .filter(|word| roles.contains(&word.role));
    for (number, word) in words.enumerate() {
        for (turn, slip) in Slip::ALL.into_iter().enumerate() {
            let at = (number + turn) % word.range.len();
            found.extend(Mistake::of(text, &word, slip, at));
        }
    }
    found
}

#[test]
fn a_mistake_is_told_once_at_its_bytes_with_the_change_that_mends_it() {
    let text = read(product::FLAGSHIP);
    let mistakes = one_of_each(&text, &[Role::Key, Role::Kind, Role::Reference, Role::Word]);
    none(&complaints(&text, &mistakes), mistakes.len());
}

#[test]
#[ignore = "every letter of every word takes minutes: .ci/long"]
fn every_mistake_is_told_once_at_its_bytes_with_the_change_that_mends_it() {
    let text = read(product::FLAGSHIP);
    let mistakes = mistakes(&text, &[Role::Key, Role::Kind, Role::Reference, Role::Word]);
    none(&complaints(&text, &mistakes), mistakes.len());
}

#[test]
fn a_mistake_in_a_key_of_a_site_is_told_once_and_what_is_offered_mends_it() {
    let (text, flagship) = (read(product::LAB), read(product::FLAGSHIP));
    let mistakes = one_of_each(&text, &[Role::Key]);
    let complaint = |mistake: &Mistake| {
        let mut read = product::workflow(product::FLAGSHIP, &flagship);
        let (source, found) = read.at_site(&mistake.made_in(&text));
        let mends = match found.as_slice() {
            [only] => {
                let mut fixes = only.fixes.iter().take(1);
                fixes.all(|fix| fix.apply(&read.sources, source) == text)
            }
            _ => false,
        };
        let codes: Vec<_> = found.iter().map(|it| it.code.name).collect();
        (!mends).then(|| format!("{}: {codes:?}", mistake.told(&text)))
    };
    let missed: Vec<String> = mistakes.iter().filter_map(complaint).collect();
    none(&missed, mistakes.len());
}

/// Slips that leave no name at all, such as `1t`, are another matter.
#[test]
fn a_slip_where_a_name_is_made_is_told_once_and_can_be_mended() {
    let text = read(product::FLAGSHIP);
    let mut mistakes = one_of_each(&text, &[Role::Definition]);
    mistakes.retain(|mistake| {
        mistake
            .slipped
            .starts_with(|c: char| c.is_ascii_alphabetic())
    });
    let missed: Vec<String> = mistakes
        .iter()
        .filter_map(|mistake| {
            Some(format!(
                "{}: {}",
                mistake.told(&text),
                mistake.unmended(&text)?
            ))
        })
        .collect();
    none(&missed, mistakes.len());
}

/// What the first fixes make of a text with some mistakes in it, in the order of the text: only
/// those stay of which it is asked what was meant.
fn left(text: &str, drawn: &[&Mistake], found: &[Diagnostic]) -> String {
    let mut left = text.to_owned();
    for (number, mistake) in drawn.iter().enumerate().rev() {
        let before = &drawn[..number];
        let gone: usize = before.iter().map(|other| other.word.range.len()).sum();
        let come: usize = before.iter().map(|other| other.slipped.len()).sum();
        let start = mistake.word.range.start + come - gone;
        let place = start..start + mistake.slipped.len();
        let is_here =
            |told: &&Diagnostic| told.span().map(|span| span.range()) == Some(place.clone());
        let told = found.iter().find(is_here);
        if told.is_some_and(|told| told.fixes.is_empty() && mistake.is_asked_for(text, told)) {
            left = mistake.made_in(&left);
        }
    }
    left
}

/// Ten draws of twenty words each, from all over the file; names of groups, which only a site can
/// miss, left out.
#[test]
fn twenty_mistakes_at_once_are_twenty_diagnostics_whose_fixes_restore_the_file() {
    let text = read(product::FLAGSHIP);
    let mut mistakes = one_of_each(&text, &[Role::Key, Role::Kind, Role::Reference, Role::Word]);
    mistakes.retain(|it| !text[..it.word.range.start].ends_with("site.groups."));
    // What a pattern captures is not known where the type of a capture is mistyped.
    mistakes.retain(|it| !text[..it.word.range.start].ends_with(':'));
    let step = mistakes.len() / AT_ONCE;
    for draw in 0..10 {
        let drawn = mistakes.iter().skip(draw * step / 10).step_by(step);
        let drawn: Vec<&Mistake> = drawn.take(AT_ONCE).collect();
        let mut changed = text.clone();
        for mistake in drawn.iter().rev() {
            changed = mistake.made_in(&changed);
        }
        let read = product::workflow(product::FLAGSHIP, &changed);
        let told: Vec<String> = drawn.iter().map(|mistake| mistake.told(&text)).collect();
        let told = told.join("\n");
        assert_eq!(
            read.found.len(),
            AT_ONCE,
            "draw {draw}\n{told}\n{}",
            read.screen()
        );
        let fixes = read.found.iter().filter_map(|it| it.fixes.first());
        let restored = fix::apply(fixes, &read.sources, read.source);
        assert_eq!(
            restored,
            left(&text, &drawn, &read.found),
            "draw {draw}\n{told}"
        );
    }
}
