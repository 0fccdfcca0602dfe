//! Which of the server's updates a requestor is sent: names of the types that its mail asks for, and
//! templates if it takes them (Q96060, Q118298).
//!
//! That the server leaves the others out, and not only IMPORT, follows from its being told; that a
//! limit counts them all the same is inferred.

use std::sync::Arc;

use runsheet_formats::import_file::record::{Change, Record};
use runsheet_formats::transaction::Transaction;

use super::terms::Terms;
use crate::directory::Directory;
use crate::reply::Updates;

/// Updates that were sifted lately: requestors that ask for the same share what they are sent.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    known: Vec<Sifted>,
}

#[derive(Debug)]
struct Sifted {
    before: Updates,
    types: Arc<str>,
    templates: bool,
    after: Updates,
}

impl Sieve {
    /// What is left of updates under these terms; the same, if that is all.
    pub(super) fn sift(&mut self, before: Updates, terms: &Terms) -> Updates {
        let same = |it: &&Sifted| {
            it.before.is_the_same_as(&before)
                && it.types == terms.types
                && it.templates == terms.templates
        };
        if let Some(known) = self.known.iter().find(same) {
            return known.after.clone();
        }
        let after = sifted(&before, &Wanted::of(terms));
        self.known.push(Sifted {
            before,
            types: terms.types.clone(),
            templates: terms.templates,
            after: after.clone(),
        });
        after
    }
}

/// What a requestor wants.
struct Wanted<'t> {
    types: Vec<&'t str>,
    templates: bool,
}

impl<'t> Wanted<'t> {
    fn of(terms: &'t Terms) -> Self {
        Self {
            types: terms.types.split('|').filter(|it| !it.is_empty()).collect(),
            templates: terms.templates,
        }
    }

    /// Whether addresses of a type are wanted. `CSI` and `MS` are other names for MS Mail's
    /// (Q106623).
    fn takes(&self, kind: &str) -> bool {
        const LOCAL: [&str; 3] = ["PCM", "CSI", "MS"];
        self.types.iter().any(|it| {
            let local = LOCAL.iter().any(|one| one.eq_ignore_ascii_case(it));
            it.eq_ignore_ascii_case(kind) || (local && LOCAL.contains(&kind))
        })
    }

    /// What is left of a transaction; nothing, if it is not wanted at all.
    fn left_of(&self, transaction: &Transaction) -> Option<Transaction> {
        match transaction {
            Transaction::Placeholder => Some(Transaction::Placeholder),
            Transaction::Record(record) => self.left_of_record(record),
            _ => self.takes("PCM").then(|| transaction.clone()),
        }
    }

    fn left_of_record(&self, record: &Arc<Record>) -> Option<Transaction> {
        let kind = match &record.change {
            Change::Comment(_) => return Some(Transaction::Record(record.clone())),
            Change::Template(..) if !self.templates => return None,
            Change::Template(list, _) | Change::Replace(list) => list.kind.name,
            Change::Add(entry) | Change::Delete(entry) | Change::Modify { new: entry, .. } => {
                entry.recipient.kind.name
            }
        };
        self.takes(kind).then_some(())?;
        if self.templates || record.information.is_empty() {
            return Some(Transaction::Record(record.clone()));
        }
        Some(Transaction::from(Record {
            information: Vec::new(),
            ..Record::clone(record)
        }))
    }

    /// What is left of whole lists.
    fn left_of_lists(&self, lists: &Arc<Directory>) -> Arc<Directory> {
        let all_types = |kind: &str| self.takes(kind);
        match lists.only(all_types, self.templates) {
            Some(fewer) => Arc::new(fewer),
            None => lists.clone(),
        }
    }
}

fn sifted(before: &Updates, wanted: &Wanted<'_>) -> Updates {
    let lists = before.lists().map(|all| (all, wanted.left_of_lists(all)));
    let whole = lists
        .as_ref()
        .is_none_or(|(all, left)| Arc::ptr_eq(all, left));
    let all = before.transactions();
    let plain = all.iter().all(|it| !matches!(it, Transaction::Record(_)));
    if whole && plain && wanted.takes("PCM") {
        return before.clone();
    }
    let left: Vec<Transaction> = all.iter().filter_map(|it| wanted.left_of(it)).collect();
    if whole && left == all {
        return before.clone();
    }
    before.with(lists.map(|(_, left)| left), left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::master::Master;

    const ALL: [&str; 5] = [
        "A Adams, Anna                    PCM:NORTH/SALES/ADAMS",
        "A Berg, Bo                       SNADS:HOST/DEPT/BERG\n- Phone:/7022",
        "T SNADS:HOST/DEPT\n Phone:~5~20~A~~",
        "A Cole, Cy                       SMTP:cy@litware.com",
        "# Last record processed.",
    ];

    fn sent(types: &str, templates: bool) -> Vec<String> {
        let all = ALL.map(|it| Transaction::parse(it).unwrap());
        let mut lists = Directory::default();
        all.iter().for_each(|it| lists.apply(it));
        let master = Arc::new(Master::stretch(0, all.to_vec()));
        let before = Updates::new(Some(Arc::new(lists)), master, 0, 5);
        let terms = Terms {
            types: types.into(),
            templates,
            ..Terms::default()
        };
        let mut sieve = Sieve::default();
        let after = sieve.sift(before.clone(), &terms);
        assert!(after.is_the_same_as(&sieve.sift(before, &terms)));
        let lists = after.lists().unwrap().transactions();
        let all = lists.iter().chain(after.transactions());
        assert_eq!(all.clone().count(), after.sent());
        all.map(|it| it.to_string().replace('\n', "|")).collect()
    }

    #[test]
    fn a_requestor_is_sent_the_types_it_asks_for() {
        let [adams, _, _, cole, last] = ALL;
        let smtp = format!("A {:<30} SMTP:cy@litware.com", "Cole, Cy");
        assert_eq!(
            sent("PCM|smtp", false),
            [
                "R PCM:NORTH/SALES",
                adams,
                "R SMTP:",
                &smtp,
                adams,
                cole,
                last
            ]
        );
        assert_eq!(sent("", true), [last]);
    }

    #[test]
    fn what_templates_tell_is_sent_to_those_who_take_it() {
        let told = |templates| {
            let sent = sent("CSI|SNADS", templates);
            sent.iter().filter(|it| it.contains("Phone:")).count()
        };
        assert_eq!((told(true), told(false)), (4, 0));
    }
}
