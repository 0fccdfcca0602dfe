//! Values of every kind, for the properties.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::address::{Address, PostofficeName};
use crate::files::master::Master;
use crate::files::netpo::Known;
use crate::files::network::Network;
use crate::files::nme::{Entry, Kind};
use crate::files::p1::Envelope;
use crate::files::process::{Process, Scheduled, Task};
use crate::files::record::Record;
use crate::files::reqconf::{Options, ReqConf};
use crate::files::srvconf::{Heard, Requestor, Server};
use crate::files::text::Text;
use crate::files::usr::Listed;
use crate::files::xtn::{External, Route};

pub(super) fn some<S: Strategy>(of: S) -> impl Strategy<Value = Vec<S::Value>> {
    vec(of, 0..4)
}

pub(super) fn text<const WIDTH: usize>() -> impl Strategy<Value = Text<WIDTH>> {
    vec("[ -~äöüßé]", 0..=WIDTH).prop_map(|it| Text::new(&it.concat()).unwrap())
}

pub(super) fn postoffice() -> impl Strategy<Value = PostofficeName> {
    "[A-Z0-9]{1,10}/[A-Z0-9]{1,10}".prop_map(|it| PostofficeName::parse(&it).unwrap())
}

pub(super) fn address() -> impl Strategy<Value = Address> {
    (postoffice(), r"\$?[A-Z0-9]{1,9}").prop_map(|(name, mailbox)| name.mailbox(&mailbox))
}

fn pointer() -> impl Strategy<Value = Option<u32>> {
    option::of(0..u32::MAX)
}

pub(super) fn reqconf() -> impl Strategy<Value = ReqConf> {
    let numbers = any::<([u32; 3], u16, [bool; 5], [u32; 3])>();
    let pointers = [pointer(), pointer(), pointer(), pointer()];
    (numbers, option::of(postoffice()), text(), text(), pointers).prop_map(
        |((numbers, types, flags, dates), server, server_mailbox, password, queues)| ReqConf {
            req_sync: numbers[0],
            srv_sync: numbers[1],
            imp_sync: numbers[2],
            server,
            server_mailbox,
            password,
            types,
            options: options(flags),
            limit: dates[0],
            last_import: dates[1],
            last_export: dates[2],
            queues,
        },
    )
}

fn options(flags: [bool; 5]) -> Options {
    Options {
        templates_send: flags[0],
        templates_receive: flags[1],
        rebuild: flags[2],
        create_postoffices: flags[3],
        receive_updates: flags[4],
    }
}

pub(super) fn server() -> impl Strategy<Value = Server> {
    (any::<(u32, u32, u16)>(), text()).prop_map(|((sync, cycle, keep_updates), administrator)| {
        Server {
            sync,
            cycle,
            keep_updates,
            administrator,
        }
    })
}

pub(super) fn requestor() -> impl Strategy<Value = Requestor> {
    let heard = option::of(any::<(u32, u32, u32, bool, bool)>());
    let numbers = any::<([u32; 6], u16)>();
    (postoffice(), text(), text(), numbers, heard).prop_map(
        |(name, mailbox, password, (numbers, types), heard)| Requestor {
            name,
            mailbox,
            password,
            req_sync: numbers[0],
            srv_sync: numbers[1],
            imp_sync: numbers[2],
            last_cycle: numbers[3],
            last_update: numbers[4],
            types,
            limit: numbers[5],
            heard: heard.map(|(r, s, i, import, in_body)| Heard {
                r,
                s,
                i,
                import,
                in_body,
            }),
        },
    )
}

pub(super) fn master() -> impl Strategy<Value = Master> {
    (postoffice(), any::<((u8, u8), bool, bool)>(), text()).prop_map(
        |(name, (version, is_server, global_list), serial)| Master {
            name,
            version,
            is_server,
            global_list,
            serial,
        },
    )
}

pub(super) fn envelope() -> impl Strategy<Value = Envelope> {
    (address(), address(), any::<([u32; 3], u8)>()).prop_map(|(from, to, (numbers, retries))| {
        Envelope {
            from,
            to,
            body: numbers[0],
            written: numbers[1],
            size: numbers[2],
            retries,
        }
    })
}

pub(super) fn entry() -> impl Strategy<Value = Entry> {
    let kind = prop::sample::select(vec![Kind::Local, Kind::Remote, Kind::Group, Kind::Gateway]);
    (kind, text(), text(), any::<u16>()).prop_map(|(kind, name, mailbox, place)| Entry {
        kind,
        name,
        mailbox,
        place,
    })
}

pub(super) fn listed() -> impl Strategy<Value = Listed> {
    (text(), text(), any::<(u32, bool)>(), pointer()).prop_map(
        |(mailbox, name, (tid, group), information)| Listed {
            mailbox,
            name,
            tid,
            information,
            group,
        },
    )
}

pub(super) fn network() -> impl Strategy<Value = Network> {
    (text(), any::<u32>(), text()).prop_map(|(name, xtn, kind)| Network { name, xtn, kind })
}

pub(super) fn external() -> impl Strategy<Value = External> {
    let route = prop_oneof![
        text().prop_map(Route::Direct),
        postoffice().prop_map(Route::Indirect)
    ];
    (text(), any::<(u32, u32, bool, u32)>(), route).prop_map(
        |(name, (usr, mailbag, autocreated, changed), route)| External {
            name,
            usr,
            mailbag,
            route,
            autocreated,
            changed,
        },
    )
}

pub(super) fn known() -> impl Strategy<Value = Known> {
    (postoffice(), any::<(u32, u32, u32)>()).prop_map(|(name, (usr, mailbag, names))| Known {
        name,
        usr,
        mailbag,
        names,
    })
}

pub(super) fn process() -> impl Strategy<Value = Process> {
    let task = prop::sample::select(vec![Task::T1, Task::T2, Task::T3]);
    let when = (0u8..7, 0u8..24, 0u8..60, any::<u32>(), any::<u32>());
    let scheduled = (task, when, text(), text()).prop_map(
        |(task, (weekday, hour, minute, next, last), command, directory)| Scheduled {
            task,
            weekday,
            hour,
            minute,
            next,
            last,
            command,
            directory,
        },
    );
    (any::<u32>(), some(scheduled)).prop_map(|(run_window, tasks)| Process { run_window, tasks })
}

pub(super) fn record() -> impl Strategy<Value = Record> {
    (any::<(u32, u32)>(), "[ADMRT#] [ -~äöü\n]{0,70}").prop_map(|((stamp, number), text)| Record {
        stamp,
        number,
        text,
    })
}
