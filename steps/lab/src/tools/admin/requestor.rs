//! The menu Config, Dir-Sync, Requestor (Q96060, Q131681).
//!
//! | words | menu |
//! | --- | --- |
//! | `export` | Export: the whole list of local users goes into REQTRANS.GLB |
//! | `import` | Import: a message to the server asks for every list; not on the server itself |
//! | `registration NET/PO [PASSWORD]` | Registration: the server's name and the password |
//! | `types PCM SNADS ...`, `types none` | Types: which addresses are wanted |
//! | `options limit 100`, `options limit none` | Options, Limit |
//! | `options rebuild yes` | Options, Rebuild; so `create-po` and `receive` |
//! | `options templates send yes` | Options, Templates; so `templates receive` |
//! | `options global-list no` | whether users see the Global Address List (Q102017) |
//! | `schedule T1 Mon 13:45 ...` | Schedule: T1, or T3 |

use std::collections::BTreeSet;
use std::sync::Arc;

use runsheet_formats::address::PostofficeName;
use runsheet_formats::files::process::Task;
use runsheet_formats::import_file::kind;
use runsheet_formats::stamp::event_stamp;
use runsheet_formats::transaction::Transaction;
use runsheet_step::Moment;

use super::{NOTICE_40, NOTICE_159, notice, yes_or_no};
use crate::lab::Lab;
use crate::mail::Content;
use crate::postoffice::outbox::Unsent;
use crate::postoffice::requestor::Requestor;
use crate::postoffice::schedule::Time;
use crate::postoffice::{Postoffice, PostofficeId};
use crate::reply::ImportRequest;
use crate::tools::Act;
use crate::tools::terminal::Terminal;

const REQCONF: &str = r"GLB\REQCONF.GLB";

/// What these words do at a postoffice; nothing where they are none of these.
pub(super) fn act(words: &[&str], id: PostofficeId) -> Option<Act> {
    match words {
        ["export"] => Some(Arc::new(move |lab, terminal| export(lab, id, terminal))),
        ["import"] => Some(Arc::new(move |lab, terminal| import(lab, id, terminal))),
        ["registration", server, rest @ ..] => {
            let server = PostofficeName::parse(server).ok()?;
            let password: Arc<str> = rest.first().copied().unwrap_or_default().into();
            Some(register(id, server, password))
        }
        ["types", types @ ..] => Some(option(id, types_of(types)?)),
        ["options", "global-list", word] => {
            let seen = yes_or_no(word)?;
            Some(Arc::new(move |lab, _| {
                lab.postoffices[id].global_list = seen
            }))
        }
        ["options", words @ ..] => Some(option(id, option_of(words)?)),
        ["schedule", part @ ("T1" | "T3"), times @ ..] if times.len() % 2 == 0 => {
            schedule(part, times, id)
        }
        _ => None,
    }
}

/// Whether REQCONF.GLB can be used; if not, that is said.
fn is_configured(postoffice: &Postoffice, terminal: &mut Terminal<'_>) -> bool {
    let usable = postoffice.conditions.write(REQCONF).is_ok();
    if !usable {
        notice(terminal, NOTICE_159);
    }
    usable
}

/// Whether to go on though it was done before; only a person can decline.
fn goes_on(what: &str, last: Option<Moment>, terminal: &mut Terminal<'_>) -> bool {
    let Some(last) = last else {
        return true;
    };
    let (date, time) = event_stamp(last);
    let question = format!("Last {what} request processed on {date} at {time}. Continue? ");
    let declined = |typed: String| typed.trim_start().starts_with(['n', 'N']);
    !terminal.ask(&question).is_some_and(declined)
}

fn export(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    let last = postoffice.requestor.last_export;
    if !is_configured(postoffice, terminal) || !goes_on("Export", last, terminal) {
        return;
    }
    // Without the queue nothing is said and nothing queued, and yet the date changes (Q119017).
    if postoffice.conditions.write(r"GLB\REQTRANS.GLB").is_ok() {
        postoffice.export();
    }
    postoffice.requestor.last_export = Some(now);
}

