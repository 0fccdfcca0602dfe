//! The kind `verify-message`
