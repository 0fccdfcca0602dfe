//! What IMPORT makes of the records of its queue one by one: the three queues they go into, and what
//! it says of those that change nothing.

use super::{FINISHED, two};
use crate::postoffice::incoming::Received;
use crate::tests::{MINUTE, Operator};

const LINES: [&str; 8] = [
    "A Adams, Anna (SALES)            PCM:NORTH/SALES/ADAMS",
    "A Fox, Fay                       PCM:NORTH/PLANT/FFOX",
    "A Fox, Fay                       PCM:NORTH/PLANT/FFOX",
    "A Adams, Anna (PLANT)            PCM:NORTH/PLANT/ADAMS",
    "D Baker, Bert (PLANT)            PCM:NORTH/PLANT/BAKER",
    "A Gates, Gil                     FAX:Gil~Rome~Litware~555-7022",
    "A Host, Hal                      SNADS:HOST/DEPT/HAL",
    "D Gone, Guy                      FAX:Guy~Rome~Litware~555-7022",
];

fn received() -> Operator {
    let mut operator = two();
    let lines = Received::Lines(LINES.join("\n").into());
    let sales = &mut operator.lab.postoffices[0];
    sales.received = vec![lines];
    sales.gateways.extend(["FAX".into(), "SNADS".into()]);
    operator
}

#[test]
fn names_changes_and_gateways_have_queues_of_their_own() {
    let mut operator = received();
    let size = |operator: &Operator, queue: &str| {
        let path = format!(r"GLB\{queue}.GLB");
        operator.at("SALES").file(&path).unwrap().size
    };
    let whole = size(&operator, "SRVTRANS");
    let password = crate::password::of("SALES");
    let line = format!("import -dM admin -p{password} -q -y");
    let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
    operator.lab.spawn("SALES", &argv, r"M:\MAILEXE").unwrap();
    operator.lab.advance(MINUTE / 20);
    let sizes = ["USRTRANS", "NMETRANS", "GWTRANS", "SRVTRANS"].map(|it| size(&operator, it));
    let of = |lines: &[usize]| -> u64 { lines.iter().map(|it| LINES[*it].len() as u64 + 25).sum() };
    assert_eq!(sizes, [of(&[0, 1, 2, 3, 6]), of(&[4]), of(&[5, 7]), 0]);
    assert_eq!(sizes.iter().sum::<u64>(), whole);
    operator.lab.advance(MINUTE);
    let sizes = ["USRTRANS", "NMETRANS", "GWTRANS", "SRVTRANS"].map(|it| size(&operator, it));
    assert_eq!(sizes, [0; 4]);
}

#[test]
fn what_changes_nothing_is_told() {
    let mut operator = received();
    let duplicate = "Warning[ 28] Duplicate alias in transaction queue: Fox, Fay";
    let known = "Warning[ 27] Alias already exists Adams, Anna (PLANT)";
    let missing = "Error  [ 29] Alias does not exist: Gone, Guy";
    let told = [duplicate, known, missing, FINISHED];
    assert_eq!(operator.import("-q -y"), told);
    let mut operator = received();
    let ignored = "Warning[ 66] Local postoffice transaction ignored";
    let told = [duplicate, known, missing, ignored, FINISHED];
    assert_eq!(operator.import("-q -y -v"), told, "with -v");
    let modified = "M Adams, Anna (PLANT)            PCM:NORTH/PLANT/ADAMS\n  \
        Adams, Anna (PLANT)            PCM:NORTH/PLANT/ADAMS";
    operator.lab.postoffices[0].received = vec![Received::Lines(modified.into())];
    let nothing = "Warning[ 47] Transaction has no effect: Adams, Anna (PLANT)";
    assert_eq!(operator.import("-q -y"), [nothing, FINISHED]);
}
