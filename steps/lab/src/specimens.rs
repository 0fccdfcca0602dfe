//! What a lab says when everything that can happen in it happens: to be held against literal
//! samples of what the real programs said.
//!
//! Two sites, one with Exchange and one with a postoffice as the dir-sync server, run cycles and
//! utilities; and once more for each fault there is. All screens, logs, events and messages are
//! gathered.

mod gather;
mod sites;
mod troubles;

use std::collections::BTreeSet;

use crate::lab::Lab;
use crate::options;
use gather::Gathered;
use sites::Site;

/// Every text, each once.
#[must_use]
pub fn all() -> BTreeSet<String> {
    let mut gathered = Gathered::default();
    for site in Site::all() {
        let mut lab = site.lab();
        site.work(&mut lab, &mut gathered);
        for trouble in troubles::of(&site.lab()) {
            let mut lab = site.lab();
            if let Ok(fault) = options::faults::fault(&lab, &trouble) {
                let first = lab.faults.iter().count();
                lab.add_fault(fault);
                site.cycle(&mut lab, &mut gathered);
                Lab::end_fault(&mut lab, first);
                gathered.look_around(&lab);
            }
        }
    }
    gathered.texts
}

#[cfg(test)]
mod tests {
    use super::all;

    #[test]
    fn a_lab_says_what_people_know_of_the_real_programs() {
        let texts = all();
        let has = |wanted: &str| {
            let found = texts.iter().any(|text| text.contains(wanted));
            assert!(found, "{wanted}");
        };
        has("Event ID: 4395");
        has("Bad ID or Password");
        has("[DIRSYNC]");
        has("ReqTx R=");
        has("Import is finished.");
    }
}
