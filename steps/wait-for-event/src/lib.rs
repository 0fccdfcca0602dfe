//! The kind `wait-for-event`
