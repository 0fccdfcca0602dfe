//! Whatever was done in whatever order, clean cycles bring everybody everywhere.

use std::time::Duration;

use super::draw::Draw;
use super::{MINUTE, Operator, blueprint};
use crate::exchange::services::{Control, DX};
use crate::password;

const HOSTS: [&str; 4] = ["SALES", "PLANT", "DEPOT", "YARD"];
const CLEAN_CYCLES: usize = 3;

fn one_act(operator: &mut Operator, draw: &mut Draw) {
    let postoffice = draw.below(HOSTS.len());
    let host = HOSTS[postoffice];
    let user = format!("USER{}", draw.below(6));
    match draw.below(10) {
        0 => drop(operator.run(host, &format!("admin create {user} Somebody -dM"))),
        1 => drop(operator.run(host, &format!("admin delete {user} -dM"))),
        2 => drop(operator.run(host, "admin export -dM")),
        3 => drop(operator.run(host, "admin import -dM")),
        4 => drop(operator.run(host, "reqmain -dM -t")),
        5 => drop(operator.lab.control(0, DX, Control::Pause)),
        6 => drop(operator.run(host, "reqmain -dM -r")),
        7 => {
            let line = format!("import -dM admin -p{} -q -y", password::of(host));
            operator.run(host, &line);
        }
        8 => lose_something(operator, draw, postoffice),
        _ => operator.lab.postoffices[postoffice].reachable ^= true,
    }
    operator
        .lab
        .advance(Duration::from_secs(draw.below(90) as u64));
}

fn lose_something(operator: &mut Operator, draw: &mut Draw, postoffice: usize) {
    let postoffice = &mut operator.lab.postoffices[postoffice];
    match draw.below(3) {
        0 => postoffice.outgoing.clear(),
        1 => postoffice.system.clear(),
        _ => {
            // A message comes twice.
            let again = postoffice.outgoing.first().cloned();
            postoffice.outgoing.extend(again);
        }
    }
}

fn everybody_is_everywhere(operator: &Operator, seed: u64) {
    for here in &operator.lab.postoffices {
        for there in &operator.lab.postoffices {
            let listed = here.lists.list(&there.name).cloned().unwrap_or_default();
            if here.name != there.name {
                let (here, there_name) = (&here.name, &there.name);
                let told = format!("seed {seed}: the list of {there_name} at {here}");
                assert_eq!(listed, there.exported(), "{told}");
            }
        }
        let numbers = here.numbers;
        let known = &operator.server().dx.server.requestors[&here.name].numbers;
        assert_eq!(numbers, *known, "seed {seed}: the numbers of {}", here.name);
        let left = here.queue.pending(numbers.req_sync);
        assert!(left.is_empty(), "seed {seed}: {left:?} at {}", here.name);
    }
}

#[test]
fn clean_cycles_mend_whatever_was_lost_doubled_or_late() {
    for seed in 1..=300 {
        let mut draw = Draw::new(seed);
        let mut operator = Operator::prepared(&blueprint(&HOSTS));
        operator.export();
        for _ in 0..draw.below(60) {
            one_act(&mut operator, &mut draw);
        }
        for postoffice in &mut operator.lab.postoffices {
            postoffice.reachable = true;
        }
        operator.lab.advance(3 * MINUTE);
        for _ in 0..CLEAN_CYCLES {
            operator.cycle();
        }
        everybody_is_everywhere(&operator, seed);
    }
}
