//! Addresses of values: `inputs.timeout`, `t1["NORTH/SALES"].send.with.argv`.

/// The names of an address, the outermost first. The item of a `foreach` is left out: all of them
/// are made from one text.
pub(super) fn names(address: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = address.trim();
    while !rest.is_empty() {
        let quoted = ["[\"", "['"]
            .iter()
            .find_map(|open| rest.strip_prefix(open));
        if let Some(quoted) = quoted {
            let end = quoted.find(['"', '\'']).unwrap_or(quoted.len());
            // Hosts and groups may have names with dots.
            if names.len() == 1 && matches!(&*names[0], "hosts" | "groups") {
                names.push(quoted[..end].to_owned());
            }
            rest = quoted.get(end + 1..).unwrap_or_default();
            rest = rest.strip_prefix(']').unwrap_or(rest);
        } else if let Some(number) = rest.strip_prefix('[') {
            let end = number.find(']').unwrap_or(number.len());
            names.push(number[..end].to_owned());
            rest = number.get(end + 1..).unwrap_or_default();
        } else {
            let name = rest.strip_prefix('.').unwrap_or(rest);
            let end = name.find(['.', '[']).unwrap_or(name.len());
            names.push(name[..end].to_owned());
            rest = &name[end..];
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn an_address_comes_apart_at_its_own_dots_only() {
        let table: [(&str, &[&str]); 6] = [
            ("inputs.timeout", &["inputs", "timeout"]),
            (r#"t1["NORTH/SALES.2"].send"#, &["t1", "send"]),
            (
                r#"hosts["a.b"].vars.drive"#,
                &["hosts", "a.b", "vars", "drive"],
            ),
            ("t1.with.argv[0]", &["t1", "with", "argv", "0"]),
            ("t1[", &["t1", ""]),
            ("", &[]),
        ];
        for (address, wanted) in table {
            assert_eq!(names(address), wanted, "{address}");
        }
    }
}
