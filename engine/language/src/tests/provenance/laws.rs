//! What holds for every address there is.

use super::{SITE, case};

#[test]
fn every_address_that_is_listed_leads_somewhere() {
    let text = "\
workflow: 1
name: x
inputs: {po: {type: host, vars: {drive: text}, default: HQ}}
types: {office: host}
defaults: {timeout: 5m}
define: {one: {steps: [{id: inner, uses: assert, with: {that: true}}]}}
steps:
  - {id: call, uses: one}
  - {id: group, steps: [{id: inner, uses: assert, with: {that: true}}]}
finally: [{id: end, uses: assert, with: {that: true}}]
";
    let all = case(&[("x.yaml", text), SITE]);
    let addresses = all.addresses();
    assert!(
        addresses.iter().any(|one| one == "call.inner"),
        "{addresses:?}"
    );
    for address in addresses {
        if let Err(lost) = all.ask(&address).0 {
            panic!("{address}: {lost:?}");
        }
    }
}
