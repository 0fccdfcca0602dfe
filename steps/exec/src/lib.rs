//! The kind `exec`
