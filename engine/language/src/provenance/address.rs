//! Addresses of values: `inputs.timeout`, `t1["NORTH/SALES"].send.with.argv`.

/// A name of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    pub(super) name: String,
    /// Whether it stands in `[".."]`: behind a `foreach`, that is one of its items.
    pub(super) is_quoted: bool,
}

/// The names of an address, the outermost first. What stands in quotes ends at the bracket behind
/// them, so that `["O'Brien"]` is a name.
pub(super) fn segments(address: &str) -> Vec<Segment> {
    let mut segments: Vec<Segment> = Vec::new();
    let mut rest = address.trim();
    while !rest.is_empty() {
        let quoted = [("[\"", "\"]"), ("['", "']")]
            .iter()
            .find_map(|(open, close)| Some((rest.strip_prefix(open)?, close)));
        let (name, behind) = if let Some((quoted, close)) = quoted {
            quoted.split_once(close).unwrap_or((quoted, ""))
        } else if let Some(number) = rest.strip_prefix('[') {
            number.split_once(']').unwrap_or((number, ""))
        } else {
            let name = rest.strip_prefix('.').unwrap_or(rest);
            name.split_at(name.find(['.', '[']).unwrap_or(name.len()))
        };
        segments.push(Segment {
            name: name.to_owned(),
            is_quoted: quoted.is_some(),
        });
        rest = behind;
    }
    segments
}

/// The address of some of its names, with what stood in quotes.
pub(super) fn quoted(segments: &[Segment]) -> String {
    let mut address = String::new();
    for segment in segments {
        let Segment { name, is_quoted } = segment;
        match *is_quoted && !address.is_empty() {
            true if name.contains("\"]") => address.push_str(&format!("['{name}']")),
            true => address.push_str(&format!("[\"{name}\"]")),
            false => {
                let dot = if address.is_empty() { "" } else { "." };
                address.push_str(&format!("{dot}{}", written([name.as_str()])));
            }
        }
    }
    address
}

/// The address that leads along names: those that would come apart stand in quotes.
pub fn written<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut address = String::new();
    for name in names {
        let is_odd = |c: char| c.is_whitespace() || matches!(c, '.' | '[' | ']' | '"' | '\'');
        if name.is_empty() || name.contains(is_odd) {
            let quote = if name.contains("\"]") { '\'' } else { '"' };
            address.push_str(&format!("[{quote}{name}{quote}]"));
            continue;
        }
        if !address.is_empty() {
            address.push('.');
        }
        address.push_str(name);
    }
    address
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{Just, Strategy, any, prop_oneof};
    use proptest::{prop_assert_eq, proptest};

    use super::{segments, written};

    fn names(address: &str) -> Vec<String> {
        let all = segments(address).into_iter();
        all.map(|segment| segment.name).collect()
    }

    #[test]
    fn an_address_comes_apart_at_its_own_dots_only() {
        let table: [(&str, &[&str]); 9] = [
            ("inputs.timeout", &["inputs", "timeout"]),
            (
                r#"t1["NORTH/SALES.2"].send"#,
                &["t1", "NORTH/SALES.2", "send"],
            ),
            (
                r#"hosts["a.b"].vars.drive"#,
                &["hosts", "a.b", "vars", "drive"],
            ),
            (r#"hosts["O'Brien"].vars"#, &["hosts", "O'Brien", "vars"]),
            ("hosts.O'Brien", &["hosts", "O'Brien"]),
            (r#"hosts['the "old" one']"#, &["hosts", r#"the "old" one"#]),
            ("t1.with.argv[0]", &["t1", "with", "argv", "0"]),
            ("t1[", &["t1", ""]),
            ("", &[]),
        ];
        for (address, wanted) in table {
            assert_eq!(names(address), wanted, "{address}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_comes_apart_into_the_same_names(
            all in proptest::collection::vec(
                prop_oneof![
                    any::<String>(),
                    Just("a.b".to_owned()),
                    Just("O'Brien's \"[x]".to_owned()),
                    "[a-c.'\" \\[]{0,6}",
                ]
                // A name in which both quotes are closed cannot be written.
                .prop_filter("no quote", |name| !name.contains("\"]") || !name.contains("']")),
                1..5,
            )
        ) {
            let address = written(all.iter().map(String::as_str));
            prop_assert_eq!(names(&address), all, "{}", address);
        }
    }
}
