//! The kind `assert`
