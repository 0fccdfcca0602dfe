//! The items of a `foreach`: a few are shown, and of many that are alike the rest is counted.

use runsheet_record::plan::{Deed, End, Row};

use super::Page;
use super::outline::Branch;
use super::row::Columns;
use crate::look::Tone;

/// How many items are shown without folding.
const MOST: usize = 12;
/// How many of those that are alike are shown where there are more items.
const SHOWN: usize = 2;

/// Items that would do the same, differing in names and values only.
struct Alike<'b, 'p> {
    signature: String,
    items: Vec<&'b Branch<'p>>,
}

impl Page {
    /// The items of one `foreach`.
    pub(super) fn items(&self, items: &[Branch<'_>], depth: usize, text: &mut String) {
        let shown = match items.get(..MOST) {
            Some(first) if !self.look.all && items.len() > MOST => first,
            _ => items,
        };
        let columns = Columns::of(shown);
        let inside = Columns::inside(shown);
        if shown.len() == items.len() {
            for item in items {
                self.item(item, depth, (columns, inside), text);
            }
            return;
        }
        for alike in sorted(items) {
            for item in alike.items.iter().take(SHOWN) {
                self.item(item, depth, (columns, inside), text);
            }
            let more = alike.items.len().saturating_sub(SHOWN);
            if more > 0 {
                let line = format!("... and {more} more like {}: --all", alike.items[0].name);
                let line = self.look.paint(Tone::Faint, &line);
                text.push_str(&format!("{}{line}\n", "  ".repeat(depth)));
            }
        }
    }

    /// One item: a line of its own in the first columns, or a group with the second inside.
    fn item(
        &self,
        item: &Branch<'_>,
        depth: usize,
        (columns, inside): (Columns, Columns),
        text: &mut String,
    ) {
        if item.is_step() {
            let guard = item.row.and_then(|row| row.guard.as_deref());
            self.step(item, columns, depth, guard, text);
        } else {
            self.group(item, depth, inside, text);
        }
    }
}

/// Items by what they would do, in the order in which each way first appears.
fn sorted<'b, 'p>(items: &'b [Branch<'p>]) -> Vec<Alike<'b, 'p>> {
    let mut all: Vec<Alike<'b, 'p>> = Vec::new();
    for item in items {
        let mut signature = String::new();
        for child in &item.children {
            signature.push_str(child.name);
            sign(child, &mut signature);
        }
        item.row
            .into_iter()
            .for_each(|row| sign_row(row, &mut signature));
        match all.iter_mut().find(|alike| alike.signature == signature) {
            Some(alike) => alike.items.push(item),
            None => all.push(Alike {
                signature,
                items: vec![item],
            }),
        }
    }
    all
}

fn sign(branch: &Branch<'_>, signature: &mut String) {
    branch
        .row
        .into_iter()
        .for_each(|row| sign_row(row, signature));
    for child in &branch.children {
        signature.push_str(child.name);
        sign(child, signature);
    }
}

fn sign_row(row: &Row, signature: &mut String) {
    signature.push(match row.end {
        End::Known => 'k',
        End::Open(_) => 'o',
        End::Skipped => 's',
        End::Fails(_) => 'x',
    });
    signature.extend(row.deeds.iter().map(|deed: &Deed| deed.sign.character()));
    signature.push(if row.guard.is_some() { '?' } else { ';' });
}
