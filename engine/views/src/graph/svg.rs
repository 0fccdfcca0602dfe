//! A graph as a picture: SVG that stands by itself and is legible on light and on dark.

use super::layout::{Layout, Size, layout};
use super::{Graph, Item, List, Role};

/// The width of a letter, and the height of a line of them.
const LETTER: f64 = 7.2;
const LINE: f64 = 17.0;
/// Blank space within a box, around the list of a group, and around it all.
const WITHIN: f64 = 10.0;
const AROUND: f64 = 16.0;
const MARGIN: f64 = 20.0;
/// Between the steps and what runs at the end.
const APART: f64 = 40.0;
/// The longest line of a box, in letters; what is longer ends in dots, and is told in full where
/// one points at it.
const LONGEST: usize = 44;

const STYLE: &str = "\
text { font-size: 12px; fill: #1f2328;
  font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", monospace; }
.title { font-weight: 600; font-size: 14px; }
.id { font-weight: 600; }
.more { fill: #59636e; }
.box { fill: #ffffff; stroke: #8c959f; rx: 6px; }
.acts { stroke: #0969da; stroke-width: 1.5; }
.waits { stroke: #9a6700; stroke-dasharray: 5 3; }
.closed { fill: #f6f8fa; stroke-width: 2; }
.open { fill: #818b981a; stroke: #818b98; rx: 10px; }
.finally { fill: none; stroke: #818b98; stroke-dasharray: 2 4; rx: 10px; }
.line { fill: none; stroke: #818b98; stroke-width: 1.3; }
.tip { fill: #818b98; }
.ground { fill: #ffffff; }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc; }
  .more { fill: #9198a1; }
  .box { fill: #151b23; stroke: #656c76; }
  .acts { stroke: #4493f8; }
  .waits { stroke: #d29922; }
  .closed { fill: #212830; }
  .ground { fill: #0d1117; }
}
";

/// A box with its words, laid out, and what is in it.
struct Drawn<'g> {
    item: &'g Item,
    lines: Vec<String>,
    size: Size,
    inside: Option<Sheet<'g>>,
}

/// A list laid out.
struct Sheet<'g> {
    boxes: Vec<Drawn<'g>>,
    layout: Layout,
}

/// The picture.
pub(super) fn draw(graph: &Graph) -> String {
    let steps = sheet(&graph.steps);
    let last = graph.finally.as_ref().map(sheet);
    let head = MARGIN + 3.0 * LINE;
    let (mut width, mut height) = steps.layout.size;
    if let Some(last) = &last {
        let (wide, high) = last.layout.size;
        width = width.max(wide + 2.0 * AROUND);
        height += APART + high + 2.0 * AROUND + LINE;
    }
    let titles = [&graph.name, &graph.summary].map(|text| words_width(text));
    width = titles.into_iter().fold(width, f64::max) + 2.0 * MARGIN;
    height += head + MARGIN;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width:.0}\" height=\"{height:.0}\" \
         viewBox=\"0 0 {width:.0} {height:.0}\" role=\"img\">\n<title>{}</title>\n\
         <style>\n{STYLE}</style>\n<rect class=\"ground\" width=\"100%\" height=\"100%\"/>\n",
        escaped(&graph.name)
    );
    words("title", MARGIN, MARGIN + 10.0, &graph.name, &mut out);
    words(
        "more",
        MARGIN,
        MARGIN + 10.0 + LINE,
        &graph.summary,
        &mut out,
    );
    let left = |wide: f64| (width - wide) / 2.0;
    steps.draw((left(steps.layout.size.0), head), &mut out);
    if let Some(last) = &last {
        let (wide, high) = last.layout.size;
        let (x, y) = (left(wide), head + steps.layout.size.1 + APART);
        let size = (wide + 2.0 * AROUND, high + 2.0 * AROUND + LINE);
        rectangle("finally", (x - AROUND, y), size, &mut out);
        words("id", x, y + LINE, "finally", &mut out);
        last.draw((x, y + AROUND + LINE), &mut out);
    }
    out.push_str("</svg>\n");
    out
}

fn sheet(list: &List) -> Sheet<'_> {
    let boxes: Vec<Drawn<'_>> = list.items.iter().map(drawn).collect();
    let sizes: Vec<Size> = boxes.iter().map(|one| one.size).collect();
    let layout = layout(list, &sizes);
    Sheet { boxes, layout }
}

fn drawn(item: &Item) -> Drawn<'_> {
    let lines: Vec<String> = item.details().iter().map(|line| shortened(line)).collect();
    let longest = lines.iter().chain([&item.id]).map(|line| words_width(line));
    let wide = longest.fold(40.0, f64::max) + 2.0 * WITHIN;
    #[expect(clippy::cast_precision_loss, reason = "a box has few lines")]
    let high = LINE * (lines.len() + 1) as f64 + WITHIN;
    let inside = item.inside.as_ref().map(sheet);
    let size = match &inside {
        None => (wide, high),
        Some(sheet) => {
            let (inner, deep) = sheet.layout.size;
            (wide.max(inner + 2.0 * AROUND), high + deep + AROUND)
        }
    };
    Drawn {
        item,
        lines,
        size,
        inside,
    }
}

impl Sheet<'_> {
    fn draw(&self, (x, y): (f64, f64), out: &mut String) {
        for line in &self.layout.lines {
            curve(line, (x, y), out);
        }
        for (one, corner) in self.boxes.iter().zip(&self.layout.corners) {
            one.draw((x + corner.0, y + corner.1), out);
        }
    }
}

impl Drawn<'_> {
    fn draw(&self, (x, y): (f64, f64), out: &mut String) {
        let class = match self.item.role {
            _ if self.inside.is_some() => "open",
            Role::Acts => "box acts",
            Role::Waits => "box waits",
            Role::Looks => "box",
            Role::Group => "box closed",
        };
        out.push_str("<g>");
        let mut told: Vec<String> = vec![self.item.id.clone()];
        told.extend(Some(self.item.doc.clone()).filter(|doc| !doc.is_empty()));
        told.extend(self.item.details());
        out.push_str(&format!("<title>{}</title>\n", escaped(&told.join("\n"))));
        rectangle(class, (x, y), self.size, out);
        let mut line = y + LINE;
        words("id", x + WITHIN, line, &self.item.id, out);
        for more in &self.lines {
            line += LINE;
            words("more", x + WITHIN, line, more, out);
        }
        out.push_str("</g>\n");
        if let Some(sheet) = &self.inside {
            let wide = sheet.layout.size.0;
            sheet.draw((x + (self.size.0 - wide) / 2.0, line + WITHIN), out);
        }
    }
}

/// A smooth line through points, with a tip at its end.
fn curve(points: &[(f64, f64)], (x, y): (f64, f64), out: &mut String) {
    let mut points = points.iter().map(|point| (point.0 + x, point.1 + y));
    let Some(mut from) = points.next() else {
        return;
    };
    let mut path = format!("M{:.1} {:.1}", from.0, from.1);
    for to in points {
        let middle = f64::midpoint(from.1, to.1);
        path.push_str(&format!(
            " C{:.1} {middle:.1} {:.1} {middle:.1} {:.1} {:.1}",
            from.0, to.0, to.0, to.1
        ));
        from = to;
    }
    out.push_str(&format!("<path class=\"line\" d=\"{path}\"/>\n"));
    let (x, y) = from;
    out.push_str(&format!(
        "<path class=\"tip\" d=\"M{x:.1} {y:.1} l-4 -7 h8 z\"/>\n"
    ));
}

fn rectangle(class: &str, (x, y): (f64, f64), (wide, high): Size, out: &mut String) {
    out.push_str(&format!(
        "<rect class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{high:.1}\" rx=\"6\"/>\n"
    ));
}

fn words(class: &str, x: f64, y: f64, text: &str, out: &mut String) {
    let text = escaped(text);
    out.push_str(&format!(
        "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>\n"
    ));
}

fn words_width(text: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a line has few letters")]
    let letters = text.chars().count() as f64;
    letters * LETTER
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST - 3).collect();
    format!("{}...", kept.trim_end())
}

/// Characters that XML has no place for are left out.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}
