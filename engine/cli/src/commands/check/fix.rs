//! `check --fix`: the change that every diagnostic offers, again and again until none is left but
//! those that a person decides on.

use std::collections::BTreeMap;
use std::path::Path;

use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::fix::{self, Fix};
use runsheet_diagnostics::source::Sources;
use runsheet_diagnostics::words;
use runsheet_language::document::kept;

use super::{Checked, look};
use crate::args::{CheckArguments, Fixing};
use crate::complaint::Complaint;
use crate::console::Console;
use crate::drafts::Drafts;
use crate::exit::Exit;

/// How often a file is looked at again. What one change uncovers the next one mends; two that undo
/// each other would go on for ever.
const ROUNDS: usize = 32;

/// Refuses `--fix all`, which names a file `all`, before anything is changed.
///
/// # Errors
/// That there is such a word and no such file.
pub(super) fn refuse_loose_word(
    arguments: &CheckArguments,
    console: &Console,
) -> Result<(), Complaint> {
    let is_loose = |word: &&str| {
        let path = Path::new(word);
        arguments.workflows.iter().any(|it| it == path) && !console.resolve(path).exists()
    };
    let mut words = ["all", "sure"].into_iter();
    match words.find(is_loose).filter(|_| arguments.fix.is_some()) {
        Some(word) => {
            let complaint = Complaint::new(format!("there is no file `{word}`"));
            let complaint = complaint.help(format!("write `--fix={word}`, without a space"));
            Err(complaint.exit(Exit::Usage))
        }
        None => Ok(()),
    }
}

/// Mends what can be mended, in the files or on the screen; what remains to be told.
///
/// # Errors
/// A file that cannot be read or written.
pub(super) fn mended(
    arguments: &CheckArguments,
    mut checked: Checked,
    console: &Console,
) -> Result<Checked, Complaint> {
    let mut made: BTreeMap<String, usize> = BTreeMap::new();
    let mut seen = vec![Drafts::default()];
    for _ in 0..ROUNDS {
        let reading = &checked.reading;
        let fixes = offered(&checked).filter(|fix| is_asked_for(fix, arguments));
        let fixes = fixes.filter(|fix| is_here(fix, arguments, &checked));
        let mut drafts = reading.drafts.clone();
        let counts = put(fixes.collect(), &reading.sources, &mut drafts);
        if seen.contains(&drafts) {
            break;
        }
        for (name, count) in counts {
            *made.entry(name).or_default() += count;
        }
        seen.push(drafts.clone());
        checked = look(arguments, drafts, console)?;
    }
    tell(arguments, &made, &checked, console)?;
    Ok(checked)
}

/// Makes changes, but those that would leave no YAML; how many in each file.
fn put(fixes: Vec<&Fix>, sources: &Sources, drafts: &mut Drafts) -> Vec<(String, usize)> {
    let changed = fix::apply_all(kept(fixes, sources), sources).into_iter();
    let counts = changed.map(|(source, (text, count))| {
        let name = &sources.get(source).name;
        drafts.put(name, text);
        (name.to_string(), count)
    });
    counts.collect()
}

/// The change of each diagnostic that offers one. Where there are several, a person chooses.
fn offered(checked: &Checked) -> impl Iterator<Item = &Fix> {
    let found = checked.reading.found.iter();
    found.filter_map(Diagnostic::only_fix)
}

/// Whether no person need look at a change, or has asked for those too.
fn is_asked_for(fix: &Fix, arguments: &CheckArguments) -> bool {
    !fix.is_choice || arguments.fix == Some(Fixing::All)
}

/// Whether everything that a change touches is a file of this command.
fn is_here(fix: &Fix, arguments: &CheckArguments, checked: &Checked) -> bool {
    let named = arguments.workflows.iter().chain(&arguments.site);
    let named = named.chain(&arguments.laid.overlays);
    fix.edits.iter().all(|edit| {
        let name = Path::new(&*checked.reading.sources.get(edit.span.source).name);
        arguments.all_files || named.clone().any(|path| path == name)
    })
}

fn tell(
    arguments: &CheckArguments,
    made: &BTreeMap<String, usize>,
    checked: &Checked,
    console: &Console,
) -> Result<(), Complaint> {
    let drafts = &checked.reading.drafts;
    if arguments.diff {
        drafts.show(console)?;
    } else {
        drafts.write(console)?;
        for (name, count) in made {
            console.data(&format!(
                "{name}: {} made\n",
                words::count("change", *count)
            ))?;
        }
    }
    let (asked, chosen): (Vec<&Fix>, Vec<&Fix>) =
        offered(checked).partition(|fix| is_asked_for(fix, arguments));
    let others = asked.iter().filter(|fix| !is_here(fix, arguments, checked));
    let rest = [
        (
            others.count(),
            "in files that are not named here: name them, or say --all-files",
        ),
        (
            chosen.len(),
            "for a person to decide on: make them by hand, or say --fix=all",
        ),
    ];
    for (count, told) in rest.into_iter().filter(|(count, _)| *count > 0) {
        console.note(&format!("{} {told}", words::count("more change", count)));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use runsheet_diagnostics::span::Span;

    use super::*;

    #[test]
    fn a_change_that_leaves_no_yaml_is_not_made_and_the_others_are() {
        let mut sources = Sources::new();
        let (a, b) = (
            sources.add("a.yaml", "{a: 1, b: 2}\n"),
            sources.add("b.yaml", "c: 3\n"),
        );
        let good = Fix::replace("good", Span::at(a, 10..11), "3");
        let bad = Fix::replace("bad", Span::at(a, 11..12), "");
        let worse = Fix::replace("worse", Span::at(b, 3..4), "[");
        let mut drafts = Drafts::default();
        let made = put(vec![&bad, &good, &worse], &sources, &mut drafts);
        assert_eq!(made, [("a.yaml".to_owned(), 1)]);
        let mut wanted = Drafts::default();
        wanted.put("a.yaml", "{a: 1, b: 3}\n");
        assert_eq!(drafts, wanted);
    }
}
