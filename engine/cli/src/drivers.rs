//! Which driver serves what: the lab's for a lab, this machine's or a person for a real site.

mod blueprint;
mod brought;
mod clock;
mod prompt;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use runsheet_diagnostics::code::Code;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::{suggest, words};
use runsheet_lab::bench::Bench;
use runsheet_language::site::{Binding, Site};
use runsheet_machine::process::LocalPrograms;
use runsheet_runner::drivers::Drivers;
use runsheet_runner::vault::Vault;
use runsheet_step::driver::{Clock, Driver};
use runsheet_step::{Name, Value};
use runsheet_trust::drivers::Brought;

use crate::complaint::Complaint;
use crate::console::Console;
use crate::operator::Answers;
use crate::reading::Whole;
pub(crate) use blueprint::{BAD_LAB, blueprint, mistakes};
use brought::Programs;
use clock::MachineClock;
use prompt::Asking;

/// A driver that there is not.
pub(crate) static UNKNOWN_DRIVER: Code =
    Code::new("unknown-driver", include_str!("pages/unknown-driver.md"));

/// The drivers that every site file can name, each with the facility that it serves unless it
/// serves them all.
pub(crate) const OWN: &[(&str, Option<&str>)] = &[
    ("lab", None),
    ("local", Some(runsheet_site::process::NAME)),
    ("operator", Some(runsheet_site::prompt::NAME)),
];

/// The drivers of a site.
pub(crate) struct SiteDrivers {
    clock: Arc<dyn Clock>,
    /// Those of the lab, by facility; empty where there is none.
    lab: BTreeMap<&'static str, Arc<dyn Driver>>,
    /// Those named in the site file, by host and facility.
    named: BTreeMap<Name, BTreeMap<Name, Arc<dyn Driver>>>,
    /// The person, who is asked at any host.
    asking: Arc<dyn Driver>,
    /// Those that plugins bring.
    programs: Programs,
}

impl SiteDrivers {
    /// What is not to be logged.
    pub(crate) fn keep(&self, vault: &Vault) {
        self.programs.keep(vault);
    }

    /// Ends the drivers that are programs of their own.
    pub(crate) async fn close(&self) {
        self.programs.close().await;
    }
}

impl Drivers for SiteDrivers {
    fn driver(&self, host: &str, facility: &str) -> Option<Arc<dyn Driver>> {
        let named = self.named.get(host).and_then(|named| named.get(facility));
        let lab = || self.lab.get(facility);
        let person = (facility == runsheet_site::prompt::NAME).then_some(&self.asking);
        named.or(person).or_else(lab).cloned()
    }

    fn clock(&self) -> Arc<dyn Clock> {
        self.clock.clone()
    }
}

/// The drivers that a site file asks for.
///
/// # Errors
/// A driver that there is not, or a lab that cannot be built; both have their place.
pub(crate) fn of(
    whole: &Whole,
    answers: &Answers,
    console: &Console,
) -> Result<Arc<SiteDrivers>, Complaint> {
    let unknown = unknown_drivers(&whole.site, &whole.brought);
    if !unknown.is_empty() {
        console.diagnose(&unknown, &whole.sources);
        return Err(Complaint::told());
    }
    let bench = match &whole.site.lab {
        Some(options) => Some(bench(options, whole, console)?),
        None => None,
    };
    let lab: BTreeMap<_, _> = match &bench {
        Some(bench) => runsheet_lab::drivers::all(bench).into_iter().collect(),
        None => BTreeMap::new(),
    };
    let stand_in = lab.get(runsheet_site::prompt::NAME).cloned();
    let asking: Arc<dyn Driver> = Arc::new(Asking::new(stand_in, answers.clone()));
    let clock: Arc<dyn Clock> = match bench {
        Some(bench) => bench,
        None => Arc::new(MachineClock),
    };
    let programs = Programs::of(&whole.brought, console);
    let named = named(&whole.site, &lab, &asking, &programs);
    Ok(Arc::new(SiteDrivers {
        clock,
        lab,
        named,
        asking,
        programs,
    }))
}

/// The lab of a site, from its options and hosts. One on disk is in a folder that is named from
/// that of the site file.
///
/// # Errors
/// A lab that cannot be built, or its folder not be used.
fn bench(options: &Value, whole: &Whole, console: &Console) -> Result<Arc<Bench>, Complaint> {
    let blueprint = blueprint(options, whole, console)?;
    Ok(Bench::open(&blueprint, &beside(&whole.site_path, console))?)
}

