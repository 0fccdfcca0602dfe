//! MASTER, CONTROL, FLAG, TID and PROCESS: what a postoffice is, and its counters.

use runsheet_formats::files::block::Block;
use runsheet_formats::files::control::Control;
use runsheet_formats::files::flag::Flag;
use runsheet_formats::files::master::Master;
use runsheet_formats::files::process::Process;
use runsheet_formats::files::text::Text;
use runsheet_formats::files::tid::Tid;

use super::Codec;
use crate::postoffice::Postoffice;

pub(super) const FILES: &[Codec] = &[
    Codec {
        path: r"GLB\CONTROL.GLB",
        write: |it| {
            let control = Control {
                bodies: it.mails,
                attachments: it.mails,
            };
            control.encode()
        },
        read: |it, bytes| {
            it.mails = Control::decode(bytes)?.bodies;
            Ok(())
        },
    },
    Codec {
        path: r"GLB\FLAG.GLB",
        write: |_| Flag::default().encode(),
        read: |_, bytes| Flag::decode(bytes).map(drop),
    },
    Codec {
        path: r"GLB\MASTER.GLB",
        write: |it| master(it).encode(),
        read: |_, bytes| Master::decode(bytes).map(drop),
    },
    Codec {
        path: r"GLB\PROCESS.GLB",
        write: |_| Process::default().encode(),
        read: |_, bytes| Process::decode(bytes).map(drop),
    },
    Codec {
        path: r"GLB\TID.GLB",
        write: |it| {
            let last = u32::try_from(it.lists.entries()).unwrap_or(u32::MAX);
            Tid { last }.encode()
        },
        read: |_, bytes| Tid::decode(bytes).map(drop),
    },
];

fn master(postoffice: &Postoffice) -> Master {
    Master {
        name: postoffice.name.clone(),
        version: (3, 2),
        is_server: false,
        global_list: true,
        serial: Text::cut(&serial(&postoffice.host)),
    }
}

/// A serial number in the form of Q151228, of its own for each host.
fn serial(host: &str) -> String {
    let sum = host.bytes().fold(0_u32, |sum, byte| {
        sum.wrapping_mul(31)
            .wrapping_add(u32::from(byte.to_ascii_uppercase()))
    });
    format!("{:02}-{:05}", 10 + sum % 90, sum / 90 % 100_000)
}
