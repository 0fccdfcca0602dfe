//! A fault is diagnosed, repaired by the least reset that mends it, and the next cycle ends with
//! all addresses everywhere. A second T2 before T3 is refused.
//!
//! Each lab lies on disk, so that one command finds what the one before has left. Start reading at
//! [`REPAIRS`].

use runsheet_kit::desk::{Desk, Left};

use crate::repository::{read, root};

/// A fault, and the way out of it.
struct Repair {
    /// The site, by its file, and the runbook of its cycle.
    site: &'static str,
    cycle: &'static str,
    /// Whether a cycle is run before the fault begins.
    before: bool,
    /// The fault, as `lab fault add` takes it.
    fault: &'static str,
    /// The postoffice that is repaired.
    po: &'static str,
    /// What `diagnose` says of it.
    told: &'static str,
    /// The reset that is chosen.
    rung: &'static str,
    /// What REBUILD counts on every postoffice after the next cycle.
    entries: &'static str,
}

/// A fault at a site without Exchange, which has a history.
const fn plain(
    fault: &'static str,
    po: &'static str,
    told: &'static str,
    rung: &'static str,
) -> Repair {
    Repair {
        site: "lab-pc-only",
        cycle: "manual-dirsync-pc-only",
        before: false,
        fault,
        po,
        told,
        rung,
        entries: "entries 20",
    }
}

/// A fault at a site where Exchange is the server, after a cycle.
const fn served_by_exchange(fault: &'static str, told: &'static str, rung: &'static str) -> Repair {
    Repair {
        site: "lab",
        cycle: "manual-dirsync-exchange-server",
        before: true,
        fault,
        po: "SALES",
        told,
        rung,
        entries: "entries 16",
    }
}

/// A fault at a site where Exchange is a requestor.
const fn serving_exchange(fault: &'static str, told: &'static str, rung: &'static str) -> Repair {
    Repair {
        site: "lab-exchange-requestor",
        cycle: "manual-dirsync-exchange-requestor",
        before: false,
        fault,
        po: "SALES",
        told,
        rung,
        entries: "entries 19",
    }
}

const REPAIRS: [Repair; 11] = [
    plain("expired host=SALES", "SALES", "Q108067", "export"),
    plain(
        "import-number-lower host=SALES",
        "SALES",
        "Q99961",
        "export",
    ),
    plain(
        r"delete host=SALES file=GLB\REQTRANS.GLB",
        "SALES",
        "Q119017",
        "resync",
    ),
    plain("stale-sortlock host=SALES", "SALES", "Q112301", "resync"),
    plain("numbers-behind host=SALES", "SALES", "Q119452", "local"),
    plain("unregistered host=SALES", "SALES", "Q99268", "local"),
    plain("numbers-behind host=HUB", "HUB", "Q119452", "global"),
    served_by_exchange("import-number-lower host=SALES", "Q99961", "export"),
    served_by_exchange("numbers-behind host=SALES", "Q119452", "raw"),
    served_by_exchange("backup-restored", "Q152231", "raw"),
    serving_exchange("srvconf-corrupt", "Q257740", "global"),
];

/// A desk with a site whose lab lies on disk.
fn desk(site: &str) -> Desk {
    let text = read(&format!("workflows/sites/{site}.yaml"));
    let desk = Desk::new().with(&root().join("workflows"));
    let on_disk = text.replacen("lab:\n", "lab:\n  disk: lab\n  polling: 1m\n", 1);
    desk.folder().write("site.yaml", &on_disk);
    desk
}

fn apply(desk: &mut Desk, workflow: &str, given: &str) -> Left {
    desk.runsheet(&format!(
        "apply workflows/{workflow}.yaml --site site.yaml --yes {given}"
    ))
}

