//! A site of any size.

use std::fmt::Write;

/// The text of a site file with one Exchange server and so many postoffices of two users each.
pub(crate) fn of(postoffices: usize) -> String {
    let names: Vec<String> = (0..postoffices).map(|n| format!("PO{n:04}")).collect();
    let mut site = String::from(
        "site: 1
name: large
lab: {profile: exchange-4.0, users: 2}
vars:
  mailexe: M:\\MAILEXE
  drive: M
  admin_password: {lab: admin_password}
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
