//! A lab whose clock goes by itself.

use std::thread;
use std::time::{Duration, Instant};

use super::{Folder, run, site};
use crate::disk::Disk;
use crate::disk::serving::{Pace, Serving};
use crate::lab::Lab;

/// A hundred thousand times as fast: a minute of the lab is less than a thousandth of a second.
const FAST: u32 = 100_000;

#[test]
fn while_it_is_served_mail_travels_by_itself() {
    let folder = Folder::new();
    let mut server = Disk::create(&folder.lab(), &site()).unwrap();
    let mut client = Disk::open(&folder.lab()).unwrap();
    let opened = client.look(Lab::now).unwrap();
    assert!(!client.is_served());
    let serving = Serving::begin(&folder.lab(), Pace::from(opened, FAST)).unwrap();
    assert!(client.is_served());
    let refused = Serving::begin(&folder.lab(), Pace::from(opened, 1)).unwrap_err();
    assert!(
        refused
            .to_string()
            .contains("another process serves this lab"),
        "{refused}"
    );
    client
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
    let patience = Instant::now() + Duration::from_secs(20);
    let sent = |lab: &Lab| lab.postoffices[0].outgoing.is_empty();
    while !client.look(sent).unwrap() {
        assert!(Instant::now() < patience, "the mail has not left");
        server.change(|_| ()).unwrap();
        thread::park_timeout(Duration::from_millis(5));
    }
    drop(serving);
    assert!(!client.is_served());
    let (stands, still) = (
        client.look(Lab::now).unwrap(),
        client.look(Lab::now).unwrap(),
    );
    assert_eq!(stands, still);
    assert!(stands > opened.after(Duration::from_secs(60)));
}
