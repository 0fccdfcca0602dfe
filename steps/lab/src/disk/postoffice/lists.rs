//! Address lists: ADMIN.NME and GAL.NME with their indexes, and a list for each other postoffice.

use std::collections::BTreeMap;
use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::files::block::{Block, rows};
use runsheet_formats::files::corrupt::Corrupt;
use runsheet_formats::files::galindex::Index;
use runsheet_formats::files::netpo::{self, Known};
use runsheet_formats::files::network::Network;
use runsheet_formats::files::nme::{Entry, Kind};
use runsheet_formats::files::text::Text;
use runsheet_formats::files::usr::Listed;
use runsheet_formats::files::xtn::{External, Route};

use super::Codec;
use crate::directory::{Directory, List};
use crate::postoffice::global_list::GlobalList;
use crate::postoffice::{Postoffice, User};

pub(super) const FILES: &[Codec] = &[
    Codec {
        path: r"GLB\GALINDEX.GLB",
        write: |it| {
            let gal = gal(it);
            Index::of(gal.iter().map(|entry| entry.name.as_str())).encode()
        },
        read: |_, bytes| Index::decode(bytes).map(drop),
    },
    Codec {
        path: r"GLB\GALNETPO.GLB",
        write: |it| netpo::encode(&known(others_in(&it.gal.others, &it.name))),
        read: |_, bytes| netpo::decode(bytes).map(drop),
    },
    Codec {
        path: r"GLB\NETPO.GLB",
        write: |it| netpo::encode(&known(it.others())),
        read: |_, bytes| netpo::decode(bytes).map(drop),
    },
    Codec {
        path: r"GLB\NETWORK.GLB",
        write: |it| rows::encode(&networks(it)),
        read: |_, bytes| rows::decode::<Network>(bytes, 0).map(drop),
    },
    Codec {
        path: r"NME\ADMIN.NME",
        write: |it| rows::encode(&admin(it)),
        read: read_admin,
    },
    Codec {
        path: r"NME\ADMINSHD.NME",
        write: |it| rows::encode(&admin(it)),
        read: |_, bytes| rows::decode::<Entry>(bytes, 0).map(drop),
    },
    Codec {
        path: r"NME\GAL.NME",
        write: |it| rows::encode(&gal(it)),
        read: read_gal,
    },
];

/// The postoffice's own users.
fn admin(postoffice: &Postoffice) -> Vec<Entry> {
    let users = postoffice.users.iter();
    let entries = users.map(|(mailbox, user)| Entry {
        kind: Kind::Local,
        name: Text::cut(&user.name),
        mailbox: Text::cut(mailbox),
        place: user.included.into(),
    });
    let others = postoffice.external_names.values().map(|name| Entry {
        kind: Kind::Gateway,
        name: Text::cut(name),
        mailbox: Text::default(),
        place: 0,
    });
    entries.chain(others).collect()
}

fn read_admin(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let entries: Vec<Entry> = rows::decode(bytes, 0)?;
    let own = entries.into_iter().filter(|it| it.kind == Kind::Local);
    let users = own.map(|entry| {
        let user = User {
            name: entry.name.as_str().into(),
            included: entry.place == 1,
        };
        (entry.mailbox.as_str().into(), user)
    });
    postoffice.users = users.collect();
    Ok(())
}

/// The lists of others than `own`.
fn others_in<'d>(
    directory: &'d Directory,
    own: &'d PostofficeName,
) -> impl Iterator<Item = (&'d PostofficeName, &'d List)> {
    directory.lists().filter(move |(name, _)| *name != own)
}

/// The Global Address List: own users first, then the others in order of their postoffices.
fn gal(postoffice: &Postoffice) -> Vec<Entry> {
    let entry = |kind, place| {
        move |(mailbox, name): (&Arc<str>, &Arc<str>)| Entry {
            kind,
            name: Text::cut(name),
            mailbox: Text::cut(mailbox),
            place,
        }
    };
    let own = postoffice.gal.own.iter().map(entry(Kind::Local, 0));
    let others = others_in(&postoffice.gal.others, &postoffice.name).zip(1..);
    let others = others.flat_map(|((_, list), place)| list.iter().map(entry(Kind::Remote, place)));
    own.chain(others).collect()
}

