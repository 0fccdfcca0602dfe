//! `lab show`: what an operator would look at. A file for each thing there is to see.

pub(super) mod clock;
mod events;
mod files;
mod inbox;
mod lists;
mod logs;
mod mail;
mod numbers;
mod postoffice;
mod queues;
mod registry;
mod schedule;
mod services;
mod settings;
mod site;
mod users;

use runsheet_diagnostics::suggest;
use runsheet_lab::exchange::Exchange;
use runsheet_lab::lab::{Lab, Role};
use runsheet_lab::postoffice::Postoffice;

use super::at_hand::{AtHand, hosts, no_host};
use super::table::{Cell, Page, Table};
use crate::args::lab::LabShowArguments;
use crate::complaint::Complaint;
use crate::console::Console;
use crate::exit::Exit;

/// Something to look at.
pub(super) struct View {
    pub(super) name: &'static str,
    /// What is typed after the name.
    pub(super) takes: &'static str,
    pub(super) about: &'static str,
    pub(super) look: fn(&Lab, &Asked) -> Result<Page, Complaint>,
}

/// What there is to look at, the usual first.
static VIEWS: [&View; 17] = [
    &site::VIEW,
    &postoffice::VIEW,
    &numbers::VIEW,
    &queues::VIEW,
    &users::VIEW,
    &lists::VIEW,
    &files::VIEW,
    &logs::VIEW,
    &mail::VIEW,
    &events::VIEW,
    &inbox::VIEW,
    &services::VIEW,
    &registry::VIEW,
    &settings::VIEW,
    &schedule::VIEW,
    &super::fault::VIEW,
    &clock::VIEW,
];

/// What is asked about it.
#[derive(Debug, Default)]
pub(super) struct Asked {
    words: Vec<String>,
    last: Option<usize>,
}

pub(super) fn show(arguments: &LabShowArguments, console: &Console) -> Result<Exit, Complaint> {
    let mut words = arguments.words.clone();
    let lab = AtHand::open(&arguments.which, &mut words, console)?;
    let view = match words.first() {
        None => &site::VIEW,
        Some(name) => named(name).ok_or_else(|| unknown(name))?,
    };
    let asked = Asked {
        words: words.split_off(words.len().min(1)),
        last: arguments.last,
    };
    if let Some(word) = asked.words.get(view.takes.split_whitespace().count()) {
        let complaint = Complaint::new(format!("`{word}` is more than `{}` takes", view.name));
        let shown = format!("{} {}", view.name, view.takes);
        let complaint = complaint.help(format!("write `lab show {}`", shown.trim_end()));
        return Err(complaint.exit(Exit::Usage));
    }
    let page = lab.look(|lab| (view.look)(lab, &asked))??;
    lab.tell(view.name, &page, arguments.which.json, console)
}

/// What is shown under a name; one is enough of `event` and `events`.
pub(super) fn named(name: &str) -> Option<&'static View> {
    let plain = |name: &str| name.to_lowercase().trim_end_matches('s').to_owned();
    let mut views = VIEWS.iter().copied();
    views.find(|view| plain(view.name) == plain(name))
}

fn unknown(name: &str) -> Complaint {
    let complaint = Complaint::new(format!("a lab has no `{name}` to show")).exit(Exit::Usage);
    let names: Vec<&str> = VIEWS.iter().map(|view| view.name).collect();
    match suggest::nearest(name, names.iter().copied()) {
        Some(near) => complaint.help(format!("did you mean `{near}`?")),
        None => complaint.help(format!("there are {}", names.join(", "))),
    }
}

/// The end of the help: what there is to look at.
pub(crate) fn help() -> String {
    let mut text = String::from("What there is to look at:\n");
    for view in VIEWS {
        let typed = format!("{} {}", view.name, view.takes);
        text.push_str(&format!("  {:<24}  {}\n", typed.trim_end(), view.about));
    }
    text.push_str(
        "\nExamples:\n  runsheet lab show\n  runsheet lab show postoffice SALES\n  \
         runsheet lab show logs SALES DIRSYNC.LOG -n 20\n  runsheet lab show events EXCH1 7 --json",
    );
    text
}

impl Asked {
    /// The first word, if it is a host; the words after it.
    fn host(&self) -> (Option<&str>, &[String]) {
        match self.words.split_first() {
            Some((host, rest)) => (Some(host), rest),
            None => (None, &[]),
        }
    }

    /// The postoffices that are meant: the one named, or all of them.
    fn postoffices<'l>(&self, lab: &'l Lab) -> Result<Vec<&'l Postoffice>, Complaint> {
        match self.host().0 {
            None => Ok(lab.postoffices.iter().collect()),
            Some(host) => postoffice(lab, host).map(|it| vec![it]),
        }
    }

    /// The Exchange servers that are meant, and the words after the host. Where there is one
    /// only, it need not be named.
    fn exchanges<'l>(&self, lab: &'l Lab) -> Result<(Vec<&'l Exchange>, &[String]), Complaint> {
        let (host, rest) = self.host();
        let Some(host) = host else {
            return Ok((lab.exchanges.iter().collect(), rest));
        };
        if let Some(server) = lab.exchange(host) {
            return Ok((vec![server], rest));
        }
        if lab.role(host).is_none() && lab.exchanges.len() == 1 && is_no_name(host) {
            return Ok((lab.exchanges.iter().collect(), &self.words));
        }
        let known = hosts(lab, |role| matches!(role, Role::Exchange(_)));
        Err(no_host(host, "Exchange server", &known))
    }

    /// Keeps as many rows as are asked for.
    fn cut(&self, mut table: Table) -> Table {
        if let Some(last) = self.last {
            table.keep_last(last);
        }
        table
    }
}

/// Whether a word cannot be the name of a host: a number, or a key of the registry.
fn is_no_name(word: &str) -> bool {
    word.contains('\\') || word.bytes().all(|it| it.is_ascii_digit())
}

fn postoffice<'l>(lab: &'l Lab, host: &str) -> Result<&'l Postoffice, Complaint> {
    lab.postoffice(host).ok_or_else(|| {
        let known = hosts(lab, |role| matches!(role, Role::Postoffice(_)));
        no_host(host, "postoffice", &known)
    })
}

/// The number that a word is.
fn number(word: &str, what: &str) -> Result<u64, Complaint> {
    word.parse().map_err(|_| {
        Complaint::new(format!("`{word}` is no number of {what}"))
            .help("the tables show the numbers there are")
            .exit(Exit::Usage)
    })
}

/// There is nothing of this number; the numbers there are.
fn missing(what: &str, wanted: u64, kept: impl Iterator<Item = u64> + Clone) -> Complaint {
    let complaint = Complaint::new(format!("there is no {what} {wanted}"));
    match (kept.clone().min(), kept.max()) {
        (Some(first), Some(last)) if first < last => {
            complaint.help(format!("there are {first} to {last}"))
        }
        (Some(only), _) => complaint.help(format!("there is {only} only")),
        (None, _) => complaint.help("there is none yet"),
    }
}

fn yes_or_no(it: bool) -> Cell {
    Cell::from(if it { "yes" } else { "no" })
}

#[cfg(test)]
mod tests {
    use super::{VIEWS, named};

    #[test]
    fn everything_that_is_shown_has_a_name_of_its_own_and_finds_it() {
        for view in VIEWS {
            assert!(
                std::ptr::eq(named(view.name).unwrap(), view),
                "{}",
                view.name
            );
        }
        assert!(named("event").is_some() && named("EVENTS").is_some());
        assert!(named("everything").is_none());
    }
}
