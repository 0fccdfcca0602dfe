//! The kind `registry`