fn read_gal(postoffice: &mut Postoffice, bytes: &[u8]) -> Result<(), Corrupt> {
    let entries: Vec<Entry> = rows::decode(bytes, 0)?;
    let before = postoffice.gal.others.clone();
    let names: Vec<&PostofficeName> = others_in(&before, &postoffice.name)
        .map(|(name, _)| name)
        .collect();
    let mut lists = vec![List::new(); names.len() + 1];
    for (entry, row) in entries.iter().zip(0_u64..) {
        let list = lists
            .get_mut(usize::from(entry.place))
            .ok_or_else(|| Corrupt {
                file: "GAL.NME",
                offset: row * Entry::SIZE as u64,
                expected: "an entry of a postoffice in GALNETPO.GLB".to_owned(),
            })?;
        list.insert(entry.mailbox.as_str().into(), entry.name.as_str().into());
    }
    let mut lists = lists.into_iter().map(Arc::new);
    let own = lists.next().unwrap_or_default();
    let mut others = before.as_ref().clone();
    for (name, list) in names.into_iter().zip(lists) {
        others.replace(name.clone(), list);
    }
    postoffice.gal = GlobalList {
        own,
        others: Arc::new(others),
    };
    Ok(())
}

fn known<'l>(lists: impl Iterator<Item = (&'l PostofficeName, &'l List)>) -> Vec<Known> {
    let known = lists.zip(1..).map(|((name, list), number)| Known {
        name: name.clone(),
        usr: number,
        mailbag: number,
        names: u32::try_from(list.len()).unwrap_or(u32::MAX),
    });
    known.collect()
}

/// The networks of other postoffices, in order of their names.
fn networks(postoffice: &Postoffice) -> Vec<Network> {
    let mut names: Vec<&str> = postoffice
        .others()
        .map(|(name, _)| name.network())
        .collect();
    names.dedup();
    let networks = names.into_iter().zip(1..).map(|(name, xtn)| Network {
        name: Text::cut(name),
        xtn,
        kind: Text::cut("PCM"),
    });
    networks.collect()
}

/// A .USR file for each other postoffice, and an .XTN file for each network.
pub(super) fn numbered(postoffice: &Postoffice) -> BTreeMap<String, Vec<u8>> {
    let mut contents = BTreeMap::new();
    let mut tid = 0;
    for ((_, list), number) in postoffice.others().zip(1..) {
        let listed: Vec<Listed> = list
            .iter()
            .map(|(mailbox, name)| {
                tid += 1;
                Listed {
                    mailbox: Text::cut(mailbox),
                    name: Text::cut(name),
                    tid,
                    information: None,
                    group: false,
                }
            })
            .collect();
        contents.insert(usr_path(number), rows::encode(&listed));
    }
    for network in networks(postoffice) {
        let there = postoffice.others().zip(1..);
        let there = there.filter(|((name, _), _)| name.network() == network.name.as_str());
        let externals: Vec<External> = there
            .map(|((name, _), number)| external(name, number))
            .collect();
        let path = format!(r"XTN\{:08X}.XTN", network.xtn);
        contents.insert(path, rows::encode(&externals));
    }
    contents
}

fn external(name: &PostofficeName, number: u32) -> External {
    External {
        name: Text::cut(name.postoffice()),
        usr: number,
        mailbag: number,
        route: Route::Direct(Text::default()),
        autocreated: true,
        changed: 0,
    }
}

fn usr_path(number: u32) -> String {
    format!(r"USR\{number:08X}.USR")
}

/// Takes in a list that a person has changed, if it is the list of a postoffice that is known.
pub(super) fn read_numbered(
    postoffice: &mut Postoffice,
    path: &str,
    bytes: &[u8],
) -> Option<Result<(), Corrupt>> {
    if path.ends_with(".XTN") {
        return Some(rows::decode::<External>(bytes, 0).map(drop));
    }
    let mut others = postoffice.others().zip(1..);
    let ((name, _), _) = others.find(|(_, number)| usr_path(*number) == path)?;
    let name = name.clone();
    drop(others);
    Some(rows::decode::<Listed>(bytes, 0).map(|listed| {
        let list = listed.iter();
        let list = list.map(|it| (it.mailbox.as_str().into(), it.name.as_str().into()));
        let mut lists = postoffice.lists.as_ref().clone();
        lists.replace(name, Arc::new(list.collect()));
        postoffice.lists = Arc::new(lists);
    }))
}
