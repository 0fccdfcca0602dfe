//! Variables of the hosts that an input of the workflow stands for: `inputs.dx.vars.exchange`.

use runsheet_step::Value;

use super::inputs::of;
use super::versions::Part;
use super::words::Words;
use super::{Asked, Chain, Layer, written};

impl Asked<'_> {
    /// What is said of the variable of each host of an input, and last where the workflow declares
    /// it; nothing where the hosts are not known.
    pub(super) fn var_of_input(&self, names: &[String], words: &Words) -> Option<Chain> {
        let ["inputs", name, rest @ ..] = &names.iter().map(String::as_str).collect::<Vec<_>>()[..]
        else {
            return None;
        };
        let (item, rest) = match rest {
            [item, rest @ ..] if item.parse::<usize>().is_ok() => (item.parse().ok(), rest),
            rest => (None, rest),
        };
        let ["vars", var] = rest else { return None };
        let hosts = hosts(self.bound?.inputs.get(*name)?, item);
        let chains = hosts
            .iter()
            .filter_map(|host| Some((host, self.var(host, var, words)?)));
        let mut chains: Vec<(&String, Chain)> = chains.collect();
        let (_, first) = chains.first()?;
        let is_same = chains.iter().all(|(_, chain)| chain.value == first.value);
        let (kind, value) = (first.kind.clone(), first.value.clone().filter(|_| is_same));
        let mut layers: Vec<Layer> = Vec::new();
        for (host, chain) in &mut chains {
            for layer in chain.layers.drain(..) {
                let what = match &layer.of {
                    Some(what) => format!("host `{host}`, {what}"),
                    None => format!("host `{host}`"),
                };
                layers.push(of(&what, layer));
            }
        }
        let way = ["inputs", name, "vars", var].map(|key| Part::Key(key.to_owned()));
        let main = self.origins.shelf.main();
        let declared = self.origins.layers(main, &way, words).into_iter();
        layers.extend(declared.map(|layer| of("declared", layer)));
        Some(Chain {
            kind,
            value,
            layers,
            ..Chain::default()
        })
    }

    /// The address of a host that is named where an input belongs: `inputs.SALES.vars.drive`.
    pub(super) fn host_for_input(&self, names: &[String]) -> Option<String> {
        let [inputs, host, ..] = names else {
            return None;
        };
        let (_, site) = self.site?;
        let is_host = inputs == "inputs" && site.hosts.contains_key(host.as_str());
        let rest = names[1..].iter().map(String::as_str);
        is_host.then(|| written(["hosts"].into_iter().chain(rest)))
    }
}

/// The names of the hosts of a value, or that of one of them.
fn hosts(value: &Value, item: Option<usize>) -> Vec<String> {
    match value {
        Value::Host(host) => vec![host.name.to_string()],
        Value::List(items) => {
            let items = items.iter().enumerate();
            let items = items.filter(|(at, _)| item.is_none_or(|item| item == *at));
            items.flat_map(|(_, item)| hosts(item, None)).collect()
        }
        _ => Vec::new(),
    }
}
