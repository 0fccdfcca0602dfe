//! Every fault there is, with everything it may be given on a small site.

use runsheet_step::{Name, Value};

use crate::exchange::services;
use crate::faults::{Kind, Parameter, Takes, kinds};
use crate::lab::Lab;

/// Files that tools stumble over.
const FILES: [&str; 22] = [
    r"GLB\REQCONF.GLB",
    r"GLB\REQTRANS.GLB",
    r"GLB\SRVTRANS.GLB",
    r"GLB\USRTRANS.GLB",
    r"GLB\MSTTRANS.GLB",
    r"GLB\SRVCONF.GLB",
    r"GLB\FLAG.GLB",
    r"GLB\MASTER.GLB",
    r"GLB\CONTROL.GLB",
    r"GLB\PROCESS.GLB",
    r"GLB\TID.GLB",
    r"GLB\DS_MSG.GLB",
    r"GLB\SORTLOCK.GLB",
    r"GLB\GALNETPO.GLB",
    r"GLB\GALINDEX.GLB",
    r"NME\GAL.NME",
    r"NME\ADMIN.NME",
    r"MBG\INQUEUE.MBG",
    r"KEY\INQUEUE.KEY",
    r"MBG\SYSTEM.MBG",
    r"MAI",
    r"P1",
];

/// As a site file would list them.
pub(super) fn of(lab: &Lab) -> Vec<Value> {
    kinds().flat_map(|kind| given(kind, lab)).collect()
}

/// A kind with each choice there is for what it takes.
fn given(kind: &Kind, lab: &Lab) -> Vec<Value> {
    let mut all: Vec<Vec<(Name, Value)>> = vec![vec![("fault".into(), Value::text(kind.name))]];
    for parameter in kind.takes {
        let choices = choices(parameter, lab);
        all = all
            .into_iter()
            .flat_map(|entries| {
                choices.iter().map(move |choice| {
                    let mut entries = entries.clone();
                    entries.push((parameter.name.into(), choice.clone()));
                    entries
                })
            })
            .collect();
    }
    all.into_iter().map(Value::map).collect()
}

fn choices(parameter: &Parameter, lab: &Lab) -> Vec<Value> {
    let mta = lab.exchanges.first().and_then(|it| it.mtas.first());
    let texts: Vec<String> = match (parameter.takes, parameter.name) {
        (Takes::Postoffice, _) => lab
            .postoffices
            .iter()
            .map(|it| it.host.to_string())
            .collect(),
        (Takes::Exchange, _) => lab.exchanges.iter().map(|it| it.host.to_string()).collect(),
        (Takes::File, _) => FILES.map(str::to_owned).to_vec(),
        (Takes::Count, _) => return vec![Value::Int(1)],
        (Takes::Span, _) => vec!["10m".to_owned()],
        (Takes::Text, "service") => [services::DX, services::INTERCHANGE]
            .into_iter()
            .chain(mta.map(|it| &*it.name))
            .map(str::to_owned)
            .collect(),
        (Takes::Text, _) => vec!["ADMIN".to_owned()],
    };
    texts.into_iter().map(Value::text).collect()
}
