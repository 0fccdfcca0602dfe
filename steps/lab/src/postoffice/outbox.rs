//! What a postoffice needs to leave a message in P1 (Q124042, Q130449).

use std::fmt;
use std::sync::Arc;

use runsheet_formats::address::Address;
use runsheet_step::Moment;

use super::Postoffice;
use super::condition::Condition;
use crate::mail::{Content, Mail};

/// What must be there, and writable, to make a message. The subdirectories of MAI and ATT are all
/// required (Q112303).
const NEEDED: [&str; 4] = [
    "P1",
    r"GLB\CONTROL.GLB",
    r"MBG\INQUEUE.MBG",
    r"KEY\INQUEUE.KEY",
];

/// Why a message was not made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsent {
    /// The file or directory that failed; nothing when the disk is full.
    pub path: Option<String>,
}

impl fmt::Display for Unsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.path {
            Some(path) => write!(f, "{path} cannot be used"),
            None => f.write_str("the disk is full"),
        }
    }
}

impl Postoffice {
    /// Leaves a message to the dir-sync server in P1.
    ///
    /// # Errors
    /// Where something a message needs is not there. Without a server nothing can be sent either.
    pub(crate) fn post(&mut self, written: Moment, content: Content) -> Result<(), Unsent> {
        let Some(server) = self.server.clone() else {
            let path = Some(r"GLB\REQCONF.GLB".to_owned());
            return Err(Unsent { path });
        };
        self.post_to(server, written, content)
    }

    /// Leaves a message to anybody in P1.
    ///
    /// # Errors
    /// Where something a message needs is not there.
    pub(crate) fn post_to(
        &mut self,
        to: Address,
        written: Moment,
        content: Content,
    ) -> Result<(), Unsent> {
        self.can_post()?;
        self.mails += 1;
        self.outgoing.push(Arc::new(Mail {
            id: self.mails,
            from: self.name.system(),
            to,
            written,
            content,
        }));
        Ok(())
    }

    /// Whether a message could be made now.
    pub(crate) fn can_post(&self) -> Result<(), Unsent> {
        if self.disk_full {
            return Err(Unsent { path: None });
        }
        let failed = |path: &str| Unsent {
            path: Some(path.to_owned()),
        };
        for path in NEEDED {
            self.conditions.write(path).map_err(|_| failed(path))?;
        }
        let inside = |path: &str| path.starts_with(r"MAI\MA") || path.starts_with(r"ATT\AT");
        let whole = |path: &str| matches!(path, "MAI" | "ATT");
        let broken = |(path, _): &(&str, &Condition)| whole(path) || inside(path);
        match self.conditions.iter().find(broken) {
            Some((path, _)) => Err(failed(path)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reply::ImportRequest;

    #[test]
    fn a_message_needs_its_directories_and_the_pair_of_the_queue() {
        for path in [
            "P1",
            r"MBG\INQUEUE.MBG",
            r"KEY\INQUEUE.KEY",
            r"MAI\MA3",
            "ATT",
            r"GLB\CONTROL.GLB",
        ] {
            let address = Address::parse("NORTH/SALES/$SYSTEM").unwrap();
            let mut sales = Postoffice::new("SALES", address.postoffice.clone(), address);
            assert_eq!(sales.can_post(), Ok(()));
            sales.conditions.set(path, Condition::Missing);
            let path = Some(path.to_owned());
            assert_eq!(
                sales.post(Moment(0), Content::ImportRequest(ImportRequest::default())),
                Err(Unsent { path })
            );
            assert!(sales.outgoing.is_empty());
        }
    }
}
