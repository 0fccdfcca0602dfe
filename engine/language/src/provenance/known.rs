//! All addresses there are, for whoever mistyped one.

use super::{Asked, written};
use crate::keys::WORKFLOW;
use crate::workflow::StepId;

impl Asked<'_> {
    /// The addresses of inputs, steps, hosts, groups and variables.
    pub fn addresses(&self) -> Vec<String> {
        let inputs = self.workflow.inputs.keys();
        let mut all: Vec<String> = inputs.map(|name| written(["inputs", name])).collect();
        let root = self
            .origins
            .shelf
            .document(self.origins.shelf.main())
            .root();
        for key in ["defaults", "types"] {
            let map = root.and_then(|root| root.get(key));
            let entries = map.into_iter().flat_map(|map| map.value.entries());
            all.extend(entries.map(|entry| written([key, entry.name()])));
        }
        let define = root.and_then(|root| root.get("define")).into_iter();
        let defines = define.flat_map(|define| define.value.entries());
        all.extend(defines.map(|entry| written([entry.name()])));
        let steps = self.workflow.ids().filter(|step| *step != StepId::MAIN);
        all.extend(steps.map(|step| self.workflow.dotted(step).to_string()));
        if let Some((_, site)) = self.site {
            all.extend(site.groups.keys().map(|group| written(["groups", group])));
            all.extend(site.vars.keys().map(|var| written(["vars", var])));
            for (host, own) in &site.hosts {
                all.push(written(["hosts", host]));
                let vars = own.vars.keys();
                all.extend(vars.map(|var| written(["hosts", host, "vars", var])));
            }
        }
        all.extend(WORKFLOW.names().map(str::to_owned));
        all
    }
}
