//! The workflows of the product are as good as what they ask of others.

use crate::product;
use crate::repository::{files, read};

/// The files directly in a folder of `workflows`.
fn yaml_in(folder: &str) -> Vec<String> {
    let inside = |path: &String| {
        let name = path
            .strip_prefix(folder)
            .and_then(|rest| rest.strip_suffix(".yaml"));
        name.is_some_and(|name| !name.contains('/'))
    };
    files().into_iter().filter(inside).collect()
}

#[test]
fn every_workflow_is_read_without_a_word() {
    let workflows = yaml_in("workflows/");
    assert!(workflows.iter().any(|path| path == product::FLAGSHIP));
    for path in workflows {
        let workflow = product::workflow(&path, &read(&path));
        assert!(workflow.found.is_empty(), "{}", workflow.screen());
    }
}

#[test]
fn every_workflow_runs_on_every_site_beside_it() {
    for site_path in yaml_in("workflows/sites/") {
        let (site, found) = product::site(&read(&site_path));
        assert_eq!(found, [], "{site_path}");
        for path in yaml_in("workflows/") {
            let found = product::workflow(&path, &read(&path)).bound_to(&site);
            assert_eq!(found, [], "{path} on {site_path}");
        }
    }
}

#[test]
fn the_language_knows_every_option_of_the_lab() {
    let known = runsheet_language::site::LAB_KEYS;
    let mut options = runsheet_lab::options::OPTIONS.iter();
    assert_eq!(options.find(|option| !known.contains(option)), None);
}