impl Repair {
    fn run(&self) {
        let mut desk = desk(self.site);
        if self.before {
            let left = apply(&mut desk, self.cycle, "");
            assert_eq!(left.code, 0, "{}", left.screen);
        }
        let left = desk.runsheet(&format!("lab fault add {} --site site.yaml", self.fault));
        assert_eq!(left.code, 0, "{}", left.screen);

        let left = apply(&mut desk, "diagnose", "");
        let told = left.code == 1 && left.screen.contains(self.told);
        assert!(told, "{}, {}:\n{}", self.fault, self.told, left.screen);

        let given = format!("--set po={} --set server_drive=M --set po_drive=N", self.po);
        let left = apply(&mut desk, "repair", &given);
        assert_eq!(left.code, 0, "{}:\n{}", self.fault, left.screen);
        assert_eq!(rungs(&left.screen), [self.rung], "{}", self.fault);
        let seen = left.screen.contains("\nsucceeded  cycle ");
        assert!(seen, "{}:\n{}", self.fault, left.screen);

        let left = apply(&mut desk, self.cycle, "");
        let all = left.code == 0 && everybody_has(&left.screen, self.entries);
        assert!(all, "{} on {}:\n{}", self.fault, self.site, left.screen);
    }
}

/// The resets that a run of `repair` made, as its end says.
fn rungs(screen: &str) -> Vec<&str> {
    const RUNGS: [&str; 5] = ["export", "resync", "local", "raw", "global"];
    let done = screen.lines().filter_map(|line| {
        let name = line.strip_prefix("succeeded  ")?;
        name.split_whitespace().next()
    });
    done.filter(|name| RUNGS.contains(name)).collect()
}

/// Whether REBUILD counted as many everywhere, and nobody has fewer names than another.
fn everybody_has(screen: &str, entries: &str) -> bool {
    let mut counts = screen.lines().filter(|line| line.contains(", entries "));
    let same = counts.clone().next().is_some() && counts.all(|line| line.ends_with(entries));
    same && !screen.contains("did not end well")
}

#[track_caller]
fn all_are_repaired(rungs: &[&str]) {
    let meant = REPAIRS.iter().filter(|it| rungs.contains(&it.rung));
    assert!(meant.clone().count() >= rungs.len());
    meant.for_each(Repair::run);
}

#[test]
fn an_export_cures_what_is_only_out_of_step() {
    all_are_repaired(&["export"]);
}

#[test]
fn a_resync_cures_a_lost_queue_and_a_local_reset_numbers_that_do_not_fit() {
    all_are_repaired(&["resync", "local"]);
}

#[test]
fn numbers_that_exchange_has_lost_begin_at_zero() {
    all_are_repaired(&["raw"]);
}

#[test]
fn a_global_reset_cures_a_server_that_has_lost_its_list() {
    all_are_repaired(&["global"]);
}

#[test]
fn a_requestor_with_which_nothing_is_amiss_is_left_alone() {
    let mut desk = desk("lab-pc-only");
    let left = apply(&mut desk, "repair", "--set po=SALES");
    let alone = left.code == 0 && rungs(&left.screen).is_empty();
    assert!(alone, "{}", left.screen);
    assert!(left.screen.contains("nothing is amiss"), "{}", left.screen);
}

/// Every reset asks, for it replaces lists or numbers, and nothing is changed before the answer.
#[test]
fn no_reset_is_made_without_being_asked_for() {
    for rung in ["export", "resync", "local", "global"] {
        let mut desk = desk("lab-pc-only");
        let left = desk.runsheet(&format!(
            "apply workflows/repair.yaml --site site.yaml --no-input --set po=SALES --set rung={rung}"
        ));
        let asks = format!("`{rung}` needs a person");
        assert!(
            left.code == 1 && left.screen.contains(&asks),
            "{}",
            left.screen
        );
        let left = desk.runsheet("lab show numbers --site site.yaml");
        let untouched = left.screen.matches(" 5       6").count();
        assert_eq!(untouched, 4, "{rung}:\n{}", left.screen);
    }
}

