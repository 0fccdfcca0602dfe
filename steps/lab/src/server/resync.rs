//! The numbers of a RESYNC.GLB, which any requestor can go on from (Q119449).

use runsheet_formats::address::PostofficeName;

use super::Server;
use crate::postoffice::Numbers;

impl Server {
    /// REQSEQ, SRVSEQ and IMPSEQ for lists that are those of server number `upto`.
    ///
    /// REQSEQ is the highest number any of the `listed` requestors has reached; any at all, where
    /// none are listed. IMPSEQ is one that nobody will be given less than afterwards; that is
    /// inferred.
    #[must_use]
    pub fn resync(&self, upto: u32, listed: Option<&[PostofficeName]>) -> Numbers {
        let is_meant = |name: &PostofficeName| listed.is_none_or(|it| it.contains(name));
        let meant = self.requestors.iter().filter(|(name, _)| is_meant(name));
        let highest = meant.map(|(_, it)| it.numbers.req_sync).max();
        let imports = self.requestors.values().map(|it| it.numbers.imp_sync);
        Numbers {
            req_sync: highest.unwrap_or(0),
            srv_sync: upto,
            imp_sync: imports.min().unwrap_or(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_suit_every_requestor() {
        let mut server = Server::default();
        let names = ["NORTH/HUB", "NORTH/SALES", "NORTH/PLANT"];
        let names = names.map(|it| PostofficeName::parse(it).unwrap());
        for (name, (req_sync, imp_sync)) in names.iter().zip([(5, 1), (17, 3), (9, 2)]) {
            server.register(name.clone(), None);
            let known = server.requestors.get_mut(name).unwrap();
            known.numbers = Numbers {
                req_sync,
                srv_sync: 40,
                imp_sync,
            };
        }
        let all = server.resync(38, None);
        assert_eq!((all.req_sync, all.srv_sync, all.imp_sync), (17, 38, 1));
        assert_eq!(server.resync(38, Some(&names[2..])).req_sync, 9);
    }
}
