//! MASTER, CONTROL, FLAG, TID and PROCESS: what a postoffice is, and its counters.

use runsheet_formats::files::block::Block;
use runsheet_formats::files::control::Control;
use runsheet_formats::files::date;
use runsheet_formats::files::flag::Flag;
use runsheet_formats::files::master::Master;
use runsheet_formats::files::process::{Process, Scheduled, Task};
use runsheet_formats::files::text::Text;
use runsheet_formats::files::tid::Tid;

use runsheet_step::Moment;

use super::Codec;
use super::numbers::counted;
use crate::postoffice::Postoffice;
use crate::postoffice::schedule::{Schedule, Time};

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
            let control = Control::decode(bytes)?;
            [it.mails] = counted(Control::FILE, [control.bodies])?;
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
        write: |it| process(it).encode(),
        read: |it, bytes| {
            it.schedule = schedule(&Process::decode(bytes)?);
            Ok(())
        },
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
        is_server: postoffice.serving.is_some(),
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

fn process(postoffice: &Postoffice) -> Process {
    let Schedule { run_window, times } = &postoffice.schedule;
    let tasks = times.iter().map(|time| Scheduled {
        task: match time.part {
            1 => Task::T1,
            2 => Task::T2,
            _ => Task::T3,
        },
        weekday: time.weekday,
        hour: u8::try_from(time.minutes / 60).unwrap_or(0),
        minute: u8::try_from(time.minutes % 60).unwrap_or(0),
        next: date::seconds(time.next),
        last: time.last.map_or(0, date::seconds),
        command: Text::cut(&format!("NSDA {}", time.switch())),
        directory: Text::default(),
    });
    Process {
        run_window: *run_window,
        tasks: tasks.collect(),
    }
}

/// The schedule in a file. One that was reset has the usual run window.
fn schedule(process: &Process) -> Schedule {
    let times = process.tasks.iter().map(|task| Time {
        part: task.task as u8,
        weekday: task.weekday,
        minutes: u16::from(task.hour) * 60 + u16::from(task.minute),
        next: date::moment(task.next).unwrap_or(Moment(0)),
        last: date::moment(task.last),
    });
    let usual = Schedule::default();
    let is_reset = process.run_window == 0;
    Schedule {
        run_window: if is_reset {
            usual.run_window
        } else {
            process.run_window
        },
        times: times.collect(),
    }
}
