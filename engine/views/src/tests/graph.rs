//! Graphs of small workflows.

use std::sync::Arc;

use runsheet_diagnostics::source::Sources;
use runsheet_language::compose::NoFiles;
use runsheet_language::read_workflow;
use runsheet_step::Catalogue;

use super::layout::layout;
use super::{AtSite, Form, Graph, List, Open, There};

/// Groups within groups: `a`, then `b` and `c` at once, then `d`.
const DIAMOND: &str = "workflow: 1
name: diamond
steps:
  - {id: a, steps: [{id: x, steps: []}, {id: y, steps: []}]}
  - {id: b, needs: [a], steps: []}
  - {id: c, needs: [a], steps: []}
  - {id: d, steps: []}
finally:
  - {id: last, steps: []}
";

fn graph(open: &Open) -> Graph {
    graph_of(DIAMOND, open)
}

fn graph_of(text: &str, open: &Open) -> Graph {
    let mut sources = Sources::new();
    let source = sources.add("diamond.yaml", text);
    let (workflow, _) = read_workflow(source, &mut sources, &Catalogue::default(), &NoFiles);
    Graph::of(&Arc::new(workflow), open, None).unwrap()
}

fn opened(depth: usize) -> Graph {
    graph(&Open {
        depth,
        ..Open::default()
    })
}

#[test]
fn what_follows_from_the_rest_is_not_drawn() {
    let graph = opened(0);
    assert_eq!(graph.steps.after, [vec![], vec![0], vec![0], vec![1, 2]]);
}

#[test]
fn text_tells_the_order_where_it_is_not_that_of_the_lines() {
    let text = opened(0).draw(Form::Text);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[1], "├─ + a     0 steps");
    assert_eq!(lines[3], "├─ + c     0 steps, after a");
    assert_eq!(lines[4], "└─ + d     0 steps, after b and c");
    assert_eq!(lines[5], "finally");
}

#[test]
fn a_finally_without_steps_is_not_drawn() {
    let text = "workflow: 1\nname: a\nsteps: [{id: x, steps: []}]\nfinally: []\n";
    let graph = graph_of(text, &Open::default());
    for form in [Form::Text, Form::Mermaid, Form::Dot] {
        assert!(!graph.draw(form).contains("finally"), "{form:?}");
    }
}

#[test]
fn groups_open_and_close_by_depth_and_by_address() {
    let shows_x = |graph: &Graph| graph.draw(Form::Text).contains(" x ");
    assert!(!shows_x(&opened(0)));
    assert!(shows_x(&opened(1)));
    let by_name = Open {
        expand: vec!["a".to_owned()],
        ..Open::default()
    };
    assert!(shows_x(&graph(&by_name)));
    let closed = Open {
        depth: 1,
        collapse: vec!["a".to_owned()],
        ..Open::default()
    };
    assert!(!shows_x(&graph(&closed)));
}

const ITEMS: &str = "workflow: 1
name: items
steps:
  - id: each
    foreach: {po: '${{ site.groups.pos }}'}
    steps:
      - {id: one, uses: look}
      - {id: many, foreach: {n: [1, 2]}, uses: look}
  - {id: after, uses: look}
";

/// Two hosts, of which the second has nothing to do.
fn at_site(open: &Open) -> String {
    let mut sources = Sources::new();
    let source = sources.add("items.yaml", ITEMS);
    let (workflow, _) = read_workflow(source, &mut sources, &Catalogue::default(), &NoFiles);
    let mut known = AtSite::new("lab");
    let at = |host: &str| There {
        host: Some(host.to_owned()),
        ..There::default()
    };
    known.add("each[\"S.1\"].one", at("S.1"));
    known.add("each[\"S.1\"].many[\"1\"]", at("S.1"));
    known.add("each[\"S.1\"].many[\"2\"]", at("S.1"));
    let skipped = There {
        is_skipped: true,
        ..There::default()
    };
    known.add("each[\"T\"]", skipped);
    known.add("after", at("HQ"));
    let graph = Graph::of(&Arc::new(workflow), open, Some(&known)).unwrap();
    graph.draw(Form::Text)
}

