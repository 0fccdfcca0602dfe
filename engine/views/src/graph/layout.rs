//! Where the boxes of a list stand: ranks by the longest way down, crossings reduced by median
//! sweeps, each box as near as can be to those it is joined with.
//!
//! Open groups are laid out first and then stand in their list as boxes of their size. A line that
//! passes ranks has a point in each of them, so that it goes around what stands there.

use super::List;

/// Blank space between boxes of a rank, between ranks, and the room a passing line takes.
const BESIDE: f64 = 24.0;
const BELOW: f64 = 36.0;
const PASSING: f64 = 8.0;
/// How often orders and places are bettered. More changes nothing that one could see.
const SWEEPS: usize = 8;

/// Width and height.
pub(super) type Size = (f64, f64);

/// A list laid out, from its upper left corner.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// The whole.
    pub(super) size: Size,
    /// The upper left corner of each item.
    pub(super) corners: Vec<(f64, f64)>,
    /// Lines from item to item, with the points they pass, all from top to bottom.
    pub(super) lines: Vec<Vec<(f64, f64)>>,
}

/// A box, or the point where a line passes a rank.
struct Spot {
    size: Size,
    rank: usize,
    x: f64,
    above: Vec<usize>,
    below: Vec<usize>,
}

/// Lays out a list whose items have these sizes.
pub(super) fn layout(list: &List, sizes: &[Size]) -> Layout {
    let ranks = ranks(&list.after);
    let mut spots: Vec<Spot> = sizes
        .iter()
        .zip(&ranks)
        .map(|(size, rank)| spot(*size, *rank))
        .collect();
    let mut chains = Vec::new();
    for (number, after) in list.after.iter().enumerate() {
        for before in after {
            chains.push(chain(*before, number, &mut spots));
        }
    }
    let mut rows = vec![Vec::new(); ranks.iter().max().map_or(0, |last| last + 1)];
    for (number, spot) in spots.iter().enumerate() {
        rows[spot.rank].push(number);
    }
    untangle(&mut rows, &spots);
    place(&rows, &mut spots);
    drawn(&rows, &spots, sizes.len(), &chains)
}

fn spot(size: Size, rank: usize) -> Spot {
    Spot {
        size,
        rank,
        x: 0.0,
        above: Vec::new(),
        below: Vec::new(),
    }
}

/// One more than the largest rank of what an item waits for.
fn ranks(after: &[Vec<usize>]) -> Vec<usize> {
    let mut ranks = vec![0; after.len()];
    // Each round settles at least one more rank; there are no cycles.
    for _ in 0..after.len() {
        let mut changed = false;
        for (number, before) in after.iter().enumerate() {
            let rank = before.iter().map(|one| ranks[*one] + 1).max().unwrap_or(0);
            changed |= ranks[number] != rank;
            ranks[number] = rank;
        }
        if !changed {
            break;
        }
    }
    ranks
}

/// Joins two boxes by points in the ranks between them.
fn chain(from: usize, to: usize, spots: &mut Vec<Spot>) -> Vec<usize> {
    let mut chain = vec![from];
    for rank in spots[from].rank + 1..spots[to].rank {
        chain.push(spots.len());
        spots.push(spot((PASSING, 0.0), rank));
    }
    chain.push(to);
    for pair in chain.windows(2) {
        spots[pair[0]].below.push(pair[1]);
        spots[pair[1]].above.push(pair[0]);
    }
    chain
}

/// Sorts each row by the medians of the row before it, downwards and upwards in turn, and keeps
/// the order with the fewest crossings.
fn untangle(rows: &mut Vec<Vec<usize>>, spots: &[Spot]) {
    let mut best = (crossings(rows, spots), rows.clone());
    for sweep in 0..SWEEPS {
        let down = sweep % 2 == 0;
        let order: Vec<usize> = match down {
            true => (1..rows.len()).collect(),
            false => (0..rows.len().saturating_sub(1)).rev().collect(),
        };
        for row in order {
            let other = if down { row - 1 } else { row + 1 };
            let places = places(&rows[other], spots.len());
            let median = |number: &usize| {
                let spot = &spots[*number];
                let joined = if down { &spot.above } else { &spot.below };
                median(joined, &places)
            };
            let mut sorted: Vec<(Option<usize>, usize)> =
                rows[row].iter().map(|one| (median(one), *one)).collect();
            // What is joined with nothing stays where it is.
            let mut moving: Vec<_> = sorted.iter().copied().filter(|it| it.0.is_some()).collect();
            moving.sort_by_key(|(median, _)| *median);
            let mut moving = moving.into_iter();
            for place in &mut sorted {
                if place.0.is_some() {
                    *place = moving.next().unwrap_or(*place);
                }
            }
            rows[row] = sorted.into_iter().map(|(_, number)| number).collect();
        }
        let now = crossings(rows, spots);
        if now < best.0 {
            best = (now, rows.clone());
        }
    }
    *rows = best.1;
}

