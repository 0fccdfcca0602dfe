//! The role of the dir-sync server goes from a postoffice to Exchange and back, on one lab, and each
//! procedure runs from start to end in between.

use runsheet_kit::desk::Desk;

use crate::repository::{read, root};

/// The site before the role moves, and after, with the lab on disk.
fn sites() -> [String; 2] {
    let site = read("workflows/sites/lab-exchange-requestor.yaml");
    let before = site.replacen("lab:\n", "lab:\n  disk: lab\n  polling: 1m\n", 1);
    let after = before.replacen("  server: [HUB]\n", "", 1).replacen(
        "CONTOSO/HQ/SYSTEM1",
        "CONTOSO/HQ/$SYSTEM",
        1,
    );
    assert_ne!(before, after);
    [before, after]
}

#[track_caller]
fn apply(desk: &mut Desk, workflow: &str, site: &str) -> String {
    let line = format!("apply workflows/{workflow}.yaml --site {site}.yaml --yes");
    let left = desk.runsheet(&line);
    assert_eq!(left.code, 0, "{workflow}:\n{}", left.screen);
    assert!(left.screen.contains(" 0 unplanned"), "{}", left.screen);
    left.screen
}

/// What REBUILD counted in a cycle, wherever it ran: five users on each of three postoffices, and
/// four of Exchange.
#[track_caller]
fn all_have_all(screen: &str) {
    let told = "HUB, SALES, PLANT  records 19, counted.entries 19";
    assert!(screen.contains(told), "{screen}");
}

#[test]
fn the_role_moves_to_exchange_and_back_and_each_procedure_runs_in_between() {
    let mut desk = Desk::new().with(&root().join("workflows"));
    let [before, after] = sites();
    desk.folder().write("before.yaml", &before);
    desk.folder().write("after.yaml", &after);

    let screen = apply(&mut desk, "move-server-to-exchange", "before");
    let told =
        "take the group `server` out of it, and write at EXCH1 `address: CONTOSO/HQ/$SYSTEM`";
    assert!(screen.contains(told), "{screen}");
    let left = desk.runsheet("lab show site --site after.yaml");
    let told = "dir-sync server  CONTOSO/HQ/$SYSTEM";
    assert!(left.screen.contains(told), "{}", left.screen);
    all_have_all(&apply(&mut desk, "manual-dirsync-exchange-server", "after"));

    let screen = apply(&mut desk, "move-server-to-postoffice", "after");
    let told =
        "write the group `server: [HUB]` into it, and at EXCH1 `address: CONTOSO/HQ/SYSTEM1`";
    assert!(screen.contains(told), "{screen}");
    let left = desk.runsheet("lab show site --site before.yaml");
    assert!(
        left.screen.contains("CONTOSO/HQ/SYSTEM1"),
        "{}",
        left.screen
    );
    all_have_all(&apply(
        &mut desk,
        "manual-dirsync-exchange-requestor",
        "before",
    ));
}

#[test]
fn objects_are_made_and_deleted_by_hand_and_what_is_refused_has_a_remedy() {
    let mut desk = Desk::new();
    let left = desk.runsheet("lab new lab --postoffices 1");
    assert_eq!(left.code, 0, "{}", left.screen);
    let mut object =
        |words: &str| desk.runsheet(&format!("lab do EXCH1 \"object {words}\" --lab lab"));
    let left = object("create 'Remote Dir-Sync Requestor NORTH/NOWHERE'");
    let told = left.code == 1 && left.screen.contains("name it by its address");
    assert!(told, "{}", left.screen);
    let left = object("delete 'DX Server'");
    assert!(left.screen.contains("delete them first"), "{}", left.screen);
    let left = object("destroy 'DX Server'");
    assert_eq!(left.code, 64, "{}", left.screen);
}
