//! The kind `manual`
