//! IMPORT and the files people give it.

use super::super::Operator;
use super::{FINISHED, two};

const FILE: &str = "\
A Fox, Fay                       PCM:EAST/STORE/FFOX
A Gates, Gil                     SMTP:gil@litware.com
M Adams, Anna (PLANT)            PCM:NORTH/PLANT/ADAMS
  Adams, Anne (PLANT)            PCM:NORTH/PLANT/ADAMS
M Nobody, Ned                    PCM:NORTH/PLANT/NED
  Nobody, Ted                    PCM:NORTH/PLANT/TED
D Baker, Bert (PLANT)            PCM:NORTH/PLANT/BAKER
X What is this                   PCM:NORTH/PLANT/WHAT
";

fn prepared() -> Operator {
    let mut operator = two();
    let texts = &mut operator.lab.postoffices[0].texts;
    texts.insert(r"MAILEXE\NEW.TXT".to_owned(), FILE.to_owned());
    operator
}

#[test]
fn a_file_changes_the_lists_and_is_told_line_by_line() {
    let mut operator = prepared();
    let log = operator.import("-fnew.txt -c -y");
    assert_eq!(
        log,
        [
            "Error  [ 13] Invalid transaction command: X What is this                   PCM:NORTH/PLANT/WHAT",
            "Error  [ 44] Gateway not installed: SMTP",
            "Error  [ 29] Alias does not exist: Nobody, Ned",
            FINISHED,
        ]
    );
    let knows = |address| operator.knows("SALES", address);
    assert_eq!(knows("EAST/STORE/FFOX"), Some("Fox, Fay"));
    assert_eq!(knows("NORTH/PLANT/ADAMS"), Some("Adams, Anne (PLANT)"));
    assert_eq!(
        knows("NORTH/PLANT/TED"),
        Some("Nobody, Ted"),
        "a stray entry"
    );
    assert_eq!(knows("NORTH/PLANT/BAKER"), None);
}

#[test]
fn without_c_no_postoffice_is_created() {
    let mut operator = prepared();
    let log = operator.import("-fnew.txt -y");
    let refused = "Error  [ 32] Postoffice not found: EAST/STORE".to_owned();
    assert!(log.contains(&refused), "{log:?}");
    assert_eq!(operator.knows("SALES", "EAST/STORE/FFOX"), None);
}

#[test]
fn e_puts_the_file_into_the_stream_whatever_else_is_said() {
    let mut operator = prepared();
    let last = operator.at("SALES").queue.last().unwrap();
    operator.import("-E -q -a -c -fnew.txt -y");
    let sales = operator.at("SALES");
    assert_eq!(sales.queue.pending(last).len(), 5);
    assert!(sales.external_names.is_empty(), "-e ignores -a");
    assert_eq!(operator.knows("SALES", "EAST/STORE/FFOX"), None);
    operator.cycle();
    assert_eq!(operator.knows("PLANT", "EAST/STORE/FFOX"), Some("Fox, Fay"));
}

#[test]
fn a_puts_the_names_into_the_postoffice_address_list_too() {
    let mut operator = prepared();
    let size = |operator: &Operator| operator.at("SALES").file(r"NME\ADMIN.NME").unwrap().size;
    assert_eq!(size(&operator), 45 * 4);
    operator.import("-fnew.txt -a -c -y");
    assert_eq!(size(&operator), 45 * 8);
}

#[test]
fn r_empties_the_lists_of_the_file_first() {
    let mut operator = prepared();
    let text = "A Fox, Fay                       PCM:NORTH/PLANT/FFOX\n";
    let texts = &mut operator.lab.postoffices[0].texts;
    texts.insert(r"ONE.TXT".to_owned(), text.to_owned());
    operator.import(r"-fM:\one.txt -r -y");
    assert!(operator.knows("SALES", "NORTH/PLANT/FFOX").is_some());
    assert_eq!(operator.knows("SALES", "NORTH/PLANT/ADAMS"), None);
}

#[test]
fn x_writes_a_list_into_a_file_that_import_can_read() {
    let mut operator = two();
    assert_eq!(
        operator.import(r"-x -gPCM:north/plant -fout.txt -y"),
        [FINISHED]
    );
    let text = operator.at("SALES").file("OUT.TXT").unwrap().text.unwrap();
    assert_eq!(text.lines().count(), 4);
    assert!(text.starts_with("A Adams, Anna (PLANT)            PCM:NORTH/PLANT/ADAMS\n"));
    let missing = "Error  [ 32] Postoffice not found: FAX";
    assert_eq!(
        operator.import("-x -gFAX -fout.txt -y"),
        [missing, FINISHED]
    );
}

#[test]
fn s_is_for_servers() {
    let mut operator = two();
    let refused =
        "Error  [ 67] Resync extract can be performed only at a Directory Synchronization Server";
    assert_eq!(operator.import("-s -y"), [refused, FINISHED]);
    assert!(operator.at("SALES").resync.is_none());
}

#[test]
fn a_log_of_its_own_is_written_where_it_can_be() {
    let mut operator = prepared();
    operator.import("-fnew.txt -l -y");
    let own =
        |operator: &Operator, path: &str| operator.at("SALES").file(path).and_then(|it| it.text);
    let text = own(&operator, r"LOG\IMPORT.LOG").unwrap();
    assert!(text.ends_with("Import is finished.\n"), "{text}");
    operator.import(r"-fnew.txt -lNOWHERE\X.LOG -y");
    assert_eq!(own(&operator, r"NOWHERE\X.LOG"), None);
    let line = format!(
        "import admin -dM -p{} -fnew.txt -n -y",
        crate::password::of("SALES")
    );
    let (screen, _) = operator.run("SALES", &line);
    assert!(screen.contains("[ 29] Alias does not exist"), "{screen}");
}

#[test]
fn nothing_is_done_until_the_question_is_answered() {
    let mut operator = two();
    operator.bring_an_update();
    let line = format!("import admin -dM -p{} -q", crate::password::of("SALES"));
    let argv: Vec<String> = line.split(' ').map(str::to_owned).collect();
    for (answer, known) in [("n", false), ("y", true)] {
        let mut keyboard = |_: &str| Some(answer.to_owned());
        let left = operator
            .lab
            .perform("SALES", &argv, r"M:\MAILEXE", &mut keyboard);
        assert_eq!(left.unwrap().exit, 0);
        assert_eq!(operator.knows("SALES", "NORTH/PLANT/ZOE").is_some(), known);
    }
}
