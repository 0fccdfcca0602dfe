//! A workflow that was rendered is the workflow: it checks clean, it is in order, it is left as it
//! is when it is rendered again, and it is planned as before.

use std::fs;

use runsheet_kit::desk::Desk;
use runsheet_kit::difference::difference;
use runsheet_kit::story::Stage;
use serde_json::Value;

use crate::product::FLAGSHIP;
use crate::repository::{files, read, root};

/// Where the rendered file is put: beside the others, since that is where sites are looked for.
const RENDERED: &str = "workflows/rendered.yaml";

/// What an overlay says of hosts and sites, beside it.
const OF_SITES: &str = "workflows/variants/of-sites.yaml";

/// The sites of the house.
fn sites() -> impl Iterator<Item = String> {
    let in_order = files().into_iter();
    in_order.filter(|path| path.starts_with("workflows/sites/"))
}

/// The workflows of the house that can be run, without fragments.
fn workflows() -> impl Iterator<Item = String> {
    files().into_iter().filter(|path| {
        let is_yaml = path.starts_with("workflows/") && path.ends_with(".yaml");
        is_yaml && {
            let text = read(path);
            let says = |key: &str| text.lines().any(|line| line.starts_with(key));
            says("workflow:") && (says("steps:") || says("extends:"))
        }
    })
}

/// The overlays over the flagship.
fn overlays() -> Vec<String> {
    let overlays = files().into_iter();
    let overlays = overlays.filter(|path| {
        path.starts_with("workflows/variants/") && read(path).starts_with("overlay:")
    });
    overlays.collect()
}

/// An overlay without its patch: what it says of hosts and sites, which is no part of a workflow.
fn of_sites(overlay: &str) -> String {
    let mut is_patch = false;
    let kept = overlay.lines().filter(|line| {
        if line.starts_with(char::is_alphabetic) {
            is_patch = line.starts_with("patch:");
        }
        !is_patch
    });
    kept.map(|line| format!("{line}\n")).collect()
}

/// The plan of a workflow at a site, without the places of its parts; what is said where there is
/// none.
fn planned(desk: &mut Desk, workflow: &str, site: &str) -> Result<Value, u8> {
    let left = desk.runsheet(&format!("plan {workflow} --site {site} --json"));
    if left.code != 0 {
        return Err(left.code);
    }
    let mut plan = serde_json::from_str(&left.data).expect("a plan is JSON");
    forget_places(&mut plan);
    Ok(plan)
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(map) if map.contains_key("start") && map.contains_key("end") => {
            *value = Value::Null;
        }
        Value::Object(map) => {
            map.remove("source_hash");
            // What another file defines is called by a longer name from elsewhere.
            if map.contains_key("declared") {
                map.remove("kind");
            }
            map.values_mut().for_each(forget_places);
        }
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}

/// Renders what `from` names, and holds the text against all that can be asked of it alone.
#[track_caller]
fn rendered(desk: &mut Desk, from: &str) {
    let left = desk.runsheet(&format!("render {from} -o {RENDERED}"));
    assert_eq!(left.code, 0, "{}", left.screen);
    let text = fs::read_to_string(desk.folder().path().join(RENDERED));
    let text = text.expect("it was written");
    let again = desk.runsheet(&format!("render {RENDERED}")).data;
    assert_eq!(difference(&text, &again), "", "{from}");
    for command in ["check", "fmt --check"] {
        let left = desk.runsheet(&format!("{command} {RENDERED}"));
        assert_eq!(left.code, 0, "{from}: {}", left.screen);
        assert!(!left.screen.contains('⚠'), "{from}: {}", left.screen);
    }
    let beside = desk.folder().path().join(RENDERED);
    for line in text.lines() {
        let Some((_, origin)) = line.rsplit_once("# from ") else {
            continue;
        };
        let (path, _) = origin.rsplit_once(':').expect("a path and a line");
        assert!(beside.with_file_name(path).is_file(), "{from}: {line}");
    }
}

/// Whether a workflow is planned as the rendered file is, at every site; how many plans there were.
#[track_caller]
fn plans(desk: &mut Desk, workflow: &str, rendered: &str) -> usize {
    let mut plans = 0;
    for site in sites() {
        let before = planned(desk, workflow, &site);
        let after = planned(desk, rendered, &site);
        assert!(before == after, "{workflow} at {site}");
        plans += usize::from(before.is_ok());
    }
    plans
}

#[test]
fn a_rendered_workflow_is_the_workflow() {
    let mut desk = Desk::new().with(&root().join("workflows"));
    let mut made = 0;
    for workflow in workflows() {
        rendered(&mut desk, &workflow);
        let left = desk.runsheet(&format!("diff {workflow} --exit-code {RENDERED}"));
        assert_eq!(left.code, 0, "{workflow}: {}", left.screen);
        made += plans(&mut desk, &workflow, RENDERED);
    }
    assert!(made > 5, "{made} plans were held against each other");
}

#[test]
fn a_rendered_variant_is_the_variant() {
    let mut desk = Desk::new().with(&root().join("workflows"));
    let mut made = 0;
    let overlays = overlays();
    assert!(overlays.len() > 5, "{overlays:?}");
    for overlay in overlays {
        let laid = format!("{FLAGSHIP} --overlay {overlay}");
        rendered(&mut desk, &laid);
        // The overlay is laid over the second only, and what it says of sites was not rendered.
        let left = desk.runsheet(&format!("diff {RENDERED} {laid} --json"));
        let found: Value = serde_json::from_str(&left.data).expect("differences are JSON");
        let found = &found["differences"][0];
        assert_eq!(found["steps"], Value::Array(Vec::new()), "{overlay}");
        for value in found["values"].as_array().into_iter().flatten() {
            let path = value["path"].as_str().unwrap_or_default();
            let of_sites = path.starts_with("vars.") || path.starts_with("site.");
            assert!(of_sites, "{path}");
        }
        desk.write(OF_SITES, &of_sites(&read(&overlay)));
        made += plans(
            &mut desk,
            &laid,
            &format!("{RENDERED} --overlay {OF_SITES}"),
        );
    }
    assert!(made > 5, "{made} plans were held against each other");
}
