//! REBUILD where something is wrong.

use super::super::Operator;
use super::two;

const BANNER: &str = "Status       Microsoft (R) Mail Rebuild V3.2";
const COUNTED: &str = "Status       Number of entries in GAL:       13";
const DONE: &str = "Status";

/// Brings a thirteenth name, lets a fault begin, rebuilds, and gives what the log says of it.
fn rebuilt(fault: &str, file: &str) -> (Operator, Vec<String>) {
    let mut operator = two();
    operator.bring_an_update();
    operator.import("-q -y");
    match (fault, file) {
        ("", _) => {}
        ("disk-full", _) => operator.fault(fault, &[("host", "SALES")]),
        _ => {
            let given = [("host", "SALES"), ("file", file), ("by", "OUTLOOK")];
            operator.fault(fault, &given);
        }
    }
    let before = operator.log_of("SALES").len();
    assert_eq!(operator.run("SALES", "rebuild -dM -f").1, 0);
    let log = operator.log_of("SALES").split_off(before);
    (operator, log)
}

#[test]
fn three_lines_say_that_all_went_well() {
    let (operator, log) = rebuilt("", "");
    assert_eq!(log, [BANNER, COUNTED, DONE]);
    assert_eq!(operator.at("SALES").gal_entries(), 13);
    assert!(operator.at("SALES").global_list);
    assert!(operator.at("SALES").file(r"NME\TMP00001.NME").is_none());
}

#[test]
fn files_in_use_leave_the_new_ones_for_recovery() {
    for file in [r"NME\GAL.NME", r"GLB\GALINDEX.GLB", r"GLB\GALNETPO.GLB"] {
        let (operator, log) = rebuilt("lock", file);
        let fatal = "Fatal  [203] GAL Rebuild problem accessing files";
        assert_eq!(log, [BANNER, COUNTED, fatal], "{file}");
        let sales = operator.at("SALES");
        assert_eq!(sales.gal_entries(), 12);
        assert_eq!(sales.file(r"NME\GAL$.NME").unwrap().size, 45 * 13);
        assert!(sales.file(r"GLB\GALINDE$.GLB").is_some());
        assert!(sales.file(r"GLB\TMPNETPO.GLB").is_some());
        assert!(sales.file(r"NME\TMP00001.NME").is_none());
    }
}

#[test]
fn an_index_that_cannot_be_written_is_not_spoken_of() {
    for file in [r"GLB\GALTMP.GLB", r"GLB\GALINDE$.GLB"] {
        let (operator, log) = rebuilt("read-only", file);
        assert_eq!(log, [BANNER, COUNTED], "{file}");
        assert_eq!(operator.at("SALES").gal_entries(), 12);
        let left = operator.at("SALES").file(r"NME\TMP00001.NME").unwrap();
        assert_eq!(left.size, 45 * 13);
    }
}

#[test]
fn a_locked_master_is_complained_of_and_the_list_made() {
    let (operator, log) = rebuilt("read-only", r"GLB\MASTER.GLB");
    let fatal = "Fatal  [202] No Valid Postoffice found";
    assert_eq!(log, [BANNER, fatal, COUNTED, DONE]);
    assert_eq!(operator.at("SALES").gal_entries(), 13);
}

#[test]
fn an_empty_list_of_users_ends_it_without_a_word() {
    let (operator, log) = rebuilt("truncate", r"NME\ADMIN.NME");
    assert_eq!(log, [BANNER]);
    assert_eq!(operator.at("SALES").gal_entries(), 12);
    assert_eq!(operator.at("SALES").file(r"NME\ADMIN.NME").unwrap().size, 0);
}

#[test]
fn a_damaged_table_of_postoffices_and_a_full_disk_are_fatal() {
    let (_, log) = rebuilt("corrupt", r"GLB\GALNETPO.GLB");
    let fatal = "Fatal  [ 39] Error generating TID. Allocating unique ID.";
    assert_eq!(log, [BANNER, COUNTED, fatal]);
    let (_, log) = rebuilt("disk-full", "");
    assert_eq!(log, [BANNER, "Fatal  [204] GAL Rebuild out of disk space"]);
}

#[test]
fn the_option_no_leaves_the_list_as_it_is() {
    let mut operator = two();
    operator.lab.postoffices[0].requestor.rebuild = false;
    let before = operator.log_of("SALES").len();
    operator.run("SALES", "rebuild -dM -f");
    let log = operator.log_of("SALES").split_off(before);
    assert_eq!(log, [BANNER, "Status       GAL not active on this PO"]);
}
