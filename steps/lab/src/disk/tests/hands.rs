//! What a person does to the files with the tools of the operating system.

use std::fs::{self, OpenOptions};
use std::path::PathBuf;

use runsheet_formats::files::block::Block;
use runsheet_formats::files::reqconf::ReqConf;

use super::{Folder, run, same, seen_by_another, site};
use crate::disk::Disk;
use crate::lab::Lab;
use crate::postoffice::Postoffice;
use crate::postoffice::condition::Condition;
use crate::postoffice::incoming::Received;

pub(super) struct Hands {
    pub(super) folder: Folder,
    pub(super) disk: Disk,
}

impl Hands {
    pub(super) fn new() -> Self {
        let folder = Folder::new();
        let disk = Disk::create(&folder.lab(), &site()).unwrap();
        Self { folder, disk }
    }

    pub(super) fn file(&self, path: &str) -> PathBuf {
        self.folder.lab().join("SALES").join(path)
    }

    /// What the process that holds the lab, and a new one, see of SALES.
    #[track_caller]
    pub(super) fn sales(&mut self) -> Postoffice {
        let another = seen_by_another(&self.folder.lab());
        self.disk.change(|lab| same(lab, &another)).unwrap();
        another.postoffices[0].clone()
    }

    #[track_caller]
    pub(super) fn condition(&mut self, path: &str) -> Option<Condition> {
        self.sales().conditions.of(path).cloned()
    }
}

#[test]
fn a_file_that_is_deleted_is_missing_until_it_is_put_back() {
    let mut hands = Hands::new();
    let file = hands.file("GLB/REQTRANS.GLB");
    let bytes = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    assert_eq!(
        hands.condition(r"GLB\REQTRANS.GLB"),
        Some(Condition::Missing)
    );
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
    assert!(!file.exists(), "no tool has made it");
    let log = hands.sales().logs.dirsync;
    assert!(log.contains("REQTRANS"), "{log}");
    fs::write(&file, bytes).unwrap();
    assert_eq!(hands.condition(r"GLB\REQTRANS.GLB"), None);
}

#[test]
fn a_file_that_was_damaged_is_corrupt() {
    let mut hands = Hands::new();
    let file = hands.file("GLB/REQCONF.GLB");
    OpenOptions::new()
        .write(true)
        .open(&file)
        .unwrap()
        .set_len(100)
        .unwrap();
    assert_eq!(
        hands.condition(r"GLB\REQCONF.GLB"),
        Some(Condition::Corrupt)
    );
    let size = |sales: Postoffice| sales.file(r"GLB\REQCONF.GLB").map(|it| it.size);
    assert_eq!(size(hands.sales()), Some(100));
    let nonsense = hands.file("GLB/SRVTRANS.GLB");
    fs::write(&nonsense, "nonsense").unwrap();
    assert_eq!(
        hands.condition(r"GLB\SRVTRANS.GLB"),
        Some(Condition::Corrupt)
    );
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
    assert_eq!(fs::metadata(&file).unwrap().len(), 100, "it stays cut off");
    assert_eq!(fs::read(&nonsense).unwrap(), b"nonsense");
}

#[test]
fn a_file_with_a_number_that_cannot_be_counted_on_from_is_corrupt() {
    let mut hands = Hands::new();
    let file = hands.file("GLB/REQCONF.GLB");
    let mut conf = ReqConf::decode(&fs::read(&file).unwrap()).unwrap();
    (conf.srv_sync, conf.imp_sync) = (u32::MAX, u32::MAX);
    fs::write(&file, conf.encode()).unwrap();
    fs::write(hands.file("GLB/CONTROL.GLB"), [0xFF; 8]).unwrap();
    assert_eq!(
        hands.condition(r"GLB\REQCONF.GLB"),
        Some(Condition::Corrupt)
    );
    assert_eq!(
        hands.condition(r"GLB\CONTROL.GLB"),
        Some(Condition::Corrupt)
    );
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
}

#[test]
fn a_copy_of_an_older_file_brings_back_what_it_says() {
    let mut hands = Hands::new();
    let (conf, queue) = (
        hands.file("GLB/REQCONF.GLB"),
        hands.file("GLB/REQTRANS.GLB"),
    );
    let (old_conf, old_queue) = (fs::read(&conf).unwrap(), fs::read(&queue).unwrap());
    let before = hands.sales();
    hands
        .disk
        .change(|lab| {
            run(lab, "SALES", "admin create ZOE Zorn, Zoe -dM");
            lab.postoffices[0].numbers.srv_sync += 7;
        })
        .unwrap();
    fs::write(&conf, old_conf).unwrap();
    fs::write(&queue, old_queue).unwrap();
    let now = hands.sales();
    assert_eq!(now.numbers, before.numbers);
    assert_eq!(now.queue.last(), before.queue.last());
    assert!(now.users.contains_key("ZOE"), "ADMIN.NME was left alone");
}

#[test]
fn a_mailbag_that_is_reset_as_a_pair_is_empty() {
    let mut hands = Hands::new();
    hands
        .disk
        .change(|lab| {
            run(lab, "SALES", "reqmain -dM -t");
            let mail = lab.postoffices[0].outgoing[0].clone();
            lab.deliver(0, mail);
        })
        .unwrap();
    assert_eq!(hands.sales().system.len(), 1);
    assert!(hands.file("MAI/MA0/10000000.MAI").exists());
    fs::write(hands.file("KEY/SYSTEM.KEY"), [0; 560]).unwrap();
    fs::write(hands.file("MBG/SYSTEM.MBG"), []).unwrap();
    let now = hands.sales();
    assert!(now.system.is_empty());
    assert_eq!(now.conditions.iter().count(), 0);
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -r"))
        .unwrap();
    assert!(!hands.file("MAI/MA0/10000000.MAI").exists());
}

