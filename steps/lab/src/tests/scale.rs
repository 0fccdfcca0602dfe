//! A thousand postoffices.

use super::{Operator, blueprint};

#[test]
fn a_thousand_postoffices_share_what_they_know() {
    let hosts: Vec<String> = (0..1000).map(|number| format!("PO{number:03}")).collect();
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let mut blueprint = blueprint(&hosts);
    blueprint.users = 2;
    let mut operator = Operator::prepared(&blueprint);
    operator.export();
    operator.cycle();
    assert_eq!(operator.at("PO999").gal_entries(), 2002);
    let first = &operator.lab.postoffices[0].lists;
    let shared = operator.lab.postoffices.iter();
    assert!(
        shared
            .skip(1)
            .all(|it| std::sync::Arc::ptr_eq(&it.lists, first))
    );
    operator.run("PO500", "admin create ZOE Zorn, Zoe -dM");
    operator.cycle();
    assert!(operator.knows("PO001", "NORTH/PO500/ZOE").is_some());
}
