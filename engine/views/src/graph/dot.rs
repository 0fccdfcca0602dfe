//! A graph as a digraph of Graphviz.

use super::{Graph, Item, List, Role};

/// The digraph. Lines between groups are drawn between steps of theirs, and cut off at their boxes.
pub(super) fn draw(graph: &Graph) -> String {
    let mut text = format!("digraph \"{}\" {{\n", escaped(&graph.name));
    text.push_str("  compound=true;\n  node [shape=box, style=rounded, fontname=monospace];\n");
    text.push_str("  fontname=monospace;\n");
    list(&graph.steps, "s", 1, &mut text);
    if let Some(last) = &graph.finally {
        text.push_str("  subgraph cluster_finally {\n    label=finally;\n    style=dashed;\n");
        list(last, "f", 2, &mut text);
        text.push_str("  }\n");
    }
    text.push_str("}\n");
    text
}

fn list(of: &List, prefix: &str, depth: usize, text: &mut String) {
    let indent = "  ".repeat(depth);
    for (number, item) in of.items.iter().enumerate() {
        let name = format!("{prefix}{number}");
        match open(item) {
            Some(inside) => {
                text.push_str(&format!("{indent}subgraph cluster_{name} {{\n"));
                text.push_str(&format!("{indent}  label=\"{}\";\n", label(item)));
                list(inside, &format!("{name}_"), depth + 1, text);
                text.push_str(&format!("{indent}}}\n"));
            }
            None => text.push_str(&format!(
                "{indent}{name} [label=\"{}\"{}];\n",
                label(item),
                form(item)
            )),
        }
    }
    for (number, after) in of.after.iter().enumerate() {
        for before in after {
            let line = line(of, prefix, (*before, number));
            text.push_str(&format!("{indent}{line};\n"));
        }
    }
}

/// The list of an open group; one with nothing in it is a box, since a line needs an end.
fn open(item: &Item) -> Option<&List> {
    item.inside
        .as_ref()
        .filter(|inside| !inside.items.is_empty())
}

fn form(item: &Item) -> &'static str {
    match item.role {
        Role::Group => ", peripheries=2",
        Role::Waits => ", style=\"rounded,dashed\"",
        Role::Acts => ", penwidth=2",
        Role::Looks => "",
    }
}

fn line(of: &List, prefix: &str, (before, number): (usize, usize)) -> String {
    let (from, to) = (format!("{prefix}{before}"), format!("{prefix}{number}"));
    let mut ends = Vec::new();
    if open(&of.items[before]).is_some() {
        ends.push(format!("ltail=cluster_{from}"));
    }
    if open(&of.items[number]).is_some() {
        ends.push(format!("lhead=cluster_{to}"));
    }
    let inner = format!(
        "{} -> {}",
        leaf(&of.items[before], from, true),
        leaf(&of.items[number], to, false)
    );
    match ends.is_empty() {
        true => inner,
        false => format!("{inner} [{}]", ends.join(", ")),
    }
}

/// The last or the first step in an item.
fn leaf(item: &Item, name: String, last: bool) -> String {
    let Some(inside) = open(item) else {
        return name;
    };
    let number = if last { inside.items.len() - 1 } else { 0 };
    leaf(&inside.items[number], format!("{name}_{number}"), last)
}

fn label(item: &Item) -> String {
    let mut lines = vec![item.id.clone()];
    lines.extend(item.details());
    let lines: Vec<String> = lines.iter().map(|line| escaped(line)).collect();
    lines.join("\\n")
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}
