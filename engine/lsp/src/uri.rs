//! From the addresses that editors use to the paths that files are read by, and back.

use std::str::FromStr;

use lsp_types::Uri;

/// The path of a file; `None` for what is no file, such as a text that was never saved.
#[must_use]
pub fn path(uri: &Uri) -> Option<String> {
    let rest = uri.as_str().strip_prefix("file://")?;
    let path = decoded(rest.strip_prefix("localhost").unwrap_or(rest))?;
    let drive = path.as_bytes().get(2) == Some(&b':');
    let path = match drive {
        true => path[1..].to_owned(),
        false => path,
    };
    Some(path)
}

/// The address of a file.
#[must_use]
pub fn of(path: &str) -> Option<Uri> {
    let mut text = String::from("file://");
    if !path.starts_with('/') {
        text.push('/');
    }
    for byte in path.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte);
        match plain {
            true => text.push(char::from(byte)),
            false => text.push_str(&format!("%{byte:02X}")),
        }
    }
    Uri::from_str(&text).ok()
}

fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits = [rest.next()?, rest.next()?];
        let digits = std::str::from_utf8(&digits).ok()?;
        bytes.push(u8::from_str_radix(digits, 16).ok()?);
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_the_same_after_a_journey() {
        for plain in ["/home/anna/a b/é.yaml", "c:/w/x#1.yaml", "/100%.yaml"] {
            assert_eq!(path(&of(plain).unwrap()).as_deref(), Some(plain));
        }
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        let uri = Uri::from_str("untitled:Untitled-1").unwrap();
        assert_eq!(path(&uri), None);
    }
}
