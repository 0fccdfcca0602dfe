//! What a step has from its group, from a call around it, and from `defaults:`.

use super::inputs::of;
use super::spot::Spot;
use super::versions::Part;
use super::words::Words;
use super::{Asked, Layer};

/// What `defaults:` may say.
const INHERITED: [&str; 5] = ["host", "lock", "pool", "timeout", "retry"];

/// What groups hand down, and calls.
const HANDED_DOWN: [&str; 3] = ["host", "lock", "pool"];

impl Asked<'_> {
    /// What others say of a key of a step, in the order in which they count.
    pub(super) fn inherited(&self, spot: &Spot, words: &Words) -> Vec<Layer> {
        let Some(key) = inherited_key(spot) else {
            return Vec::new();
        };
        let mut layers = Vec::new();
        let mut inside = spot.clone();
        inside.way.truncate(spot.step_at);
        loop {
            if HANDED_DOWN.contains(&key) {
                layers.extend(self.of_groups(&inside, key, words));
            }
            let way = defaults_of(&inside, key);
            let defaults = self.origins.layers(inside.file, &way, words);
            layers.extend(defaults.into_iter().map(|layer| of("defaults", layer)));
            let Some(call) = inside.calls.pop() else {
                return layers;
            };
            if !HANDED_DOWN.contains(&key) {
                return layers;
            }
            inside = call.spot;
            let mut own = inside.way.clone();
            own.push(Part::Key(key.to_owned()));
            let call = self.origins.layers(inside.file, &own, words).into_iter();
            let kind = inside.step.clone().unwrap_or_default();
            layers.extend(call.map(|layer| of(&format!("call `{kind}`"), layer)));
        }
    }

    /// What the groups around a step say, the innermost first.
    fn of_groups(&self, spot: &Spot, key: &str, words: &Words) -> Vec<Layer> {
        let mut layers = Vec::new();
        let mut way = spot.way.clone();
        way.pop();
        while let Some(part) = way.pop() {
            let Some(Part::Item(id)) = way.last().cloned() else {
                continue;
            };
            if !["steps", "rescue"]
                .iter()
                .any(|list| part == Part::Key((*list).to_owned()))
            {
                continue;
            }
            let mut own = way.clone();
            own.push(Part::Key(key.to_owned()));
            let group = self.origins.layers(spot.file, &own, words).into_iter();
            layers.extend(group.map(|layer| of(&format!("group `{id}`"), layer)));
        }
        layers
    }
}

/// The key of a step that it may have from others.
pub(super) fn inherited_key(spot: &Spot) -> Option<&'static str> {
    let [Part::Key(key)] = spot.way.get(spot.step_at..)? else {
        return None;
    };
    let is_step = spot.step.is_some() && spot.step_at > 0;
    INHERITED.into_iter().find(|known| is_step && known == key)
}

/// The way to `defaults:` of the file or definition that a step stands in.
fn defaults_of(spot: &Spot, key: &str) -> Vec<Part> {
    let mut way = match &spot.way[..] {
        [Part::Key(define), name, ..] if define == "define" => {
            vec![Part::Key("define".to_owned()), name.clone()]
        }
        _ => Vec::new(),
    };
    way.extend(["defaults", key].map(|key| Part::Key(key.to_owned())));
    way
}
