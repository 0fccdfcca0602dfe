//! A site of any size.

use std::fmt::Write;

/// The text of a site file with one Exchange server and so many postoffices. In what the `lab` is
/// given besides, `CHANGED` stands for one change at each of ten postoffices.
pub(crate) fn of(postoffices: usize, lab: &str) -> String {
    let names: Vec<String> = (0..postoffices).map(|n| format!("PO{n:04}")).collect();
    let changed = names.iter().step_by(postoffices.div_ceil(10));
    let changed: Vec<String> = changed.map(|name| format!("{name}: 1")).collect();
    let lab = lab.replace("CHANGED", &changed.join(", "));
    let mut site = format!(
        "site: 1
name: large
lab: {{profile: exchange-4.0, {lab}}}
vars:
  mailexe: M:\\MAILEXE
  drive: M
  admin_password: {{lab: admin_password}}
",
    );
    let _ = writeln!(
        site,
        "groups:\n  dx: [EXCH1]\n  requestors: [{}]",
        names.join(", ")
    );
    site.push_str(
        "hosts:
  EXCH1:
    vars: {exchange: \"4.0\", address: CONTOSO/HQ/$SYSTEM, admin_mailbox: dxadmin, mta: PCMTA-HQ}
",
    );
    for name in names {
        let _ = writeln!(
            site,
            "  {name}:\n    vars: {{address: NORTH/{name}/$SYSTEM}}"
        );
    }
    site
}
