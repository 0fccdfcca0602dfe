//! Every kind of the house keeps to every check.

use runsheet_conformance::Sample;
use runsheet_conformance::report::{Report, Verdict};
use runsheet_guest::plugin::Plugin;
use runsheet_guest::step::{Catalogue, Facility, Step};
use runsheet_site::events::EventsFacility;
use runsheet_site::file::FileFacility;
use runsheet_site::mailbox::MailboxFacility;
use runsheet_site::process::ProcessFacility;
use runsheet_site::prompt::PromptFacility;
use runsheet_site::registry::RegistryFacility;
use runsheet_site::service::ServiceFacility;
use runsheet_site::settings::SettingsFacility;

mod guest;

const SEED: u64 = 1;

fn plugin(steps: Vec<Box<dyn Step>>, facilities: Vec<Box<dyn Facility>>) -> Plugin {
    Plugin {
        name: "linked",
        version: "1.0.0",
        summary: "what is linked",
        drivers: Vec::new(),
        steps,
        facilities,
    }
}

fn tested(plugin: Plugin) -> Report {
    tested_with(plugin, &[])
}

fn tested_with(plugin: Plugin, samples: &[Sample]) -> Report {
    let site = runsheet_site::fill(Catalogue::default());
    guest::tested_with(plugin, &site, SEED, samples, |_| {})
}

/// What is wrong: findings, and checks that could not be made and were to be.
fn wrong(report: &Report, wanted: &[&str]) -> Vec<String> {
    let mut wrong = Vec::new();
    for one in &report.results {
        match &one.verdict {
            Verdict::Held { .. } => {}
            Verdict::Broken { findings } => wrong.extend(findings.iter().map(|finding| {
                let (of, why, with) = (&finding.of, &finding.why, &finding.with);
                format!(
                    "{of} breaks {}, seed {SEED}: {why}\n  with {with}",
                    one.check
                )
            })),
            Verdict::NotApplicable { .. } if wanted.contains(&one.check) => {
                wrong.push(format!("{} is not looked at", one.check));
            }
            Verdict::NotApplicable { .. } => {}
        }
    }
    wrong
}

#[test]
fn each_linked_kind_keeps_to_every_check() {
    let kinds: Vec<(Box<dyn Step>, &[&str])> = vec![
        (Box::new(runsheet_assert::Kind), &["outputs"]),
        (Box::new(runsheet_exec::Kind), &["outputs", "changed"]),
        (Box::new(runsheet_manual::Kind), &["faults"]),
        (Box::new(runsheet_registry::Kind), &["settled", "undo"]),
        (Box::new(runsheet_service::Kind), &["changed", "undo"]),
        (Box::new(runsheet_setting::Kind), &["settled", "undo"]),
        (Box::new(runsheet_verify_event::Kind), &["outputs"]),
        (Box::new(runsheet_verify_file::Kind), &["outputs"]),
        (Box::new(runsheet_verify_message::Kind), &["faults"]),
        (Box::new(runsheet_wait_for_event::Kind), &["arm"]),
    ];
    let mut broken = Vec::new();
    for (kind, can) in kinds {
        let name = kind.kind().to_owned();
        let report = tested(plugin(vec![kind], Vec::new()));
        broken.extend(
            wrong(&report, can)
                .into_iter()
                .map(|why| format!("{name}: {why}")),
        );
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn each_linked_facility_keeps_to_every_check() {
    let report = tested(plugin(
        Vec::new(),
        vec![
            Box::new(EventsFacility),
            Box::new(FileFacility),
            Box::new(MailboxFacility),
            Box::new(ProcessFacility),
            Box::new(PromptFacility),
            Box::new(RegistryFacility),
            Box::new(ServiceFacility),
            Box::new(SettingsFacility),
        ],
    ));
    let broken = wrong(&report, &["foresight", "repeat", "sameness"]);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn a_sample_that_does_not_come_to_a_good_end_is_told() {
    let samples = "[{uses: assert, with: {that: true}}, {uses: assert, with: {that: false}}]";
    let samples = Sample::read(samples).expect("they are samples");
    let assert = plugin(vec![Box::new(runsheet_assert::Kind)], Vec::new());
    let broken = wrong(&tested_with(assert, &samples), &["samples"]);
    assert_eq!(broken.len(), 1, "{broken:?}");
    let why = "assert breaks samples, seed 1: a sample of it ends otherwise: it fails: ";
    assert!(broken[0].starts_with(why), "{broken:?}");
}
