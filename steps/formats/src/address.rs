//! Names of postoffices and mailboxes: `NETWORK/POSTOFFICE/MAILBOX`, ten characters each (Q149192).

use std::fmt;
use std::sync::Arc;

/// The mailbox every postoffice keeps for dir-sync mail (Q77926).
pub const SYSTEM: &str = "$SYSTEM";

/// `NETWORK/POSTOFFICE`; for Exchange, its organization and site take their places.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct PostofficeName(Arc<str>);

impl PostofficeName {
    /// Reads `NETWORK/POSTOFFICE`.
    ///
    /// # Errors
    /// Says what is wrong with a name that does not have two parts of one to ten characters.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.split('/').collect();
        if parts.len() != 2 || !parts.iter().all(|part| is_name_part(part)) {
            return Err(format!(
                "`{text}` is not NETWORK/POSTOFFICE with one to ten letters or digits each"
            ));
        }
        Ok(Self(text.to_ascii_uppercase().into()))
    }

    /// The network, or the organization.
    #[must_use]
    pub fn network(&self) -> &str {
        self.0.split('/').next().unwrap_or_default()
    }

    /// The postoffice within its network, or the site.
    #[must_use]
    pub fn postoffice(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// This postoffice's mailbox for dir-sync mail.
    #[must_use]
    pub fn system(&self) -> Address {
        self.mailbox(SYSTEM)
    }

    /// A mailbox of this postoffice.
    #[must_use]
    pub fn mailbox(&self, mailbox: &str) -> Address {
        Address {
            postoffice: self.clone(),
            mailbox: mailbox.to_ascii_uppercase().into(),
        }
    }
}

impl fmt::Display for PostofficeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One mailbox: `NETWORK/POSTOFFICE/MAILBOX`.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
pub struct Address {
    /// Where the mailbox is.
    pub postoffice: PostofficeName,
    /// The mailbox there.
    pub mailbox: Arc<str>,
}

impl Address {
    /// An address that stands in for one that could not be read.
    #[must_use]
    pub fn nowhere() -> Self {
        PostofficeName("NOWHERE/NOWHERE".into()).system()
    }

    /// Reads `NETWORK/POSTOFFICE/MAILBOX`.
    ///
    /// # Errors
    /// Says what is wrong with a name that does not have three parts of one to ten characters.
    pub fn parse(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is not NETWORK/POSTOFFICE/MAILBOX");
        let (postoffice, mailbox) = text.rsplit_once('/').ok_or_else(wrong)?;
        let postoffice = PostofficeName::parse(postoffice).map_err(|_| wrong())?;
        if !is_name_part(mailbox.trim_start_matches('$')) || mailbox.len() > 10 {
            return Err(wrong());
        }
        Ok(postoffice.mailbox(mailbox))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.postoffice, self.mailbox)
    }
}

fn is_name_part(part: &str) -> bool {
    (1..=10).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_three_parts_of_at_most_ten_characters() {
        let sales = Address::parse("North/Sales/$SYSTEM").unwrap();
        assert_eq!(sales.to_string(), "NORTH/SALES/$SYSTEM");
        assert_eq!(sales.postoffice.network(), "NORTH");
        assert_eq!(sales.postoffice.postoffice(), "SALES");
        assert!(Address::parse("NORTH/SALES").is_err());
        assert!(Address::parse("NORTH/WAREHOUSE11/$SYSTEM").is_err());
        assert!(PostofficeName::parse("NORTH/").is_err());
    }
}