/// The folder of a file.
pub(crate) fn beside(file: &Path, console: &Console) -> PathBuf {
    let file = console.resolve(file);
    file.parent().unwrap_or(Path::new("")).to_owned()
}

/// Who serves what, as far as the site file says it; no driver is needed to know that.
pub(crate) struct Bindings {
    has_lab: bool,
    named: BTreeSet<(Name, Name)>,
}

impl Bindings {
    pub(crate) fn of(site: &Site) -> Bindings {
        let named = bindings(site).map(|(host, facility, _)| (host.clone(), facility.clone()));
        Bindings {
            has_lab: site.lab.is_some(),
            named: named.collect(),
        }
    }

    /// Whether anybody serves a facility at a host.
    pub(crate) fn serve(&self, host: &str, facility: &str) -> bool {
        let is_named = || self.named.contains(&(host.into(), facility.into()));
        self.has_lab || facility == runsheet_site::prompt::NAME || is_named()
    }
}

/// Every binding of the site, also of the machines that act for others.
fn bindings(site: &Site) -> impl Iterator<Item = (&Name, &Name, &Binding)> {
    site.hosts.iter().flat_map(|(name, host)| {
        let other = host.at.as_ref().and_then(|at| site.hosts.get(at));
        let of_other = other.into_iter().flat_map(|other| &other.facilities);
        // What a host says itself comes last, and so counts.
        of_other
            .chain(&host.facilities)
            .map(move |(facility, binding)| (name, facility, binding))
    })
}

fn named(
    site: &Site,
    lab: &BTreeMap<&'static str, Arc<dyn Driver>>,
    asking: &Arc<dyn Driver>,
    programs: &Programs,
) -> BTreeMap<Name, BTreeMap<Name, Arc<dyn Driver>>> {
    let local: Arc<dyn Driver> = Arc::new(LocalPrograms::default());
    let driver = |facility: &str, binding: &Binding| match &*binding.driver {
        "local" => Some(local.clone()),
        "operator" => Some(asking.clone()),
        "lab" => lab.get(facility).cloned(),
        name => programs.driver(name, &binding.options),
    };
    let mut named: BTreeMap<Name, BTreeMap<Name, Arc<dyn Driver>>> = BTreeMap::new();
    for (host, facility, binding) in bindings(site) {
        if let Some(driver) = driver(facility, binding) {
            let here = named.entry(host.clone()).or_default();
            here.insert(facility.clone(), driver);
        }
    }
    named
}

/// Bindings that this program has no driver for.
pub(crate) fn unknown_drivers(site: &Site, brought: &[Brought]) -> Vec<Diagnostic> {
    let all = site.hosts.values().flat_map(|host| &host.facilities);
    all.filter_map(|(facility, binding)| fault(site, brought, facility, binding))
        .collect()
}

/// Whether every site file can name this driver. Such a one takes nothing beside its name.
pub(crate) fn is_own(name: &str) -> bool {
    OWN.iter().any(|(own, _)| *own == name)
}

fn fault(
    site: &Site,
    brought: &[Brought],
    facility: &str,
    binding: &Binding,
) -> Option<Diagnostic> {
    let serves = match &*binding.driver {
        "lab" => site.lab.is_some(),
        name if is_own(name) => OWN.contains(&(name, Some(facility))),
        name => match brought.iter().find(|it| *it.driver.name == *name) {
            Some(it) if *it.driver.facility == *facility => true,
            Some(it) => return Some(brought::misplaced(it, facility, binding)),
            None => false,
        },
    };
    if serves {
        return None;
    }
    let name = &binding.driver;
    let diagnostic = if is_own(name) {
        let message = format!("the driver `{name}` does not serve `{facility}` here");
        Diagnostic::error(&UNKNOWN_DRIVER, message)
            .at(binding.span, "not for this facility")
            .help(
                "`local` serves `process`, `operator` serves `prompt`, and `lab` everything where \
             the site has a `lab:`",
            )
    } else {
        let message = format!("there is no driver `{name}`");
        let diagnostic = Diagnostic::error(&UNKNOWN_DRIVER, message).at(binding.span, "no driver");
        let names = brought.iter().map(|it| &*it.driver.name);
        let own = OWN.iter().map(|(name, _)| *name);
        let names: Vec<&str> = own.chain(names).collect();
        match suggest::nearest(name, names.iter().copied()) {
            Some(near) => diagnostic.did_you_mean(near, binding.span),
            None => {
                let names = words::and_list(names);
                diagnostic.help(format!("there are {names}"))
            }
        }
    };
    Some(diagnostic)
}
