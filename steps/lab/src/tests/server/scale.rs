//! A thousand requestors of a postoffice.

use std::sync::Arc;

use super::{Operator, postoffices};

#[test]
fn a_thousand_requestors_of_a_postoffice_share_what_they_know() {
    let mut hosts: Vec<String> = vec!["HUB".to_owned()];
    hosts.extend((1..1000).map(|number| format!("PO{number:03}")));
    let hosts: Vec<&str> = hosts.iter().map(String::as_str).collect();
    let mut blueprint = postoffices(&hosts);
    blueprint.users = 2;
    let mut operator = Operator::at_work(&blueprint);
    operator.export();
    operator.cycle();
    assert_eq!(operator.at("PO999").gal_entries(), 2000);
    let first = &operator.lab.postoffices[1].lists;
    let mut others = operator.lab.postoffices.iter().skip(2);
    assert!(others.all(|it| Arc::ptr_eq(&it.lists, first)));
    operator.run("PO500", "admin create ZOE Zorn, Zoe -dM");
    operator.cycle();
    assert!(operator.knows("PO001", "NORTH/PO500/ZOE").is_some());
}
