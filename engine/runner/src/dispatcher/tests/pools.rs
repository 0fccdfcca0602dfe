//! Places in pools.

use crate::testing::bench::bench;

fn started(yaml: &str) -> Vec<String> {
    let ran = bench(yaml).run();
    assert_eq!(ran.status().word(), "succeeded");
    ran.told_of("started ")[1..].to_vec()
}

#[test]
fn no_more_of_a_pool_act_at_once_than_it_has_places() {
    let step = |id: &str, pool: &str| {
        format!("  - {{id: {id}, uses: act, needs: []{pool}, with: {{run: {id}, takes: 2}}}}\n")
    };
    let pooled = ["a", "b", "c", "d"].map(|id| step(id, ", pool: {lines: 2}"));
    let yaml = format!("steps:\n{}{}", pooled.concat(), step("free", ""));
    assert_eq!(
        started(&yaml),
        [
            "0s started a 1",
            "0s started b 1",
            "0s started free 1",
            "2s started c 1",
            "2s started d 1",
        ]
    );
}

#[test]
fn a_pool_is_one_for_the_items_of_all_lists() {
    let yaml = "
steps:
  - {id: x, needs: [], foreach: {v: [1, 2], parallel: 2}, pool: {p: 1}, uses: act, with: {run: x, takes: 2}}
  - {id: y, needs: [], foreach: {v: [1, 2], parallel: 2}, pool: {p: 1}, uses: act, with: {run: y, takes: 2}}
";
    let each: Vec<String> = started(yaml);
    let each: Vec<&String> = each.iter().filter(|line| line.contains('[')).collect();
    assert_eq!(
        each,
        [
            "0s started x[\"1\"] 1",
            "2s started x[\"2\"] 1",
            "4s started y[\"1\"] 1",
            "6s started y[\"2\"] 1",
        ]
    );
}

#[test]
fn reads_and_waits_take_no_place_of_a_pool() {
    let yaml = "
defaults: {host: dx, pool: {p: 1}}
steps:
  - {id: w, uses: wait, needs: [], with: {until: {id: 1}}}
  - {id: r, uses: read, needs: [], with: {key: K}}
  - {id: send, uses: act, needs: [], with: {run: send, emits: [[0, {id: 1}]], takes: 2}}
  - {id: other, uses: act, needs: [], with: {run: other}}
  - {id: own, uses: act, needs: [], pool: {}, with: {run: own}}
";
    let all = started(yaml);
    assert!(all.contains(&"0s started send 1".to_owned()), "{all:?}");
    assert!(all.contains(&"0s started own 1".to_owned()), "{all:?}");
    assert!(all.contains(&"2s started other 1".to_owned()), "{all:?}");
}

#[test]
fn steps_that_want_locks_and_places_of_each_other_take_turns() {
    let yaml = "
steps:
  - {id: a, uses: act, needs: [], lock: [x], pool: {p: 1, q: 1}, with: {run: a, takes: 2}}
  - {id: b, uses: act, needs: [], lock: [y], pool: {q: 1, p: 1}, with: {run: b, takes: 2}}
  - {id: c, uses: act, needs: [], lock: [y, x], with: {run: c, takes: 2}}
  - {id: d, uses: act, needs: [], lock: [x, y], pool: {q: 1}, with: {run: d, takes: 2}}
";
    assert_eq!(
        started(yaml),
        [
            "0s started a 1",
            "2s started b 1",
            "4s started c 1",
            "6s started d 1"
        ]
    );
}

#[test]
fn a_pause_between_attempts_holds_no_place_of_a_pool() {
    let ran = bench(
        "
steps:
  - {id: a, uses: act, needs: [], pool: {p: 1}, retry: {max: 1, backoff: 10s}, with: {run: a, fails: 1}}
  - {id: b, uses: act, needs: [], pool: {p: 1}, with: {run: b, takes: 30}}
",
    )
    .run();
    assert_eq!(ran.told_of("started b"), ["0s started b 1"]);
    assert_eq!(
        ran.told_of("started a"),
        ["0s started a 1", "30s started a 2"]
    );
}

#[test]
fn what_is_marked_for_holds_its_place_already() {
    let yaml = "
steps:
  - {id: g, needs: [], steps: [
      {id: send, uses: act, pool: {p: 1}, with: {run: send, emits: [[0, {id: 1}]], takes: 2}},
      {id: seen, uses: wait, with: {until: {id: 1}}}]}
  - {id: other, uses: act, needs: [], pool: {p: 1}, with: {run: other}}
";
    let all = started(yaml);
    assert!(all.contains(&"0s started other 1".to_owned()), "{all:?}");
    assert!(all.contains(&"0s started g.send 1".to_owned()), "{all:?}");
}
