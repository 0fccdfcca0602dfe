//! The Global Address List: what REBUILD makes of a postoffice's lists (Q96060).

use std::sync::Arc;

use super::Postoffice;
use crate::directory::{Directory, List};
use runsheet_formats::address::PostofficeName;

/// A Global Address List.
#[derive(Debug, Clone, Default, serde::Serialize, serde::Deserialize)]
pub struct GlobalList {
    /// The postoffice's own users, those left out of dir-sync too (Q118621).
    pub own: Arc<List>,
    /// Everybody else's.
    pub others: Arc<Directory>,
}

impl GlobalList {
    /// How many entries it has at the postoffice of this name, whose users come from its own list.
    #[must_use]
    pub fn entries(&self, at: &PostofficeName) -> usize {
        let own = self.others.list(at).map_or(0, List::len);
        self.own.len() + self.others.entries() - own
    }

    /// The words of all full names: what GALINDEX indexes (Q86375).
    #[must_use]
    pub fn words(&self, at: &PostofficeName) -> usize {
        let words = |list: &List| -> usize {
            let names = list.values();
            names.map(|name| name.split_whitespace().count()).sum()
        };
        let others = self.others.lists().filter(|(name, _)| *name != at);
        let others: usize = others.map(|(_, list)| words(list)).sum();
        words(&self.own) + others
    }

    /// How many other postoffices it leads to: the records of GALNETPO (Q135486).
    #[must_use]
    pub fn postoffices(&self, at: &PostofficeName) -> usize {
        self.others.lists().filter(|(name, _)| *name != at).count()
    }
}

impl Postoffice {
    /// How many entries the rebuilt Global Address List has.
    #[must_use]
    pub fn gal_entries(&self) -> usize {
        self.gal.entries(&self.name)
    }

    /// The list that its users and imported names make now.
    #[must_use]
    pub fn list_anew(&self) -> GlobalList {
        let names = self.users.iter();
        let own = names.map(|(mailbox, user)| (mailbox.clone(), user.name.clone()));
        GlobalList {
            own: Arc::new(own.collect()),
            others: self.lists.clone(),
        }
    }
}
