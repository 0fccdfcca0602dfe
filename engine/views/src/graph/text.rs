//! A graph as a tree of lines.
//!
//! Steps stand in their order; one that does not simply wait for the one above it says for which.

use super::{Graph, List};

/// The lines.
pub(super) fn draw(graph: &Graph) -> String {
    let mut text = graph.name.clone();
    if let Some(site) = &graph.site {
        text.push_str(&format!(" at {site}"));
    }
    if !graph.summary.is_empty() {
        text.push_str(&format!(": {}", graph.summary));
    }
    text.push('\n');
    let wide = width(&graph.steps, 0).max(graph.finally.as_ref().map_or(0, |it| width(it, 0)));
    lines(&graph.steps, "", wide, &mut text);
    if let Some(last) = &graph.finally {
        text.push_str("finally\n");
        lines(last, "", wide, &mut text);
    }
    text
}

/// The columns that names need, with what stands before them.
fn width(list: &List, depth: usize) -> usize {
    let each = list.items.iter().map(|item| {
        let own = 3 * depth + item.id.chars().count();
        let inside = item.inside.as_ref();
        own.max(inside.map_or(0, |inside| width(inside, depth + 1)))
    });
    each.max().unwrap_or(0)
}

fn lines(list: &List, before: &str, wide: usize, text: &mut String) {
    let last = list.items.len().saturating_sub(1);
    for (number, item) in list.items.iter().enumerate() {
        let (branch, below) = match number == last {
            true => ("└─ ", "   "),
            false => ("├─ ", "│  "),
        };
        let mut details = item.details();
        details.extend(order(list, number));
        let room = wide.saturating_sub(before.chars().count());
        let line = format!(
            "{before}{branch}{} {:<room$}  {}",
            item.mark(),
            item.id,
            details.join(", ")
        );
        text.push_str(line.trim_end());
        text.push('\n');
        if let Some(inside) = &item.inside {
            lines(inside, &format!("{before}{below}"), wide, text);
        }
    }
}

/// What is to be said about the order of an item.
fn order(list: &List, number: usize) -> Option<String> {
    if list.is_fan {
        return None;
    }
    let after = &list.after[number];
    let above = number.checked_sub(1);
    if after.iter().copied().eq(above) {
        return None;
    }
    if after.is_empty() {
        return Some("at once".to_owned());
    }
    let names: Vec<&str> = after.iter().map(|n| list.items[*n].id.as_str()).collect();
    Some(format!("after {}", names.join(" and ")))
}
