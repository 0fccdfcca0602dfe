//! Rights to write that a person takes away or gives back, and what is gone or put there as a whole.

use std::fs;

use super::hands::Hands;
use super::{run, seen_by_another};
use crate::disk::Disk;
use crate::disk::failing::Failing;
use crate::disk::layer::{Layer, Machine};
use crate::lab::Lab;
use crate::postoffice::condition::Condition;
use crate::postoffice::incoming::Resync;

#[test]
fn a_file_that_may_only_be_read_is_read_only_until_it_may_be_written() {
    let mut hands = Hands::new();
    for path in ["GLB/REQTRANS.GLB", "P1"] {
        let place = hands.file(path);
        let inner = path.replace('/', r"\");
        for closed in [true, false] {
            Machine.close(&place, closed).unwrap();
            let expected = closed.then_some(Condition::ReadOnly);
            assert_eq!(hands.condition(&inner), expected, "{path}");
        }
        for condition in [Some(Condition::ReadOnly), None] {
            let set = condition.clone();
            let act = |lab: &mut Lab| match set {
                Some(it) => lab.postoffices[0].conditions.set(&inner, it),
                None => lab.postoffices[0].conditions.clear(&inner),
            };
            hands.disk.change(act).unwrap();
            let rights = fs::metadata(&place).unwrap().permissions();
            assert_eq!(rights.readonly(), condition.is_some(), "{path}");
            assert_eq!(hands.condition(&inner), condition, "{path}");
        }
    }
}

#[test]
fn a_directory_that_may_only_be_read_keeps_programs_from_writing_and_nobody_from_looking() {
    let mut hands = Hands::new();
    let place = hands.file("P1");
    Machine.close(&place, true).unwrap();
    hands
        .disk
        .change(|lab| run(lab, "SALES", "reqmain -dM -t"))
        .unwrap();
    let sales = hands.sales();
    assert!(sales.outgoing.is_empty());
    assert!(
        sales.logs.dirsync.contains("[113]"),
        "{}",
        sales.logs.dirsync
    );
    hands
        .disk
        .change(|lab| {
            lab.postoffices[0]
                .conditions
                .set("LOG", Condition::ReadOnly);
            lab.postoffices[0].logs.dirsync.push('\n');
        })
        .unwrap();
    assert!(!hands.folder.lab().join(".lab/commit").exists());
    hands.sales();
}

#[test]
fn a_postoffice_that_nobody_may_look_at_is_held_and_the_others_are_as_they_are() {
    let mut hands = Hands::new();
    let closed = Failing::refusing(&hands.file(""));
    let mut disk = Disk::open_on(Box::new(closed), &hands.folder.lab()).unwrap();
    let numbers = |lab: &Lab| (lab.postoffices[0].numbers, lab.postoffices[1].numbers);
    assert_eq!(
        disk.look(numbers).unwrap(),
        hands.disk.look(numbers).unwrap()
    );
    let conditions = |lab: &Lab| {
        let of = |id: usize| {
            lab.postoffices[id]
                .conditions
                .of(r"GLB\REQTRANS.GLB")
                .cloned()
        };
        (of(0), of(1))
    };
    let (sales, plant) = disk.look(conditions).unwrap();
    assert!(matches!(sales, Some(Condition::Locked(_))), "{sales:?}");
    assert_eq!(plant, None);
    let refused = |lab: &Lab| [0, 1].map(|id: usize| lab.postoffices[id].is_refused());
    assert_eq!(disk.look(refused).unwrap(), [true, false]);
    let sent = |lab: &mut Lab| {
        run(lab, "SALES", "reqmain -dM -t");
        run(lab, "PLANT", "reqmain -dM -t");
        let of = |id: usize| lab.postoffices[id].outgoing.is_empty();
        (of(0), of(1))
    };
    assert_eq!(disk.change(sent).unwrap(), (true, false));
    drop(disk);
    let opened = hands.disk.look(conditions).unwrap();
    assert_eq!(opened, (None, None));
}

#[test]
fn a_postoffice_whose_directory_is_deleted_is_gone_with_all_that_is_in_it() {
    let mut hands = Hands::new();
    assert!(!hands.sales().is_gone());
    fs::remove_dir_all(hands.file("")).unwrap();
    let sales = hands.sales();
    assert!(sales.is_gone() && sales.files().is_empty());
    hands
        .disk
        .change(|lab| {
            run(lab, "SALES", "reqmain -dM -t");
            run(lab, "PLANT", "reqmain -dM -t");
        })
        .unwrap();
    assert!(hands.sales().outgoing.is_empty());
}

#[test]
fn whole_lists_are_handed_over_as_a_file_of_dxadata() {
    let mut hands = Hands::new();
    let file = hands.folder.lab().join("EXCH1/Dxadata/RESYNC.GLB");
    let made = |lab: &mut Lab| {
        let dx = &mut lab.exchanges[0].dx;
        dx.resync = Some(Resync {
            imp: 1,
            req: 8,
            srv: 53,
            lists: dx.lists.lists.clone(),
            lines: "".into(),
        });
    };
    hands.disk.change(made).unwrap();
    let bytes = fs::read(&file).unwrap();
    let at_sales = hands.file("GLB/RESYNC.GLB");
    fs::copy(&file, &at_sales).unwrap();
    let handed = hands.sales().resync.unwrap();
    assert_eq!((handed.req, handed.srv), (8, 53));
    fs::remove_file(&file).unwrap();
    let there = |lab: &Lab| lab.exchanges[0].dx.resync.as_ref().map(|it| it.srv);
    assert_eq!(there(&seen_by_another(&hands.folder.lab())), None);
    assert_eq!(hands.disk.change(|lab| there(lab)).unwrap(), None);
    fs::write(&file, bytes).unwrap();
    assert_eq!(there(&seen_by_another(&hands.folder.lab())), Some(53));
    assert_eq!(hands.disk.change(|lab| there(lab)).unwrap(), Some(53));
}
