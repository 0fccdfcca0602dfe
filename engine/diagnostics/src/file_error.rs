//! Why a file cannot be read or written, in words, and what helps.

use std::io::{Error, ErrorKind};

/// Why a file cannot be read, without the number of the system's error.
#[must_use]
pub fn reason(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        ErrorKind::IsADirectory => "this is a folder, and no file".to_owned(),
        ErrorKind::NotADirectory => "a part of its path is a file, and no folder".to_owned(),
        ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
        ErrorKind::InvalidFilename => "no file can have such a name".to_owned(),
        _ => {
            let text = error.to_string();
            let number = text.find(" (os error ");
            text[..number.unwrap_or(text.len())].to_owned()
        }
    }
}

/// What keeps a file from being written, as [`reason`] says it of reading.
#[must_use]
pub fn hindrance(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such folder".to_owned(),
        ErrorKind::PermissionDenied => "that is not permitted".to_owned(),
        ErrorKind::AlreadyExists => "there is a file of that name".to_owned(),
        _ => reason(error),
    }
}

/// What helps where a file cannot be written.
#[must_use]
pub fn remedy(error: &Error) -> &'static str {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room on that disk",
        ErrorKind::FileTooLarge => "let files be larger: `ulimit -f` says how large they may be",
        ErrorKind::InvalidFilename
        | ErrorKind::IsADirectory
        | ErrorKind::NotADirectory
        | ErrorKind::AlreadyExists => "name another place for it",
        _ => "make its folder one that you may write to",
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};

    use super::{reason, remedy};

    #[cfg(unix)]
    #[test]
    fn numbers_of_the_system_are_left_out() {
        let told = reason(&Error::from_raw_os_error(28));
        assert_eq!(told, "No space left on device");
    }

    #[test]
    fn a_full_disk_is_not_helped_by_leave_to_write() {
        let full = remedy(&Error::from(ErrorKind::StorageFull));
        assert_eq!(full, "make room on that disk");
        let refused = remedy(&Error::from(ErrorKind::PermissionDenied));
        assert!(refused.contains("may write"), "{refused}");
    }
}
