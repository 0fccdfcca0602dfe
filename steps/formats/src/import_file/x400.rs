//! X.400 addresses: attributes between slashes or between semicolons, of one sort (Q156729).

use super::refusal::Refusal;

/// The attributes an address may have, in long and short spelling.
const ATTRIBUTES: &[&str] = &[
    "c", "admd", "a", "prmd", "p", "o", "org", "ou", "ou1", "ou2", "ou3", "ou4", "s", "g", "i",
    "q", "cn", "pn", "x121", "x.121", "t-id", "ua-id", "n-id", "dda", "ddat", "ddav", "ddt", "ddv",
];

/// Checks an address.
pub(super) fn check(address: &str) -> Result<(), Refusal> {
    let wrong = || Refusal::new(26, address);
    let (between, attributes) = match address.strip_prefix(['/', ';']) {
        Some(rest) => (&address[..1], rest),
        None if address.contains(';') => (";", address),
        None => ("/", address),
    };
    let attributes = attributes.strip_suffix(between).unwrap_or(attributes);
    let other = if between == "/" { ';' } else { '/' };
    let mut each = attributes.split(between);
    (!attributes.contains(other) && each.all(is_attribute))
        .then_some(())
        .ok_or_else(wrong)
}

/// `key=value`; of a domain-defined attribute, `dda:type=value`.
fn is_attribute(attribute: &str) -> bool {
    let Some((key, value)) = attribute.split_once('=') else {
        return false;
    };
    let key = key.split_once(':').map_or(key, |(dda, _)| dda);
    let known = ATTRIBUTES.iter().any(|it| it.eq_ignore_ascii_case(key));
    let country = value.len() == 2 && value.bytes().all(|it| it.is_ascii_alphabetic());
    known && !value.contains('=') && (country || !key.eq_ignore_ascii_case("c"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_stand_between_slashes_or_semicolons() {
        for right in [
            "/c=US/admd=ATTMAIL/prmd=TEST/pn=Guy.Good",
            "c=US;a= ;p=Litware;o=North;s=Doe;g=John;",
            "c=US/dda:id=7",
        ] {
            assert_eq!(check(right), Ok(()), "{right}");
        }
        for wrong in [
            "C=US'A=ATTMAIL;O=ATTMAIL;S=Bad",
            "/c=US/admd=ATTMAIL;prmd=TEST",
            "/c=US/amd=ATTMAIL",
            "/c=US/admd",
            "/c=USA/admd=ATTMAIL",
            "",
        ] {
            assert!(check(wrong).is_err(), "{wrong}");
        }
    }
}