#[test]
fn at_a_site_every_item_is_a_group_of_its_own() {
    let opened = |depth: usize, expand: &[&str]| {
        at_site(&Open {
            depth,
            expand: expand.iter().map(|it| (*it).to_owned()).collect(),
            ..Open::default()
        })
    };
    let closed = opened(1, &[]);
    let wanted = "\
items at lab
├─ - each    for each po of site.groups.pos
│  ├─ + S.1  3 steps
│  └─ + T    2 steps, would not run
└─ > after   look, at HQ
";
    assert_eq!(closed, wanted);
    let one = opened(0, &["each[\"S.1\"].many"]);
    let wanted = "\
│  ├─ - S.1
│  │  ├─ > one   look, at S.1
│  │  └─ - many  look, for each n of [1, 2]
│  │     ├─ > 1  at S.1
│  │     └─ > 2  at S.1
│  └─ + T
";
    let lines = |text: &str| -> Vec<String> {
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        text.lines().map(words).collect()
    };
    for line in lines(wanted) {
        assert!(
            lines(&one).iter().any(|own| own.starts_with(&line)),
            "{line} in {one}"
        );
    }
    // Without an item, all of them are meant.
    let all = opened(0, &["each.many"]);
    assert_eq!(all.matches(" many ").count(), 2, "{all}");
}

#[test]
fn every_form_names_every_step_and_every_line() {
    let graph = opened(1);
    let mermaid = graph.draw(Form::Mermaid);
    assert!(
        mermaid.contains("s1 --> s3") && mermaid.contains("subgraph s0[\"a\"]"),
        "{mermaid}"
    );
    let dot = graph.draw(Form::Dot);
    assert!(dot.contains("s0_1 -> s1 [ltail=cluster_s0];"), "{dot}");
    let svg = graph.draw(Form::Svg);
    for name in ["a", "b", "c", "d", "x", "y", "last"] {
        assert!(svg.contains(&format!(">{name}</text>")), "{name}");
    }
    assert_eq!(svg.matches("class=\"tip\"").count(), 5);
}

#[test]
fn a_graph_is_drawn_the_same_each_time() {
    for (_, form) in Form::ALL {
        assert_eq!(opened(2).draw(form), opened(2).draw(form));
    }
}

#[test]
fn a_plain_chain_is_straight() {
    let list = List {
        items: Vec::new(),
        after: vec![vec![], vec![0], vec![1], vec![2]],
        is_fan: false,
    };
    let made = layout(
        &list,
        &[(40.0, 30.0), (90.0, 30.0), (60.0, 30.0), (140.0, 30.0)],
    );
    let first = made.lines[0][0].0;
    for (x, _) in made.lines.concat() {
        assert!((x - first).abs() < 0.01, "{x} and {first}");
    }
}

#[test]
fn no_two_boxes_overlap_and_no_line_leads_upwards() {
    // Every second item waits for nothing, the others for two above them.
    let after: Vec<Vec<usize>> = (0..12_usize)
        .map(|n| match n % 2 {
            0 => vec![],
            _ => vec![n - 1, (n * 5) % n],
        })
        .collect();
    let list = List {
        items: Vec::new(),
        after,
        is_fan: false,
    };
    let sizes: Vec<(f64, f64)> = (0..12)
        .map(|n| (40.0 + f64::from(n % 3) * 30.0, 30.0))
        .collect();
    let made = layout(&list, &sizes);
    for (n, one) in made.corners.iter().enumerate() {
        for (m, other) in made.corners.iter().enumerate().skip(n + 1) {
            let beside = one.0 + sizes[n].0 <= other.0 || other.0 + sizes[m].0 <= one.0;
            let below = one.1 + sizes[n].1 <= other.1 || other.1 + sizes[m].1 <= one.1;
            assert!(beside || below, "{n} and {m}");
        }
        assert!(
            one.0 >= 0.0 && one.0 + sizes[n].0 <= made.size.0 + 0.01,
            "{n}"
        );
    }
    for line in &made.lines {
        assert!(line.windows(2).all(|pair| pair[0].1 <= pair[1].1));
    }
}
