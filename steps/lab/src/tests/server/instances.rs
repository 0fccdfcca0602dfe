//! Instances of DISPATCH and EXTERNAL, told what to do by files beside them.

use super::{Operator, postoffices};

const THREE: [&str; 3] = ["HUB", "SALES", "PLANT"];

/// A site whose workstation has these two files.
fn site(dispatch: &str, external: &str) -> Operator {
    let mut operator = Operator::at_work(&postoffices(&THREE));
    let files = [("DISPATCH", dispatch), ("EXTERNAL", external)];
    for (program, text) in files.into_iter().filter(|(_, text)| !text.is_empty()) {
        let file = format!(r"MAILEXE\{program}.INI");
        operator.lab.postoffices[0]
            .texts
            .insert(file, text.to_owned());
    }
    operator.run("PLANT", "reqmain -dM -t");
    operator
}

/// As Q96060 has them: DISPATCH starts EXTERNAL where nothing is due, with a time to break off.
#[test]
fn an_instance_of_dispatch_runs_that_of_external() {
    let dispatch = "[Dispatch]\nDriveHomePO=F ; Home postoffice\nLogSession    ; Keep track\n\
        [Dispatch-Normal]\nDrivesDirectPO=fh   ; F through H\n\
        IdleProcess = \"external /instancename=Normal\"\n";
    let external = "[External]\nLogSent\nLogReceive=No\n[External-Normal]\nCommDisable\n\
        DrivesDirectPO=fh\n[External-Modem]\nDrivesDirectPO=fz\n";
    let mut operator = site(dispatch, external);
    let ended = operator.run("MTA1", "dispatch /instancename=Normal -tu10");
    assert_eq!(ended, (String::new(), 64));
    assert!(operator.at("PLANT").outgoing.is_empty());
    assert_eq!(operator.at("HUB").system.len(), 2);
    assert!(operator.at("PLANT").file(r"LOG\SENT.LOG").is_some());
    assert!(operator.at("HUB").file(r"LOG\RECV.LOG").is_none());
    let log = operator.at("HUB").file(r"LOG\DISPATCH.LOG").unwrap();
    let text = log.text.unwrap();
    let looked = text.lines().filter(|it| it.starts_with("Normal "));
    assert_eq!(looked.count(), 3, "{text}");
}

#[test]
fn what_an_instance_is_not_told_it_cannot_begin() {
    let external = "[External-Modem]\nDrivesDirectPO=FZ\n";
    let mut operator = site("", external);
    assert_eq!(operator.run("MTA1", "external -0").1, 65, "no drive");
    let line = "external -0 /instancename=Modem";
    assert_eq!(operator.run("MTA1", line).1, 65, "Z leads nowhere");
    assert_eq!(
        operator
            .run("MTA1", "external -0 /LogSession /DrivesDirectPO=FH")
            .1,
        64
    );
    assert!(operator.at("PLANT").outgoing.is_empty());
    assert!(operator.at("HUB").file(r"LOG\SESSION.LOG").is_some());
}
