//! Lengths of time as people write them: `90s`, `5m`, `1h30m`, or ISO 8601 `PT5M`.

use std::time::Duration;

/// The length of time a text says, or why it says none.
///
/// # Errors
/// A bare number, an unknown unit, or a text that is not a length of time; the message says which.
pub fn parse(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(format!(
            "`{text}` has no unit: write `{text}s` or `{text}m`"
        ));
    }
    let compact = text.strip_prefix("PT").map(str::to_ascii_lowercase);
    let mut rest = compact.as_deref().unwrap_or(text);
    let mut total = Duration::ZERO;
    if rest.is_empty() {
        return Err(format!(
            "`{text}` is no duration: write `90s`, `5m` or `1h30m`"
        ));
    }
    while !rest.is_empty() {
        let (amount, after) = leading_number(rest)
            .ok_or_else(|| format!("`{text}` is no duration: write `90s`, `5m` or `1h30m`"))?;
        let end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, next) = after.split_at(end);
        let millis = millis_per(unit.trim())
            .ok_or_else(|| format!("`{}` is no unit of time: use ms, s, m, h or d", unit.trim()))?;
        let part = amount.checked_mul(millis).map(Duration::from_millis);
        total = part
            .and_then(|part| total.checked_add(part))
            .ok_or_else(|| format!("`{text}` is too long"))?;
        rest = next;
    }
    Ok(total)
}

/// The length of time that a text means which [`parse`] refuses for its look: `15M`, `1.5h`.
#[must_use]
pub fn meant(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    if parse(&text).is_ok() {
        return Some(text);
    }
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let (amount, unit) = text.split_at(end);
    let (whole, part) = amount.split_once('.')?;
    let millis = millis_per(unit.trim())?;
    let whole = whole.parse::<u64>().ok()?.checked_mul(millis)?;
    let parts = part.parse::<u64>().ok()?.checked_mul(millis)?;
    let of = 10_u64.checked_pow(u32::try_from(part.len()).ok()?)?;
    let rest = (parts % of == 0).then_some(parts / of)?;
    Some(show(Duration::from_millis(whole.checked_add(rest)?)))
}

/// As short as it can be said: `90s` is `1m30s`, nothing is `0s`.
#[must_use]
pub fn show(span: Duration) -> String {
    let millis = span.as_millis();
    let units = [
        (86_400_000, "d"),
        (3_600_000, "h"),
        (60_000, "m"),
        (1000, "s"),
        (1, "ms"),
    ];
    let mut rest = millis;
    let mut text = String::new();
    for (size, unit) in units {
        if rest >= size {
            text.push_str(&format!("{}{unit}", rest / size));
            rest %= size;
        }
    }
    if text.is_empty() {
        "0s".to_owned()
    } else {
        text
    }
}

fn leading_number(text: &str) -> Option<(u64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    Some((digits.parse().ok()?, rest))
}

fn millis_per(unit: &str) -> Option<u64> {
    match unit {
        "ms" => Some(1),
        "s" => Some(1000),
        "m" => Some(60_000),
        "h" => Some(3_600_000),
        "d" => Some(86_400_000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{parse, show};

    #[test]
    fn durations_are_read_and_shown() {
        let shown = |text| parse(text).map(show);
        assert_eq!(shown("90s").as_deref(), Ok("1m30s"));
        assert_eq!(shown("1h30m").as_deref(), Ok("1h30m"));
        assert_eq!(shown("PT5M").as_deref(), Ok("5m"));
        assert_eq!(shown("0s").as_deref(), Ok("0s"));
        assert!(shown("90").is_err_and(|why| why.contains("no unit")));
        assert!(shown("5 parsecs").is_err_and(|why| why.contains("no unit of time")));
        assert!(shown("").is_err());
    }
}
