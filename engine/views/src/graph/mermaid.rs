//! A graph as a flowchart of Mermaid.

use super::{Graph, Item, List, Role};

/// The flowchart.
pub(super) fn draw(graph: &Graph) -> String {
    let mut text = "flowchart TD\n".to_owned();
    list(&graph.steps, "s", 1, &mut text);
    if let Some(last) = &graph.finally {
        text.push_str("  subgraph finally\n");
        list(last, "f", 2, &mut text);
        text.push_str("  end\n");
    }
    text
}

fn list(of: &List, prefix: &str, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for (number, item) in of.items.iter().enumerate() {
        let name = format!("{prefix}{number}");
        match &item.inside {
            Some(inside) => {
                let label = label(item);
                text.push_str(&format!("{indent}subgraph {name}[\"{label}\"]\n"));
                list(inside, &format!("{name}_"), depth + 1, text);
                text.push_str(&format!("{indent}end\n"));
            }
            None => text.push_str(&format!("{indent}{name}{}\n", boxed(item))),
        }
    }
    for (number, after) in of.after.iter().enumerate() {
        for before in after {
            text.push_str(&format!("{indent}{prefix}{before} --> {prefix}{number}\n"));
        }
    }
}

/// The form of a box tells the role: round what waits, doubled what holds steps.
fn boxed(item: &Item) -> String {
    let label = label(item);
    match item.role {
        Role::Waits => format!("(\"{label}\")"),
        Role::Group => format!("[[\"{label}\"]]"),
        Role::Acts | Role::Looks => format!("[\"{label}\"]"),
    }
}

fn label(item: &Item) -> String {
    let mut lines = vec![item.id.clone()];
    lines.extend(item.details());
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("<br>")
}

/// Mermaid takes entities, and reads nothing else into a text between quotes.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '#' => out.push_str("#35;"),
            '"' => out.push_str("#quot;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '&' => out.push_str("#amp;"),
            '`' => out.push_str("#96;"),
            letter => out.push(letter),
        }
    }
    out
}
