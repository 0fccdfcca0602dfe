//! Variables that are read of hosts which do not have them: each is told once, with all hosts that
//! lack it.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use runsheet_diagnostics::diagnostic::Diagnostic;
use runsheet_diagnostics::span::Span;
use runsheet_diagnostics::words;
use runsheet_step::Name;

use super::bind::MISSING_VAR;
use crate::site::Site;

/// How many hosts are named.
const SOME: usize = 8;

/// What is lacked so far.
#[derive(Default)]
pub(super) struct Lacking {
    by_var: IndexMap<Lacked, Hosts>,
    /// Which variables of which hosts are in it.
    known: BTreeSet<(Name, Name)>,
}

/// A variable, where it is declared, and the one that the hosts have in its place, if one is nearly
/// called so.
#[derive(PartialEq, Eq, Hash)]
pub(super) struct Lacked {
    pub(super) var: Name,
    pub(super) declared: Span,
    pub(super) near: Option<Name>,
}

/// The hosts that lack it, and the input that they are first given by.
struct Hosts {
    input: Name,
    names: Vec<Name>,
}

impl Lacking {
    /// Whether it was not known yet that a host lacks a variable.
    pub(super) fn is_new(&mut self, host: &Name, var: &Name) -> bool {
        self.known.insert((host.clone(), var.clone()))
    }

    pub(super) fn add(&mut self, lacked: Lacked, host: &Name, input: &Name) {
        let blank = || Hosts {
            input: input.clone(),
            names: Vec::new(),
        };
        let hosts = self.by_var.entry(lacked).or_insert_with(blank);
        hosts.names.push(host.clone());
    }

    pub(super) fn told(&self, site: &Site) -> impl Iterator<Item = Diagnostic> {
        let all = self.by_var.iter();
        all.map(|(lacked, hosts)| told(lacked, hosts, site))
    }
}

fn told(lacked: &Lacked, hosts: &Hosts, site: &Site) -> Diagnostic {
    let Lacked { var, .. } = lacked;
    let some = &hosts.names[..hosts.names.len().min(SOME)];
    let others = hosts.names.len() - some.len();
    let message = match (some, others) {
        ([host], _) => format!("the host `{host}` has no variable `{var}`"),
        (_, 0) => format!(
            "the hosts {} have no variable `{var}`",
            words::and_list(some)
        ),
        _ => {
            let some: Vec<String> = some.iter().map(|host| format!("`{host}`")).collect();
            let others = words::count("other", others);
            format!(
                "the hosts {} and {others} have no variable `{var}`",
                some.join(", ")
            )
        }
    };
    let mut told = Diagnostic::error(&MISSING_VAR, message);
    for host in some.iter().filter_map(|host| site.hosts.get(host)) {
        told = told.at(host.span, format!("has no `{var}`"));
    }
    let told = told.at(
        lacked.declared,
        format!("the hosts of `{}` are read for it", hosts.input),
    );
    let is_one = some.len() == 1;
    told.help(match (&lacked.near, is_one) {
        (Some(near), true) => format!("the site gives it `{near}`: did you mean that?"),
        (Some(near), false) => format!("the site gives them `{near}`: did you mean that?"),
        (None, true) => {
            format!("add `{var}: ..` to the `vars:` of the host, its group or the site")
        }
        (None, false) => {
            format!("add `{var}: ..` to the `vars:` of these hosts, of their group or of the site")
        }
    })
}