#[test]
fn a_stale_temporary_file_is_seen_and_its_deletion_too() {
    let mut hands = Hands::new();
    fs::write(hands.file("GLB/SORTLOCK.GLB"), []).unwrap();
    assert!(hands.sales().file(r"GLB\SORTLOCK.GLB").is_some());
    hands
        .disk
        .change(|lab| run(lab, "PLANT", "reqmain -dM -t"))
        .unwrap();
    fs::remove_file(hands.file("GLB/SORTLOCK.GLB")).unwrap();
    assert!(hands.sales().file(r"GLB\SORTLOCK.GLB").is_none());
}

#[test]
fn a_directory_that_is_deleted_takes_its_mail_along() {
    let mut hands = Hands::new();
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
    assert_eq!(hands.sales().outgoing.len(), 2);
    fs::remove_dir_all(hands.file("P1")).unwrap();
    assert_eq!(hands.condition("P1"), Some(Condition::Missing));
    assert!(hands.sales().outgoing.is_empty());
    fs::create_dir(hands.file("P1")).unwrap();
    assert_eq!(hands.condition("P1"), None);
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
    assert_eq!(fs::read_dir(hands.file("P1")).unwrap().count(), 2);
}

#[test]
fn a_fault_that_ends_puts_its_file_back() {
    let mut hands = Hands::new();
    let file = hands.file("GLB/REQCONF.GLB");
    let before = fs::read(&file).unwrap();
    for condition in [Condition::Missing, Condition::Corrupt, Condition::Empty] {
        let set = condition.clone();
        hands
            .disk
            .change(|lab| lab.postoffices[0].conditions.set(r"GLB\REQCONF.GLB", set))
            .unwrap();
        assert_ne!(
            fs::read(&file).ok().as_ref(),
            Some(&before),
            "{condition:?}"
        );
        assert_eq!(hands.condition(r"GLB\REQCONF.GLB"), Some(condition));
        hands
            .disk
            .change(|lab| lab.postoffices[0].conditions.clear(r"GLB\REQCONF.GLB"))
            .unwrap();
        assert_eq!(fs::read(&file).unwrap(), before);
    }
}

#[test]
fn a_server_restored_from_copies_has_its_old_numbers() {
    let folder = Folder::new();
    let mut site = site();
    site.history = false;
    site.exchanges.clear();
    site.postoffices[0].server = true;
    let mut disk = Disk::create(&folder.lab(), &site).unwrap();
    let files = ["SRVCONF.GLB", "MSTTRANS.GLB"].map(|it| folder.lab().join("SALES/GLB").join(it));
    let copies = [fs::read(&files[0]).unwrap(), fs::read(&files[1]).unwrap()];
    disk.change(|lab| {
        run(lab, "SALES", "admin export -dM");
        run(lab, "SALES", "nsda -rt -dM");
        lab.advance(std::time::Duration::from_secs(60));
        run(lab, "SALES", "external -0 -dM");
        run(lab, "SALES", "nsda -s -dM");
    })
    .unwrap();
    let sync = |lab: &crate::lab::Lab| {
        let server = &lab.postoffices[0].serving.as_ref().unwrap().server;
        let own = server.requestors.values().map(|it| it.numbers.req_sync);
        (server.master.sync(), own.max())
    };
    assert_ne!(disk.look(sync).unwrap(), (0, Some(0)));
    for (file, copy) in files.iter().zip(copies) {
        fs::write(file, copy).unwrap();
    }
    assert_eq!(sync(&seen_by_another(&folder.lab())), (0, Some(0)));
    assert_eq!(disk.change(|lab| sync(lab)).unwrap(), (0, Some(0)));
}

#[test]
fn a_mailbag_of_the_connector_that_is_deleted_is_gone_until_it_is_put_back() {
    let mut hands = Hands::new();
    let place = hands.folder.lab().join("EXCH1/Connect/Msmcon/Maildata");
    let file = place.join("MBG/00000004.MBG");
    assert_eq!(
        fs::metadata(place.join("KEY/00000004.KEY")).unwrap().len(),
        560
    );
    let missing = |lab: &crate::lab::Lab| {
        let bag = lab.exchanges[0].connector.mailbags.get(&0);
        bag.is_some_and(|it| it.missing)
    };
    for is_missing in [true, false, true] {
        if is_missing {
            fs::remove_file(&file).unwrap();
        } else {
            fs::write(&file, []).unwrap();
        }
        assert_eq!(hands.disk.change(|lab| missing(lab)).unwrap(), is_missing);
        assert_eq!(missing(&seen_by_another(&hands.folder.lab())), is_missing);
    }
}

#[test]
fn a_queue_that_is_emptied_while_import_works_leaves_the_others() {
    let lines = [
        "A Fox, Fay                       PCM:NORTH/PLANT/FFOX",
        "A Gates, Gil                     FAX:Gil~Rome~Litware~555-7022",
        "D Baker, Bert (PLANT)            PCM:NORTH/PLANT/BAKER",
    ];
    let mut hands = Hands::new();
    let importing = |lab: &mut Lab| {
        let sales = &mut lab.postoffices[0];
        sales.received = vec![Received::Lines(lines.join("\n").into())];
        sales.busy.importing = true;
    };
    hands.disk.change(importing).unwrap();
    let names = hands.file("GLB/NMETRANS.GLB");
    assert!(fs::metadata(&names).unwrap().len() > lines[2].len() as u64);
    fs::write(&names, "").unwrap();
    let left = seen_by_another(&hands.folder.lab());
    let left = left.postoffices[0].received[0].transactions();
    let left: Vec<String> = left.iter().map(ToString::to_string).collect();
    assert_eq!(left, lines[..2]);
}
