//! A tree onto lines.

use runsheet_language::document::Style;

use super::line::{Line, joined};
use super::scalar::{self, Within};
use super::tree::{Above, Branch, Form, Tree};

/// The columns that something between brackets may take up, its key included.
const WIDTH: usize = 120;

/// The text of a whole file, with what stands at its end.
pub(super) fn text(tree: &Tree, last: &[Above]) -> String {
    let mut lines = Vec::new();
    branches(tree, 0, &mut lines);
    above(last, 0, false, &mut lines);
    joined(&lines)
}

/// Whether the value of an outermost key stands on lines of its own.
pub(super) fn takes_lines(section: &Branch) -> bool {
    on_one_line(&section.value, section.name().chars().count() + 1).is_none()
}

fn branches(tree: &Tree, depth: usize, out: &mut Vec<Line>) {
    for (number, branch) in tree.branches().iter().enumerate() {
        above(&branch.above, depth, number == 0, out);
        match &branch.key {
            Some((key, style)) => {
                let key = scalar::one_line(key, *style, Within::Block);
                entry(branch, &format!("{key}:"), depth, out);
            }
            None => item(branch, depth, out),
        }
    }
}

fn above(notes: &[Above], depth: usize, is_first: bool, out: &mut Vec<Line>) {
    let leading = notes.iter().take_while(|above| **above == Above::Blank);
    let skip = if is_first { leading.count() } else { 0 };
    out.extend(notes[skip..].iter().map(|above| match above {
        Above::Blank => Line::note(depth, ""),
        Above::Comment(text) => Line::note(depth, text.as_str()),
    }));
}

fn entry(branch: &Branch, key: &str, depth: usize, out: &mut Vec<Line>) {
    if let Some(value) = on_one_line(&branch.value, depth + key.chars().count() + 1) {
        return single(branch, format!("{key} {value}"), depth, out);
    }
    origin(branch, depth, out);
    let (head, body) = body(&branch.value);
    let text = match head {
        Some(head) => format!("{key} {head}"),
        None => key.to_owned(),
    };
    out.push(Line {
        behind: branch.behind.clone(),
        ..Line::new(depth, text)
    });
    match body {
        Some(body) => out.extend(body.into_iter().map(|line| Line::new(depth + 2, line))),
        None => branches(&branch.value, depth + 2, out),
    }
}

fn item(branch: &Branch, depth: usize, out: &mut Vec<Line>) {
    if let Some(value) = on_one_line(&branch.value, depth + 2) {
        return single(branch, format!("- {value}"), depth, out);
    }
    origin(branch, depth, out);
    if let (Some(head), Some(body)) = body(&branch.value) {
        out.push(Line {
            behind: branch.behind.clone(),
            ..Line::new(depth, format!("- {head}"))
        });
        out.extend(body.into_iter().map(|line| Line::new(depth + 2, line)));
        return;
    }
    let behind = branch.behind.as_ref();
    out.extend(behind.map(|behind| Line::note(depth, behind.as_str())));
    let mut inner = Vec::new();
    branches(&branch.value, depth + 2, &mut inner);
    // What stands above the first key stands above the dash.
    let notes = inner.iter().take_while(|line| line.is_note).count();
    for note in &mut inner[..notes] {
        note.depth = depth;
    }
    if let Some(first) = inner.get_mut(notes) {
        first.depth = depth;
        first.text = format!("- {}", first.text);
    }
    inner.retain(|line| !(line.is_note && line.depth == depth && line.text.is_empty()));
    out.extend(inner);
}

/// Something that has room on one line.
fn single(branch: &Branch, text: String, depth: usize, out: &mut Vec<Line>) {
    let behind = match &branch.behind {
        Some(_) => {
            origin(branch, depth, out);
            branch.behind.clone()
        }
        None => branch.origin.clone(),
    };
    out.push(Line {
        behind,
        ..Line::new(depth, text)
    });
}

fn origin(branch: &Branch, depth: usize, out: &mut Vec<Line>) {
    let origin = branch.origin.as_ref();
    out.extend(origin.map(|origin| Line::note(depth, origin.as_str())));
}

/// The head and the lines of a text in a block.
fn body(tree: &Tree) -> (Option<String>, Option<Vec<String>>) {
    match &tree.form {
        Form::Folded(head, lines) => (Some(head.clone()), Some(lines.clone())),
        Form::Scalar(text, _) => match scalar::block(text) {
            Some((head, lines)) => {
                let lines = lines.into_iter().map(str::to_owned).collect();
                (Some(head.to_owned()), Some(lines))
            }
            None => (None, None),
        },
        Form::List(_) | Form::Map(_) => (None, None),
    }
}

/// A value on the rest of a line, if it has room there and brackets around it.
fn on_one_line(tree: &Tree, column: usize) -> Option<String> {
    match &tree.form {
        Form::Folded(..) => None,
        Form::Scalar(text, Style::Literal) if scalar::block(text).is_some() => None,
        Form::Scalar(text, style) => Some(scalar::one_line(text, *style, Within::Block)),
        Form::List(all) if all.is_empty() => Some("[]".to_owned()),
        Form::Map(all) if all.is_empty() => Some("{}".to_owned()),
        _ if !tree.is_flow => None,
        _ => {
            let text = flow(tree)?;
            (column + text.chars().count() <= WIDTH).then_some(text)
        }
    }
}

/// A value between brackets, unless something is said beside a part of it.
fn flow(tree: &Tree) -> Option<String> {
    let branches = tree.branches();
    if branches.iter().any(Branch::has_notes) {
        return None;
    }
    match &tree.form {
        Form::Scalar(text, style) => Some(scalar::one_line(text, *style, Within::Flow)),
        Form::Folded(..) => None,
        Form::List(_) => {
            let items: Option<Vec<String>> =
                branches.iter().map(|item| flow(&item.value)).collect();
            Some(format!("[{}]", items?.join(", ")))
        }
        Form::Map(_) => {
            let entries: Option<Vec<String>> = branches.iter().map(pair).collect();
            Some(format!("{{{}}}", entries?.join(", ")))
        }
    }
}

fn pair(branch: &Branch) -> Option<String> {
    let (key, style) = branch.key.as_ref()?;
    let key = scalar::one_line(key, *style, Within::Flow);
    Some(format!("{key}: {}", flow(&branch.value)?))
}
