//! An .XTN file: the postoffices of one network, 698 bytes each (Q77926).

use super::block::Block;
use super::corrupt::Corrupt;
use super::field::{Reader, Writer};
use super::text::Text;
use crate::address::PostofficeName;

/// The definition of one external postoffice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct External {
    /// Its name within the network.
    pub name: Text<10>,
    /// The number of its .USR file; eight hexadecimal digits there.
    pub usr: u32,
    /// The number of its mailbag.
    pub mailbag: u32,
    /// How mail gets there.
    pub route: Route,
    /// Whether IMPORT made it (Q136514).
    pub autocreated: bool,
    /// When its list was last changed, in seconds since 1970.
    pub changed: u32,
}

/// How mail gets to a postoffice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Route {
    /// Straight there, over the network; where, if that is known.
    Direct(Text<80>),
    /// By way of another postoffice.
    Indirect(PostofficeName),
}

impl Block for External {
    const FILE: &'static str = "definitions of postoffices (.XTN)";
    const SIZE: usize = 698;
    const SEALED: bool = false;

    fn write(&self, into: &mut Writer) {
        into.text(&self.name).long(self.usr).long(self.mailbag);
        into.byte(self.autocreated.into()).long(self.changed);
        match &self.route {
            Route::Direct(share) => into.byte(1).text(share),
            Route::Indirect(by) => into.byte(2).postoffice(Some(by)),
        };
    }

    fn read(from: &mut Reader<'_>) -> Result<Self, Corrupt> {
        let name = from.text()?;
        let (usr, mailbag) = (from.long()?, from.long()?);
        let (autocreated, changed) = (from.flag()?, from.long()?);
        let route = match from.byte()? {
            1 => Route::Direct(from.text()?),
            2 => Route::Indirect(from.postoffice()?),
            _ => return Err(from.corrupt("1 for a direct route before it, or 2 for an indirect")),
        };
        Ok(Self {
            name,
            usr,
            mailbag,
            route,
            autocreated,
            changed,
        })
    }
}
