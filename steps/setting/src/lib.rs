//! The kind `setting`