/// A server that was restored knows less than its requestors, which no reset of one of them mends:
/// that is said, and what is to be done on all of them makes the site whole again (Q96060, Q113453).
#[test]
fn a_server_restored_from_a_backup_is_mended_by_all_together() {
    let mut desk = desk("lab-pc-only");
    let cycle = |desk: &mut Desk| {
        let left = apply(desk, "manual-dirsync-pc-only", "");
        let all = left.code == 0 && everybody_has(&left.screen, "entries 20");
        assert!(all, "{}", left.screen);
    };
    cycle(&mut desk);
    let left = desk.runsheet("lab fault add backup-restored --site site.yaml");
    assert_eq!(left.code, 0, "{}", left.screen);
    let left = apply(&mut desk, "repair", "--set po=SALES");
    let refused = left.code == 1 && rungs(&left.screen).is_empty();
    let told = left
        .screen
        .contains("the server was restored from a backup");
    assert!(refused && told, "{}", left.screen);

    let reset = |desk: &mut Desk, po: &str, given: &str, rung: &str| {
        let given = format!("--set po={po} --set rung={rung} {given}");
        let left = apply(desk, "repair", &given);
        assert_eq!(left.code, 0, "{po}, {rung}:\n{}", left.screen);
        assert_eq!(rungs(&left.screen), [rung], "{po}");
    };
    for po in ["HUB", "SALES", "PLANT", "OFFICE"] {
        reset(&mut desk, po, "--set verified=false", "export");
    }
    cycle(&mut desk);
    for (po, drive) in [("SALES", 'N'), ("PLANT", 'O'), ("OFFICE", 'P')] {
        let drives = format!("--set server_drive=M --set po_drive={drive}");
        reset(&mut desk, po, &drives, "resync");
    }
    cycle(&mut desk);
}

/// A site without Exchange on which one cycle was run, but not T3 on this postoffice.
fn without_t3(po: &str) -> Desk {
    let mut desk = desk("lab-pc-only");
    let lock = format!(r"lock host={po} file=MBG\SYSTEM.MBG by=CLIENT --from t3");
    let left = desk.runsheet(&format!("lab fault add {lock} --site site.yaml"));
    assert_eq!(left.code, 0, "{}", left.screen);
    let left = apply(&mut desk, "manual-dirsync-pc-only", "");
    assert_eq!(left.code, 1, "{}", left.screen);
    let left = desk.runsheet("lab fault end 1 --site site.yaml");
    assert_eq!(left.code, 0, "{}", left.screen);
    desk
}

#[test]
fn a_second_t2_before_t3_is_refused_beforehand() {
    let mut desk = without_t3("SALES");
    let left = apply(&mut desk, "manual-dirsync-pc-only", "");
    let refused = r#"  failed  t1["SALES"].before.taken-in"#;
    assert!(left.screen.contains(refused), "{}", left.screen);
    assert!(left.screen.contains("Q142841"), "{}", left.screen);

    // T3 has then been run on all of them.
    let left = apply(&mut desk, "manual-dirsync-pc-only", "");
    assert_eq!(left.code, 0, "{}", left.screen);
    assert!(everybody_has(&left.screen, "entries 20"), "{}", left.screen);
}

#[test]
fn no_t2_is_run_before_the_server_has_taken_in_its_own_reply() {
    let mut desk = without_t3("HUB");
    let left = apply(&mut desk, "manual-dirsync-pc-only", "");
    let refused = "  failed  t2.own-turn";
    assert!(left.screen.contains(refused), "{}", left.screen);
    assert!(
        !left.screen.contains("started    t2.receive"),
        "{}",
        left.screen
    );
}

#[test]
fn a_lost_reply_is_sent_once_more_where_somebody_says_so() {
    let mut desk = desk("lab-pc-only");
    let left = desk.runsheet("lab fault add drop-message host=SALES which=reply --site site.yaml");
    assert_eq!(left.code, 0, "{}", left.screen);
    for (given, code) in [("", 1), ("", 1), ("--set unfinished=true", 0)] {
        let left = apply(&mut desk, "manual-dirsync-pc-only", given);
        assert_eq!(left.code, code, "{given}:\n{}", left.screen);
    }
    let left = desk.runsheet("lab show numbers --site site.yaml");
    assert!(left.screen.contains("highest 24"), "{}", left.screen);
}
