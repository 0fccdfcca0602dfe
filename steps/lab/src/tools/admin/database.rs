//! ADMIN left open, and the gateways that are installed at a postoffice.
//!
//! | words | what is done |
//! | --- | --- |
//! | `open` | ADMIN is opened and stays so: FLAG.GLB is held (Q148705) |
//! | `close` | it is closed |
//! | `gateway install FAX`, `gateway remove FAX` | the access component of a gateway comes or goes (Q122751) |

use std::sync::Arc;

use runsheet_formats::import_file::kind;

use crate::postoffice::PostofficeId;
use crate::postoffice::condition::Condition;
use crate::tools::Act;

const FLAG: &str = r"GLB\FLAG.GLB";

/// What these words do at a postoffice; nothing where they are none of these.
pub(super) fn act(words: &[&str], id: PostofficeId) -> Option<Act> {
    match words {
        ["open"] => Some(Arc::new(move |lab, _| lab.postoffices[id].open_admin())),
        ["close"] => Some(Arc::new(move |lab, _| {
            let conditions = &mut lab.postoffices[id].conditions;
            if matches!(conditions.of(FLAG), Some(Condition::Locked(by)) if &**by == "ADMIN") {
                conditions.clear(FLAG);
            }
        })),
        ["gateway", verb, name] => {
            let kind: Arc<str> = kind::named(name)?.name.into();
            let installs = match *verb {
                "install" => true,
                "remove" => false,
                _ => return None,
            };
            Some(Arc::new(move |lab, _| {
                let gateways = &mut lab.postoffices[id].gateways;
                if installs {
                    gateways.insert(kind.clone());
                } else {
                    gateways.remove(&kind);
                }
            }))
        }
        _ => None,
    }
}