fn import(lab: &mut Lab, id: PostofficeId, terminal: &mut Terminal<'_>) {
    let now = lab.now();
    let postoffice = &mut lab.postoffices[id];
    if postoffice.serving.is_some() {
        terminal.say("There is no Import at a dir-sync server.");
        return terminal.leave(1);
    }
    let last = postoffice.requestor.last_import;
    if !is_configured(postoffice, terminal) || !goes_on("Import", last, terminal) {
        return;
    }
    match postoffice.request_import(now) {
        Ok(()) => postoffice.requestor.last_import = Some(now),
        Err(_) => notice(terminal, NOTICE_40),
    }
}

fn register(id: PostofficeId, server: PostofficeName, password: Arc<str>) -> Act {
    Arc::new(move |lab, terminal| {
        let address = lab.dirsync_address(&server);
        let postoffice = &mut lab.postoffices[id];
        if is_configured(postoffice, terminal) {
            postoffice.server = Some(address);
            postoffice.requestor.password = password.clone();
        }
    })
}

/// A change of the options.
type Setting = Box<dyn Fn(&mut Requestor) + Send + Sync>;

fn option(id: PostofficeId, setting: Setting) -> Act {
    Arc::new(move |lab, terminal| {
        let postoffice = &mut lab.postoffices[id];
        if is_configured(postoffice, terminal) {
            setting(&mut postoffice.requestor);
        }
    })
}

fn types_of(words: &[&str]) -> Option<Setting> {
    let wanted = words.iter().filter(|it| !it.eq_ignore_ascii_case("none"));
    let kinds: Option<BTreeSet<Arc<str>>> = wanted
        .map(|word| Some(kind::named(word)?.name.into()))
        .collect();
    let kinds = kinds.filter(|_| !words.is_empty())?;
    Some(Box::new(move |it| it.types.clone_from(&kinds)))
}

fn option_of(words: &[&str]) -> Option<Setting> {
    if let ["limit", limit] = words {
        let limit = match *limit {
            "none" => None,
            limit => Some(limit.parse().ok()?),
        };
        return Some(Box::new(move |it| it.limit = limit));
    }
    let (last, names) = words.split_last()?;
    let chosen = yes_or_no(last)?;
    let place: fn(&mut Requestor) -> &mut bool = match names {
        ["rebuild"] => |it| &mut it.rebuild,
        ["create-po"] => |it| &mut it.create_postoffices,
        ["receive"] => |it| &mut it.receive,
        ["templates", "send"] => |it| &mut it.templates_send,
        ["templates", "receive"] => |it| &mut it.templates_receive,
        _ => return None,
    };
    Some(Box::new(move |it| *place(it) = chosen))
}

fn schedule(part: &str, times: &[&str], id: PostofficeId) -> Option<Act> {
    let task = if part == "T1" { Task::T1 } else { Task::T3 };
    let lines = times.chunks(2).map(|it| format!("{part} {}", it.join(" ")));
    let lines: Vec<String> = lines.collect();
    let valid = |line: &String| Time::parse(line, Moment(0)).is_some();
    lines.iter().all(valid).then(|| -> Act {
        Arc::new(move |lab, _| {
            let now = lab.now();
            let times = lines.iter().filter_map(|line| Time::parse(line, now));
            lab.postoffices[id].schedule.put(task, times.collect());
        })
    })
}

impl Postoffice {
    /// Config, Dir-Sync, Requestor, Export, with the local users: the whole list goes into
    /// REQTRANS.GLB, each record with a number of its own (Q96060).
    pub fn export(&mut self) {
        self.queue.append(Transaction::Replace(self.name.clone()));
        for (mailbox, name) in self.exported() {
            let address = self.name.mailbox(&mailbox);
            self.queue.append(Transaction::Add(address, name));
        }
    }

    /// Config, Dir-Sync, Requestor, Import: a message to the server is made at once (Q142841).
    pub(crate) fn request_import(&mut self, now: Moment) -> Result<(), Unsent> {
        let request = ImportRequest {
            i: self.numbers.imp_sync,
            terms: self.requestor.terms(),
        };
        self.post(now, Content::ImportRequest(request))
    }
}
