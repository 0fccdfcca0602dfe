//! Variables of hosts, of which many have a say.

use super::{SITE, case, told};

const READS: (&str, &str) = (
    "reads.yaml",
    "\
workflow: 1
name: reads
inputs:
  po: {type: host, vars: {drive: {type: text, default: Z}, password: secret}, default: HQ}
steps: [{id: a, uses: exec, host: '${{ inputs.po }}', when: host.vars.drive == \"B\", with: {argv: ['-d${{ host.vars.drive }}']}}]
",
);

const ONE: (&str, &str) = (
    "one.yaml",
    "\
overlay: 1
name: one
vars: {S: {drive: P}, spokes: {drive: Q}}
site: {hosts: {S: {vars: {drive: R}}}}
",
);

#[test]
fn all_who_have_a_say_in_a_variable_are_told_in_order() {
    let all = case(&[READS, SITE, ONE]);
    let all = all
        .set_var("spokes", "drive", "X")
        .set_var("S", "drive", "Y");
    all.says(
        "hosts.S.vars.drive",
        &[
            "Y | - | --set-var",
            "X | - | --set-var, group `spokes`",
            "P | one.yaml:3:19 | overlay 1, one",
            "Q | one.yaml:3:39 | overlay 1, one, group `spokes`",
            "R | one.yaml:4:34 | overlay 1, one",
            "D | site.yaml:10:21 | site",
            "G | site.yaml:5:41 | site, group `spokes`",
            "A | site.yaml:6:15 | site, all hosts",
            "Z | reads.yaml:4:56 | workflow, default, hosts of `po`",
        ],
    );
    assert_eq!(all.value("hosts.S.vars.drive").as_deref(), Some("Y"));
}

#[test]
fn what_overlays_say_of_a_host_or_group_is_told_as_they_write_it() {
    let all = case(&[READS, SITE, ONE]);
    all.says(
        "vars.spokes",
        &[
            "{drive: Q} | one.yaml:3:23 | overlay 1, one",
            "{drive: G} | site.yaml:5:33 | site",
        ],
    );
    all.says(
        "vars.S.drive",
        &[
            "P | one.yaml:3:19 | overlay 1, one",
            "R | one.yaml:4:34 | overlay 1, one",
            "D | site.yaml:10:21 | site",
        ],
    );
    all.says("vars.drive", &["A | site.yaml:6:15 | site"]);
    assert!(all.ask("vars.nobody").0.is_err());
    assert!(all.ask("vars.spokes.other").0.is_err());
}

#[test]
fn the_winner_is_what_a_run_would_have() {
    let texts = [READS, SITE, ONE];
    for count in 2..=texts.len() {
        let plain = case(&texts[..count]);
        let set = case(&texts[..count]).set_var("spokes", "drive", "X");
        for (case, host) in [
            (&plain, "N"),
            (&plain, "S"),
            (&plain, "HQ"),
            (&set, "N"),
            (&set, "S"),
        ] {
            let address = format!("hosts.{host}.vars.drive");
            let chain = case.ask(&address).0.unwrap();
            let first = chain.layers[0].value.clone();
            assert_eq!(chain.value, Some(first), "{address} of {count} files");
        }
    }
}

#[test]
fn what_stands_in_the_site_file_is_told() {
    let one = case(&[READS, SITE]);
    one.says("vars.mailexe", &["M | site.yaml:6:27 | site"]);
    one.says("groups.hubs", &["[HQ] | site.yaml:4:9 | site"]);
    one.says(
        "site.groups.spokes.hosts",
        &["[N, S] | site.yaml:5:19 | site"],
    );
    one.says("hosts.N", &["{} | site.yaml:9:6 | site"]);
    one.says(
        "hosts.HQ.vars.password",
        &["{env: HQ_PW} | site.yaml:8:35 | site"],
    );
    assert_eq!(one.value("hosts.HQ.vars.password").as_deref(), Some("***"));
}

#[test]
fn names_that_would_come_apart_stand_in_quotes() {
    let site = "\
site: 1
name: s
groups: {'all offices': {hosts: [\"O'Brien\", HQ], vars: {drive: K}}}
hosts: {\"O'Brien\": {vars: {drive: L}}, 'a.b': {vars: {drive: M}}, HQ: {vars: {mail.exe: N}}}
";
    let one = case(&[READS, ("site.yaml", site)]);
    for (address, first) in [
        (
            r#"hosts["O'Brien"].vars.drive"#,
            "L | site.yaml:4:35 | site",
        ),
        ("hosts['a.b'].vars.drive", "M | site.yaml:4:62 | site"),
        (r#"hosts.HQ.vars["mail.exe"]"#, "N | site.yaml:4:89 | site"),
        (
            r#"groups["all offices"].vars.drive"#,
            "K | site.yaml:3:64 | site",
        ),
    ] {
        let (chain, sources) = one.ask(address);
        let chain = chain.unwrap_or_else(|lost| panic!("{address}: {lost:?}"));
        assert_eq!(told(&chain, &sources)[0], first, "{address}");
    }
    let all = one.addresses();
    assert!(all.contains(&r#"hosts["O'Brien"].vars.drive"#.to_owned()));
    assert_eq!(
        one.meant(r#"hosts["O'Brian"].vars.drive"#).as_deref(),
        Some(r#"hosts["O'Brien"].vars.drive"#)
    );
}

#[test]
fn two_groups_that_disagree_are_both_told() {
    let site = "\
site: 1
name: s
groups:
  a: {hosts: [HQ], vars: {drive: K}}
  b: {hosts: [HQ], vars: {drive: L}}
hosts: {HQ: {}}
";
    case(&[READS, ("site.yaml", site)]).says(
        "hosts.HQ.vars.drive",
        &[
            "L | site.yaml:5:34 | site, group `b`, disagrees",
            "K | site.yaml:4:34 | site, group `a`, disagrees",
            "Z | reads.yaml:4:56 | workflow, default, hosts of `po`",
        ],
    );
}

#[test]
fn what_a_step_makes_of_its_host_is_worked_out() {
    let one = case(&[READS, SITE]);
    assert_eq!(one.value("a.with.argv").as_deref(), Some("[-dB]"));
    assert_eq!(one.value("a.when").as_deref(), Some("true"));
}

#[test]
fn groups_that_the_command_line_sets_to_different_things_disagree() {
    let site = (
        "site.yaml",
        "site: 1\nname: small\ngroups: {a: [N], b: [N]}\nhosts: {N: {}}\n",
    );
    let two = case(&[("w.yaml", "workflow: 1\nname: x\nsteps: []\n"), site])
        .set_var("a", "drive", "M")
        .set_var("b", "drive", "P");
    two.says(
        "hosts.N.vars.drive",
        &[
            "P | - | --set-var, group `b`, disagrees",
            "M | - | --set-var, group `a`, disagrees",
        ],
    );
    two.set_var("N", "drive", "Q").says(
        "hosts.N.vars.drive",
        &[
            "Q | - | --set-var",
            "P | - | --set-var, group `b`",
            "M | - | --set-var, group `a`",
        ],
    );
}

#[test]
fn a_variable_of_an_input_is_that_of_its_hosts() {
    const MANY: (&str, &str) = (
        "many.yaml",
        "\
workflow: 1
name: many
inputs:
  po: {type: host, vars: {drive: text}, default: HQ}
  all: {type: list<host>, vars: {drive: text}, default: [S, N]}
steps: [{id: a, uses: assert, with: {that: true}}]
",
    );
    let case = case(&[MANY, SITE]);
    case.says(
        "inputs.po.vars.drive",
        &[
            "B | site.yaml:8:22 | site, host `HQ`",
            "A | site.yaml:6:15 | site, host `HQ`, all hosts",
            "text | many.yaml:4:34 | workflow, declared",
        ],
    );
    assert_eq!(case.value("inputs.po.vars.drive").as_deref(), Some("B"));
    case.says(
        "inputs.all[1].vars.drive",
        &[
            "G | site.yaml:5:41 | site, host `N`, group `spokes`",
            "A | site.yaml:6:15 | site, host `N`, all hosts",
            "text | many.yaml:5:41 | workflow, declared",
        ],
    );
    assert_eq!(case.value("inputs.all.vars.drive"), None);
    let meant = case.meant("inputs.HQ.vars.drive");
    assert_eq!(meant.as_deref(), Some("hosts.HQ.vars.drive"));
}