fn places(row: &[usize], count: usize) -> Vec<usize> {
    let mut places = vec![0; count];
    for (place, number) in row.iter().enumerate() {
        places[*number] = place;
    }
    places
}

/// Twice the median place, so that one between two places is whole too.
fn median(joined: &[usize], places: &[usize]) -> Option<usize> {
    let mut all: Vec<usize> = joined.iter().map(|one| places[*one]).collect();
    all.sort_unstable();
    let middle = all.len() / 2;
    match all.len() {
        0 => None,
        count if count % 2 == 1 => Some(2 * all[middle]),
        _ => Some(all[middle - 1] + all[middle]),
    }
}

/// How many pairs of lines cross between neighbouring rows.
fn crossings(rows: &[Vec<usize>], spots: &[Spot]) -> usize {
    let mut count = 0;
    for pair in rows.windows(2) {
        let places = places(&pair[1], spots.len());
        let mut ends: Vec<usize> = Vec::new();
        for number in &pair[0] {
            let mut below: Vec<usize> = spots[*number].below.iter().map(|b| places[*b]).collect();
            below.sort_unstable();
            for end in &below {
                count += ends.iter().filter(|earlier| *earlier > end).count();
            }
            ends.extend(below);
        }
    }
    count
}

/// Moves each box towards the middle of those it is joined with, as far as its neighbours let it.
fn place(rows: &[Vec<usize>], spots: &mut [Spot]) {
    for row in rows {
        let mut x = 0.0;
        for number in row {
            spots[*number].x = x;
            x += spots[*number].size.0 + BESIDE;
        }
    }
    for _ in 0..SWEEPS {
        for row in rows.iter().chain(rows.iter().rev()) {
            settle(row, spots, false);
        }
    }
    // At last each stands below what it follows, so that plain chains are straight.
    for row in rows {
        settle(row, spots, true);
    }
    let left = spots
        .iter()
        .map(|spot| spot.x)
        .fold(f64::INFINITY, f64::min);
    for spot in spots.iter_mut() {
        spot.x -= left;
    }
}

fn settle(row: &[usize], spots: &mut [Spot], from_above: bool) {
    let wanted: Vec<f64> = row
        .iter()
        .map(|number| wanted(*number, spots, from_above))
        .collect();
    // Both as far left and as far right as the order allows; the truth lies in the middle.
    let mut from_left = wanted.clone();
    for n in 1..row.len() {
        let least = from_left[n - 1] + spots[row[n - 1]].size.0 + BESIDE;
        from_left[n] = from_left[n].max(least);
    }
    let mut from_right = wanted;
    for n in (0..row.len().saturating_sub(1)).rev() {
        let most = from_right[n + 1] - spots[row[n]].size.0 - BESIDE;
        from_right[n] = from_right[n].min(most);
    }
    for (n, number) in row.iter().enumerate() {
        spots[*number].x = f64::midpoint(from_left[n], from_right[n]);
    }
}

/// Where a box would stand if it stood alone.
fn wanted(number: usize, spots: &[Spot], from_above: bool) -> f64 {
    let spot = &spots[number];
    let below = if from_above { &[] } else { &*spot.below };
    let joined = spot.above.iter().chain(below);
    let joined: Vec<f64> = joined.map(|other| middle(&spots[*other])).collect();
    if joined.is_empty() {
        return spot.x;
    }
    #[expect(clippy::cast_precision_loss, reason = "a list has few items")]
    let mean = joined.iter().sum::<f64>() / joined.len() as f64;
    mean - spot.size.0 / 2.0
}

fn middle(spot: &Spot) -> f64 {
    spot.x + spot.size.0 / 2.0
}

fn drawn(rows: &[Vec<usize>], spots: &[Spot], boxes: usize, chains: &[Vec<usize>]) -> Layout {
    let mut tops = Vec::new();
    let mut top = 0.0;
    let mut heights = Vec::new();
    for row in rows {
        let height = row.iter().map(|n| spots[*n].size.1).fold(0.0, f64::max);
        tops.push(top);
        heights.push(height);
        top += height + BELOW;
    }
    let width = spots
        .iter()
        .map(|spot| spot.x + spot.size.0)
        .fold(0.0, f64::max);
    let corner = |spot: &Spot| (spot.x, tops[spot.rank]);
    let line = |chain: &Vec<usize>| {
        let mut points = Vec::new();
        for (place, number) in chain.iter().enumerate() {
            let spot = &spots[*number];
            let (x, top) = (middle(spot), tops[spot.rank]);
            if place > 0 {
                points.push((x, top));
            }
            if place + 1 < chain.len() {
                let height = if *number < boxes {
                    spot.size.1
                } else {
                    heights[spot.rank]
                };
                points.push((x, top + height));
            }
        }
        points
    };
    Layout {
        size: (width, (top - BELOW).max(0.0)),
        corners: spots[..boxes].iter().map(corner).collect(),
        lines: chains.iter().map(line).collect(),
    }
}
