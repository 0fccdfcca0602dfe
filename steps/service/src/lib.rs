//! The kind `service`
