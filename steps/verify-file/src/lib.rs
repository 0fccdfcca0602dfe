//! The kind `verify-file`
